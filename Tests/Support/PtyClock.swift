import Glibc

/// The clock that deadlines and measurements are read from.
public enum MonotonicClock {
  /// Nanoseconds of `CLOCK_MONOTONIC`.
  public static var nanoseconds: Int64 {
    var reading = timespec()
    clock_gettime(CLOCK_MONOTONIC, &reading)
    return Int64(reading.tv_sec) * 1_000_000_000 + Int64(reading.tv_nsec)
  }
}

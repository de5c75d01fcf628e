import Chat
import Glibc

/// Reads the clocks of the machine, once a pass.
enum Clock {
  static func now() -> Instant {
    let uptime = nanoseconds(of: CLOCK_MONOTONIC)
    let withSleep = nanoseconds(of: CLOCK_BOOTTIME)
    return Instant(
      uptimeNanoseconds: uptime,
      unixMilliseconds: nanoseconds(of: CLOCK_REALTIME) / 1_000_000,
      asleepNanoseconds: max(0, withSleep - uptime))
  }

  private static func nanoseconds(of clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

extension Instant {
  /// How long to sleep from here to the nearest of these times, in milliseconds; -1, for ever, when there
  /// is none. In nanoseconds of uptime.
  func milliseconds(untilNanoseconds times: [Int64?]) -> Int {
    guard let nearest = times.compactMap(\.self).min() else { return -1 }
    // Rounded up: to wake too early would be to wake twice.
    return Int(max(0, (nearest - uptimeNanoseconds + 999_999) / 1_000_000))
  }
}

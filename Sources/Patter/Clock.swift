import Chat
import Glibc

/// Reads both clocks of the machine, once a pass.
enum Clock {
  static func now() -> Instant {
    let uptime = read(CLOCK_MONOTONIC)
    let date = read(CLOCK_REALTIME)
    return Instant(
      uptimeNanoseconds: Int64(uptime.tv_sec) * 1_000_000_000 + Int64(uptime.tv_nsec),
      unixMilliseconds: Int64(date.tv_sec) * 1000 + Int64(date.tv_nsec) / 1_000_000)
  }

  private static func read(_ clock: clockid_t) -> timespec {
    var time = timespec()
    clock_gettime(clock, &time)
    return time
  }
}

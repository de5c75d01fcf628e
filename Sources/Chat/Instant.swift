// The only clock the core knows. Time is an argument: whoever stands at the edge reads the clocks
// once a pass and hands the reading down.

/// One reading of the machine's clocks.
///
/// Durations are measured on `uptimeNanoseconds`, which neither jumps when somebody sets the date nor
/// runs while the machine sleeps (`CLOCK_MONOTONIC`); `unixMilliseconds` is the date a person reads.
/// That the machine slept is seen from `asleepNanoseconds` alone.
public struct Instant: Hashable, Sendable {
  /// Nanoseconds of `CLOCK_MONOTONIC`.
  public var uptimeNanoseconds: Int64
  /// Milliseconds since 1970-01-01T00:00:00Z, of `CLOCK_REALTIME`.
  public var unixMilliseconds: Int64
  /// How long the machine has slept altogether since it was started, in nanoseconds: what
  /// `CLOCK_BOOTTIME` is ahead of `CLOCK_MONOTONIC`. The clocks are read one after the other, so it is
  /// exact to some microseconds only.
  public var asleepNanoseconds: Int64

  public init(
    uptimeNanoseconds: Int64, unixMilliseconds: Int64 = 0, asleepNanoseconds: Int64 = 0
  ) {
    self.uptimeNanoseconds = uptimeNanoseconds
    self.unixMilliseconds = unixMilliseconds
    self.asleepNanoseconds = asleepNanoseconds
  }

  /// This reading moved by `milliseconds` in which the machine does not sleep.
  public func advanced(byMilliseconds milliseconds: Int64) -> Instant {
    Instant(
      uptimeNanoseconds: uptimeNanoseconds + milliseconds * 1_000_000,
      unixMilliseconds: unixMilliseconds + milliseconds,
      asleepNanoseconds: asleepNanoseconds)
  }

  /// Whole milliseconds of uptime from `earlier` to this reading, never negative.
  public func milliseconds(since earlier: Instant) -> Int64 {
    max(0, (uptimeNanoseconds - earlier.uptimeNanoseconds) / 1_000_000)
  }
}

extension Instant: Comparable {
  public static func < (left: Instant, right: Instant) -> Bool {
    left.uptimeNanoseconds < right.uptimeNanoseconds
  }
}

import Chat
import Testing

struct `An instant` {
  private let now = Instant(
    uptimeNanoseconds: 5_000_000_000, unixMilliseconds: 1_000, asleepNanoseconds: 7)

  @Test func `moves on both clocks and not in its sleep`() {
    #expect(
      now.advanced(byMilliseconds: 1_500)
        == Instant(
          uptimeNanoseconds: 6_500_000_000, unixMilliseconds: 2_500, asleepNanoseconds: 7))
  }

  @Test func `T36 is later by its uptime alone, and never less than nothing has passed`() {
    let later = Instant(
      uptimeNanoseconds: 6_000_000_000, unixMilliseconds: -9, asleepNanoseconds: 0)
    #expect(now < later)
    #expect(later.milliseconds(since: now) == 1_000)
    #expect(now.milliseconds(since: later) == 0)
  }
}

/// Why nothing was heard for a while although something may have come.
enum Absence: Hashable, Sendable {
  /// The machine slept. The connections to other machines are hardly alive.
  case asleep
  /// The program was stopped or had no processor. The system went on listening for it.
  case stopped

  /// How long a stream has, after an absence, to prove that it lives.
  static let probationMilliseconds: Int64 = 10_000
  /// The machine has slept if it slept this long between two looks at the clock.
  static let sleepNanoseconds: Int64 = 1_000_000_000
  /// The program was stopped if it comes this much later than it wanted to.
  static let latenessMilliseconds: Int64 = 2_000
}

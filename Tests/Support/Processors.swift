import CVTerm

/// Who measures on one processor, and the programs on the others, where there are several.
///
/// Left alone, the kernel likes to wake a waiting thread on the processor of the program that woke it.
/// What it waited for is then seen when the program has finished its pass, up to a millisecond late.
public enum Processors {
  /// Runs `start` where the programs belong, so that what it starts stays there, and goes to the last
  /// processor for good.
  public static func apart<Result>(_ start: () throws -> Result) rethrows -> Result {
    guard let own, all != own else { return try start() }
    _ = patter_set_processors(all & ~own)
    defer { _ = patter_set_processors(own) }
    return try start()
  }

  /// What was allowed at the beginning.
  private static let all = patter_processors()
  /// The last of them.
  private static let own = all == 0 ? nil : UInt64(1) << UInt64(63 - all.leadingZeroBitCount)
}

/// How many cells a scalar takes.
///
/// This room imports nothing, and only the C library's table counts, because ncurses moves the cursor
/// by it. So the answer comes in from the edge that claims the screen; tests bring their own.
public struct WidthTable: Sendable {
  private let look: @Sendable (UInt32) -> Int

  /// `width` answers like `wcwidth(3)`: 0, 1 or 2, and -1 for what cannot be shown.
  public init(_ width: @escaping @Sendable (UInt32) -> Int) {
    look = width
  }

  public func width(of scalar: UInt32) -> Int {
    scalar >= 0x20 && scalar < 0x7F ? 1 : look(scalar)
  }
}

/// How many colours a screen shows.
public enum ColorDepth: Hashable, Sendable, CaseIterable {
  /// Attributes only.
  case none
  /// The terminal's own 16, or 8 of which bold makes 16.
  case sixteen
  /// The 256 that are numbered alike in every terminal (from 16 on they are the same colours too).
  case palette256
  /// All of 24 bits, and beside them the terminal's own 16.
  case direct
}

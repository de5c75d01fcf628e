/// One place of the screen: a scalar with at most four marks on it, and how it looks.
///
/// A plain value of fixed size, so that comparing two rows touches no heap. `marks` holds 0 where there
/// is no mark. Four is what a cell of ncurses can hold (`CCHARW_MAX` is 5 with the base).
///
/// Invariant: neither `base` nor a mark is ever a control (Unicode's category Cc), a format character
/// (Cf) or a separator of lines or paragraphs (Zl, Zp); `TextCells` is the only maker of cells from text
/// that came from outside, and it sees to that.
public struct Cell: Hashable, Sendable {
  public var base: UInt32
  public var marks: SIMD4<UInt32>
  public var style: Style
  /// Cells taken: 1 or 2, and 0 for the place behind a wide one, which draws nothing itself.
  public var width: UInt8

  public init(
    base: UInt32, marks: SIMD4<UInt32> = .zero, style: Style = .plain, width: UInt8 = 1
  ) {
    self.base = base
    self.marks = marks
    self.style = style
    self.width = width
  }

  public static func blank(_ style: Style = .plain) -> Cell { Cell(base: 0x20, style: style) }

  /// The place behind a wide cell.
  public static func continuation(_ style: Style = .plain) -> Cell {
    Cell(base: 0x20, style: style, width: 0)
  }

  @inlinable
  public static func == (left: Cell, right: Cell) -> Bool {
    left.base == right.base && left.width == right.width && left.marks == right.marks
      && left.style == right.style
  }

  @inlinable
  public func hash(into hasher: inout Hasher) {
    hasher.combine(base)
    hasher.combine(marks)
    hasher.combine(style)
    hasher.combine(width)
  }
}

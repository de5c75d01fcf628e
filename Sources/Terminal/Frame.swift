/// The size of a screen in cells.
public struct Size: Hashable, Sendable {
  public var rows: Int
  public var columns: Int

  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }
}

/// A place on the screen, counted from zero at the upper left.
public struct Position: Hashable, Sendable {
  public var row: Int
  public var column: Int

  public init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// The whole screen as it should look: a grid of cells and the place of the cursor.
///
/// Every row always has exactly `size.columns` cells, and a wide cell is always followed by its
/// continuation.
public struct Frame: Hashable, Sendable {
  public let size: Size
  public private(set) var rows: [[Cell]]
  /// Where the terminal's cursor stands; nil hides it.
  public var cursor: Position?

  /// A blank frame. Negative sizes count as zero.
  public init(size: Size, style: Style = .plain) {
    self.size = Size(rows: max(0, size.rows), columns: max(0, size.columns))
    let row = [Cell](repeating: .blank(style), count: self.size.columns)
    rows = [[Cell]](repeating: row, count: self.size.rows)
    cursor = nil
  }

  /// Writes `cells` into `row` from `column` on, at most `limit` cells. What lies outside the frame is
  /// left out, and a wide cell that would lose one half there becomes a blank.
  public mutating func put(_ cells: [Cell], row: Int, column: Int, limit: Int = .max) {
    guard row >= 0, row < size.rows, column >= 0 else { return }
    let end = min(size.columns, limit > size.columns ? size.columns : column + limit)
    guard column < end else { return }
    rows[row].withUnsafeMutableBufferPointer { target in
      if target[column].width == 0, column > 0 {
        target[column - 1] = .blank(target[column - 1].style)
      }
      var at = column
      for cell in cells {
        guard at < end else { break }
        target[at] = cell.width == 2 && at + 1 >= end ? .blank(cell.style) : cell
        at += 1
      }
      if at < target.count, target[at].width == 0, at > 0, target[at - 1].width != 2 {
        target[at] = .blank(target[at].style)
      }
    }
  }

  /// Paints `columns` of `row` with blanks of this style.
  public mutating func fill(row: Int, columns: Range<Int>, style: Style) {
    let inside = columns.clamped(to: 0..<size.columns)
    put([Cell](repeating: .blank(style), count: inside.count), row: row, column: inside.lowerBound)
  }
}

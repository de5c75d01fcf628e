// What a person would see: libvterm, a terminal emulator without a window, and a look at its screen.

import CVTerm

/// A look at the screen as it stands now. It does not keep what it saw: to compare two moments, keep
/// `text` or the cells.
public struct Picture: CustomStringConvertible {
  let emulator: Emulator
  let modes: ModeLedger

  public var rowCount: Int { emulator.size.rows }
  public var columnCount: Int { emulator.size.columns }

  /// All rows joined by line feeds; blanks at the end of a row and empty rows at the end are left out.
  public var text: String {
    var rows = rows
    while rows.last?.isEmpty == true { rows.removeLast() }
    return rows.joined(separator: "\n")
  }

  public var description: String { text }

  /// Every row without the blanks at its end.
  public var rows: [String] { (0..<rowCount).map { row($0) } }

  /// The text of a row, zero-based, without the blanks at its end; empty outside the screen.
  public func row(_ row: Int) -> String { emulator.text(row: row) }

  /// The first row that has `text` in it.
  public func row(of text: String) -> Int? { rows.firstIndex { $0.contains(text) } }

  /// Whether one row has `text` in it.
  public func shows(_ text: String) -> Bool { row(of: text) != nil }

  /// The cell at a place, zero-based; a blank one outside the screen.
  public func cell(row: Int, column: Int) -> PictureCell {
    PictureCell(patter_cell_at(emulator.screen, Int32(row), Int32(column)))
  }

  /// Where the cursor stands, zero-based, visible or not.
  public var cursor: (row: Int, column: Int) { emulator.cursor }

  public var isCursorVisible: Bool { modes.isCursorVisible }
  public var isAlternateScreen: Bool { modes.isAlternateScreen }
}

/// One cell as libvterm draws it. It knows no dim text, and its widths are those of an old Unicode.
public struct PictureCell: Hashable, Sendable {
  public enum Color: Hashable, Sendable {
    /// The terminal's own.
    case standard
    /// One of the 256 of the palette.
    case indexed(Int)
    case rgb(red: Int, green: Int, blue: Int)
  }

  /// The grapheme; empty where nothing was written, and behind a wide one.
  public var text: String
  /// Cells taken: 1 or 2.
  public var width: Int
  public var isBold: Bool
  public var isItalic: Bool
  public var isUnderlined: Bool
  public var isReversed: Bool
  public var isStruckThrough: Bool
  public var foreground: Color
  public var background: Color

  init(_ cell: patter_cell) {
    text = withUnsafeBytes(of: cell.scalars) { bytes in
      var text = ""
      for value in bytes.bindMemory(to: UInt32.self).prefix(while: { $0 != 0 }) {
        guard let scalar = Unicode.Scalar(value) else { break }
        text.unicodeScalars.append(scalar)
      }
      return text
    }
    width = Int(cell.width)
    let attributes = Int(cell.attributes)
    isBold = attributes & patter_bold != 0
    isItalic = attributes & patter_italic != 0
    isUnderlined = attributes & patter_underline != 0
    isReversed = attributes & patter_reverse != 0
    isStruckThrough = attributes & patter_strikethrough != 0
    foreground = Color(Int(cell.foreground))
    background = Color(Int(cell.background))
  }
}

extension PictureCell.Color {
  fileprivate init(_ number: Int) {
    switch number {
    case ..<0: self = .standard
    case ..<256: self = .indexed(number)
    default: self = .rgb(red: number >> 16 & 0xFF, green: number >> 8 & 0xFF, blue: number & 0xFF)
    }
  }
}

/// Owns one libvterm.
final class Emulator {
  private let terminal: OpaquePointer
  let screen: OpaquePointer
  private(set) var size: (rows: Int, columns: Int)
  /// What the terminal answered to questions, for whoever carries it back to the program.
  var answers: [UInt8] = []

  init(rows: Int, columns: Int) {
    guard let terminal = vterm_new(Int32(rows), Int32(columns)),
      let screen = vterm_obtain_screen(terminal)
    else { preconditionFailure("libvterm made no terminal of \(rows) × \(columns)") }
    self.terminal = terminal
    self.screen = screen
    size = (rows, columns)
    vterm_set_utf8(terminal, 1)
    vterm_screen_enable_altscreen(screen, 1)
    vterm_screen_reset(screen, 1)
    vterm_output_set_callback(
      terminal,
      { @Sendable bytes, byteCount, owner in
        guard let bytes, let owner else { return }
        let emulator = Unmanaged<Emulator>.fromOpaque(owner).takeUnretainedValue()
        emulator.answers += UnsafeRawBufferPointer(start: bytes, count: byteCount)
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit { vterm_free(terminal) }

  func write(_ bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBytes {
      _ = vterm_input_write(terminal, $0.baseAddress, $0.count)
    }
  }

  func resize(rows: Int, columns: Int) {
    size = (rows, columns)
    vterm_set_size(terminal, Int32(rows), Int32(columns))
  }

  var cursor: (row: Int, column: Int) {
    var place = VTermPos()
    vterm_state_get_cursorpos(vterm_obtain_state(terminal), &place)
    return (Int(place.row), Int(place.col))
  }

  func text(row: Int) -> String {
    guard (0..<size.rows).contains(row) else { return "" }
    let area = VTermRect(
      start_row: Int32(row), end_row: Int32(row + 1), start_col: 0, end_col: Int32(size.columns))
    // At most six scalars in a cell, at most four bytes each.
    let capacity = size.columns * Int(VTERM_MAX_CHARS_PER_CELL) * 4
    var text = String(unsafeUninitializedCapacity: capacity) { buffer in
      buffer.withMemoryRebound(to: CChar.self) {
        min(capacity, vterm_screen_get_text(screen, $0.baseAddress, capacity, area))
      }
    }
    while text.last == " " { text.removeLast() }
    return text
  }
}

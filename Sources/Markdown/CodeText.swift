// The text of a block of code, byte for byte as it was written.
//
// md4c measures the indentation of a code line in columns and gives it back as spaces, which would
// turn the tabs of a Makefile into something `make` refuses. So the white space is looked up where
// the line lies in the source.

/// Collects the lines that md4c gives for one block of code.
struct CodeText {
  private let source: UnsafeRawBufferPointer
  private var bytes: [UInt8] = []
  /// Indentation that came as spaces and whose line has not come yet.
  private var indentColumns = 0

  init(source: UnsafeRawBufferPointer) {
    self.source = source
  }

  /// A piece as md4c gives it: from its own store for indentation and line ends, from the
  /// source for everything else.
  mutating func add(_ piece: UnsafeRawBufferPointer) {
    if let offset = offsetInSource(piece) {
      if indentColumns > 0 {
        bytes.append(contentsOf: indentation(before: offset))
        indentColumns = 0
      }
      bytes.append(contentsOf: piece)
    } else if piece.first == UInt8(ascii: " ") {
      indentColumns += piece.count
    } else {
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentColumns))
      indentColumns = 0
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  /// The lines, without the last line end.
  func finish() -> String {
    String(
      decoding: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...], as: UTF8.self)
  }

  private func indentation(before offset: Int) -> [UInt8] {
    var start = offset
    while start > 0, source[start - 1] != 0x0A, source[start - 1] != 0x0D { start -= 1 }
    return writtenIndentation(
      before: offset - start, of: Array(source[start..<offset])[...], columns: indentColumns)
  }

  private func offsetInSource(_ piece: UnsafeRawBufferPointer) -> Int? {
    guard let start = piece.baseAddress, let base = source.baseAddress else { return nil }
    let offset = start - base
    return source.indices.contains(offset) ? offset : nil
  }
}

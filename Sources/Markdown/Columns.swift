// White space measured in columns. Tab stops are 4 columns apart (CommonMark 0.30, section 2.2).

func isBlank(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
}

/// The column behind a byte that stands at this column.
func columnAfter(_ byte: UInt8, at column: Int) -> Int {
  byte == UInt8(ascii: "\t") ? (column / 4 + 1) * 4 : column + 1
}

/// The white space before `index` that is this many columns wide, as it was written; as spaces
/// where a tab reaches over the border or something else stands in the way.
///
/// - Parameter line: begins where its line begins.
func writtenIndentation(
  before index: Int, of line: ArraySlice<UInt8>, columns: Int
) -> [UInt8] {
  let prefix = line[..<index]
  let target = prefix.reduce(0) { columnAfter($1, at: $0) } - columns
  var column = 0
  var start = prefix.startIndex
  while start < index, column < target {
    column = columnAfter(line[start], at: column)
    start += 1
  }
  let written = line[start..<index]
  guard column == target, written.allSatisfy(isBlank) else {
    return [UInt8](repeating: UInt8(ascii: " "), count: columns)
  }
  return Array(written)
}

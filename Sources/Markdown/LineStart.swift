// What the beginning of a line says about the blocks around it, as far as a stream needs to know.
//
// These are guesses on the safe side: they decide when it is worth asking md4c, never what
// the answer is.

/// What a line looks like from its first bytes.
enum LineStart: Hashable {
  case blank
  /// White space, then something: it may belong to an item, a block of code or a paragraph.
  case indented
  /// Something that may be the mark of a list item.
  case listMark
  /// Three backticks or tildes: the beginning or the end of a block of code. To md4c 0.4.8 it may
  /// even end one inside a list that it is no part of.
  case fence
  /// Anything else, which begins at the very left.
  case other

  /// Nil while the bytes that are there do not decide it.
  ///
  /// - Parameter isWhole: whether the line ends where the bytes end.
  init?(_ line: ArraySlice<UInt8>, isWhole: Bool) {
    guard let first = line.first else {
      guard isWhole else { return nil }
      self = .blank
      return
    }
    switch first {
    case UInt8(ascii: " "), UInt8(ascii: "\t"):
      if line.contains(where: { !isBlank($0) }) {
        self = .indented
      } else if isWhole {
        self = .blank
      } else {
        return nil
      }
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
      var rest = line.drop(while: digits.contains)
      if digits.contains(first) {
        guard let delimiter = rest.first else {
          guard isWhole else { return nil }
          self = .other
          return
        }
        guard delimiter == UInt8(ascii: ".") || delimiter == UInt8(ascii: ")") else {
          self = .other
          return
        }
      }
      rest = rest.dropFirst()
      if let next = rest.first {
        self = isBlank(next) ? .listMark : .other
      } else if isWhole {
        self = .listMark
      } else {
        return nil
      }
    case UInt8(ascii: "`"), UInt8(ascii: "~"):
      let rest = line.drop { $0 == first }
      if line.count - rest.count >= 3 {
        self = .fence
      } else if rest.isEmpty, !isWhole {
        return nil
      } else {
        self = .other
      }
    default:
      self = .other
    }
  }
}

/// The line that opened a block of code which ends with a line of its own.
struct Fence: Hashable {
  var byte: UInt8
  var length: Int
  /// How far the fence stands from the left, 0 to 3; its lines lose as much white space.
  var indentColumns: Int

  /// Nil if the line opens no block of code (CommonMark 0.30, section 4.5).
  init?(opening line: ArraySlice<UInt8>) {
    let rest = line.drop { $0 == UInt8(ascii: " ") }
    indentColumns = line.count - rest.count
    guard indentColumns <= 3, let first = rest.first,
      first == UInt8(ascii: "`") || first == UInt8(ascii: "~")
    else { return nil }
    let afterFence = rest.drop { $0 == first }
    byte = first
    length = rest.count - afterFence.count
    guard length >= 3 else { return nil }
    if first == UInt8(ascii: "`"), afterFence.contains(first) { return nil }
  }

  /// Whether the line ends the block. md4c 0.4.8 allows no tab after the fence (md4c #292), and so
  /// it is here.
  func isClosed(by line: ArraySlice<UInt8>) -> Bool {
    let (columns, rest) = indentation(of: line)
    guard columns <= 3 else { return false }
    let afterFence = rest.drop { $0 == byte }
    return rest.count - afterFence.count >= length
      && afterFence.allSatisfy { $0 == UInt8(ascii: " ") }
  }

  /// What the line says as a line of the block.
  func text(of line: ArraySlice<UInt8>) -> String {
    let (columns, rest) = indentation(of: line)
    let kept = max(0, columns - indentColumns)
    let blanks =
      rest.isEmpty
      ? [UInt8](repeating: UInt8(ascii: " "), count: kept)
      : writtenIndentation(before: rest.startIndex, of: line, columns: kept)
    return String(decoding: blanks + rest, as: UTF8.self)
  }

  private func indentation(of line: ArraySlice<UInt8>) -> (columns: Int, rest: ArraySlice<UInt8>) {
    let rest = line.drop(while: isBlank)
    let columns = line[..<rest.startIndex].reduce(0) { columnAfter($1, at: $0) }
    return (columns, rest)
  }
}

// Where words stand in a text, byte by byte: a conversation has millions of them, and a key waits.
//
// The case of letters does not count, as far as it changes no letter into two. A blank stands for any run
// of blanks and line ends. Marks of Markdown inside of what is looked for are passed over, so that
// `two **bold** words` is found by what it looks like. The same rules hold for the text as it is written
// and for the lines it is drawn in, where a word may be broken over two rows.

/// What is looked for.
struct SearchWords: Hashable, Sendable {
  /// A letter in both cases, or a blank.
  private struct Letter: Hashable, Sendable {
    let lower: UInt32
    let upper: UInt32

    init(_ scalar: Unicode.Scalar) {
      func single(_ text: String) -> UInt32? {
        text.unicodeScalars.count == 1 ? text.unicodeScalars.first?.value : nil
      }
      lower = single(scalar.properties.lowercaseMapping) ?? scalar.value
      upper = single(scalar.properties.uppercaseMapping) ?? scalar.value
    }

    var isBlank: Bool { lower == 0x20 }
  }

  /// Stands between two rows of which the first is full: there may have been a blank, or not. No byte of
  /// UTF-8 has this value.
  static let rowEnd: UInt8 = 0xFF

  private let letters: [Letter]
  /// The bytes with which a hit may begin.
  private let lowerByte: UInt8
  private let upperByte: UInt8

  /// Nil for blanks alone, which stand everywhere. Those at the front do not count.
  init?(_ words: String) {
    var letters: [Letter] = []
    for scalar in words.unicodeScalars {
      guard scalar.properties.isWhitespace else {
        letters.append(Letter(scalar))
        continue
      }
      if let last = letters.last, !last.isBlank { letters.append(Letter(" ")) }
    }
    guard let first = letters.first else { return nil }
    self.letters = letters
    func firstByte(_ value: UInt32) -> UInt8? {
      Unicode.Scalar(value).flatMap { String($0).utf8.first }
    }
    guard let lower = firstByte(first.lower), let upper = firstByte(first.upper) else { return nil }
    lowerByte = lower
    upperByte = upper
  }

  /// Calls `found` with each hit in UTF-8 from `start` on, none of which overlap. Returns from where to
  /// go on when more text has come behind it.
  @discardableResult
  func eachHit(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0, _ found: (Range<Int>) -> Void
  ) -> Int {
    let count = bytes.count
    var index = start
    while index < count {
      let byte = bytes[index]
      guard byte == lowerByte || byte == upperByte else {
        index += 1
        continue
      }
      switch match(bytes, at: index) {
      case .none: index += 1
      case .unfinished: return index
      case .hit(let end):
        found(index..<end)
        index = end
      }
    }
    return index
  }

  /// The hits in a text, by its UTF-8.
  func hits(in text: String) -> [Range<Int>] {
    var hits: [Range<Int>] = []
    withBytes(of: text) { _ = eachHit(in: $0) { hits.append($0) } }
    return hits
  }

  // MARK: - One hit

  private enum Match {
    case none
    /// The text ends before the words do.
    case unfinished
    case hit(end: Int)
  }

  private func match(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Match {
    var index = start
    for (number, letter) in letters.enumerated() {
      var passedMarks = 0
      while true {
        guard index < bytes.count else { return .unfinished }
        if letter.isBlank {
          if SearchWords.isBlank(bytes[index]) {
            index += 1
            while index < bytes.count, SearchWords.isBlank(bytes[index]) { index += 1 }
            break
          }
        } else if let end = end(of: letter, bytes, at: index) {
          index = end
          break
        }
        guard number > 0, passedMarks < 3, SearchWords.isMark(bytes[index]) else { return .none }
        passedMarks += 1
        index += 1
      }
    }
    return .hit(end: index)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == rowEnd
  }

  /// `*`, `_`, a backtick, `~`, and the end of a full row.
  private static func isMark(_ byte: UInt8) -> Bool {
    byte == 0x2A || byte == 0x5F || byte == 0x60 || byte == 0x7E || byte == rowEnd
  }

  /// Behind the letter, if it stands here.
  private func end(of letter: Letter, _ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    let first = bytes[index]
    if first < 0x80 {
      return UInt32(first) == letter.lower || UInt32(first) == letter.upper ? index + 1 : nil
    }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard first != SearchWords.rowEnd, index + length <= bytes.count else { return nil }
    var value = UInt32(first) & (0xFF >> UInt32(length + 1))
    for offset in 1..<length { value = value << 6 | UInt32(bytes[index + offset] & 0x3F) }
    return value == letter.lower || value == letter.upper ? index + length : nil
  }
}

/// The text's UTF-8 in one piece.
func withBytes<Result>(
  of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result
) -> Result {
  var text = text
  return text.withUTF8(body)
}

extension UnsafeBufferPointer<UInt8> {
  /// How many letters and digits there are, by which a place in a text is found again in its lines: marks
  /// of Markdown, blanks and borders do not count.
  func letterCount(_ range: Range<Int>) -> Int {
    self[range].reduce(0) { $0 + (UnsafeBufferPointer.isLetter($1) ? 1 : 0) }
  }

  /// The lead bytes of U+2000 to U+2FFF do not count: borders and bullets are made of them.
  private static func isLetter(_ byte: UInt8) -> Bool {
    let folded = byte | 0x20
    return folded >= 0x61 && folded <= 0x7A || byte >= 0x30 && byte <= 0x39
      || byte >= 0xC0 && byte != 0xE2 && byte != SearchWords.rowEnd
  }
}

// JSON writes an emoji as two escapes (`\ud83d\ude00`), and servers that cut a reply into tokens were seen to
// cut between them. Alone neither half is Unicode, so `mendingStrings` leaves a mark where one stood, and here
// the halves of neighbouring deltas become one again.

/// The mark of half a surrogate pair: U+FFFD, which is what it is worth alone, and which half it was in three
/// noncharacters. Those are for the inside of a program, and no server has a use for them.
enum HalfPair {
  private static let digits: ClosedRange<UInt32> = 0xFDD0...0xFDEF

  /// The mark as JSON escapes.
  ///
  /// - Parameter unit: `D800` to `DFFF`.
  static func escapes(_ unit: UInt16) -> String {
    let number = UInt32(unit & 0x7FF)
    return [10, 5, 0].reduce(into: #"\uFFFD"#) { escapes, shift in
      escapes += #"\u"# + String(digits.lowerBound + (number >> shift & 31), radix: 16)
    }
  }

  /// Whether a mark may be in the text. Quick, because in nearly every text there is none.
  static func isPossible(in text: String) -> Bool {
    text.utf8.contains(0xEF) && text.unicodeScalars.contains { digits.contains($0.value) }
  }

  /// The half whose mark begins at `index`; nil where none does.
  static func unit(in scalars: [Unicode.Scalar], at index: Int) -> UInt16? {
    guard scalars[index] == "\u{FFFD}", index + 3 < scalars.count else { return nil }
    var number: UInt32 = 0
    for scalar in scalars[(index + 1)...(index + 3)] {
      guard digits.contains(scalar.value) else { return nil }
      number = number << 5 | (scalar.value - digits.lowerBound)
    }
    return number <= 0x7FF ? 0xD800 | UInt16(number) : nil
  }
}

/// Joins halves that are marked, across the borders of deltas. A half without its other is U+FFFD.
struct SplitPairs: Hashable, Sendable {
  /// The first half of a pair whose second may come.
  private var pending: UInt16?

  /// The text up to a half that may still be joined.
  mutating func receive(_ text: String) -> String {
    guard pending != nil || HalfPair.isPossible(in: text) else { return text }
    var told = String.UnicodeScalarView()
    let scalars = Array(text.unicodeScalars)
    var index = 0
    while index < scalars.count {
      let unit = HalfPair.unit(in: scalars, at: index)
      index += unit == nil ? 1 : 4
      if let unit, let high = pending, let scalar = Self.joined(high, unit) {
        told.append(scalar)
        pending = nil
        continue
      }
      if pending != nil { told.append("\u{FFFD}") }
      pending = unit.flatMap { $0 < 0xDC00 ? $0 : nil }
      if unit == nil {
        told.append(scalars[index - 1])
      } else if pending == nil {
        told.append("\u{FFFD}")
      }
    }
    return String(told)
  }

  /// Nothing more will come: what waits is half of something.
  mutating func finish() -> String {
    defer { pending = nil }
    return pending == nil ? "" : "\u{FFFD}"
  }

  /// A text that is whole.
  static func joining(_ text: String) -> String {
    var pairs = SplitPairs()
    return pairs.receive(text) + pairs.finish()
  }

  private static func joined(_ high: UInt16, _ low: UInt16) -> Unicode.Scalar? {
    guard low >= 0xDC00 else { return nil }
    return Unicode.Scalar(0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(low & 0x3FF)))
  }
}

// How a ready answer is made to arrive like a stream.

extension Guide {
  /// The wait for the first piece: long enough to see the status line wait, short enough not to wait
  /// oneself.
  public static let firstDelayMilliseconds = 150

  /// The time from one piece to the next: about 40 words a second, as a quick hosted model sends
  /// them. The eye can skim along, and the long answer takes over half a minute, so there is time to
  /// stop it.
  public static let intervalMilliseconds = 24

  /// Cuts a text into deltas: a word with the white space behind it, or up to two characters of a
  /// script that has no blanks between words. Joined they are the text, scalar by scalar.
  public static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var last: PieceClass?
    for character in text {
      let next = PieceClass(character)
      if let last, isCut(between: last, and: next, pieceCount: piece.count) {
        pieces.append(piece)
        piece = ""
      }
      piece.append(character)
      last = next
    }
    return piece.isEmpty ? pieces : pieces + [piece]
  }

  private static func isCut(
    between last: PieceClass, and next: PieceClass, pieceCount: Int
  ) -> Bool {
    switch (last, next) {
    case (_, .space): false
    case (.space, .word), (.space, .ideograph), (.word, .ideograph), (.ideograph, .word): true
    case (.word, .word): false
    case (.ideograph, .ideograph): pieceCount >= 2
    }
  }
}

/// What a character is to the cutting of pieces.
private enum PieceClass {
  case space
  case word
  /// A character of a script written without blanks, or Hangul, whose syllables are as wide.
  case ideograph

  init(_ character: Character) {
    if character.isWhitespace {
      self = .space
      return
    }
    switch character.unicodeScalars.first?.value ?? 0 {
    // Radicals to Yi, Hangul syllables, compatibility and full-width forms, the ideographic planes.
    case 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF9F, 0x20000...0x3FFFF:
      self = .ideograph
    default:
      self = .word
    }
  }
}

// Where a continuation meets the text that it continues.
//
// A reply that was cut is continued by another stream, and few models begin exactly behind the last letter.
// Some servers let them go on from our text, others have to ask them in words, with the advice to begin
// with the last few words; some models say "Continuing:" first, some begin the whole reply again. The rules
// are the same for all of them, because only the wire knows who was asked how. So they have to leave alone
// a stream that simply goes on:
//
// 1. White space that the text ends with and the stream begins with stands there once. Elsewhere a run of
//    white space is like any other: models fold lines anew.
// 2. Where the stream begins with the last words of the text, the longest such overlap is left out. It
//    begins where a word begins, among the last 2,000 scalars of the text or at its very start, and is too
//    long to be chance; `SeamText.isEnough` says how long that is. "}\n}\n" behind "}\n" is no repetition.
// 3. Starting over is rule 2 with the whole text: the stream is followed in silence as long as it agrees
//    with the text from the start. Where it agreed for 40 scalars and then differs, the model is writing
//    another reply, and a blank line goes before all that was held back. Where it ends before that, it said
//    nothing that is not there already, and is left out.
// 4. A preamble is left out: a line that says nothing but that the text goes on (`SeamPreamble`). An
//    ellipsis is one only where the last words follow it, for "wait" may well go on with "...".
//
// All is compared by Unicode scalars, one after the other, so it does not matter how the stream is cut into
// deltas. What is held back is at most twice the text and 2,000 scalars, and nothing any more as soon as no
// rule can apply. A scalar costs as much time as there are places in the text that still agree with the
// stream: about 2,000 at its first, a few behind that.

/// Joins what a stream sends to the text that is there already.
public struct Seam: Hashable, Sendable {
  private var text: SeamText
  /// All of the stream; nothing of it was given out.
  private var held: [Unicode.Scalar] = []
  private var overlap = SeamOverlap()
  private var preamble = SeamPreamble.open
  /// What follows a preamble is looked at like a stream of its own.
  private var overlapBehindPreamble = SeamOverlap(.behindPreamble)
  private let holdLimit: Int
  /// Whether everything from now on goes through untouched.
  public private(set) var isClosed: Bool

  /// - Parameter text: what is there already. It is read once; until the seam is closed each of its scalars
  ///   takes four bytes.
  public init(after text: String) {
    self.text = SeamText(text)
    holdLimit = 2 * text.unicodeScalars.count + 2_000
    isClosed = self.text.units.isEmpty
  }

  /// What of the stream is now certain to follow the text; the rest is held back until it is.
  public mutating func take(_ delta: String) -> String {
    guard !isClosed else { return delta }
    var rest = delta[...].unicodeScalars
    while let scalar = rest.popFirst() {
      follow(scalar)
      if let join = join(atEnd: held.count >= holdLimit) { return close(join) + String(rest) }
    }
    return ""
  }

  /// What was held back and is to follow the text, when the stream is at its end.
  public mutating func finish() -> String {
    guard !isClosed, let join = join(atEnd: true) else { return "" }
    return close(join)
  }

  private mutating func follow(_ scalar: Unicode.Scalar) {
    held.append(scalar)
    overlap.take(scalar, after: text)
    switch preamble {
    case .none: break
    case .found: overlapBehindPreamble.take(scalar, after: text)
    case .open:
      preamble = SeamPreamble(held)
      guard case .found(let length, let isEllipsis) = preamble else { return }
      overlapBehindPreamble = SeamOverlap(isEllipsis ? .behindEllipsis : .behindPreamble)
      for scalar in held[length...] { overlapBehindPreamble.take(scalar, after: text) }
    }
  }

  /// How the stream is joined to the text.
  private struct Join {
    /// How many scalars of the stream are left out.
    var omittedCount: Int
    /// Goes in their place.
    var filling = ""
  }

  /// Nil as long as it depends on what is still to come.
  private func join(atEnd isEnd: Bool) -> Join? {
    switch overlap.verdict(atEnd: isEnd) {
    case .open: return nil
    case .found(let end):
      return joinWhiteSpace(from: end, isBehindRepetition: true, atEnd: isEnd)
    case .differs: return Join(omittedCount: overlap.whiteCount, filling: text.blankLine)
    case .none: break
    }
    switch preamble {
    case .open where !isEnd: return nil
    case .open, .none: return joinWhiteSpace(from: 0, atEnd: isEnd)
    case .found(let length, let isEllipsis):
      switch overlapBehindPreamble.verdict(atEnd: isEnd) {
      case .open: return nil
      case .found(let end):
        return joinWhiteSpace(from: length + end, isBehindRepetition: true, atEnd: isEnd)
      case .differs where !isEllipsis:
        let omitted = length + overlapBehindPreamble.whiteCount
        return Join(omittedCount: omitted, filling: text.blankLine)
      case .none where !isEllipsis: return joinSentence(from: length, atEnd: isEnd)
      case .differs, .none: return joinWhiteSpace(from: 0, atEnd: isEnd)
      }
    }
  }

  /// Rule 1, with what follows the first `start` scalars.
  private func joinWhiteSpace(
    from start: Int, isBehindRepetition: Bool = false, atEnd isEnd: Bool
  ) -> Join? {
    guard !text.ending.isEmpty else { return Join(omittedCount: start) }
    let run = held[start...].prefix(SeamText.whiteLimit).prefix { $0.properties.isWhitespace }
    let isWhole = run.count < held.count - start || run.count == SeamText.whiteLimit
    guard isWhole || isEnd else { return nil }
    let shared = text.sharedWhiteCount(with: run, isBehindRepetition: isBehindRepetition)
    return Join(omittedCount: start + shared)
  }

  /// A preamble on a line of its own does not tear the sentence that it interrupted.
  private func joinSentence(from start: Int, atEnd isEnd: Bool) -> Join? {
    let white = held[start...].prefix { $0.properties.isWhitespace }
    // Nothing but a preamble is no preamble.
    guard let next = held[white.endIndex...].first else { return Join(omittedCount: 0) }
    let tears =
      white.contains(where: \.isLineBreak) && text.isInSentence && next.properties.isLowercase
    return tears
      ? Join(omittedCount: white.endIndex, filling: " ") : joinWhiteSpace(from: start, atEnd: isEnd)
  }

  private mutating func close(_ join: Join) -> String {
    var joined = String.UnicodeScalarView()
    joined.append(contentsOf: held[join.omittedCount...])
    isClosed = true
    text = SeamText("")
    held = []
    overlap = SeamOverlap()
    overlapBehindPreamble = SeamOverlap(.behindPreamble)
    return join.filling + String(joined)
  }
}

extension Unicode.Scalar {
  /// Whether it ends a line, alone or with another.
  var isLineBreak: Bool { Character(self).isNewline }
}

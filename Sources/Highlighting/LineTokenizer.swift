// One pass over the bytes of a line. At each place the first of these that fits takes its bytes:
//
//   blank · region · number · sigil · word · one byte of anything else
//
// What none of them gives a kind stays plain. The position only grows, and no rule looks further than a
// bounded number of bytes, except over blanks behind a word; those are passed over next.

struct LineTokenizer {
  let language: Language
  var carry: Carry
  private(set) var tokens: [Token] = []
  var stepCount = 0

  /// The next byte.
  var position = 0
  /// Whether only blanks stand before it.
  var isFirst = true
  /// How far there are tokens.
  private var tokenEnd = 0
  /// What the word before announced of the next one.
  private var announced: TokenKind?
  /// A heredoc that begins with the next line.
  private var heredoc: Carry.Heredoc?

  init(_ language: Language, _ carry: Carry) {
    self.language = language
    self.carry = carry
  }

  mutating func run(_ bytes: Span<UInt8>) {
    stepCount = bytes.count
    if let heredoc = carry.heredoc {
      if heredoc.isClosed(by: bytes) { carry.heredoc = nil }
      emit(heredoc.kind, to: bytes.count)
      return
    }
    if let open = carry.region {
      carry.region = nil
      finish(open, bytes, from: 0)
      isFirst = position == 0
    }
    while position < bytes.count {
      let byte = bytes[position]
      if byte.isBlank {
        position += 1
        continue
      }
      if language.markup != nil {
        markup(byte, bytes)
      } else {
        code(byte, bytes)
      }
      isFirst = false
    }
    emit(.plain, to: bytes.count)
    carry.heredoc = heredoc
  }

  /// Gives all bytes up to `start` that have no token yet to a plain one, and those up to `end` to one of
  /// this kind.
  mutating func emit(_ kind: TokenKind, from start: Int? = nil, to end: Int) {
    position = end
    if let start, start > tokenEnd { add(.plain, start - tokenEnd) }
    let from = max(start ?? tokenEnd, tokenEnd)
    if end > from { add(kind, end - from) }
    tokenEnd = max(tokenEnd, end)
  }

  private mutating func add(_ kind: TokenKind, _ byteCount: Int) {
    if let last = tokens.indices.last, tokens[last].kind == kind {
      tokens[last].byteCount += byteCount
    } else {
      tokens.append(Token(kind, byteCount: byteCount))
    }
  }

  // MARK: - Code

  private mutating func code(_ byte: UInt8, _ bytes: Span<UInt8>) {
    let traits = language.traits[Int(byte)]
    if traits.contains(.region), region(bytes, at: position) {
      announced = nil
      return
    }
    if language.hasNumbers, isNumber(byte, bytes) { return number(bytes) }
    if traits.contains(.sigil), sigil(bytes) {
      announced = nil
      return
    }
    if traits.contains(.word) { return word(bytes) }
    announced = nil
    position += 1
  }

  /// Whether a byte begins a number: a digit, or a point in front of one.
  private func isNumber(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    if byte.isDigit { return true }
    guard byte == UInt8(ascii: "."), position + 1 < bytes.count, bytes[position + 1].isDigit else {
      return false
    }
    guard position > 0 else { return true }
    let before = bytes[position - 1]
    return before != byte && !language.traits[Int(before)].contains(.word)
      && before != UInt8(ascii: ")") && before != UInt8(ascii: "]")
  }

  /// Digits of any base with their separators, suffix, fraction and exponent: `0xFF_u8`, `1.5e-3`.
  private mutating func number(_ bytes: Span<UInt8>) {
    let start = position
    let second = start + 1 < bytes.count ? bytes[start + 1].lowercased : 0
    let isHexadecimal = bytes[start] == UInt8(ascii: "0") && second == UInt8(ascii: "x")
    var end = start + 1
    scan: while end < bytes.count {
      let byte = bytes[end]
      switch byte {
      case UInt8(ascii: "."):
        guard end + 1 < bytes.count, bytes[end + 1].isDigit else { break scan }
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        let sign = bytes[end - 1].lowercased
        let isExponent = sign == UInt8(ascii: isHexadecimal ? "p" : "e")
        guard isExponent, end + 1 < bytes.count, bytes[end + 1].isDigit else { break scan }
      default:
        guard byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") else { break scan }
      }
      end += 1
    }
    stepCount += end - start
    announced = nil
    // What goes on like a word is one: a date, an address.
    var wordEnd = end
    while wordEnd < bytes.count, language.traits[Int(bytes[wordEnd])].contains(.word) {
      wordEnd += 1
    }
    stepCount += wordEnd - end
    emit(wordEnd == end ? .number : .plain, from: start, to: wordEnd)
  }

  /// A sign together with the word behind it.
  private mutating func sigil(_ bytes: Span<UInt8>) -> Bool {
    guard isAtBorder(bytes, position) else { return false }
    for sigil in language.sigils where starts(sigil.begin, bytes, at: position) {
      let start = position + sigil.begin.count
      var end = start
      while end < bytes.count, language.traits[Int(bytes[end])].contains(.word) { end += 1 }
      stepCount += end - start
      guard end > start else { continue }
      emit(sigil.kind, from: position, to: end)
      return true
    }
    return false
  }

  /// Whether no word ends in front of this place, and no sign like the one that stands there.
  func isAtBorder(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
    guard index > 0 else { return true }
    let before = bytes[index - 1]
    return !language.traits[Int(before)].contains(.word) && before != bytes[index]
  }

  // MARK: - Words

  private mutating func word(_ bytes: Span<UInt8>) {
    let start = position
    var end = start + 1
    while end < bytes.count, language.traits[Int(bytes[end])].contains(.word) { end += 1 }
    stepCount += 2 * (end - start)
    let meaning = language.words.meaning(of: bytes, start..<end)
    if let meaning, meaning.isPrefix, region(bytes, at: end) {
      announced = nil
      return
    }
    let known = kind(of: meaning, start, bytes)
    let isKeyword = known != nil && known == meaning?.kind
    let kind =
      key(start..<end, bytes, isString: false) ?? known ?? announced
      ?? kind(byShape: start..<end, bytes)
    announced = isKeyword ? meaning?.announces : nil
    emit(kind, from: start, to: end)
  }

  /// What the language says of a word. Behind a point it is a member's name, whatever it says.
  private func kind(of meaning: WordMeaning?, _ start: Int, _ bytes: Span<UInt8>) -> TokenKind? {
    guard let meaning else { return nil }
    if isFirst, let kind = meaning.firstKind { return kind }
    let point = UInt8(ascii: ".")
    let isMember =
      start > 0 && bytes[start - 1] == point && (start == 1 || bytes[start - 2] != point)
    return isMember ? nil : meaning.kind
  }

  private func kind(byShape range: Range<Int>, _ bytes: Span<UInt8>) -> TokenKind {
    if range.upperBound < bytes.count, language.calls.contains(bytes[range.upperBound]) {
      return .function
    }
    guard language.hasCapitals, bytes[range.lowerBound].isUppercase else { return .plain }
    guard range.count > 1 else { return .type }
    let hasSmallLetters = range.contains { bytes[$0].isLetter && !bytes[$0].isUppercase }
    return hasSmallLetters ? .type : .constant
  }

  /// The kind of a name with a sign behind it, if the language has names for which that is so.
  mutating func key(_ range: Range<Int>, _ bytes: Span<UInt8>, isString: Bool) -> TokenKind? {
    guard !language.keys.isEmpty else { return nil }
    var end = range.upperBound
    while end < bytes.count, bytes[end].isBlank { end += 1 }
    stepCount += end - range.upperBound
    guard end < bytes.count else { return nil }
    for rule in language.keys where !isString || rule.isQuoted {
      guard !rule.isFirst || isFirst else { continue }
      for mark in rule.marks where starts(mark, bytes, at: end) {
        let next = end + mark.count < bytes.count ? bytes[end + mark.count] : 0x20
        let fits =
          rule.needsBlank
          ? next.isBlank && end == range.upperBound : next != mark[mark.count - 1]
        guard fits else { continue }
        return rule.kind
      }
    }
    return nil
  }

  /// Whether these bytes stand here.
  func starts(_ wanted: [UInt8], _ bytes: Span<UInt8>, at index: Int) -> Bool {
    guard index + wanted.count <= bytes.count else { return false }
    for offset in wanted.indices where bytes[index + offset] != wanted[offset] { return false }
    return true
  }

  /// A heredoc that begins with the next line; the first one of a line counts.
  mutating func announce(_ heredoc: Carry.Heredoc) {
    if self.heredoc == nil { self.heredoc = heredoc }
  }
}

extension Carry.Heredoc {
  /// Whether a line is its word, with blanks before it and what ends a statement behind it.
  fileprivate func isClosed(by bytes: Span<UInt8>) -> Bool {
    var start = 0
    while start < bytes.count, bytes[start].isBlank { start += 1 }
    guard start + word.count <= bytes.count else { return false }
    for offset in word.indices where bytes[start + offset] != word[offset] { return false }
    let end = start + word.count
    guard end < bytes.count else { return true }
    let next = bytes[end]
    return next == UInt8(ascii: ";") || next == UInt8(ascii: ")") || next == UInt8(ascii: ",")
  }
}

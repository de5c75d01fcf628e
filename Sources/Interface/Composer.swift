// The place where the draft is written. Everything counts in graphemes, so that no key ever leaves half
// a letter behind.

/// The unsent text, the place in it, and the prompts that can be brought back.
public struct Composer: Hashable, Sendable {
  /// The longest draft, in graphemes. What would go beyond it is left out, and `insert` says so.
  public static let longestDraft = 1_000_000
  /// How many earlier prompts are kept for recall; the oldest goes first.
  public static let recallLimit = 500

  public private(set) var characters: [Character] = []
  /// How many graphemes stand before the cursor.
  public private(set) var cursor = 0

  private var cut: [Character] = []
  private var recall: [String] = []
  private var recalled: Recalled?

  /// An earlier prompt that is shown, and the draft that was there before.
  private struct Recalled: Hashable {
    let index: Int
    let draft: [Character]
  }

  public init() {}

  public var text: String { String(characters) }
  public var isEmpty: Bool { characters.isEmpty }

  // MARK: - Writing

  /// Puts text in at the cursor. False when the draft was full and part of it was left out.
  @discardableResult
  public mutating func insert(_ text: String) -> Bool {
    let room = max(0, Composer.longestDraft - characters.count)
    // A CRLF is one grapheme; in the draft a line ends with LF alone.
    let added = text.map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 }
    characters.insert(contentsOf: added.prefix(room), at: cursor)
    cursor += min(room, added.count)
    return added.count <= room
  }

  /// Takes the draft out, to be sent. It can be recalled afterwards.
  public mutating func take() -> String {
    let text = self.text
    remember(text)
    replace(with: [])
    return text
  }

  /// Empties the draft. Recall brings it back: no draft dies.
  public mutating func clear() {
    remember(text)
    replace(with: [])
  }

  /// Puts a prompt back that could not be sent, before whatever has been written since.
  public mutating func giveBack(_ prompt: String) {
    let later = characters
    replace(with: Array(prompt))
    if !later.isEmpty {
      characters += ["\n"] + later
      cursor = characters.count
    }
  }

  private mutating func remember(_ text: String) {
    guard text.contains(where: { !$0.isWhitespace }), recall.last != text else { return }
    recall.append(text)
    if recall.count > Composer.recallLimit { recall.removeFirst() }
  }

  private mutating func replace(with text: [Character]) {
    characters = text
    cursor = text.count
    recalled = nil
  }

  // MARK: - Moving

  public mutating func moveLeft() { cursor = max(0, cursor - 1) }
  public mutating func moveRight() { cursor = min(characters.count, cursor + 1) }
  public mutating func moveWordLeft() { cursor = wordStart }
  public mutating func moveWordRight() { cursor = wordEnd }
  public mutating func moveToLineStart() { cursor = lineStart(of: cursor) }
  public mutating func moveToLineEnd() { cursor = lineEnd(of: cursor) }

  /// To the line above, or to the earlier prompt when there is none.
  public mutating func moveUp() {
    let start = lineStart(of: cursor)
    guard start > 0 else { return recallEarlier() }
    let above = lineStart(of: start - 1)
    cursor = min(above + (cursor - start), start - 1)
  }

  /// To the line below, or to the later prompt when there is none.
  public mutating func moveDown() {
    let end = lineEnd(of: cursor)
    guard end < characters.count else { return recallLater() }
    let column = cursor - lineStart(of: cursor)
    cursor = min(end + 1 + column, lineEnd(of: end + 1))
  }

  private mutating func recallEarlier() {
    let index = (recalled?.index ?? recall.count) - 1
    guard index >= 0 else { return }
    let draft = recalled?.draft ?? characters
    replace(with: Array(recall[index]))
    recalled = Recalled(index: index, draft: draft)
  }

  private mutating func recallLater() {
    guard let shown = recalled else { return }
    let index = shown.index + 1
    if index < recall.count {
      replace(with: Array(recall[index]))
      recalled = Recalled(index: index, draft: shown.draft)
    } else {
      replace(with: shown.draft)
    }
  }

  // MARK: - Cutting

  public mutating func deleteBackward() { remove(max(0, cursor - 1)..<cursor) }
  public mutating func deleteForward() { remove(cursor..<min(characters.count, cursor + 1)) }

  /// Cuts back to white space, as Ctrl-W does in a shell.
  public mutating func cutWordBackward() {
    var start = cursor
    while start > 0, characters[start - 1].isWhitespace { start -= 1 }
    while start > 0, !characters[start - 1].isWhitespace { start -= 1 }
    cutOut(start..<cursor)
  }

  public mutating func cutWordForward() { cutOut(cursor..<wordEnd) }

  /// Cuts to the end of the line; at the end of it, the line end itself.
  public mutating func cutToLineEnd() {
    let end = lineEnd(of: cursor)
    cutOut(cursor..<(end > cursor ? end : min(characters.count, end + 1)))
  }

  public mutating func cutToLineStart() { cutOut(lineStart(of: cursor)..<cursor) }
  public mutating func putBack() { insert(String(cut)) }

  private mutating func cutOut(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    cut = Array(characters[range])
    remove(range)
  }

  private mutating func remove(_ range: Range<Int>) {
    characters.removeSubrange(range)
    cursor = range.lowerBound
  }

  // MARK: - Places

  private func lineStart(of place: Int) -> Int {
    characters[..<place].lastIndex(of: "\n").map { $0 + 1 } ?? 0
  }

  private func lineEnd(of place: Int) -> Int {
    characters[place...].firstIndex(of: "\n") ?? characters.count
  }

  private var wordStart: Int {
    var place = cursor
    while place > 0, !characters[place - 1].isWordCharacter { place -= 1 }
    while place > 0, characters[place - 1].isWordCharacter { place -= 1 }
    return place
  }

  private var wordEnd: Int {
    var place = cursor
    while place < characters.count, !characters[place].isWordCharacter { place += 1 }
    while place < characters.count, characters[place].isWordCharacter { place += 1 }
    return place
  }
}

extension Character {
  fileprivate var isWordCharacter: Bool { isLetter || isNumber }
}

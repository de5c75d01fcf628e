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
  /// What was done to `characters`, for who lays them out.
  private(set) var edits = DraftEdits()

  private var cut: [Character] = []
  private var recall: [String] = []
  private var recalled: Recalled?

  /// Where in `recall` the shown prompt stands, and what has been written at other places meanwhile. The
  /// place behind the last prompt is the draft's own.
  private struct Recalled: Hashable {
    var index: Int
    var written: [Int: [Character]] = [:]
  }

  public init() {}

  /// The draft as it would be sent. Costs as much as the draft is long.
  public var text: String { String(characters) }
  public var isEmpty: Bool { characters.isEmpty }
  /// Whether there is nothing in it but white space.
  public var isBlank: Bool { characters.allSatisfy(\.isWhitespace) }

  // MARK: - Writing

  /// Puts text in at the cursor. False when the draft was full and part of it was left out.
  @discardableResult
  public mutating func insert(_ text: String) -> Bool {
    // A mark may come in a read of its own, behind the letter it belongs to: both are one grapheme.
    let start = max(0, cursor - 1)
    let joined = String(characters[start..<cursor]) + text
    let room = max(0, Composer.longestDraft - characters.count + (cursor - start))
    // A CRLF is one grapheme; in the draft a line ends with LF alone.
    let added = joined.map { $0.utf8.first == 0x0D ? "\n" : $0 }
    change(start..<cursor, to: added.prefix(room))
    cursor = start + min(room, added.count)
    return added.count <= room
  }

  /// Takes the draft out, to be sent. It can be recalled afterwards.
  public mutating func take() -> String {
    let text = self.text
    leaveRecall()
    remember(text)
    replace(with: [])
    return text
  }

  /// Empties the draft. Recall brings it back: no draft dies.
  public mutating func clear() {
    _ = take()
  }

  /// Puts a prompt back that could not be sent, before whatever has been written since.
  public mutating func giveBack(_ prompt: String) {
    leaveRecall()
    let later = characters
    replace(with: Array(prompt))
    if !later.isEmpty {
      change(characters.count..<characters.count, to: ["\n"] + later)
      cursor = characters.count
    }
  }

  /// What was written at other places of the recall is kept as prompts of its own.
  private mutating func leaveRecall() {
    guard let left = recalled else { return }
    recalled = nil
    let changed = left.written.sorted { $0.key < $1.key }.filter { index, text in
      index != left.index && (index >= recall.count || String(text) != recall[index])
    }
    for (_, text) in changed { remember(String(text)) }
  }

  private mutating func remember(_ text: String) {
    guard text.contains(where: { !$0.isWhitespace }), recall.last != text else { return }
    recall.append(text)
    if recall.count > Composer.recallLimit { recall.removeFirst() }
  }

  private mutating func replace(with text: [Character]) {
    change(0..<characters.count, to: text[...])
    cursor = text.count
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
    let index = recalled?.index ?? recall.count
    if index > 0 { show(index - 1) }
  }

  private mutating func recallLater() {
    guard let index = recalled?.index, index < recall.count else { return }
    show(index + 1)
  }

  /// Shows another place of the recall; what is written at this one stays there.
  private mutating func show(_ index: Int) {
    var place = recalled ?? Recalled(index: recall.count)
    place.written[place.index] = characters
    place.index = index
    replace(with: place.written[index] ?? (index < recall.count ? Array(recall[index]) : []))
    recalled = place
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
    change(range, to: [])
    cursor = range.lowerBound
  }

  /// The one way in which the text changes.
  private mutating func change(_ range: Range<Int>, to text: ArraySlice<Character>) {
    guard !range.isEmpty || !text.isEmpty else { return }
    characters.replaceSubrange(range, with: text)
    let change = DraftChange(
      start: range.lowerBound, removedCount: range.count, insertedCount: text.count)
    edits.note(change, inserted: text)
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

// A text that is being written: elements, a place among them, and the way back. Everything counts in
// elements, so that no key ever leaves half a letter behind. All changes go through `replace`, which notes
// how they are undone and what has to be laid out again.

/// The unsent text and the place in it.
public struct Draft: Hashable, Sendable {
  /// The longest draft, in graphemes, folded pastes with all they hold. What would go beyond it is left out,
  /// and whoever writes says so.
  public static let longest = 1_000_000

  public private(set) var elements: [DraftElement] = []
  /// How many elements stand before the cursor.
  public internal(set) var cursor = 0 {
    didSet { selection = nil }
  }
  /// What the next letter takes the place of; nil for nothing. The cursor stands behind it.
  var selection: Range<Int>?
  /// Where something is to be written, in the order of the text; see `Draft+Placeholders.swift`.
  var placeholders: [Placeholder] = []
  /// Paths behind `@` that are to stay text: files that undo made text of again, and those that were refused.
  private(set) var plainPaths: Set<String> = []
  /// In graphemes, with all that is folded.
  private(set) var length = 0
  private(set) var foldedPasteCount = 0
  /// What was done to the elements, for who lays them out.
  private(set) var edits = DraftEdits()
  private var undoList = UndoList()

  public init() {}

  /// A text that is written already: nothing of it is undone, and the cursor stands behind it.
  init(_ elements: [DraftElement]) {
    put(elements, inPlaceOf: 0..<0)
  }

  /// The draft as it would be sent. Costs as much as it is long.
  public var text: String { elements.text }
  public var isEmpty: Bool { elements.isEmpty }
  /// Whether there is nothing in it but white space.
  public var isBlank: Bool { elements.allSatisfy(\.isBlank) }

  /// Puts elements in the place of others and the cursor behind them. False when the draft was full and
  /// some of them were left out.
  @discardableResult
  mutating func replace(_ range: Range<Int>, with wanted: some Collection<DraftElement>) -> Bool {
    let removed = Array(elements[range])
    let inserted = put(wanted, inPlaceOf: range)
    let isExchange = !removed.isEmpty && !inserted.isEmpty
    if isExchange { undoList.beginGroup() }
    if !removed.isEmpty { undoList.noteDeletion(of: removed, at: range.lowerBound) }
    if !inserted.isEmpty { undoList.noteInsertion(of: inserted, at: range.lowerBound) }
    if isExchange { undoList.endGroup() }
    if elements.isEmpty { plainPaths = [] }
    return inserted.count == wanted.count
  }

  /// Puts text in at the cursor. False when the draft was full and part of it was left out.
  ///
  /// A mark may come in a read of its own, behind the letter that it belongs to: both are one element, and
  /// are undone as one.
  @discardableResult
  mutating func insert(_ text: String) -> Bool {
    let added = text.draftElements
    if let selection {
      defer { undoList.openOverwriting() }
      return replace(selection, with: added)
    }
    guard cursor > 0, case .character(let before) = elements[cursor - 1] else {
      return replace(cursor..<cursor, with: added)
    }
    let joined = (String(before) + text).draftElements
    guard joined.count == added.count else { return replace(cursor..<cursor, with: added) }
    let end = cursor
    guard undoList.endsInsertion(at: end) else { return replace((end - 1)..<end, with: joined) }
    let taken = put(joined, inPlaceOf: (end - 1)..<end).count
    undoList.noteGrowth(at: end, by: taken - 1, byteCount: text.utf8.count)
    return taken == joined.count
  }

  /// Notes nothing for undo. Returns what there was room for.
  @discardableResult
  private mutating func put(
    _ wanted: some Collection<DraftElement>, inPlaceOf range: Range<Int>
  ) -> [DraftElement] {
    var room = Draft.longest - length + elements[range].reduce(0) { $0 + $1.length }
    let inserted = Array(
      wanted.prefix { element in
        room -= element.length
        return room >= 0
      })
    change(range, to: inserted)
    cursor = range.lowerBound + inserted.count
    return inserted
  }

  /// Makes all that `body` changes one step for undo.
  mutating func asOneStep(_ body: (inout Draft) -> Void) {
    undoList.beginGroup()
    body(&self)
    undoList.endGroup()
  }

  /// Takes the last step back. Nothing happens when there is none.
  mutating func undo() {
    for change in undoList.takeLastStep() {
      switch change {
      case .insertion(let range, byteCount: _):
        plainPaths.formUnion(elements[range].compactMap(\.attachment?.path))
        self.change(range, to: [])
        cursor = range.lowerBound
      case .deletion(let removed, let place):
        self.change(place..<place, to: removed)
        cursor = place + removed.count
      }
    }
  }

  /// Lets a path behind `@` stay text, as long as it stands there.
  mutating func keepPlain(_ path: String) { plainPaths.insert(path) }

  /// Forgets the paths that stand nowhere any more.
  mutating func keepPlainPaths(_ isKept: (String) -> Bool) {
    plainPaths = plainPaths.filter(isKept)
  }

  /// How many changes can be taken back.
  var undoDepth: Int { undoList.count }

  /// Makes one step of all changes behind the first so many, to which nothing is added.
  mutating func joinSteps(after depth: Int) { undoList.join(after: depth) }

  /// Forgets how the text came about: nothing before this is undone.
  mutating func forgetUndo() { undoList = UndoList() }

  private mutating func change(_ range: Range<Int>, to inserted: [DraftElement]) {
    selection = nil
    guard !range.isEmpty || !inserted.isEmpty else { return }
    length += inserted.reduce(0) { $0 + $1.length } - elements[range].reduce(0) { $0 + $1.length }
    foldedPasteCount += inserted.count(where: \.isPaste) - elements[range].count(where: \.isPaste)
    elements.replaceSubrange(range, with: inserted)
    let change = DraftChange(
      start: range.lowerBound, removedCount: range.count, insertedCount: inserted.count)
    edits.note(change, inserted: inserted)
    movePlaceholders(after: change)
  }

  // MARK: - Places

  /// Where the line begins that a place is on.
  func lineStart(of place: Int) -> Int {
    elements[..<place].lastIndex(where: \.isLineEnd).map { $0 + 1 } ?? 0
  }

  /// Where the line ends that a place is on: before its line end.
  func lineEnd(of place: Int) -> Int {
    elements[place...].firstIndex(where: \.isLineEnd) ?? elements.count
  }

  /// Where the word begins that stands before a place, as readline's Alt-B goes.
  func wordStart(before place: Int) -> Int {
    let end = elements[..<place].lastIndex(where: \.isWordCharacter).map { $0 + 1 } ?? 0
    return start(ofWordEndingAt: end, where: \.isWordCharacter)
  }

  /// Where the word ends that stands behind a place, as readline's Alt-F goes.
  func wordEnd(after place: Int) -> Int {
    let start = elements[place...].firstIndex(where: \.isWordCharacter) ?? elements.count
    if start < elements.count, elements[start].isLabelled { return start + 1 }
    return elements[start...].firstIndex { !$0.isWordCharacter || $0.isLabelled }
      ?? elements.count
  }

  /// Where what stands between blanks begins before a place, as a shell's Ctrl-W goes.
  func spacedWordStart(before place: Int) -> Int {
    let end = elements[..<place].lastIndex { !$0.isShellBlank }.map { $0 + 1 } ?? 0
    return start(ofWordEndingAt: end) { !$0.isShellBlank }
  }

  /// What has a label is a word of its own.
  private func start(ofWordEndingAt end: Int, where isOfWord: (DraftElement) -> Bool) -> Int {
    if end > 0, elements[end - 1].isLabelled { return end - 1 }
    return elements[..<end].lastIndex { !isOfWord($0) || $0.isLabelled }.map { $0 + 1 } ?? 0
  }
}

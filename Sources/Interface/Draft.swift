// A text that is being written: elements, a place among them, and the way back. Everything counts in
// elements, so that no key ever leaves half a letter behind. All changes go through `replace`, which notes
// how they are undone and what has to be laid out again.

/// The unsent text and the place in it.
public struct Draft: Hashable, Sendable {
  /// The longest draft, in graphemes, folded pastes with all they hold. What would go beyond it is left out,
  /// and whoever writes says so.
  public static let longest = 1_000_000
  /// How many steps can be undone; the oldest are forgotten first.
  static let undoLimit = 10_000

  /// One change that can be taken back.
  private struct UndoStep: Hashable {
    var start: Int
    var removed: [DraftElement]
    var insertedCount: Int
    /// Where the cursor stood before.
    var cursor: Int
    /// Undone together with the step before it.
    var isJoined: Bool
  }

  public private(set) var elements: [DraftElement] = []
  /// How many elements stand before the cursor.
  public internal(set) var cursor = 0
  /// In graphemes, with all that is folded.
  private(set) var length = 0
  /// What was done to the elements, for who lays them out.
  private(set) var edits = DraftEdits()
  private var undoSteps: [UndoStep] = []
  /// How many groups are open, within which steps are undone together.
  private var groupDepth = 0
  private var isGroupBegun = false

  public init() {}

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
    var room = Draft.longest - length + removed.reduce(0) { $0 + $1.length }
    let inserted = wanted.prefix { element in
      room -= element.length
      return room >= 0
    }
    let cursorBefore = cursor
    cursor = range.lowerBound + inserted.count
    guard !removed.isEmpty || !inserted.isEmpty else { return inserted.count == wanted.count }
    change(range, to: Array(inserted))
    undoSteps.append(
      UndoStep(
        start: range.lowerBound, removed: removed, insertedCount: inserted.count,
        cursor: cursorBefore, isJoined: groupDepth > 0 && isGroupBegun))
    isGroupBegun = true
    if undoSteps.count > Draft.undoLimit {
      undoSteps.removeFirst(undoSteps.count - Draft.undoLimit)
      undoSteps[0].isJoined = false
    }
    return inserted.count == wanted.count
  }

  /// Makes all that `body` changes one step for undo.
  mutating func asOneStep(_ body: (inout Draft) -> Void) {
    if groupDepth == 0 { isGroupBegun = false }
    groupDepth += 1
    body(&self)
    groupDepth -= 1
  }

  /// Takes the last step back. Nothing happens when there is none.
  mutating func undo() {
    while let step = undoSteps.popLast() {
      change(step.start..<(step.start + step.insertedCount), to: step.removed)
      cursor = step.cursor
      if !step.isJoined { return }
    }
  }

  /// Forgets how the text came about: nothing before this is undone.
  mutating func forgetUndo() { undoSteps = [] }

  private mutating func change(_ range: Range<Int>, to inserted: [DraftElement]) {
    length += inserted.reduce(0) { $0 + $1.length } - elements[range].reduce(0) { $0 + $1.length }
    elements.replaceSubrange(range, with: inserted)
    let change = DraftChange(
      start: range.lowerBound, removedCount: range.count, insertedCount: inserted.count)
    edits.note(change, inserted: inserted)
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
    var place = place
    while place > 0, !elements[place - 1].isWordCharacter { place -= 1 }
    while place > 0, elements[place - 1].isWordCharacter { place -= 1 }
    return place
  }

  /// Where the word ends that stands behind a place, as readline's Alt-F goes.
  func wordEnd(after place: Int) -> Int {
    var place = place
    while place < elements.count, !elements[place].isWordCharacter { place += 1 }
    while place < elements.count, elements[place].isWordCharacter { place += 1 }
    return place
  }

  /// Where what is parted by white space begins before a place, as a shell's Ctrl-W goes.
  func spacedWordStart(before place: Int) -> Int {
    var place = place
    while place > 0, elements[place - 1].isWhitespace { place -= 1 }
    while place > 0, !elements[place - 1].isWhitespace { place -= 1 }
    return place
  }
}

// The way back through the changes of a draft, in the steps in which readline takes it (its `undo.c`, and
// `rl_insert_text` in its `text.c`). Only what was taken out is kept, never the text that it was taken from.

/// What takes the changes of a draft back, the newest last.
struct UndoList: Hashable, Sendable {
  /// How many changes are kept. Beyond it the older half goes.
  static let limit = 10_000
  /// How many graphemes the deletions among them hold together; beyond it the oldest changes go.
  static let heldLimit = 2 * Draft.longest
  /// What is typed letter by letter is one step until it is so many bytes long.
  static let gatheredByteCount = 20

  /// One change of the elements.
  enum Change: Hashable, Sendable {
    /// These places were put in.
    case insertion(Range<Int>, byteCount: Int)
    /// These elements were taken out from a place on.
    case deletion([DraftElement], at: Int)

    fileprivate var heldCount: Int {
      switch self {
      case .insertion: 0
      case .deletion(let elements, _): elements.reduce(0) { $0 + $1.length }
      }
    }
  }

  /// How a change hangs together with the one before it.
  private enum Bond: Hashable {
    case alone
    /// It begins a group, which is taken back as a whole.
    case begins
    case continues
    /// The same of what is written over something else; what is typed behind it joins it, as it does one alone.
    case overwrites

    /// Whether it is taken back together with the change before.
    var isToOneBefore: Bool {
      switch self {
      case .alone, .begins: false
      case .continues, .overwrites: true
      }
    }

    /// Whether letters join it.
    var isOpen: Bool {
      switch self {
      case .alone, .overwrites: true
      case .begins, .continues: false
      }
    }
  }

  private struct Step: Hashable {
    var change: Change
    var bond: Bond
  }

  private var steps: [Step] = []
  private var heldCount = 0
  private var groupDepth = 0
  /// What the next change of an open group is.
  private var nextBond = Bond.alone

  // MARK: - Noting

  /// Changes from here to `endGroup` are one step. Groups may lie in one another; the outermost counts.
  mutating func beginGroup() {
    if groupDepth == 0 { nextBond = .begins }
    groupDepth += 1
  }

  mutating func endGroup() {
    groupDepth -= 1
    guard groupDepth == 0 else { return }
    nextBond = .alone
    keepToLimits()
  }

  mutating func noteDeletion(of elements: [DraftElement], at place: Int) {
    note(.deletion(elements, at: place))
  }

  /// Notes that these elements stand at a place now. A single byte joins what was put in right before it.
  mutating func noteInsertion(of elements: some Collection<DraftElement>, at place: Int) {
    let byteCount = elements.reduce(0) { $0 + $1.byteCount }
    if byteCount == 1, nextBond == .alone, let (range, before) = insertion(endingAt: place),
      before < UndoList.gatheredByteCount
    {
      grow(range, to: place + 1, byteCount: before + 1)
    } else {
      note(.insertion(place..<(place + elements.count), byteCount: byteCount))
    }
  }

  /// Has letters that are typed next join the last change, if it is written over something else.
  mutating func openOverwriting() {
    guard groupDepth == 0, let last = steps.last, last.bond == .continues else { return }
    steps[steps.count - 1].bond = .overwrites
  }

  /// Whether the last change is an insertion that letters join, and ends here.
  func endsInsertion(at place: Int) -> Bool {
    nextBond == .alone && insertion(endingAt: place) != nil
  }

  /// Notes that what was put in last, which ends at this place, has grown.
  mutating func noteGrowth(at place: Int, by count: Int, byteCount more: Int) {
    guard let (range, byteCount) = insertion(endingAt: place) else { return }
    grow(range, to: range.upperBound + count, byteCount: byteCount + more)
  }

  /// The last change, if it is an insertion that letters join, and ends here.
  private func insertion(endingAt place: Int) -> (range: Range<Int>, byteCount: Int)? {
    guard let last = steps.last, last.bond.isOpen,
      case .insertion(let range, let byteCount) = last.change, range.upperBound == place
    else { return nil }
    return (range, byteCount)
  }

  private mutating func grow(_ range: Range<Int>, to end: Int, byteCount: Int) {
    steps[steps.count - 1].change = .insertion(range.lowerBound..<end, byteCount: byteCount)
  }

  /// How many changes there are.
  var count: Int { steps.count }

  /// Makes one step of all changes behind the first so many, whole groups; no further one joins it.
  mutating func join(after depth: Int) {
    var depth = depth
    while steps.indices.contains(depth), steps[depth].bond.isToOneBefore { depth -= 1 }
    for index in steps.indices.dropFirst(depth) {
      steps[index].bond = index == depth ? .begins : .continues
    }
  }

  private mutating func note(_ change: Change) {
    steps.append(Step(change: change, bond: nextBond))
    heldCount += change.heldCount
    if nextBond == .begins { nextBond = .continues }
    if groupDepth == 0 { keepToLimits() }
  }

  private mutating func keepToLimits() {
    if steps.count > UndoList.limit || heldCount > UndoList.heldLimit { forgetOldest() }
  }

  /// Forgets whole groups, so that no step is ever taken back by half; the last one stays, however long it
  /// is.
  private mutating func forgetOldest() {
    let last = steps.lastIndex { !$0.bond.isToOneBefore } ?? 0
    var count = min(last, steps.count > UndoList.limit ? steps.count / 2 : 0)
    var held = heldCount - steps[..<count].reduce(0) { $0 + $1.change.heldCount }
    while count < last, held > UndoList.heldLimit || steps[count].bond.isToOneBefore {
      held -= steps[count].change.heldCount
      count += 1
    }
    steps.removeFirst(count)
    heldCount = held
  }

  // MARK: - Taking back

  /// The changes of the last step, the newest first; empty when there is none. They are forgotten.
  mutating func takeLastStep() -> [Change] {
    var changes: [Change] = []
    while let step = steps.popLast() {
      changes.append(step.change)
      heldCount -= step.change.heldCount
      if !step.bond.isToOneBefore { break }
    }
    return changes
  }
}

// The place where drafts are written: the draft in view, those of other conversations, what was cut, and
// what can be recalled. No draft dies: whatever takes the place of one puts it where a key brings it back.

public import Chat

/// The unsent texts, and what the keys of an editor do with the one in view.
public struct Composer: Hashable, Sendable {
  /// What the last key did, as far as the next one goes by it.
  enum Deed: Hashable, Sendable {
    case kill
    /// It put back so many elements, which end at the cursor.
    case yank(count: Int)
    case other
  }

  /// A draft and where it stands among the prompts that can be recalled.
  private struct Sheet: Hashable {
    var draft = Draft()
    var recalled: Recalled?
    /// The draft that an earlier prompt, which is being edited, has taken the place of.
    var setAside: Draft?

    /// What is written here, also where another text stands over it; the one in view last.
    var drafts: [Draft] {
      let written = recalled?.written.sorted { $0.key < $1.key }.map(\.value) ?? []
      return written + [setAside].compactMap(\.self) + [draft]
    }

    var holdsText: Bool { drafts.contains { !$0.isBlank } }
  }

  /// Where in the recall the shown prompt stands, and what has been written at other places meanwhile. The
  /// place behind the last prompt is the draft's own.
  private struct Recalled: Hashable {
    var index: Int
    var written: [Int: Draft] = [:]
  }

  private var sheet = Sheet()
  private var otherSheets: [ConversationID: Sheet] = [:]
  public private(set) var recall = Recall()
  var killRing = KillRing()
  var lastDeed = Deed.other
  /// Where vi's way to edit is; nil where the keys edit as emacs' do.
  public internal(set) var vi: ViEditing?

  public init() {}

  /// The draft in view.
  public internal(set) var draft: Draft {
    get { sheet.draft }
    _modify { yield &sheet.draft }
  }

  /// The draft as it would be sent. Costs as much as the draft is long.
  public var text: String { draft.text }
  public var elements: [DraftElement] { draft.elements }
  /// How many elements stand before the cursor.
  public var cursor: Int { draft.cursor }
  public var isEmpty: Bool { draft.isEmpty }
  /// Whether there is nothing in it but white space.
  public var isBlank: Bool { draft.isBlank }

  // MARK: - Writing

  /// Puts text in at the cursor. False when the draft was full and part of it was left out.
  @discardableResult
  public mutating func insert(_ text: String) -> Bool {
    lastDeed = .other
    return draft.insert(text)
  }

  /// Puts a paste in at the cursor; a long one is folded. False when part of it was left out.
  @discardableResult
  public mutating func paste(_ text: String) -> Bool {
    guard PastedText.isFolded(text) else { return insert(text) }
    lastDeed = .other
    let room = Draft.longest - draft.length
    let kept = text.prefix(room)
    let paste = PastedText(String(kept.map { $0.utf8.first == 0x0D ? "\n" : $0 }))
    if room > 0 { draft.replace(draft.selection ?? cursor..<cursor, with: [.paste(paste)]) }
    return kept.endIndex == text.endIndex
  }

  /// A backslash right before the cursor becomes a new line; false where none stands there, or two do.
  mutating func breakLineAtBackslash() -> Bool {
    let before = elements[..<cursor].suffix(2)
    guard before.last == "\\", before.count == 1 || before.first != "\\" else { return false }
    lastDeed = .other
    draft.replace((cursor - 1)..<cursor, with: ["\n"])
    return true
  }

  /// Whether a paste is folded in the draft.
  public var hasFoldedPaste: Bool { draft.foldedPasteCount > 0 }

  /// Opens the folded paste before the cursor, or behind it, or else the last one.
  public mutating func openPaste() {
    guard hasFoldedPaste else { return }
    let near = [cursor - 1, cursor].first { elements.indices.contains($0) && elements[$0].isPaste }
    guard let index = near ?? elements.lastIndex(where: \.isPaste),
      case .paste(let paste) = elements[index]
    else { return }
    lastDeed = .other
    draft.replace(index..<(index + 1), with: paste.text.draftElements)
  }

  /// Takes the last step back.
  public mutating func undo() {
    lastDeed = .other
    draft.undo()
  }

  /// Puts this text in the place of the whole draft, as one step that can be undone; false when part of it
  /// was left out.
  @discardableResult
  public mutating func replaceAll(with text: String) -> Bool {
    lastDeed = .other
    return draft.replace(0..<elements.count, with: text.draftElements)
  }

  /// Puts elements in the place of others, as one step; a cursor behind them stays where it was among the rest.
  /// False when some of them were left out.
  @discardableResult
  mutating func replace(_ range: Range<Int>, with wanted: [DraftElement]) -> Bool {
    replace([(range, wanted)])
  }

  /// The same at several places, in the order of the text, as one step.
  mutating func replace(_ changes: [(range: Range<Int>, wanted: [DraftElement])]) -> Bool {
    lastDeed = .other
    var isWhole = true
    draft.asOneStep { draft in
      for (range, wanted) in changes.reversed() {
        let behind = draft.elements.count - draft.cursor
        let place = draft.cursor
        isWhole = draft.replace(range, with: wanted) && isWhole
        if place < range.lowerBound {
          draft.cursor = place
        } else if draft.elements.count - behind > draft.cursor {
          draft.cursor = draft.elements.count - behind
        }
      }
    }
    return isWhole
  }

  /// Puts another text in the place of the whole draft, as one step, and the cursor behind it. What is still to
  /// be filled in stays so. False when part of it was left out.
  mutating func rewrite(_ wanted: [DraftElement]) -> Bool {
    lastDeed = .other
    let isWhole = draft.rewrite(wanted)
    draft.cursor = elements.count
    return isWhole
  }

  // MARK: - Out and back

  /// Takes the draft out, to be sent. It can be recalled afterwards.
  public mutating func take() -> String {
    let text = self.text
    clear()
    draft.forgetUndo()
    if let earlier = sheet.setAside {
      sheet.setAside = nil
      draft = earlier
    }
    return text
  }

  /// Empties the draft. Recall and undo bring it back.
  public mutating func clear() {
    lastDeed = .other
    vi?.begin()
    leaveRecall()
    recall.remember(elements)
    draft.replace(0..<elements.count, with: [])
    draft.placeholders = []
  }

  /// Has a prompt be the last that is recalled.
  mutating func remember(_ prompt: [DraftElement]) { recall.remember(prompt) }

  /// Puts a prompt back that could not be sent, before whatever has been written since.
  public mutating func giveBack(_ prompt: String) { giveBack(prompt.draftElements) }

  /// The same of one with attachments.
  mutating func giveBack(_ prompt: [DraftElement]) {
    lastDeed = .other
    leaveRecall()
    let later = isEmpty ? [] : ["\n"] + elements
    let written = elements
    // What has no room behind it is recalled.
    if !rewrite(prompt + later) { recall.remember(written) }
  }

  /// Shows an earlier prompt in place of the draft, which comes back when that is sent or left, with the way
  /// back through its changes. What was written while a prompt was edited already is recalled.
  mutating func beginEditing(_ prompt: [DraftElement]) {
    lastDeed = .other
    leaveRecall()
    if sheet.setAside == nil { sheet.setAside = draft } else { recall.remember(elements) }
    draft = Draft(prompt)
  }

  /// Brings the draft back that an earlier prompt took the place of. What was written in that is recalled.
  mutating func endEditing() {
    guard let earlier = sheet.setAside else { return }
    clear()
    sheet.setAside = nil
    draft = earlier
  }

  /// Puts a recalled prompt in the place of the draft, which is kept; one step for undo.
  mutating func bringBack(_ prompt: [DraftElement]) {
    guard prompt != elements else { return }
    lastDeed = .other
    leaveRecall()
    recall.remember(elements)
    draft.placeholders = []
    draft.replace(0..<elements.count, with: prompt)
  }

  /// Whether what stands here is an earlier prompt that was gone back to, as it was.
  var showsRecalled: Bool {
    guard let index = sheet.recalled?.index, index < recall.prompts.count else { return false }
    return recall.prompts[index] == elements
  }

  /// Shows the draft of another conversation; the one in view is kept for its own.
  mutating func turn(from left: ConversationID, to entered: ConversationID) {
    guard left != entered else { return }
    lastDeed = .other
    vi?.begin()
    otherSheets[left] = sheet
    sheet = otherSheets.removeValue(forKey: entered) ?? Sheet()
  }

  /// What is written in the drafts of conversations that are not in view.
  public var otherDrafts: [(conversation: ConversationID, text: String)] {
    otherSheets.map { ($0.key, $0.value.draft.text) }.sorted { $0.0 < $1.0 }
  }

  /// The draft of a conversation that is not in view.
  func elements(of conversation: ConversationID) -> [DraftElement] {
    otherSheets[conversation]?.draft.elements ?? []
  }

  /// Lets the drafts of conversations go that nobody can bring back; what stands in them is recalled.
  mutating func keepDrafts(of isKept: (ConversationID) -> Bool) {
    for (conversation, sheet) in otherSheets.sorted(by: { $0.key < $1.key })
    where !isKept(conversation) {
      for draft in sheet.drafts where !draft.isBlank { recall.remember(draft.elements) }
      otherSheets[conversation] = nil
    }
  }

  /// The conversations, other than the one in view, in whose drafts something stands.
  var conversationsWithDrafts: [ConversationID] {
    otherSheets.filter(\.value.holdsText).keys.sorted()
  }

  // MARK: - Recall

  /// To the prompt before the one that is shown.
  mutating func recallEarlier() {
    let index = sheet.recalled?.index ?? recall.prompts.count
    if index > 0 { showRecalled(index - 1) }
  }

  /// To the prompt after the one that is shown, and at last to the draft.
  mutating func recallLater() {
    guard let index = sheet.recalled?.index, index < recall.prompts.count else { return }
    showRecalled(index + 1)
  }

  /// Shows another place of the recall; what is written at this one stays there, with its way back.
  private mutating func showRecalled(_ index: Int) {
    var place = sheet.recalled ?? Recalled(index: recall.prompts.count)
    place.written[place.index] = draft
    place.index = index
    let kept = index < recall.prompts.count ? recall.prompts[index] : []
    draft = place.written[index] ?? Draft(kept)
    draft.cursor = elements.count
    sheet.recalled = place
  }

  /// What was written at other places of the recall is kept as prompts of its own.
  private mutating func leaveRecall() {
    guard let left = sheet.recalled else { return }
    sheet.recalled = nil
    let prompts = recall.prompts
    let changed = left.written.sorted { $0.key < $1.key }.filter { index, draft in
      index != left.index && (index >= prompts.count || draft.elements != prompts[index])
    }
    for (_, draft) in changed { recall.remember(draft.elements) }
  }
}

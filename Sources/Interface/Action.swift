// The verbs that keys ask for. A new one is a case here and a row in `KeyMap+Standard.swift`; the compiler
// leads to the switches.

/// A verb the user can ask for with a key.
public enum Action: Hashable, Sendable {
  // The reply
  case send
  case sendOtherwise
  case waiting
  case continueReply
  case cancel
  case interrupt
  case retry
  case edit
  case nextModel
  case pickWinner
  case pickModel
  case newConversation
  case conversations
  case nextFinished
  // The transcript
  case previousSibling
  case nextSibling
  case tree
  case attempts
  case thoughts
  case details
  case messageUp
  case messageDown
  case pageUp
  case pageDown
  case top
  case end
  case search
  case copy
  case mouse
  case bare
  // The draft
  case previous
  case next
  case openEditor
  case recall
  case complete
  case completeBackward
  case text(TextEdit)
  // The program
  case help
  case redraw
  case suspend
  case quit
}

/// A verb that moves or changes something in a text that is being written.
public enum TextEdit: String, Hashable, Sendable, CaseIterable {
  case newline
  case left
  case right
  case wordLeft
  case wordRight
  case lineStart
  case lineEnd
  case deleteBackward
  case deleteForward
  case deleteToSpace
  case deleteWordBackward
  case deleteWordForward
  case killToEnd
  case killToStart
  case yank
  case yankPop
  case undo
  case openPaste
  case transposeCharacters
  case transposeWords
  case upcaseWord
  case downcaseWord
  case capitalizeWord
}

extension Action: CaseIterable {
  public static let allCases: [Action] =
    [
      .send, .sendOtherwise, .waiting, .continueReply, .cancel, .interrupt, .retry, .edit,
      .nextModel, .pickModel, .newConversation,
      .conversations, .attempts,
      .previousSibling, .nextSibling, .tree, .nextFinished, .pickWinner,
      .thoughts, .details, .messageUp, .messageDown, .pageUp, .pageDown, .top, .end, .search,
      .copy, .mouse, .bare, .previous, .next, .openEditor, .recall, .complete, .completeBackward,
      .help, .redraw,
      .suspend, .quit,
    ] + TextEdit.allCases.map(Action.text)

  /// Its name in the configuration.
  public var name: String {
    switch self {
    case .send: "send"
    case .sendOtherwise: "sendOtherwise"
    case .waiting: "waiting"
    case .continueReply: "continueReply"
    case .cancel: "cancel"
    case .interrupt: "interrupt"
    case .retry: "retry"
    case .edit: "edit"
    case .nextModel: "nextModel"
    case .pickWinner: "pickWinner"
    case .pickModel: "pickModel"
    case .newConversation: "newConversation"
    case .conversations: "conversations"
    case .previousSibling: "previousSibling"
    case .nextSibling: "nextSibling"
    case .tree: "tree"
    case .nextFinished: "nextFinished"
    case .attempts: "attempts"
    case .thoughts: "thoughts"
    case .details: "details"
    case .messageUp: "messageUp"
    case .messageDown: "messageDown"
    case .pageUp: "pageUp"
    case .pageDown: "pageDown"
    case .top: "top"
    case .end: "end"
    case .search: "search"
    case .copy: "copy"
    case .mouse: "mouse"
    case .bare: "bare"
    case .previous: "previous"
    case .next: "next"
    case .openEditor: "openEditor"
    case .recall: "recall"
    case .complete: "complete"
    case .completeBackward: "completeBackward"
    case .text(let edit): edit.rawValue
    case .help: "help"
    case .redraw: "redraw"
    case .suspend: "suspend"
    case .quit: "quit"
    }
  }
}

// Copying, and what else serves it: the mouse for the terminal, and the bare text.

import Chat
import Terminal

extension App {
  // MARK: - Copying

  /// Shows what can be copied. What is in view stays there until a key is pressed.
  mutating func openHints() {
    overlay = nil
    search = nil
    copying = Copying(didFollow: viewport.mode == .follow)
    viewport.hold()
  }

  /// What a key does while the hints are open; nil for the keys that reach through.
  mutating func pressInHints(_ action: Action) -> Response? {
    switch action {
    case .cancel, .copy: closeHints()
    case .send:
      closeHints()
      return Response(copyReply())
    case .pageUp, .pageDown, .top, .end, .messageUp, .messageDown:
      copying?.forgetKeys()
      return nil
    case .previous:
      copying?.forgetKeys()
      viewport.scroll(by: -1)
    case .next:
      copying?.forgetKeys()
      viewport.scroll(by: 1)
    case .interrupt, .redraw, .suspend, .mouse:
      return nil
    case .sendOtherwise, .openEditor, .complete, .completeBackward, .text, .quit: break
    case .waiting, .continueReply, .retry, .edit, .nextModel, .pickModel, .newConversation,
      .conversations, .nextFinished, .attempts,
      .thoughts, .details, .search, .bare, .recall, .help,
      .previousSibling, .nextSibling, .tree, .pickWinner:
      closeHints()
      return nil
    }
    return Response()
  }

  /// Takes a typed letter for a hint; nil when none are open.
  mutating func typeInHints(_ character: Character) -> [AppEffect]? {
    guard let copying else { return nil }
    let key = character.lowercased().first ?? character
    guard let landmark = copying.keys?[key] else {
      notice = Notice("\(character) stands at nothing in view.")
      return []
    }
    closeHints()
    switch landmark {
    case .message(let id), .fold(.attempt(let id)), .fold(.thinking(let id, _)):
      guard store.conversation.has(id) else { return [] }
      let message = store.conversation[id]
      return copy(message.text, what: message.role == .assistant ? "the reply" : "the prompt")
    case .code(let id, let index):
      guard store.conversation.has(id) else { return [] }
      let blocks = store.conversation[id].codeBlocks
      return blocks.indices.contains(index) ? copy(blocks[index], what: "code") : []
    }
  }

  mutating func closeHints() {
    guard let copying else { return }
    if copying.didFollow { viewport.follow() }
    self.copying = nil
  }

  /// `/copy`, `/copy 2`, `/copy all`.
  mutating func copy(_ argument: String) -> [AppEffect] {
    if argument.isEmpty { return copyReply() }
    if argument.lowercased() == "all" {
      return copy(
        store.conversation.path.isEmpty ? "" : store.conversation.markdown,
        what: "the conversation")
    }
    guard let number = Int(argument), number > 0 else {
      notice = Notice(
        "/copy copies the last reply, /copy 2 its second block of code, /copy all the conversation.",
        kind: .error)
      return []
    }
    guard let reply = lastReply else { return copyReply() }
    let blocks = reply.codeBlocks
    guard number <= blocks.count else {
      let words: String
      switch blocks.count {
      case 0: words = "no block of code"
      case 1: words = "one block of code"
      case let count: words = "\(count) blocks of code"
      }
      notice = Notice("The last reply has \(words).", kind: .error)
      return []
    }
    return copy(blocks[number - 1], what: "code")
  }

  private mutating func copyReply() -> [AppEffect] {
    guard let reply = lastReply else {
      notice = Notice("There is no reply yet that could be copied.")
      return []
    }
    return copy(reply.text, what: "the reply")
  }

  /// The last reply of the page that has come to a word.
  var lastReply: Message? {
    store.conversation.path.last {
      store.conversation[$0].role == .assistant && !store.conversation[$0].text.isEmpty
    }.map { store.conversation[$0] }
  }

  private mutating func copy(_ text: String, what: String) -> [AppEffect] {
    guard !text.isEmpty else {
      notice = Notice("There is no text in it that could be copied.")
      return []
    }
    return [.copy(text, what: what)]
  }

  // MARK: - The mouse

  /// Whether the mouse is ours now.
  public var wantsMouse: Bool { !isBare && !isMouseGivenAway }

  /// Gives the mouse to the terminal, or takes it back.
  mutating func toggleMouse() {
    // The bare text leaves it to the terminal in any case.
    guard !isBare else { return }
    isMouseGivenAway.toggle()
    let key = keys.name(of: .mouse) ?? "/help"
    notice = Notice(
      isMouseGivenAway
        ? "The mouse selects as the terminal does. \(key) takes it back."
        : "The wheel scrolls again.")
  }

  // MARK: - The bare text

  mutating func openBare() {
    overlay = nil
    closeHints()
    search = nil
    isBare = true
  }

  /// What a key does over the bare text; nil for the keys that reach through. Keys that write leave it: no
  /// letter is lost under it.
  mutating func pressOverBare(_ action: Action) -> Response? {
    switch action {
    case .cancel, .bare, .send: isBare = false
    case .previous: viewport.scroll(by: -1)
    case .next: viewport.scroll(by: 1)
    case .text(.lineStart): goToTop()
    case .text(.lineEnd): viewport.follow()
    case .pageUp, .pageDown, .top, .end, .messageUp, .messageDown, .redraw, .suspend, .attempts,
      .thoughts, .details, .mouse,
      .previousSibling, .nextSibling:
      return nil
    case .interrupt where store.isLive:
      return nil
    case .interrupt: isBare = false
    case .sendOtherwise, .waiting, .continueReply, .retry, .edit, .nextModel, .pickModel,
      .pickWinner,
      .newConversation, .conversations, .search,
      .copy, .help, .openEditor, .recall, .complete, .completeBackward, .text, .quit, .tree,
      .nextFinished:
      isBare = false
      return nil
    }
    return Response()
  }
}

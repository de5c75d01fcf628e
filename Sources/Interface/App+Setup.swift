// The screen that connects a model: opened, and walked through. What is written into the field for a key is no
// input of the app: whoever hears the keyboard asks `keyEdit(for:)` first and keeps it elsewhere.

import Chat
import Settings
public import Terminal

extension App.Overlay {
  var isSetup: Bool {
    if case .setup = self { true } else { false }
  }
}

extension App {
  /// Whether a question of the screen waits for an answer and says nowhere but in the status line what Enter does.
  var asksForSetup: Bool {
    guard case .setup(let setup) = overlay else { return false }
    switch setup.step {
    case .provider, .address, .key, .model: return true
    case .test, .save: return false
    }
  }
}

extension Setup {
  /// Moves what is in view: the rows of a list, or of a text.
  mutating func move(_ page: (inout Viewport) -> Void, _ list: (inout Picker) -> Void) {
    switch step {
    case .provider:
      isSelectionTheirs = true
      list(&providers)
    case .model: list(&models)
    case .address, .key, .test, .save:
      isTextMoved = true
      page(&viewport)
    }
  }
}

extension Setup {
  /// Takes over what was drawn.
  mutating func measured(_ rows: Viewport.Rows) {
    switch step {
    case .provider: providers.measured(rows)
    case .model: models.measured(rows)
    case .address, .key, .test: viewport.measured(rows)
    case .save:
      viewport.measured(rows)
      // On a screen that grows smaller it begins as it would have there.
      if rows.content <= rows.visible {
        viewport = .atTop
        isTextMoved = false
      }
    }
  }
}

extension App {
  /// What an input does to the field for a key; nil where it is an input like any other. Such an input is not to
  /// be handed to the app, nor written down: what came of it is told as `SetupEvent.keyWritten`.
  public func keyEdit(for input: TerminalInput) -> KeyEdit? {
    guard case .setup(let setup) = overlay else { return nil }
    switch input {
    case .paste(let text):
      switch setup.step {
      case .key: return .type(text)
      // A key that is pasted too early must not be seen, nor be looked for among names.
      case .provider, .test, .save: return .discard
      case .address: return text.contains("://") ? nil : .discard
      case .model: return mayBeKey(text) ? .discard : nil
      }
    case .key(let key):
      guard setup.step == .key else { return nil }
      if let action = keys.action(for: key, in: keyPlace) {
        let wholes: [TextEdit] = [.deleteWordBackward, .deleteToSpace, .killToStart]
        if action == .text(.deleteBackward) { return .deleteBackward }
        return wholes.contains { action == .text($0) } ? .deleteAll : nil
      }
      guard case .character(let character) = key.key, key.modifiers.subtracting(.shift).isEmpty
      else { return nil }
      return .type(String(character))
    case .wheel, .click, .focus, .hangup: return nil
    }
  }

  /// Lays the first question over the transcript.
  mutating func openSetup() -> [AppEffect] {
    isBare = false
    closeHints()
    leaveSearch()
    overlay = .setup(Setup())
    return [.setup(.lookAround)]
  }

  mutating func take(_ event: SetupEvent, at now: Instant) -> Response {
    if case .offered = event {
      // Who has begun to write, or reads something, is not interrupted.
      guard overlay == nil, composer.isEmpty, heldPrompt == nil, !isBare, search == nil,
        store.conversation.path.isEmpty
      else { return Response(paint: .never) }
      return Response(openSetup())
    }
    guard case .setup(var setup) = overlay else { return Response(paint: .never) }
    if case .saved(let sentence) = event {
      overlay = nil
      notice = Notice(sentence)
      return Response()
    }
    let effects = setup.take(event, at: now)
    overlay = .setup(setup)
    return Response(effects.map(AppEffect.setup))
  }

  /// When another second has passed since somebody was asked.
  func setupDeadline(after now: Instant) -> Instant? {
    guard case .setup(let setup) = overlay, let since = setup.askedSince else { return nil }
    return since.advanced(byMilliseconds: (now.milliseconds(since: since) / 1000 + 1) * 1000)
  }

  // MARK: - Keys

  /// What a key does while the screen is open; nil for the keys that reach through, and where it is not open.
  mutating func pressOverSetup(_ action: Action, at now: Instant) -> Response? {
    guard case .setup(var setup) = overlay else { return nil }
    var move = Setup.Move()
    switch action {
    case .send: move = setup.enter(at: now)
    case .cancel: move = setup.back()
    case .interrupt: move.isOver = true
    case .previous: setup.move({ $0.scroll(by: -1) }, { $0.move(by: -1) })
    case .next: setup.move({ $0.scroll(by: 1) }, { $0.move(by: 1) })
    case .pageUp: setup.move({ $0.scroll(by: -$0.pageRows) }, { $0.move(by: -$0.pageRows) })
    case .pageDown: setup.move({ $0.scroll(by: $0.pageRows) }, { $0.move(by: $0.pageRows) })
    case .top, .text(.lineStart): setup.move({ $0.scrollToTop() }, { $0.moveToStart() })
    case .end, .text(.lineEnd): setup.move({ $0.follow() }, { $0.moveToEnd() })
    case .text(.deleteBackward):
      if setup.step == .address { setup.deleteBackward() }
      setup.changeQuery { $0.deleteBackward() }
    case .text(.deleteWordBackward), .text(.deleteToSpace):
      if setup.step == .address { setup.deleteAll() }
      setup.changeQuery { $0.deleteWordBackward() }
    case .text(.killToStart):
      if setup.step == .address { setup.deleteAll() }
      setup.changeQuery { $0.deleteQuery() }
    case .redraw, .suspend, .mouse: return nil
    case .sendOtherwise, .waiting, .continueReply, .retry, .edit, .nextModel, .pickModel,
      .pickWinner, .newConversation, .conversations, .nextFinished, .previousSibling, .nextSibling,
      .tree, .attempts, .thoughts, .details, .messageUp, .messageDown, .search, .copy, .bare,
      .openEditor, .recall, .complete, .completeBackward, .text, .help, .quit:
      break
    }
    return Response(take(move, of: setup))
  }

  /// Types into the list, the address, or chooses by a letter; nil where the screen is not open.
  mutating func typeOverSetup(_ character: Character, at now: Instant) -> [AppEffect]? {
    guard case .setup(var setup) = overlay else { return nil }
    if setup.step == .provider, character == "/", setup.providers.query.isEmpty {
      // A command can be given at any time.
      overlay = nil
      write(character)
      return []
    }
    setup.changeQuery { $0.type(String(character)) }
    let move = setup.type(character, at: now)
    return take(move, of: setup)
  }

  /// Takes a paste where one is taken, which is not a key; nil where the screen is not open.
  mutating func pasteOverSetup(_ text: String) -> Response? {
    guard case .setup(var setup) = overlay else { return nil }
    notice = nil
    switch setup.step {
    case .address: setup.insert(text)
    case .model: setup.changeQuery { $0.type(text) }
    // Whoever hears the keyboard keeps these to himself.
    case .provider, .key, .test, .save: break
    }
    return Response(take(Setup.Move(), of: setup))
  }

  private mutating func take(_ move: Setup.Move, of setup: Setup) -> [AppEffect] {
    guard move.isOver else {
      overlay = .setup(setup)
      return move.effects.map(AppEffect.setup)
    }
    overlay = nil
    if notice == nil {
      notice = Notice("Nothing was changed. /setup brings these questions back.")
    }
    return move.effects.map(AppEffect.setup)
  }
}

extension Setup {
  /// Does something to the query of the list that is chosen from, if one is.
  mutating func changeQuery(_ change: (inout Picker) -> Void) {
    switch step {
    case .provider:
      isSelectionTheirs = true
      change(&providers)
    case .model:
      fault = nil
      change(&models)
    case .address, .key, .test, .save: break
    }
  }
}

// What the person at the terminal does: keys, pastes, the mouse.

import Chat
public import Terminal

extension App {
  /// Whether what an input does depends on what stands where: then a frame that is wanted comes before it.
  public func goesByTheScreen(_ input: TerminalInput) -> Bool {
    if overlay != nil || copying != nil || layout.lane != nil { return true }
    if case .seek = viewport.mode { return true }
    switch input {
    case .click: return true
    case .key(let key):
      let actions: [Action] = [
        .messageUp, .messageDown, .search, .copy,
        .previousSibling, .nextSibling, .edit, .tree,
      ]
      return keys.action(for: key, in: keyPlace).map(actions.contains) ?? false
    case .paste, .wheel, .focus, .hangup: return false
    }
  }

  mutating func handle(_ input: TerminalInput, at now: Instant) -> Response {
    switch input {
    case .key(let key):
      // Whoever types is there, whatever the terminal told.
      hasFocus = true
      let wantedMouse = wantsMouse
      var response = press(key, at: now)
      settleEditing(after: key)
      if wantsMouse != wantedMouse { response.effects.append(.captureMouse(wantsMouse)) }
      return response
    case .paste(let text):
      if case .confirm = overlay { return Response() }
      if let response = pasteOverSetup(text) { return response }
      lastEscape = nil
      notice = nil
      isQuitArmed = false
      let wantedMouse = wantsMouse
      isBare = false
      closeHints()
      var effects: [AppEffect] = []
      if !typeInSearch(text), !typeOverPicker(text) {
        overlay = nil
        // What is selected goes; it ends where the cursor stands.
        let start = composer.draft.selection?.lowerBound ?? composer.cursor
        if composer.paste(text) {
          effects = attachPaste(text, at: start..<composer.cursor)
        } else {
          tellDraftIsFull()
        }
      }
      composer.settle()
      return Response((wantsMouse == wantedMouse ? [] : [.captureMouse(wantsMouse)]) + effects)
    case .wheel(let notches):
      scroll(by: notches * 3)
      return Response()
    case .click(let place):
      return handleClick(place, at: now)
    case .focus(let isHere):
      hasFocus = isHere
      return Response(paint: .never)
    case .hangup:
      return handle(.terminate, at: now)
    }
  }

  /// The narrowest place whose keys count now.
  var keyPlace: KeyPlace {
    let isComposing = overlay?.isPage != false && search == nil && copying == nil && !isBare
    return isComposing && composer.isEmpty ? .emptyDraft : .draft
  }

  private mutating func press(_ key: KeyPress, at now: Instant) -> Response {
    let asked = keys.action(for: key, in: keyPlace)
    if asked != .previousSibling, asked != .nextSibling { steppedMessage = nil }
    guard asked == .cancel else {
      lastEscape = nil
      return press(key, asking: asked, at: now)
    }
    if isEchoOfEscape(at: now) { return Response(paint: .never) }
    let before = escapeLayer
    let response = press(key, asking: asked, at: now)
    noteEscape(before: before, at: now)
    return response
  }

  private mutating func press(
    _ key: KeyPress, asking action: Action?, at now: Instant
  ) -> Response {
    notice = nil
    let wasQuitArmed = isQuitArmed
    isQuitArmed = false
    guard let action else { return Response(type(key, at: now)) }
    if let response = pressOverConfirmation(action, at: now) { return response }
    if let response = pressOverSetup(action, at: now) { return response }
    if isBare, let response = pressOverBare(action) { return response }
    if copying != nil, let response = pressInHints(action) { return response }
    if search != nil, let response = pressInSearch(action) { return response }
    if overlay?.isPicker == true, let response = pressOverPicker(action, at: now) {
      return response
    }
    if overlay != nil, let response = pressOverOverlay(action) { return response }
    if let response = pressInCompletion(action, at: now) { return response }
    return Response(perform(action, wasQuitArmed: wasQuitArmed, at: now))
  }

  /// What a key does while something lies over the transcript; nil for the keys that reach through. Keys
  /// that write close the overlay: no letter is lost under it.
  private mutating func pressOverOverlay(_ action: Action) -> Response? {
    switch action {
    case .cancel, .help, .send:
      overlay = nil
    case .pageUp: overlay?.move({ $0.scroll(by: -$0.pageRows) }, { $0.move(by: -$0.pageRows) })
    case .pageDown: overlay?.move({ $0.scroll(by: $0.pageRows) }, { $0.move(by: $0.pageRows) })
    case .previous: overlay?.scroll(by: -1)
    case .next: overlay?.scroll(by: 1)
    case .top, .text(.lineStart): overlay?.move({ $0.scrollToTop() }, { $0.moveToStart() })
    case .end, .text(.lineEnd): overlay?.move({ $0.follow() }, { $0.moveToEnd() })
    case .interrupt, .redraw, .suspend:
      return nil
    case .mouse:
      return nil
    case .sendOtherwise, .waiting, .continueReply, .retry, .edit, .nextModel, .pickModel,
      .pickWinner,
      .newConversation, .conversations, .attempts,
      .thoughts, .details, .messageUp, .messageDown, .search, .copy, .bare, .openEditor, .recall,
      .complete, .completeBackward, .text, .quit,
      .previousSibling, .nextSibling, .tree, .nextFinished:
      overlay = nil
      return nil
    }
    return Response()
  }

  /// A key that no row names writes itself.
  private mutating func type(_ key: KeyPress, at now: Instant) -> [AppEffect] {
    guard case .character(let character) = key.key, key.modifiers.subtracting(.shift).isEmpty else {
      return []
    }
    if let effects = typeOverConfirmation(character, at: now) { return effects }
    if let effects = typeOverSetup(character, at: now) { return effects }
    isBare = false
    if let effects = typeInHints(character) { return effects }
    if typeInSearch(String(character)) || typeOverPicker(String(character)) { return [] }
    overlay = nil
    write(character)
    return []
  }

  mutating func tellDraftIsFull() {
    notice = Notice(
      "A draft holds \(Draft.longest) characters at the most; the rest was left out.",
      kind: .error)
  }

  private mutating func scroll(by rows: Int) {
    if overlay == nil {
      copying?.forgetKeys()
      steppedMessage = nil
      changeReading { $0.scroll(by: rows) }
    } else {
      overlay?.scroll(by: rows)
    }
  }

  private mutating func perform(
    _ action: Action, wasQuitArmed: Bool, at now: Instant
  ) -> [AppEffect] {
    switch action {
    case .send: return submit(at: now)
    case .sendOtherwise: return submit(as: otherPolicy, at: now)
    case .waiting: openWaiting()
    case .continueReply: return continueReply(at: now)
    case .cancel: return escape(at: now)
    case .interrupt: return interrupt(wasQuitArmed: wasQuitArmed, at: now)
    case .retry: return retry(at: now)
    case .edit: editPromptRead()
    case .nextModel: return askNextModel(at: now)
    case .pickWinner: return pickWinner(at: now)
    case .pickModel: return openModels()
    case .newConversation: return openConversation()
    case .conversations: openConversations(at: now)
    case .nextFinished: showNextFinished()
    case .previousSibling: return stepAmongSiblings(by: -1, at: now)
    case .nextSibling: return stepAmongSiblings(by: 1, at: now)
    case .tree: openTree()
    case .attempts: folds.toggleAttempts()
    case .thoughts: folds.toggleThoughts()
    case .details: toggleDetails()
    case .messageUp: goToMessageAbove()
    case .messageDown: goToMessageBelow()
    case .pageUp: changeReading { $0.scroll(by: -$0.pageRows) }
    case .pageDown: changeReading { $0.scroll(by: $0.pageRows) }
    case .top: goToTop()
    case .end: changeReading { $0.follow() }
    case .search: openSearch()
    case .copy: openHints()
    case .mouse: toggleMouse()
    case .bare: openBare()
    case .previous:
      if let effects = takeBackLast(at: now) { return effects }
      composer.moveUp()
    case .next: composer.moveDown()
    case .recall: openRecall()
    case .complete: composer.goToPlaceholder(by: 1)
    case .completeBackward: composer.goToPlaceholder(by: -1)
    case .text(let edit):
      if let effects = turnLane(edit, at: now) { return effects }
      perform(edit)
    case .help: overlay = .help(.atTop)
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .openEditor: return openEditor()
    case .quit: return quit(at: now)
    }
    return []
  }

  /// Edits the draft.
  private mutating func perform(_ edit: TextEdit) {
    if edit == .openPaste, !composer.hasFoldedPaste {
      notice = Notice("No paste is folded in the draft.")
    }
    if !composer.perform(edit) { tellDraftIsFull() }
  }

  /// The first message begins the page. It is named, for its row is not known: how many rows stand above
  /// those in view may be a guess.
  mutating func goToTop() {
    if let first = store.conversation.path.first { viewport.seek(.message(first)) }
  }

  /// The message that the first visible row belongs to begins the page, or else the one above it.
  private mutating func goToMessageAbove() {
    guard let reading = layout.reading, store.conversation.has(reading) else { return }
    let path = store.conversation.path
    let place = path.firstIndex(of: reading)
    let begins = layout.landmarks.first == LandmarkRow(.message(reading), row: 0)
    let target = place.map { begins ? max(0, $0 - 1) : $0 }
    viewport.seek(
      .message(target.map { path[$0] } ?? store.conversation[reading].parent ?? reading))
  }

  /// The message below that one begins the page; below the last, the end is followed.
  private mutating func goToMessageBelow() {
    guard let reading = layout.reading, store.conversation.has(reading) else { return }
    let path = store.conversation.path
    let known = path.firstIndex(of: reading)
    let parent = store.conversation[reading].parent
    let place = known ?? parent.flatMap { path.firstIndex(of: $0) } ?? path.count
    if place + 1 < path.count {
      viewport.seek(.message(path[place + 1]))
    } else {
      viewport.follow()
    }
  }

  private mutating func interrupt(wasQuitArmed: Bool, at now: Instant) -> [AppEffect] {
    if awaitsFiles || heldPrompt != nil || store.isLive { return cancel(at: now) }
    if copying != nil || search != nil {
      closeHints()
      leaveSearch()
      return []
    }
    if overlay != nil {
      overlay = nil
      return []
    }
    if editedPrompt != nil {
      endEdit()
      return []
    }
    if !armedRacers.isEmpty {
      disarmRace()
      return []
    }
    if !store.queue.isEmpty { return takeBackQueue(at: now) }
    if !composer.isEmpty {
      let isWorthKeeping = !composer.isBlank
      composer.clear()
      let back = keys.name(of: .previous).map { " \($0) brings it back." } ?? ""
      notice = Notice("The draft is cleared.\(isWorthKeeping ? back : "")")
      return []
    }
    if wasQuitArmed { return leave(at: now) }
    isQuitArmed = true
    notice = Notice("Press \(keys.name(of: .interrupt) ?? "it") again to quit.")
    return []
  }

  mutating func retry(at now: Instant) -> [AppEffect] {
    guard store.conversation.lastPrompt != nil else {
      notice = Notice("There is no prompt yet that could be sent again.")
      return []
    }
    switch answering {
    case .ready:
      break
    case .looking:
      notice = Notice("Nobody answers yet; Patter is still looking for a model.")
      return []
    case .missing:
      answering = .looking
      return [.findModel(nil)]
    }
    viewport.follow()
    return chat(.retry, at: now)
  }

  /// Asks the next model of the route for the reply.
  private mutating func askNextModel(at now: Instant) -> [AppEffect] {
    guard store.route.models.count > 1 else {
      notice = Notice("\(store.route.name) is one model; /model NAME asks another one.")
      return []
    }
    viewport.follow()
    return chat(.nextModel, at: now)
  }
}

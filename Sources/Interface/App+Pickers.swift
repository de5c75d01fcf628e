// What all pickers have in common: they are typed in, moved in, chosen from and closed.

import Chat
import Terminal

extension App.Overlay {
  /// Whether one chooses from it. What is typed over a picker goes into its query.
  var isPicker: Bool {
    switch self {
    case .models, .themes, .choices, .recall, .waiting, .prompts, .tree, .conversations,
      .ownTexts:
      true
    case .help, .trace, .usage, .confirm, .setup: false
    }
  }

  /// Whether it is read, so that what is written meanwhile goes into the draft.
  var isPage: Bool {
    switch self {
    case .help, .trace, .usage: true
    case .models, .themes, .choices, .recall, .waiting, .prompts, .tree, .conversations,
      .confirm, .ownTexts, .setup:
      false
    }
  }
}

extension App {
  /// What a key does while a picker is open; nil for the keys that reach through. Nothing that writes or
  /// moves in the draft does anything here: what is typed goes into the picker.
  mutating func pressOverPicker(_ action: Action, at now: Instant) -> Response? {
    if let response = pressOverWaiting(action, at: now) { return response }
    if let response = pressOverConversations(action, at: now) { return response }
    switch action {
    case .send: return Response(choose(at: now))
    case .cancel: overlay = nil
    case .pickModel:
      if case .models = overlay { overlay = nil } else { return Response(openModels()) }
    case .recall:
      if !goToOlderPrompt() { openRecall() }
    case .tree:
      if case .tree = overlay { overlay = nil } else { openTree() }
    case .edit: return Response(editSelected(at: now))
    case .help: overlay = .help(.atTop)
    case .newConversation, .conversations, .nextFinished:
      overlay = nil
      return nil
    case .text(.deleteBackward): changePicker { $0.deleteBackward() }
    case .text(.deleteWordBackward), .text(.deleteToSpace):
      changePicker { $0.deleteWordBackward() }
    case .text(.killToStart): changePicker { $0.deleteQuery() }
    case .pageUp, .pageDown, .previous, .next, .top, .end, .text(.lineStart), .text(.lineEnd),
      .interrupt, .redraw, .suspend, .mouse:
      return nil
    case .previousSibling, .nextSibling, .pickWinner,
      .sendOtherwise, .waiting, .continueReply, .retry, .nextModel, .attempts, .thoughts,
      .details, .messageUp,
      .messageDown, .search, .copy, .bare, .openEditor, .complete, .completeBackward, .text, .quit:
      break
    }
    return Response()
  }

  /// Types into the picker; false when none is open.
  mutating func typeOverPicker(_ text: String) -> Bool {
    guard overlay?.isPicker == true else { return false }
    changePicker { $0.type(text) }
    return true
  }

  /// Closes the picker and asks for what is selected in it. Where nothing is, it stays open.
  private mutating func choose(at now: Instant) -> [AppEffect] {
    let effect: AppEffect?
    switch overlay {
    case .models(let models): effect = models.choice.map(AppEffect.findModel)
    case .themes(let themes): effect = themes.picker.selected.map { .useTheme($0.id) }
    case .choices(let choices): return choose(choices, at: now)
    case .recall(let recall):
      guard let prompt = recall.selected else { return [] }
      overlay = nil
      composer.bringBack(prompt)
      return []
    case .waiting(let waiting):
      guard let number = waiting.selected else { return [] }
      overlay = nil
      return takeBackPrompt(number, at: now)
    case .prompts(let prompts):
      guard let prompt = prompts.selected else { return [] }
      overlay = nil
      beginEdit(prompt)
      return []
    case .tree(let tree):
      guard let message = tree.selected else { return [] }
      overlay = nil
      return go(to: message, at: now)
    case .conversations(let conversations):
      guard let id = conversations.selected else { return [] }
      overlay = nil
      show(id)
      return []
    case .ownTexts(let texts): return choose(texts, at: now)
    case .help, .trace, .usage, .confirm, .setup, nil: effect = nil
    }
    guard let effect else { return [] }
    overlay = nil
    return [effect]
  }

  private mutating func choose(_ choices: ChoicePicker, at now: Instant) -> [AppEffect] {
    guard let id = choices.picker.selected?.id else { return [] }
    overlay = nil
    switch choices.subject {
    case .effort:
      return EffortChoice(rawValue: id).map { set($0, at: now) } ?? []
    }
  }

  /// What such a picker says around its rows.
  func words(for choices: ChoicePicker) -> PickerView.Words {
    let title =
      switch choices.subject {
      case .effort: "Think"
      }
    return PickerView.Words(
      title: title, nothing: "None has these letters.", notes: nil, marked: choices.marked)
  }

  /// A click on a row selects it, a click on the selected one chooses it. Nil where no list is open.
  mutating func clickInList(_ place: Position, at now: Instant) -> Response? {
    guard let first = layout.listRow, overlay?.isSetup != true else { return nil }
    // A screen has no more rows than these, whatever a trace tells.
    let row = min(max(place.row, -1), 1 << 20) - min(max(first, 0), 1 << 20)
    guard overlay?.isPicker == true else { return clickInCompletion(row, at: now) }
    var isSelected = false
    changePicker { picker in
      guard let clicked = picker.row(visibleRow: row) else { return }
      isSelected = clicked == picker.selection
      picker.move(by: clicked - picker.selection)
    }
    return Response(isSelected ? choose(at: now) : [])
  }

  private mutating func changePicker(_ change: (inout Picker) -> Void) {
    overlay?.move({ _ in }, change)
  }
}

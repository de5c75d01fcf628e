// The picker of models: opened, typed in, chosen from. Whatever goes on below goes on.

import Chat

extension App {
  /// Lays the picker over the transcript, and asks what there is to pick from.
  mutating func openModels() -> [AppEffect] {
    overlay = .models(ModelPicker(inUse: nameInUse))
    return [.listModels]
  }

  /// What a key does while the picker is open; nil for the keys that reach through. Nothing that writes or
  /// moves in the draft does anything here: what is typed goes into the picker.
  mutating func press(_ action: Action, over models: ModelPicker) -> Response? {
    switch action {
    case .send:
      guard let name = models.choice else { return Response() }
      overlay = nil
      return Response([.findModel(name)])
    case .cancel, .pickModel: overlay = nil
    case .help: overlay = .help(.atTop)
    case .deleteBackward: changePicker { $0.deleteBackward() }
    case .deleteWordBackward: changePicker { $0.deleteWordBackward() }
    case .killToStart: changePicker { $0.deleteQuery() }
    case .pageUp, .pageDown, .previous, .next, .top, .lineStart, .end, .lineEnd, .interrupt,
      .redraw, .suspend:
      return nil
    case .retry, .nextModel, .attempts, .messageUp, .messageDown, .newline, .left, .right,
      .wordLeft, .wordRight,
      .deleteForward, .deleteWordForward, .killToEnd, .yank:
      break
    }
    return Response()
  }

  /// Types into the picker; false when none is open.
  mutating func typeOverPicker(_ text: String) -> Bool {
    guard case .models = overlay else { return false }
    changePicker { $0.type(text) }
    return true
  }

  /// Takes over what a provider has; false when nobody picks a model any more.
  mutating func take(_ list: ModelList) -> Bool {
    guard case .models(var models) = overlay else { return false }
    models.take(list)
    overlay = .models(models)
    return true
  }

  /// What the picker says around its rows.
  func words(for models: ModelPicker) -> PickerView.Words {
    let key = keys.name(of: .send) ?? "Enter"
    return PickerView.Words(
      title: "Model",
      nothing: models.writtenName.map { "None is listed by this name. \(key) asks \($0)." }
        ?? "None has these letters.",
      notes: models.notes, marked: nameInUse)
  }

  private mutating func changePicker(_ change: (inout Picker) -> Void) {
    guard case .models(var models) = overlay else { return }
    change(&models.picker)
    overlay = .models(models)
  }

  /// The model or route that answers; nil while none does.
  private var nameInUse: String? {
    switch answering {
    case .ready: store.route.name
    case .looking, .missing: nil
    }
  }
}

// The picker of models: opened, and filled as lists come. Whatever goes on below goes on.

import Chat

extension App {
  /// Lays the picker over the transcript, and asks what there is to pick from.
  mutating func openModels() -> [AppEffect] {
    overlay = .models(ModelPicker(inUse: nameInUse))
    return [.listModels]
  }

  /// Takes over what a provider has; false when nobody picks a model any more, nor writes the name of one.
  mutating func take(_ list: ModelList) -> Bool {
    listed.take(list)
    guard case .models(var models) = overlay else {
      let argument = shownCompletion?.completion.argument
      return argument == .model || argument == .models
    }
    models.take(list)
    overlay = .models(models)
    return true
  }

  /// What the picker says around its rows.
  func words(for models: ModelPicker) -> PickerView.Words {
    let asked = models.writtenName.map { name in
      "None is listed by this name." + (keys.name(of: .send).map { " \($0) asks \(name)." } ?? "")
    }
    return PickerView.Words(
      title: "Model", nothing: asked ?? "None has these letters.",
      notes: models.notes, marked: nameInUse,
      // The whole of the row: a long name is cut there, and facts that have no room are left out.
      preview: PickerView.Preview(mostRows: 3, leastListRows: 10) { length in
        guard let item = models.picker.selected else { return "" }
        let facts = item.details.filter { !$0.isEmpty }.joined(separator: " · ")
        return String(item.title.prefix(length)) + (facts.isEmpty ? "" : "\n\(facts)")
      })
  }

  /// The model or route that answers; nil while none does.
  private var nameInUse: String? {
    switch answering {
    case .ready: store.route.name
    case .looking, .missing: nil
    }
  }
}

// The picker of presets and that of snippets: opened, filled, chosen from.

import Chat

extension App {
  /// Lays the picker under the transcript, and asks what there is to pick from: the files are read anew
  /// each time.
  mutating func openOwnTexts(_ kind: OwnTextKind) -> [AppEffect] {
    overlay = .ownTexts(OwnTextPicker(kind, preset: store.preset?.name))
    return [.listOwnTexts(kind)]
  }

  /// Takes over which texts there are; false when nobody picks one any more, nor writes the name of one.
  mutating func take(_ list: OwnTextList) -> Bool {
    listed.take(list)
    guard case .ownTexts(var texts) = overlay, texts.kind == list.kind else {
      return shownCompletion?.completion.argument == .ownText(list.kind)
    }
    texts.take(list)
    overlay = .ownTexts(texts)
    return true
  }

  /// Does what the selected row says. Where none is selected the picker stays open.
  mutating func choose(_ texts: OwnTextPicker, at now: Instant) -> [AppEffect] {
    guard let name = texts.picker.selected?.id else { return [] }
    overlay = nil
    switch texts.kind {
    case .preset: return preset(name, at: now)
    case .snippet: return [.useSnippet(name)]
    }
  }

  /// What the picker says around its rows.
  func words(for texts: OwnTextPicker) -> PickerView.Words {
    let title =
      switch texts.kind {
      case .preset: "Preset"
      case .snippet: "Snippet"
      }
    let isSearching = !texts.picker.query.isEmpty
    return PickerView.Words(
      title: title, nothing: isSearching ? "None has these letters." : emptyWords(texts),
      notes: notes(on: texts), marked: texts.marked,
      preview: PickerView.Preview(mostRows: 6, leastListRows: 3) { length in
        String(texts.preview.prefix(length))
      })
  }

  /// Why files were left out; nil where there is nothing to say, and no row is kept free for it.
  private func notes(on texts: OwnTextPicker) -> [String]? {
    guard let list = texts.list else { return nil }
    var notes = list.notes
    if texts.kind == .preset, list.rows.isEmpty { notes.append(emptyWords(texts)) }
    return notes.isEmpty ? nil : notes
  }

  /// How one comes to have such texts.
  private func emptyWords(_ texts: OwnTextPicker) -> String {
    guard let list = texts.list else { return "" }
    guard let folder = list.folder else { return "Without a home there is no folder for them." }
    return "There is none yet: each is a file, \(folder)/NAME.md."
  }
}

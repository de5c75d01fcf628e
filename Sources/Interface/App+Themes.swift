// The picker of themes: opened, and looked at through the transcript, which goes on above it.

extension App {
  /// The theme that is to be drawn with in place of the one in use, for as long as its row is selected.
  ///
  /// `handle` compares it before and after each event and asks for the preview if it changed. So no way out
  /// of the picker can leave a preview behind.
  var previewedTheme: String? {
    guard case .themes(let themes) = overlay else { return nil }
    return themes.previewed
  }

  /// Lays the picker under the transcript, and asks what there is to pick from.
  mutating func openThemes() -> [AppEffect] {
    overlay = .themes(ThemePicker())
    return [.listThemes]
  }

  /// Takes over the themes there are; false when nobody picks one any more, nor writes the name of one.
  mutating func take(_ list: ThemeList) -> Bool {
    listed.take(list)
    guard case .themes(var themes) = overlay else {
      return shownCompletion?.completion.argument == .theme
    }
    themes.take(list)
    overlay = .themes(themes)
    return true
  }

  /// What the picker says around its rows.
  func words(for themes: ThemePicker) -> PickerView.Words {
    PickerView.Words(
      title: "Theme", nothing: "None has these letters.", notes: nil, marked: themes.inUse)
  }
}

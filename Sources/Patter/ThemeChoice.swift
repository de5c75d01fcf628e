import Interface

/// Which theme is wanted: by its name or its path.
enum ThemeChoice: Hashable, Sendable {
  case one(String)
  /// As the terminal's background is; nil for ours.
  case each(dark: String?, light: String?)

  /// The one for this background; nil for ours.
  func name(for appearance: Theme.Appearance) -> String? {
    switch (self, appearance) {
    case (.one(let name), _): name
    case (.each(let dark, _), .dark): dark
    case (.each(_, let light), .light): light
    }
  }
}

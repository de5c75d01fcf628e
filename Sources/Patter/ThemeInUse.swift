// The one place that knows what is drawn with.
//
//   what a picker previews       while it is open, `preview`
//   what was asked for           `--theme`, the configuration, `/theme`; where its file is broken on a save, as
//                                it was before
//   ours for the background      where nothing was asked for, or nothing of it can be read
//
// Where the terminal shows no colours, each of them without its own.

import Interface
import Settings

/// The theme in use.
struct ThemeInUse {
  /// Graphemes of a theme's title that its row shows; a file may hold any number.
  private static let titleLimit = 40

  private let library: ThemeLibrary
  private let hasColors: Bool
  /// The background of the terminal, as far as it is known.
  private var appearance: Theme.Appearance
  /// What was asked for; nil where nothing was.
  private var asked: ThemeChoice?
  /// What is drawn with while nothing is previewed, and what it is called.
  private var kept: (name: String, theme: Theme)
  private var previewed: Theme?
  /// The files that make up what is kept; a save of one of them is a reason to `reload`.
  private(set) var files: [String]
  /// What was wrong with it when it was last read.
  private(set) var errors: [SettingsError]

  init(
    _ asked: ThemeChoice?, appearance: Theme.Appearance, hasColors: Bool, library: ThemeLibrary
  ) {
    self.library = library
    self.hasColors = hasColors
    self.appearance = appearance
    self.asked = asked
    let (name, read) = library.choice(asked?.name(for: appearance), appearance: appearance)
    kept = (name, read.theme)
    files = read.files
    errors = read.errors
  }

  /// What to draw with.
  var drawn: Theme {
    let theme = previewed ?? kept.theme
    return hasColors ? theme : theme.withoutColors
  }

  /// All themes there are now.
  var list: ThemeList {
    let items = library.names.map { name in PickerItem(name, details: details(of: name)) }
    return ThemeList(items: items, inUse: kept.name)
  }

  private func details(of name: String) -> [String] {
    do {
      let theme = try library.theme(name).theme
      let title = theme.name == name ? "" : String(theme.name.prefix(Self.titleLimit))
      switch theme.appearance {
      case .dark: return [title, "dark"]
      case .light: return [title, "light"]
      }
    } catch {
      return ["", "broken"]
    }
  }

  // MARK: - Changing it

  /// Draws in this theme from now on. What is to be said of it; a theme that cannot be read changes nothing.
  mutating func use(_ name: String) -> Notice {
    do {
      let read = try library.theme(name)
      asked = .one(name)
      keep(read, as: name)
      if let notice = Notice(read.errors) { return notice }
      return Notice("Drawn in \(read.theme.name); theme: \(name) in config.yaml keeps it.")
    } catch {
      return ThemeInUse.notice(of: error, asking: name)
    }
  }

  /// Draws in what the configuration asks for now, or in ours for nil. What is wrong with that.
  mutating func follow(_ choice: ThemeChoice?) -> [SettingsError] {
    asked = choice
    let (name, read) = library.choice(choice?.name(for: appearance), appearance: appearance)
    keep(read, as: name)
    return read.errors
  }

  /// Draws in this theme for now, and in the one that is kept for nil. What is wrong with it, if anything.
  mutating func preview(_ name: String?) -> Notice? {
    previewed = nil
    guard let name else { return nil }
    do {
      let read = try library.theme(name)
      previewed = read.theme
      return Notice(read.errors)
    } catch {
      return ThemeInUse.notice(of: error, asking: name)
    }
  }

  /// Takes over what the terminal told of its background. True if what is drawn with is another now: it is
  /// not where a theme was asked for.
  mutating func backgroundFound(_ appearance: Theme.Appearance) -> Bool {
    self.appearance = appearance
    let wanted = asked?.name(for: appearance)
    guard wanted == nil || kept.name != wanted else { return false }
    let before = drawn
    let (name, read) = library.choice(wanted, appearance: appearance)
    guard name != kept.name else { return false }
    keep(read, as: name)
    return drawn != before
  }

  /// Reads what is kept again, for its files have changed. What is broken now changes nothing that is
  /// seen. The answer is what is to be said.
  mutating func reload(after change: FileWatch.Change) -> Notice? {
    let name = asked?.name(for: appearance) ?? ThemeLibrary.standardName(for: appearance)
    let before = errors
    let (found, read) = library.choice(name, appearance: appearance)
    if found == name, read.errors.isEmpty {
      keep(read, as: name)
      return before.isEmpty ? nil : Notice("\(read.theme.name) is right again.")
    }
    switch change {
    case .removed:
      // Some programs take a file away before they write it anew.
      return nil
    case .written:
      errors = read.errors
      files = read.files + files.filter { !read.files.contains($0) }
      return Notice(read.errors)
    }
  }

  private mutating func keep(_ read: Theme.Reading, as name: String) {
    kept = (name, read.theme)
    files = read.files
    errors = read.errors
  }

  /// A theme that there is not bears its own name as its place, which says nothing.
  private static func notice(of error: SettingsError, asking name: String) -> Notice {
    let isNamed = error.file == name && error.place == nil
    return Notice(isNamed ? error.message : error.description, kind: .error)
  }
}

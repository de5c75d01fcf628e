// Texts that the user keeps, each in a file of its own: presets, which say what a conversation is to be
// like, and snippets, which are put into the draft. One chooses from either in the same way.

/// Which texts.
public enum OwnTextKind: Hashable, Sendable, CaseIterable {
  case preset
  case snippet

  /// What one of them is called.
  public var word: String {
    switch self {
    case .preset: "preset"
    case .snippet: "snippet"
    }
  }
}

/// The texts of one kind there are, as rows.
public struct OwnTextList: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    /// What is chosen with it.
    public let name: String
    /// What the user says of it, in one line; empty where that is nothing.
    public let description: String
    /// What it would do, as it is read below the list.
    public let preview: String

    public init(name: String, description: String, preview: String) {
      self.name = name
      self.description = description
      self.preview = preview
    }
  }

  public let kind: OwnTextKind
  public let rows: [Row]
  /// Where they are written, as the user would write it; nil where there is no home.
  public let folder: String?
  /// Why files of that folder are left out, as sentences.
  public let notes: [String]

  public init(kind: OwnTextKind, rows: [Row], folder: String?, notes: [String] = []) {
    self.kind = kind
    self.rows = rows
    self.folder = folder
    self.notes = notes
  }
}

/// Which preset is to be taken, or which snippet is to be written.
public struct OwnTextPicker: Hashable, Sendable {
  /// What is taken where no preset shall be.
  static let noPreset = "none"
  /// The longest description beside a name, in graphemes; the rest is read below the list.
  private static let descriptionLength = 60

  public let kind: OwnTextKind
  /// The rows and which of them is selected.
  public internal(set) var picker: Picker
  /// The id of the row that holds now; nil where none does.
  let marked: String?
  /// The list, once it has come.
  private(set) var list: OwnTextList?

  /// - Parameter preset: the name of the preset that is in force.
  init(_ kind: OwnTextKind, preset: String?) {
    self.kind = kind
    switch kind {
    case .preset:
      marked = preset ?? Self.noPreset
      picker = Picker([Self.asConfigured])
    case .snippet:
      marked = nil
      picker = Picker()
    }
  }

  private static let asConfigured = PickerItem(noPreset, details: ["as configured"])

  /// Takes over the list. What is in force is selected as long as nobody has chosen another row.
  mutating func take(_ list: OwnTextList) {
    let isFirst = self.list == nil
    self.list = list
    let rows = list.rows.map { row in
      PickerItem(row.name, details: [String(row.description.prefix(Self.descriptionLength))])
    }
    switch kind {
    case .preset: picker.show([Self.asConfigured] + rows)
    case .snippet: picker.show(rows)
    }
    if isFirst, let marked { picker.select(id: marked) }
  }

  /// What the selected row would do.
  var preview: String {
    guard let id = picker.selected?.id else { return "" }
    if kind == .preset, id == Self.noPreset {
      return "No preset: system prompt, model and options as they are configured."
    }
    return list?.rows.first { $0.name == id }?.preview ?? ""
  }
}

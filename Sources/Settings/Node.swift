// A written setting as values: what stands in a file, with the place where it stands.

/// A node of a document, with the place where it begins.
public struct Node: Hashable, Sendable {
  /// What a node is.
  public indirect enum Value: Hashable, Sendable {
    /// A scalar as it is written. `isQuoted` tells `"5"` from `5` and `""` from an empty value.
    case scalar(String, isQuoted: Bool)
    case sequence([Node])
    /// In the order of the file. Names may repeat here; reading says so.
    case mapping([Member])
  }

  /// One entry of a mapping.
  public struct Member: Hashable, Sendable {
    public var name: String
    /// Where the name begins.
    public var namePlace: Place
    public var value: Node

    public init(name: String, namePlace: Place, value: Node) {
      self.name = name
      self.namePlace = namePlace
      self.value = value
    }
  }

  public var value: Value
  /// Where the node begins.
  public var place: Place

  public init(_ value: Value, at place: Place) {
    self.value = value
    self.place = place
  }
}

/// A place in a file. Lines and columns count from one, as editors do.
public struct Place: Hashable, Sendable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// What is wrong with a setting, and where.
public struct SettingsError: Error, Hashable, Sendable {
  /// The file's name as the user would write it.
  public var file: String
  /// Nil for what concerns the whole file.
  public var place: Place?
  /// A sentence: what is wrong and what would be right.
  public var message: String

  public init(file: String, place: Place?, message: String) {
    self.file = file
    self.place = place
    self.message = message
  }

  /// `FILE:LINE:COLUMN: message`, the form that editors jump to.
  public var description: String {
    guard let place else { return "\(file): \(message)" }
    return "\(file):\(place.line):\(place.column): \(message)"
  }
}

// Where languages are found: one file each, in the folders where themes are looked for too. The first
// folder that has a file of the name wins, so that a user's language goes before ours.
//
// A language is read when it is first asked for. To find out whose alias a word is, the beginnings of all
// files are read, once: `aliases` has to stand there, above the first empty line.

public import Settings

/// Finds languages by what stands after a fence, and remembers them. How files are read comes in from the
/// edge.
public final class LanguageLibrary {
  /// The way to documents.
  public struct Documents {
    /// The document in the file at a path; nil when there is no such file.
    public var read: (_ path: String) throws(SettingsError) -> Node?
    /// The beginning of it, up to the first empty line; nil where that is none.
    public var head: (_ path: String) -> Node?
    /// Names of the `.yaml` files in a folder, without the ending; empty when there is no such folder.
    public var names: (_ folder: String) -> [String]

    public init(
      read: @escaping (_ path: String) throws(SettingsError) -> Node?,
      head: @escaping (_ path: String) -> Node?,
      names: @escaping (_ folder: String) -> [String]
    ) {
      self.read = read
      self.head = head
      self.names = names
    }
  }

  /// Bytes of a name that is looked for. A longer one is no language.
  public static let nameLimitBytes = 32

  /// Where languages are looked for, in this order.
  public let folders: [String]
  private let documents: Documents
  /// By the names of their files; nil for one that cannot be read.
  private var languages: [String: Language?] = [:]
  /// The names of files by all names, once a name was no file's.
  private var index: [String: String]?
  private var errors: [SettingsError] = []

  public init(folders: [String], documents: Documents) {
    self.folders = folders
    self.documents = documents
  }

  /// The names of all files, sorted, each once.
  public var names: [String] { Set(folders.flatMap { documents.names($0) }).sorted() }

  /// The language that is meant by what somebody wrote after a fence.
  public func language(named written: String) -> Language? {
    guard let name = LanguageLibrary.name(written) else { return nil }
    if let known = languages[name] { return known }
    if index == nil, let found = load(name) { return found }
    guard let stem = madeIndex()[name] else { return nil }
    if let known = languages[stem] { return known }
    return load(stem) ?? nil
  }

  /// What was wrong in the files that were read since the last time.
  public func takeErrors() -> [SettingsError] {
    defer { errors = [] }
    return errors
  }

  /// The name in what is written after a fence, `rust` of `Rust,ignore`; nil if it is none. It is part of
  /// a path then: nothing but small letters, digits and `+ # - _ .`, and no point at its beginning.
  static func name(_ written: String) -> String? {
    var name: [UInt8] = []
    for byte in written.utf8 {
      let byte = byte.lowercased
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "{") {
        break
      }
      let isPlain = byte < 0x80 && (byte.isLetter || byte.isDigit)
      guard isPlain || Array("+#-_.".utf8).contains(byte), name.count < nameLimitBytes else {
        return nil
      }
      name.append(byte)
    }
    guard let first = name.first, first != UInt8(ascii: ".") else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  /// Reads the file of this name in the first folder that has one. Nil if none has; nil inside if it
  /// cannot be read.
  private func load(_ stem: String) -> Language?? {
    for folder in folders {
      let path = "\(folder)/\(stem).yaml"
      do throws(SettingsError) {
        guard let node = try documents.read(path) else { continue }
        let (language, errors) = Language.read(node, file: path, stem: stem)
        self.errors += errors
        if !language.aliases.isEmpty,
          documents.head(path).map(Language.aliases) != language.aliases
        {
          self.errors.append(
            SettingsError(
              file: path, place: nil,
              message: "'aliases' are only found above the first empty line of the file."))
        }
        languages[stem] = .some(language)
        return language
      } catch {
        errors.append(error)
        languages[stem] = .some(nil)
        return .some(nil)
      }
    }
    return nil
  }

  /// A file's own name goes before an alias, and an alias in an earlier folder before one in a later.
  private func madeIndex() -> [String: String] {
    if let index { return index }
    var index: [String: String] = [:]
    var aliases: [(alias: String, stem: String)] = []
    for folder in folders {
      for stem in documents.names(folder) where LanguageLibrary.name(stem) == stem {
        index[stem] = stem
        guard let head = documents.head("\(folder)/\(stem).yaml") else { continue }
        aliases += Language.aliases(head).map { ($0, stem) }
      }
    }
    for (alias, stem) in aliases where index[alias] == nil { index[alias] = stem }
    self.index = index
    return index
  }
}

// The folders of presets and snippets: `presets/NAME.md` and `snippets/NAME.md` beside the configuration.
// They are read when somebody asks, so that what was saved last counts and nothing has to be watched.

import Interface
import Providers
import Settings
import YAMLDocuments

/// Finds and reads presets and snippets.
struct OwnTextFolders {
  /// Files of a folder that are listed. Those past it are left out, and that is told.
  static let listLimit = 200
  /// The longest name, in graphemes.
  static let nameLimit = 64
  /// Graphemes of a text that its row in a list shows.
  static let previewLimit = 2_000
  private static let ending = ".md"

  /// The folder of the user's settings; nil where there is no home.
  let folder: String?
  /// Whose chains, pools and providers a preset may name.
  let configuration: Configuration

  /// Why there is no such text, or why nothing of it can be used. A sentence.
  struct Fault: Error, Hashable {
    let message: String
  }

  /// What was read, and what was left out of it.
  struct Reading<Value> {
    var value: Value
    var errors: [SettingsError]
  }

  struct Snippet: Hashable {
    var text: String
    var description: String
  }

  func preset(_ name: String) throws(Fault) -> Reading<WrittenPreset> {
    let (file, path) = try file(.preset, name)
    return read(preset: name, file, path)
  }

  func snippet(_ name: String) throws(Fault) -> Reading<Snippet> {
    let (file, path) = try file(.snippet, name)
    guard !file.text.isEmpty else { throw Fault(message: "\(path): There is no text in it.") }
    return read(snippet: file, path)
  }

  /// The texts there are. Of one that cannot be read the row says why.
  func list(_ kind: OwnTextKind) -> OwnTextList {
    guard let folder = folder(kind) else { return OwnTextList(kind: kind, rows: [], folder: nil) }
    let all = YAMLFile.names(inFolder: folder, ending: Self.ending)
    let names = all.filter { Self.isName($0, kind) }
    var notes: [String] = []
    if let other = all.first(where: { !Self.isName($0, kind) }) {
      notes.append(
        "\(quoted(other + Self.ending)) is left out: \(Self.nameRule(kind)).")
    }
    if let last = names.dropFirst(Self.listLimit - 1).first, names.count > Self.listLimit {
      notes.append(
        "There are more than \(Self.listLimit) files; those behind \(quoted(last)) are left out.")
    }
    let rows = names.prefix(Self.listLimit).map { row(kind, $0) }
    return OwnTextList(kind: kind, rows: rows, folder: folder, notes: notes)
  }

  // MARK: - Files

  func folder(_ kind: OwnTextKind) -> String? { folder.map { "\($0)/\(kind.word)s" } }

  private func file(
    _ kind: OwnTextKind, _ name: String
  ) throws(Fault) -> (file: FrontMatter, path: String) {
    guard let folder = folder(kind), Self.isName(name, kind) else {
      throw unknown(kind, name)
    }
    let path = "\(folder)/\(name)\(Self.ending)"
    do throws(SettingsError) {
      if let file = try FrontMatter.read(path) { return (file, path) }
    } catch {
      throw Fault(message: error.description)
    }
    throw unknown(kind, name)
  }

  private func unknown(_ kind: OwnTextKind, _ name: String) -> Fault {
    let subject = "No \(kind.word) is called \(quoted(name))"
    guard let folder = folder(kind) else { return Fault(message: "\(subject): there is no home.") }
    let names = YAMLFile.names(inFolder: folder, ending: Self.ending)
      .filter { Self.isName($0, kind) }
    guard !names.isEmpty else { return Fault(message: "\(subject); there is none in \(folder).") }
    return Fault(message: subject + hint(for: name, among: names))
  }

  /// Whether a text may be called so: names are typed behind a command, and stand in a line of their own.
  private static func isName(_ name: String, _ kind: OwnTextKind) -> Bool {
    let isReserved = kind == .preset && name == "none"
    let isLine = name.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: false
      default: scalar != "/"
      }
    }
    return isLine && !isReserved && !name.isEmpty && name.count <= nameLimit
      && !name.hasPrefix(".") && name.first?.isWhitespace == false
      && name.last?.isWhitespace == false
  }

  private static func nameRule(_ kind: OwnTextKind) -> String {
    let others = kind == .preset ? ", and none is called 'none'" : ""
    return "a name has up to \(nameLimit) characters, no blanks at its ends\(others)"
  }

  // MARK: - Reading

  private func sheet(_ path: String) -> ConfigurationSheet {
    ConfigurationSheet(file: path, beside: configuration, table: .standard)
  }

  private func read(
    preset name: String, _ file: FrontMatter, _ path: String
  ) -> Reading<WrittenPreset> {
    var sheet = sheet(path)
    let preset = sheet.preset(name, file)
    return Reading(value: preset, errors: sheet.reader.errors)
  }

  private func read(snippet file: FrontMatter, _ path: String) -> Reading<Snippet> {
    var sheet = sheet(path)
    let description = sheet.snippetDescription(file)
    return Reading(
      value: Snippet(text: file.text, description: description), errors: sheet.reader.errors)
  }

  private func row(_ kind: OwnTextKind, _ name: String) -> OwnTextList.Row {
    do throws(Fault) {
      switch kind {
      case .preset:
        let read = try preset(name)
        return row(name, read.value.description, read.value.preview, read.errors)
      case .snippet:
        let read = try snippet(name)
        return row(name, read.value.description, read.value.text, read.errors)
      }
    } catch {
      return OwnTextList.Row(name: name, description: "broken", preview: error.message)
    }
  }

  private func row(
    _ name: String, _ description: String, _ preview: String, _ errors: [SettingsError]
  ) -> OwnTextList.Row {
    let lines = errors.prefix(Notice.errorLimit).map(\.description) + [preview]
    return OwnTextList.Row(
      name: name, description: description,
      preview: String(lines.joined(separator: "\n").prefix(Self.previewLimit)))
  }
}

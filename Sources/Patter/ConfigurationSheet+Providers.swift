// The part of a configuration that says where providers are and how their keys are had.

import Providers
import Settings
import Wire

extension ConfigurationSheet {
  static let members = [
    "type", "baseURL", "apiKey", "apiKeyFile", "apiKeyCommand", "headers",
  ]
  /// Headers that Patter writes itself, or that would say something else about the body than it is.
  private static let ownHeaders = [
    "accept", "accept-encoding", "connection", "content-length", "content-type", "host",
    "transfer-encoding",
  ]

  mutating func readProviders(_ setting: Setting) {
    for (name, entry) in self.members(of: setting) {
      let isOurs = table[name] != nil
      guard isOurs || takesName(name, of: entry, as: "provider", beside: []) else { continue }
      writtenProviders.append(name)
      guard let members = reader.mapping(entry, known: Self.members) else { continue }
      defer { if value.providerSettings[name] == nil { value.keyFiles[name] = nil } }
      let type = type(members, of: name, isOurs: isOurs, at: entry)
      let baseURL = baseURL(members["baseURL"], of: type)
      let written = ProviderSetting(
        baseURL: baseURL, key: key(members, of: name), headers: headers(members["headers"]))
      guard let type else { continue }
      if isOurs {
        value.providerSettings[name] = written
      } else if let own = own(name, type, members, at: entry, baseURL) {
        value.ownProviders.append(own)
        value.types[name] = type.id
        value.providerSettings[name] = written
        providers.append(name)
      }
    }
  }

  /// The provider that speaks as this one does: itself, where it is ours.
  private mutating func type(
    _ members: SettingsMapping, of name: String, isOurs: Bool, at entry: Setting
  ) -> Provider? {
    let types = table.rows.filter { $0.server != nil }
    guard isOurs else {
      guard let setting = reader.required("type", in: members),
        let index = reader.word(setting, among: types.map(\.id))
      else { return nil }
      origins.note(setting)
      return types[index]
    }
    if let setting = members["type"] {
      reader.note(
        "\(quoted(name)) is a provider that Patter knows; leave 'type' out, or call yours something else.",
        at: setting.namePlace ?? setting.node.place)
    }
    guard let type = types.first(where: { $0.id == name }) else {
      reader.note(
        "\(quoted(name)) has no server; there is nothing to be set.",
        at: entry.namePlace ?? entry.node.place)
      return nil
    }
    return type
  }

  private mutating func own(
    _ name: String, _ type: Provider, _ members: SettingsMapping, at entry: Setting,
    _ baseURL: String?
  ) -> Provider? {
    guard let setting = reader.required("baseURL", in: members), let baseURL else { return nil }
    do {
      return try type.namesake(name, at: baseURL)
    } catch {
      preconditionFailure("\(setting.path) was looked at before")
    }
  }

  private mutating func baseURL(_ setting: Setting?, of type: Provider?) -> String? {
    guard let setting, let text = reader.text(setting) else { return nil }
    if let fault = type?.fault(ofAddress: text) {
      reader.note("\(quoted(setting.path)) \(fault).", at: setting.node.place)
      return nil
    }
    origins.note(setting)
    return text
  }

  /// Where the key is had. Of several ways the first one counts: a program, a file, the text itself.
  private mutating func key(_ members: SettingsMapping, of name: String) -> KeySource? {
    let written = ["apiKeyCommand", "apiKeyFile", "apiKey"].compactMap { members[$0] }
    for other in written.dropFirst() {
      reader.note(
        "\(quoted(other.name)) and \(quoted(written[0].name)) both tell a key; the "
          + "\(written[0].name == "apiKeyFile" ? "file" : "command") counts.",
        at: other.namePlace ?? other.node.place)
    }
    guard let setting = written.first else { return nil }
    let source: KeySource? =
      switch setting.name {
      case "apiKeyCommand":
        words(setting, of: "The command \(quoted(setting.path))").map(KeySource.command)
      case "apiKeyFile": keyFile(setting, of: name)
      default: keyText(setting)
      }
    origins.note(setting, if: source != nil)
    return source
  }

  /// A file that cannot be read leaves the provider without a key.
  private mutating func keyFile(_ setting: Setting, of name: String) -> KeySource? {
    guard let path = reader.text(setting) else { return nil }
    guard !path.isEmpty, !path.utf8.contains(0) else {
      reader.note("\(quoted(setting.path)) names no file.", at: setting.node.place)
      return nil
    }
    value.keyFiles[name] = path
    origins.note(setting)
    switch keyFile(path) {
    case .unread: return nil
    case .fault(let words):
      reader.note("The file \(quoted(path)) \(words).", at: setting.node.place)
      return nil
    case .key(let key, let warning):
      if let warning {
        warnings.append(
          SettingsError(
            file: reader.file, place: setting.node.place,
            message: "The file \(quoted(path)) \(warning)."))
      }
      return .text(key)
    }
  }

  private mutating func keyText(_ setting: Setting) -> KeySource? {
    guard let text = reader.text(setting) else { return nil }
    do {
      return .text(try KeyText(text))
    } catch {
      // Without the text: it may be a key.
      let wish =
        switch error {
        case .badVariable: "names a variable as ${NAME}: letters, digits and '_'"
        case .empty: "must not be blank"
        }
      reader.note("\(quoted(setting.path)) \(wish).", at: setting.node.place)
      return nil
    }
  }

  private mutating func headers(_ setting: Setting?) -> [HTTPHeader] {
    guard let setting else { return [] }
    return members(of: setting).compactMap { name, entry in
      guard let value = reader.text(entry) else { return nil }
      let place = entry.namePlace ?? entry.node.place
      guard !name.isEmpty, name.utf8.allSatisfy(Self.isHeaderByte) else {
        reader.note("\(quoted(name)) cannot be the name of a header.", at: place)
        return nil
      }
      guard !Self.ownHeaders.contains(name.lowercased()) else {
        reader.note("The header \(quoted(name)) is Patter's own affair; leave it out.", at: place)
        return nil
      }
      guard value.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
        reader.note(
          "The header \(quoted(name)) must have a value of one line.", at: entry.node.place)
        return nil
      }
      origins.note(entry)
      // It may be a key, so it is never shown.
      return HTTPHeader(name, value, isSecret: true)
    }
  }

  /// What the name of a header is made of (RFC 9110, section 5.6.2).
  private static func isHeaderByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}

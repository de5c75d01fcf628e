// Files of bytes and of members put together at random: whatever they hold, nothing traps, each mistake stands at
// a place of the file and in a sentence of some length, and what is printed of what counts is read as the same.

import Chat
import Interface
import Providers
import Settings
import Support
import Testing
import YAMLDocuments

@testable import Patter

struct ConfigurationFuzzTests {
  private static let pieces = [
    "providers", "commands", "fallback", "pools", "models", "model", "theme", "system", "keys",
    "options", "retry", "idle", "view", "send", "queue", "work", "openai", "ollama/x", "echo/any",
    "echo", "careful", "type", "baseURL", "http://127.0.0.1:1/v1", "apiKey", "${KEY}", "${", "sk-x",
    "https://h/sk-planted", "sk-planted", "work/m", "-u a:b",
    "apiKeyFile", "apiKeyCommand", "headers", "X-Team", "command", "input", "json", "window",
    "temperature", "stop", "seed", "effort", "high", "enter", "ctrl-h", "home on empty draft",
    "none",
    "top", "base", "500 ms", "1.5 min", "99999999999999999999 h", "retries", "-1", "1e400", "NaN",
    "0x10", "true", "null", "~", "''", "\"\\0\"", "\"\\u202e\"", "\"a\\nb\"", "dark", "light",
    "nord",
    "./x.yaml", "details", "é", "日本", "👩‍👩‍👧", "&a", "*a", "!!str", "|", ">", "%", "@", "`", "- ",
    "? ", ": ", ",", "{", "}", "[", "]", "#", " # ", "\t", "\r\n", "---\n", "...\n",
  ]

  private func document(_ random: inout Seeded) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      text += Self.pieces[Int.random(in: 0..<18, using: &random)] + ": "
      text += value(&random, depth: 0) + "\n"
    }
    return text
  }

  /// A scalar, or a list or a mapping in one line.
  private func value(_ random: inout Seeded, depth: Int) -> String {
    func piece(_ random: inout Seeded) -> String {
      Self.pieces[Int.random(in: Self.pieces.indices, using: &random)]
    }
    let count = Int.random(in: 0...4, using: &random)
    switch Int.random(in: 0..<(depth < 3 ? 4 : 2), using: &random) {
    case 0, 1: return piece(&random)
    case 2:
      let entries = (0..<count).map { _ in value(&random, depth: depth + 1) }
      return "[\(entries.joined(separator: ", "))]"
    default:
      let entries = (0..<count).map { _ in "\(piece(&random)): \(value(&random, depth: depth + 1))"
      }
      return "{\(entries.joined(separator: ", "))}"
    }
  }

  /// Bytes overwritten, taken out, doubled; pieces put in.
  private func changed(_ text: String, _ random: inout Seeded) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &random)
      let end = min(bytes.count, place + Int.random(in: 1...12, using: &random))
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      default:
        let piece = Self.pieces[Int.random(in: Self.pieces.indices, using: &random)]
        bytes.insert(contentsOf: piece.utf8, at: place)
      }
    }
    return bytes
  }

  private func read(_ document: Node) -> Configuration.Reading {
    Configuration.read(
      document, file: "", providers: .standard, themes: ["nord", "patter-dark", "patter-light"])
  }

  /// What a text that shows no secret can say.
  private func withoutSecrets(_ configuration: Configuration) -> Configuration {
    var configuration = configuration
    let settings = configuration.providerSettings
    let commands = configuration.commands.filter { mayHoldKey($0.value.arguments) }
    let servers = settings.filter { _, setting in
      setting.baseURL.map { withoutKeys(inAddress: $0) != $0 } ?? false
    }
    let hidden = Set(commands.keys).union(servers.keys)
    for id in hidden {
      configuration.commands[id] = nil
      configuration.providerSettings[id] = nil
      configuration.types[id] = nil
      configuration.keyFiles[id] = nil
    }
    configuration.keyFiles = configuration.keyFiles.filter { !mayBeKey($0.value) }
    configuration.ownProviders.removeAll { hidden.contains($0.id) }
    configuration.windows = configuration.windows.filter { !hidden.contains($0.key.provider) }
    configuration.modelOptions = configuration.modelOptions.filter {
      !hidden.contains($0.key.provider)
    }
    let routes = configuration.routes
    configuration.routes = routes.filter { route in
      !route.value.models.contains { hidden.contains($0.provider) }
    }
    if let name = configuration.model {
      let models = routes[name]?.models ?? [ModelID(name)].compactMap(\.self)
      if models.contains(where: { hidden.contains($0.provider) }) { configuration.model = nil }
    }
    for (id, setting) in configuration.providerSettings {
      configuration.providerSettings[id]?.headers = []
      switch setting.key {
      case .text(let text) where text.withoutSecrets != nil: break
      case .text, .command, nil: configuration.providerSettings[id]?.key = nil
      }
    }
    return configuration
  }

  private func check(_ error: SettingsError, in bytes: [UInt8]) {
    let lineCount = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
    if let place = error.place {
      // What is missing at the end of a file is missing in the line behind it. NEL and its like end lines, too.
      #expect((1...(lineCount + 1 + bytes.count { $0 >= 0x80 })).contains(place.line))
      #expect((1...(bytes.count + 1)).contains(place.column))
    }
    #expect(!error.message.isEmpty && error.message.utf8.count < 4_000)
    #expect(error.message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
  }

  private func look(at bytes: [UInt8]) throws -> Bool {
    let document: Node
    do throws(SettingsError) {
      document = try YAMLDocument.read(bytes, file: "")
    } catch {
      check(error, in: bytes)
      return false
    }
    let reading = read(document)
    #expect(reading.errors.count <= SettingsReader.errorLimit)
    for error in reading.errors { check(error, in: bytes) }
    let text = ConfigurationText.text(of: reading.value, reading.origins, path: nil)
    let again = read(try YAMLDocument.read(text, file: "printed"))
    #expect(again.errors == [], "\(String(decoding: bytes, as: UTF8.self))\n\(text)")
    #expect(
      again.value == withoutSecrets(reading.value),
      "\(String(decoding: bytes, as: UTF8.self))\n\(text)")
    return true
  }

  @Test(arguments: 0..<8)
  func `whatever a file holds, it is read, and what is printed of it is read as the same`(
    shard: Int
  ) throws {
    var random = Seeded(state: UInt64(shard) + 1)
    var documentCount = 0
    for _ in 0..<250 {
      let isWhole = Bool.random(using: &random)
      let text = isWhole ? document(&random) : ConfigurationPrintTests.everything
      if try look(at: changed(text, &random)) { documentCount += 1 }
    }
    #expect(documentCount > 50)
  }
}

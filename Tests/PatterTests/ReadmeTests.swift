// The README says what the program's own tables say.

import Glibc
import Interface
import Providers
import Terminal
import Testing

struct ReadmeTests {
  private let readme: String

  init() throws {
    let path = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/README.md"
    let file = try #require(fopen(path, "r"), "README.md lies at the top")
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes += buffer[..<count]
    }
    readme = String(decoding: bytes, as: UTF8.self)
  }

  /// The rows of the table whose head this is.
  private func rows(under head: String) -> [String] {
    let lines = readme.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let start = lines.firstIndex(of: head) else { return [] }
    return Array(lines[(start + 2)...].prefix { $0.hasPrefix("|") })
  }

  private func code(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: " ") }

  @Test func `lists the keys as they are bound`() {
    let bindings = KeyMap.standard.bindings
    #expect(
      rows(under: "| keys | what they do |")
        == bindings.map { "| \(code($0.keys.map(\.name))) | \($0.help) |" })
  }

  @Test func `lists the slash commands`() {
    let commands = SlashCommands.standard.commands.map { command in
      let names = code(([command.name] + command.aliases).map { "/" + $0 })
      return
        "| \(names)\(command.argument.isEmpty ? "" : " " + command.argument) | \(command.help) |"
    }
    #expect(rows(under: "| command | what it does |") == commands)
  }

  @Test func `names every provider and the variables it heeds`() {
    let rows = rows(under: "| provider | how |")
    #expect(rows.count == ProviderTable.standard.rows.count)
    for (row, provider) in zip(rows, ProviderTable.standard.rows) {
      #expect(row.hasPrefix("| `\(provider.id)` "))
      for variable in [provider.server?.variables.key, provider.server?.variables.baseURL] {
        if let variable { #expect(row.contains("`\(variable)`")) }
      }
    }
  }
}

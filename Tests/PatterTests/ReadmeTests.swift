// The README says what the program's own tables say.

import Chat
import Glibc
import Interface
import Providers
import Settings
import Terminal
import Testing
import Wire
import YAMLDocuments

@testable import Patter

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
    let bindings = KeyMap.standard.bindings.map { binding in
      let keys = binding.keys.isEmpty ? "none" : code(binding.keys.map(\.name))
      return
        "| \(keys) | \(binding.place.rawValue) | \(binding.help) | \(code([binding.action.name])) |"
    }
    #expect(rows(under: "| keys | where | what they do | name |") == bindings)
  }

  @Test func `lists the slash commands`() {
    let commands = SlashCommands.standard.commands.map { command in
      let names = code(([command.name] + command.aliases).map { "/" + $0 })
      return
        "| \(names)\(command.argument.isEmpty ? "" : " " + command.argument) | \(command.help) |"
    }
    #expect(rows(under: "| command | what it does |") == commands)
  }

  @Test func `lists the options`() {
    #expect(
      rows(under: "| option | what it does |")
        == Arguments.rows.map { row in
          let argument = row.argument.map { " " + $0.replacing("|", with: "\\|") } ?? ""
          return "| \(code(row.names))\(argument) | \(row.help) |"
        })
  }

  @Test func `lists the lines of --json, and the words in them`() {
    #expect(
      rows(under: "| event | members beside it | when |")
        == JSONLine.Name.allCases.map { name in
          let members = name.members.map { member in
            "`\(member)`\(JSONLine.Name.optional.contains(member) ? "?" : "")"
          }
          return "| `\(name.rawValue)` | \(members.joined(separator: " ")) | \(name.meaning) |"
        })
    for word in PrintedEvent.Failure.words { #expect(readme.contains("`\(word)`")) }
  }

  @Test func `says how much may be attached`() {
    #expect(readme.contains("up to \(AttachmentLimit.fileByteCount >> 20) MiB each"))
    #expect(readme.contains("\(AttachmentLimit.totalByteCount >> 20) MiB together"))
  }

  @Test func `lists how a pipeline learns of the end, and how long a prompt may be`() {
    #expect(
      rows(under: "| status | what it means |")
        == PrintEnding.allCases.map { "| `\($0.rawValue)` | \($0.meaning) |" })
    #expect(readme.contains("up to \(Arguments.longestInputBytes >> 20) MiB of it."))
  }

  @Test func `names every provider and the variables it heeds`() {
    let rows = rows(under: "| provider | how |")
    #expect(rows.count == ProviderTable.standard.rows.count)
    for (row, provider) in zip(rows, ProviderTable.standard.rows) {
      #expect(row.hasPrefix("| `\(provider.id)` "))
      guard let variables = provider.server?.variables else { continue }
      let names = variables.keys.map(\.name) + [variables.baseURL, variables.version]
      for variable in names.compactMap(\.self) { #expect(row.contains("`\(variable)`")) }
    }
  }

  /// The example of a configuration, and where what holds anyway begins.
  private func configuration() throws -> (all: String, defaults: String) {
    let parts = readme.split(separator: "```")
    let yaml = try #require(parts.first { $0.hasPrefix("yaml\n") }).dropFirst(5)
    let lines = yaml.split(separator: "\n")
    let comment = try #require(lines.firstIndex { $0.hasPrefix("# From here on:") })
    return (String(yaml), lines[comment...].joined(separator: "\n"))
  }

  private func read(_ yaml: String) throws -> (value: Configuration, errors: [SettingsError]) {
    let themes = ["patter-dark", "patter-light"]
    let document = try YAMLDocument.read(yaml, file: "README.md")
    let reading = Configuration.read(
      document, file: "README.md", providers: .standard, themes: themes)
    return (reading.value, reading.errors)
  }

  @Test func `shows a configuration that can be read, with every member there is`() throws {
    let yaml = try configuration().all
    let (value, errors) = try read(yaml)
    #expect(errors == [])
    #expect(value.model == "careful")
    #expect(value.preset == "review")
    #expect(value.routes["careful"]?.order == .chain)
    #expect(value.routes["fast"]?.order == .pool)
    #expect(value.commands == ["echo": CommandProvider(["cat"], input: .prompt)])
    let llama = ModelID(provider: "ollama", name: "llama3.2")
    #expect(value.windows == [llama: 8192])
    #expect(value.modelOptions == [llama: ReplyOptions(temperature: 0.2)])
    #expect(value.options.effort == .medium)
    #expect(value.providerSettings["openai"]?.key == .command(["pass", "show", "openai"]))
    #expect(value.ownProviders.map(\.id) == ["work"])
    #expect(value.providerSettings["work"]?.headers.map(\.name) == ["X-Team"])
    for name in Configuration.memberNames { #expect("\n\(yaml)".contains("\n\(name):")) }
  }

  @Test func `says what holds where nothing is configured`() throws {
    let (value, errors) = try read(try configuration().defaults)
    #expect(errors == [])
    #expect(value == Configuration())
  }

  /// The examples of files with settings in front.
  private func examples() throws -> [FrontMatter] {
    try readme.split(separator: "```").filter { $0.hasPrefix("markdown\n") }.map { block in
      try FrontMatter(Array(block.dropFirst("markdown\n".count).utf8), file: "README.md")
    }
  }

  @Test func `shows a preset that can be read`() throws {
    var sheet = ConfigurationSheet(file: "a.md", beside: Configuration(), table: .standard)
    let preset = sheet.preset("review", try #require(try examples().first))
    #expect(sheet.reader.errors == [])
    #expect(preset.description == "reads code as a reviewer does")
    #expect(preset.model == "openai/gpt-6-sol")
    #expect(preset.value.options == ReplyOptions(temperature: 0.2, effort: .high))
    #expect(preset.value.sendPolicy == .queue)
    #expect(preset.value.cutReplyPolicy == .drop)
    #expect(preset.value.systemPrompt?.hasPrefix("You review code.") == true)
  }

  @Test func `shows a snippet that can be read`() throws {
    var sheet = ConfigurationSheet(file: "a.md", beside: Configuration(), table: .standard)
    let file = try #require(try examples().last)
    #expect(sheet.snippetDescription(file) == "asks for a translation")
    #expect(sheet.reader.errors == [])
    #expect(file.text.hasPrefix("Translate into {{language:English}}"))
  }

  @Test func `shows the screen as it is`() {
    let now = Instant(uptimeNanoseconds: 0)
    let ids = MessageIDSource(seed: MessageID(high: 1, low: 1))
    let model = ModelID(provider: "ollama", name: "llama3.2")
    var app = App(
      chats: Conversations(ChatStore(route: Route(model), messageIDs: ids)),
      answering: .ready(place: "Ollama at 127.0.0.1:11434"))
    func take(_ event: AppEvent) {
      for case .chat(.save(let conversation, let message)) in app.handle(event, at: now).effects {
        app.handle(.saved(conversation, message.id), at: now)
      }
    }
    take(.prompt("Why is the sky blue?"))
    let first = """
      Sunlight is a mixture of all colours. Air scatters the short waves far more than the long \
      ones, so from every direction but the sun's it is mostly blue that
      """
    app.handle(.stream(StreamID(1), .text(first)), at: now)
    take(.prompt("In one sentence, for a child."))
    let second = "The air catches the blue part of the sunlight and tosses it all over the "
    for word in second.split(separator: " ") {
      app.handle(.stream(StreamID(2), .text(word + " ")), at: now)
    }
    app.handle(.input(.paste("and why is the evening sky red?")), at: now)
    var view = ScreenView(widths: WidthTable { _ in 1 })
    let frame = view.draw(
      app, theme: .standard(for: .dark), size: Size(rows: 17, columns: 92), at: now
    ).frame
    let rows = frame.rows.map { row in
      var text = String(String.UnicodeScalarView(row.compactMap { Unicode.Scalar($0.base) }))
      while text.last == " " { text.removeLast() }
      return text
    }
    let picture = rows.joined(separator: "\n")
    #expect(readme.contains("```\n\(picture)\n```\n"), "\(picture)")
  }
}

// `config.yaml` on the disk and in the program: where it is looked for, what becomes of a file that
// cannot be read, and what a person sees of it.

import Chat
import Glibc
import Interface
import LoopbackTests
import Providers
import Settings
import Support
import Testing

@testable import Patter

@Suite(.everyConnectionCloses) struct ConfigurationFileTests {
  private static let place = ".config/patter/config.yaml"

  private func load(
    _ home: TestHome, environment: [String: String]? = nil
  ) -> (value: Configuration, errors: [String]) {
    let environment = environment ?? home.environment
    let themes = ThemeLibrary(environment: environment, executablePath: "/nowhere/patter")
    let reading = Configuration.load(
      environment: environment, providers: .standard, themes: themes
    ).reading
    return (reading.value, (reading.errors + reading.warnings).map(\.description))
  }

  // MARK: - The file

  @Test func `no file is the default without a word`() throws {
    let home = try TestHome()
    #expect(load(home) == (Configuration(), []))
    #expect(load(home, environment: [:]) == (Configuration(), []))
    try home.write("a file in the folder's place", to: ".config/patter")
    #expect(load(home) == (Configuration(), []))
  }

  @Test func `knows the user's own themes`() throws {
    let home = try TestHome()
    try home.write("theme: mine\n", to: Self.place)
    try home.write("inherits: patter-dark\n", to: ".config/patter/themes/mine.yaml")
    let (value, errors) = load(home)
    #expect(value.theme == .one("mine"))
    #expect(errors == [])
  }

  @Test(arguments: ["", "relative", "./.config"])
  func `a folder that is not absolute is passed over`(folder: String) throws {
    let home = try TestHome()
    try home.write("send: queue\n", to: Self.place)
    let (value, _) = load(home, environment: ["HOME": home.path, "XDG_CONFIG_HOME": folder])
    #expect(value.sendPolicy == .queue)
  }

  @Test func `a folder of the user's choice goes before the one below home`() throws {
    let home = try TestHome()
    try home.write("send: queue\n", to: Self.place)
    try home.write("send: block\n", to: "elsewhere/patter/config.yaml")
    let (value, _) = load(
      home, environment: ["HOME": home.path, "XDG_CONFIG_HOME": "\(home.path)/elsewhere"])
    #expect(value.sendPolicy == .block)
  }

  @Test func `a folder in the file's place is told in one sentence`() throws {
    let home = try TestHome()
    try home.write("", to: "\(Self.place)/file")
    #expect(
      load(home) == (
        Configuration(), ["\(home.path)/\(Self.place): This is not a regular file."]
      ))
  }

  @Test func `a file that may not be read is told in one sentence`() throws {
    let home = try TestHome()
    try home.write("", to: ".config/patter/other")
    // A link to itself is refused to everybody, the superuser included.
    #expect(symlink("config.yaml", "\(home.path)/\(Self.place)") == 0)
    let (value, errors) = load(home)
    #expect(value == Configuration())
    #expect(errors.count == 1)
    #expect(
      errors.first?.hasPrefix("\(home.path)/\(Self.place): The file cannot be read: ") == true)
  }

  @Test func `a file that is too large is told in one sentence`() throws {
    let home = try TestHome()
    try home.write("send: queue\n", to: Self.place)
    #expect(truncate("\(home.path)/\(Self.place)", 1 << 30) == 0)
    #expect(
      load(home) == (
        Configuration(),
        ["\(home.path)/\(Self.place): The file is larger than 1024 KiB, which is the limit."]
      ))
  }

  @Test func `a file that is not UTF-8 is told with the place`() throws {
    let home = try TestHome()
    try home.write("send: queue\n# ", to: Self.place)
    let file = try #require(fopen("\(home.path)/\(Self.place)", "a"))
    fputc(0xE4, file)
    fclose(file)
    #expect(
      load(home) == (
        Configuration(),
        ["\(home.path)/\(Self.place):2:3: This is not UTF-8 text. Save the file in UTF-8."]
      ))
  }

  @Test func `a file that is no YAML is told with the place`() throws {
    let home = try TestHome()
    try home.write("send: queue\nretry: {\n", to: Self.place)
    let (value, errors) = load(home)
    #expect(value == Configuration())
    #expect(errors.count == 1)
    #expect(errors.first?.hasPrefix("\(home.path)/\(Self.place):3:1: ") == true)
  }

  @Test func `a variable names another file, blank ones do not`() throws {
    let home = try TestHome()
    try home.write("send: queue\n", to: Self.place)
    try home.write("send: block\n", to: "mine.yaml")
    var environment = home.environment
    for (path, policy) in [
      ("~/mine.yaml", SendPolicy.block), ("\(home.path)/mine.yaml", .block), (" ", .queue),
      ("", .queue),
    ] {
      environment["PATTER_CONFIG"] = path
      let (value, errors) = load(home, environment: environment)
      #expect(value.sendPolicy == policy)
      #expect(errors == [])
    }
  }

  /// What libyaml or we refuse as a whole; nothing of such a file counts.
  @Test(arguments: [
    ("send: queue\n\tretry: {}\n", "2:1: "), ("send: queue\0\n", "1:12: "),
    ("send: queue\n---\nsend: block\n", "2:1: A second document begins here"),
    ("send: &a queue\n", "1:7: "), ("send: *a\n", "1:7: "), ("send: !!str queue\n", "1:7: "),
    (
      "keys: " + String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
      "1:38: More than 32 mappings and lists lie inside one another"
    ),
  ])
  func `a file that is refused as a whole is told in one sentence`(
    text: String, beginning: String
  ) throws {
    let home = try TestHome()
    try home.write(text, to: Self.place)
    let (value, errors) = load(home)
    #expect(value == Configuration())
    #expect(errors.count == 1)
    #expect(
      errors.first?.hasPrefix("\(home.path)/\(Self.place):\(beginning)") == true, "\(errors)")
  }

  // MARK: - What goes before it

  @Test func `options go before variables, and those before the file`() throws {
    let home = try TestHome()
    try home.write("model: ollama/file\ntheme: patter-dark\n", to: Self.place)
    func start(_ words: [String], _ variables: [String: String]) throws -> Preparation {
      Preparation(
        try Arguments(words), environment: home.environment.merging(variables) { $1 })
    }
    let variables = ["PATTER_MODEL": "ollama/variable", "PATTER_THEME": "patter-light"]
    #expect(try start([], [:]).wanted == "ollama/file")
    #expect(try start([], variables).wanted == "ollama/variable")
    #expect(try start(["-m", "ollama/option"], variables).wanted == "ollama/option")
    #expect(try start([], ["PATTER_MODEL": " "]).wanted == "ollama/file")
    #expect(try start([], variables).configuration.theme == .one("patter-light"))
    #expect(try start(["--theme", "x"], variables).configuration.theme == .one("x"))
  }

  // MARK: - The notice

  private func errors(_ count: Int) -> [SettingsError] {
    (1...count).map {
      SettingsError(file: "c", place: Place(line: $0, column: 1), message: "Wrong.")
    }
  }

  @Test func `nothing wrong is no notice`() {
    #expect(Notice([]) == nil)
  }

  @Test func `a notice says each mistake in a line`() {
    #expect(Notice(errors(2)) == Notice("c:1:1: Wrong.\nc:2:1: Wrong.", kind: .error))
  }

  @Test func `a notice says six mistakes and counts the others`() throws {
    #expect(try #require(Notice(errors(6))).text.hasSuffix("\nc:6:1: Wrong."))
    #expect(
      try #require(Notice(errors(50))).text.hasSuffix("\nc:6:1: Wrong.\nThere are 44 more."))
  }

  // MARK: - The program

  private static let redDraft = "appearance: dark\nfaces: {composer: red}\n"

  /// The colour of a draft, which tells the theme.
  private func draftColor(_ arguments: [String], home: TestHome) throws -> PictureCell.Color {
    let chat = try Journey(BuiltProgram.path("patter"), arguments, home: home)
    try chat.see("answers")
    try chat.draft("draft")
    let row = try #require(chat.picture.row(of: "› draft"))
    let color = chat.picture.cell(row: row, column: 4).foreground
    try chat.quitWithDraft()
    return color
  }

  @Test func `a broken configuration shows its places, and the chat goes on`() throws {
    let home = try TestHome()
    try home.write("theme: nrod\nsned: queue\nmodel: openai/chosen\n", to: Self.place)
    let server = try LoopbackServer(.reply("All is well."))
    let chat = try Journey(with: server, model: nil, home: home, columns: 60)
    try chat.seeSentence("config.yaml:1:8: No theme is called 'nrod'; did you mean 'nord'?")
    try chat.seeSentence("config.yaml:2:1: 'sned' is not known; did you mean 'send'?")
    try chat.ask("hi")
    try chat.see("All is well.")
    try chat.seeIdle()
    // What is right counts.
    #expect(try #require(server.chatBody(1)).contains("\"chosen\""))
    try chat.leave()
  }

  @Test func `a configuration that is no YAML shows its place, and the chat goes on`() throws {
    let home = try TestHome()
    try home.write("retry: [\n", to: Self.place)
    let server = try LoopbackServer(.reply("All is well."))
    let chat = try Journey(with: server, home: home)
    try chat.seeSentence("config.yaml:2:1:")
    try chat.ask("hi")
    try chat.see("All is well.")
    try chat.seeIdle()
    try chat.leave()
  }

  @Test func `draws in the configured theme, and --theme goes before it`() throws {
    let home = try TestHome()
    try home.write(Self.redDraft, to: ".config/patter/themes/mine.yaml")
    try home.write("theme: mine\n", to: Self.place)
    #expect(try draftColor([], home: home) == .indexed(1))
    #expect(try draftColor(["--theme", "patter-dark"], home: home) != .indexed(1))
  }

  @Test(arguments: [
    ("model: openai/chosen", [], "chosen"),
    ("model: openai/chosen", ["-m", "openai/other"], "other"),
    ("fallback: {careful: [openai/first, ollama/second]}", ["-m", "careful"], "first"),
    ("model: fast\npools: {fast: [openai/first, ollama/second]}", [], "first"),
  ])
  func `asks the model that is named`(
    yaml: String, arguments: [String], name: String
  ) throws {
    let home = try TestHome()
    try home.write(yaml, to: Self.place)
    let server = try LoopbackServer(.reply("All is well."))
    let chat = try Journey(with: server, model: nil, arguments: arguments, home: home)
    try chat.ask("hi")
    try chat.see("All is well.")
    try chat.seeIdle()
    #expect(try #require(server.chatBody(1)).contains("\"\(name)\""))
    try chat.leave()
  }

  @Test func `gives a silent reply up when the configuration says so`() throws {
    let home = try TestHome()
    try home.write("idle: {silence: 3 s}\n", to: Self.place)
    let server = try LoopbackServer(.held("Half a thought"))
    let chat = try Journey(with: server, home: home)
    try chat.ask("hi")
    try chat.see("Half a thought")
    // The default would let it live for longer than the test waits.
    try chat.seeSentence("fell silent for 3 s")
    #expect(server.sawClose(ofChat: 1))
    try chat.seeIdle()
    try chat.leave()
  }

  @Test func `the guide says where the configuration stands`() throws {
    let chat = try Journey(with: nil, columns: 120)
    try chat.ask("Where is my configuration?")
    try chat.seeSentence("\(chat.home.path)/\(Self.place): the configuration, as YAML")
    try chat.leave()
  }

  @Test func `a chain on the command line that is written wrong is told with its mistakes`() throws
  {
    let home = try TestHome()
    try home.write("fallback: {careful: []}", to: Self.place)
    let chat = try Journey(
      BuiltProgram.path("patter"), ["-m", "careful"], home: home, rows: 60, columns: 100)
    #expect(try chat.patter.waitForExit() == .exited(2))
    let text = chat.picture.sentences
    #expect(text.contains("config.yaml:1:21: The chain 'careful' has no models"))
    #expect(text.contains("patter: -m: 'careful' is neither a model"))
  }
}

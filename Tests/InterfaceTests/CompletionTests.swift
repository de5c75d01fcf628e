import Chat
import Terminal
import Testing

@testable import Interface

@Suite struct `What a slash command may become` {
  private let commands = SlashCommands([
    SlashCommand("help", aliases: ["keys"], argument: "[COMMAND]", values: .command, .help, "h"),
    SlashCommand("model", argument: "[PROVIDER/NAME]", values: .model, .model, "m"),
    SlashCommand("models", .models, "ms"),
    SlashCommand("think", argument: "LEVEL", values: .effort, .usage, "t"),
    SlashCommand("theme", argument: "[NAME]", values: .theme, .theme, "th"),
    SlashCommand("search", argument: "[WORDS]", .search, "s"),
    SlashCommand("copy", argument: "[N, or all]", values: .copy, .copy, "c"),
    SlashCommand("quit", aliases: ["exit", "q"], .quit, "leave"),
  ])

  private func completion(
    _ line: String, _ listed: ListedValues = ListedValues(), blocks: [String] = []
  ) -> Completion? {
    Completion(
      line,
      Completion.Tables(commands: commands, keys: .standard, listed: listed) { blocks })
  }

  private func lines(_ completion: Completion?) -> [String]? { completion?.rows.map(\.line) }

  private var listed: ListedValues {
    var listed = ListedValues()
    listed.models = []
    listed.take(
      ModelList(
        id: "o", name: "O",
        items: [PickerItem("o/large", details: ["8k", ""]), PickerItem("o/mini")], state: .listed))
    listed.hasAskedForThemes = true
    listed.take(ThemeList(items: [PickerItem("nord"), PickerItem("monochrome")], inUse: "nord"))
    return listed
  }

  @Test func `shows all commands behind a slash, as they stand in the table`() {
    #expect(lines(completion("/")) == commands.commands.map { "/\($0.name)" })
  }

  @Test func `shows those that begin so, then those with such an alias, in any case`() {
    #expect(lines(completion("/M")) == ["/model", "/models"])
    #expect(lines(completion("/e")) == ["/quit"])
    #expect(lines(completion("/K")) == ["/help"])
  }

  @Test func `shows by their letters those of which none begins so`() {
    #expect(lines(completion("/mdl")) == ["/model", "/models"])
    #expect(lines(completion("/zzz")) == [])
  }

  @Test(arguments: ["", "x", "//help", "/etc/hosts", "/unknown x", "x /help"])
  func `shows nothing where there is no command`(line: String) {
    #expect(completion(line) == nil)
  }

  @Test func `says of a command its argument, its aliases and its key`() throws {
    let row = try #require(completion("/quit")?.rows.first)
    #expect(row.name == "/quit")
    #expect(row.help == "leave (also /exit, /q, Ctrl-D)")
    #expect(completion("/model")?.rows.first?.name == "/model [PROVIDER/NAME]")
  }

  @Test func `knows what its rows have in common`() {
    #expect(completion("/th")?.commonBeginning == "/th")
    #expect(completion("/mo")?.commonBeginning == "/model")
    #expect(completion("/mdl")?.commonBeginning == nil)
    #expect(completion("/MO")?.commonBeginning == "/model")
  }

  @Test func `completes an argument with what its kind has`() {
    #expect(
      lines(completion("/think "))
        == ["default", "off", "minimal", "low", "medium", "high", "max"].map { "/think \($0)" })
    #expect(lines(completion("/help th")) == ["/help think", "/help theme"])
    #expect(
      lines(completion("/copy ", blocks: ["let a", "b"])) == ["/copy all", "/copy 1", "/copy 2"])
    #expect(lines(completion("/theme ", listed)) == ["/theme nord", "/theme monochrome"])
    #expect(lines(completion("/model ", listed)) == ["/model o/large", "/model o/mini"])
    #expect(completion("/model ", listed)?.rows.first?.help == "8k")
  }

  @Test func `values that begin so come before those that only have the letters`() {
    #expect(lines(completion("/theme  mo", listed)) == ["/theme  monochrome"])
    #expect(lines(completion("/theme no", listed)) == ["/theme nord", "/theme monochrome"])
    #expect(completion("/theme no", listed)?.commonBeginning == "/theme nord")
  }

  @Test func `says what may follow where there is nothing to choose from`() {
    #expect(completion("/search ")?.note == "/search [WORDS]: s")
    #expect(completion("/models ")?.note == "/models takes nothing behind it.")
    #expect(completion("/theme zzz", listed)?.note == "No theme has these letters.")
    #expect(
      completion("/model x/y", listed)?.note
        == "None is listed by this name. It is asked as it is written.")
    var looking = ListedValues()
    looking.models = []
    looking.take(ModelList(id: "o", name: "O", items: [], state: .looking))
    #expect(completion("/model ", looking)?.note == "O: looking …")
  }

  @Test func `looks at no more values than there is time for`() {
    var listed = ListedValues()
    listed.models = []
    let items = (0..<10_000).map { PickerItem("p/\($0)") }
    listed.take(ModelList(id: "p", name: "P", items: items, state: .listed))
    #expect(completion("/model ", listed)?.rows.count == Completion.valueLimit)
  }

  @Test func `what can be done as it stands is whole`() {
    func isWhole(_ line: String) -> Bool? { completion(line)?.rows.first?.isWhole }
    #expect(isWhole("/quit") == true)
    #expect(isWhole("/model") == true)
    #expect(isWhole("/think") == false)
    #expect(isWhole("/think lo") == true)
  }
}

@Suite struct `The rows over a slash command` {
  private let list = ModelList(
    id: "a", name: "A",
    items: [PickerItem("a/large"), PickerItem("a/mini"), PickerItem("a/miniature")],
    state: .listed)

  /// The draft, and which row is chosen.
  private func state(_ app: App) -> [String] {
    let completing = app.shownCompletion
    let chosen = completing?.chosen.flatMap { completing?.completion.rows[$0].line }
    return [app.composer.text, chosen ?? (completing == nil ? "closed" : "none")]
  }

  private func writing(_ text: String) -> App {
    var app = readyApp()
    app.type(text)
    return app
  }

  @Test func `Tab writes what all have in common, and then row after row`() {
    var app = writing("/t")
    app.press("tab")
    #expect(state(app) == ["/think", "/think"])
    app.press("tab")
    #expect(state(app) == ["/tree", "/tree"])
    app.press("tab")
    #expect(state(app) == ["/theme", "/theme"])
    app.press("tab", "tab")
    #expect(state(app) == ["/think", "/think"])
    app.press("shift-tab")
    #expect(state(app) == ["/trace", "/trace"])
    app.press("ctrl-u")
    app.type("/the")
    app.press("tab")
    #expect(state(app) == ["/theme ", "none"])
  }

  @Test func `undo takes back what Tab wrote`() {
    var app = writing("/the")
    app.press("tab", "ctrl-_")
    #expect(app.composer.text == "/the")
  }

  @Test func `Up and Down choose a row, none past the ends, and write nothing`() {
    var app = writing("/tra")
    app.press("down")
    #expect(state(app) == ["/tra", "/trace"])
    app.press("down")
    #expect(state(app) == ["/tra", "none"])
    app.press("up")
    #expect(state(app) == ["/tra", "/trace"])
    app = writing("/t")
    app.press("up", "up")
    #expect(state(app) == ["/t", "/theme"])
  }

  @Test func `Enter does the row that was chosen, and without a choice what is written`() {
    var app = writing("/t")
    app.press("up", "enter")
    if case .trace = app.overlay {} else { Issue.record("no trace") }
    #expect(app.composer.isEmpty)
    app = writing("/tra")
    app.press("enter")
    #expect(app.composer.text == "/tra")
    #expect(app.notice?.text.contains("Did you mean /trace?") == true)
    app = writing("/theme no")
    #expect(app.press("enter") == [.useTheme("no")])
  }

  @Test func `Enter on a row that needs more writes it and a blank`() {
    let commands = SlashCommands([SlashCommand("note", argument: "TEXT", .search, "n")])
    var app = App(
      chats: readyApp().chats, answering: .ready(place: "a test"), commands: commands)
    app.type("/")
    app.press("down", "enter")
    #expect(state(app) == ["/note ", "none"])
    #expect(app.search == nil)
  }

  @Test func `letters go on into the draft and forget the choice`() {
    var app = writing("/")
    app.press("down", "down")
    app.type("th")
    #expect(state(app) == ["/th", "none"])
  }

  @Test func `Esc closes them until the draft changes, and stops no reply`() {
    var app = readyApp()
    app.send("hi")
    app.type("/th")
    #expect(app.press("esc") == [])
    #expect(app.shownCompletion == nil)
    #expect(app.store.generation != .idle)
    app.type("e")
    #expect(app.shownCompletion != nil)
    app.press("esc")
    #expect(app.press("esc", at: origin.advanced(byMilliseconds: 900)).count == 1)
    #expect(app.composer.text == "/the")
  }

  @Test func `Tab opens them again`() {
    var app = writing("/t")
    app.press("esc", "tab")
    #expect(state(app) == ["/t", "none"])
  }

  @Test func `Up and Down go through earlier prompts where the draft is no command`() {
    var app = readyApp()
    app.send("hi")
    app.press("up")
    #expect(app.composer.text == "hi")
  }

  @Test func `an earlier command that was gone back to leaves Up and Down to the others`() {
    var app = readyApp()
    app.send("first")
    app.send("/copy")
    app.press("up")
    #expect(state(app) == ["/copy", "closed"])
    app.press("up")
    #expect(app.composer.text == "first")
    app.press("down", "backspace")
    #expect(state(app) == ["/cop", "none"])
  }

  @Test func `models are asked for once, and only when the name of one is written`() {
    var app = readyApp()
    func effects(_ text: String) -> [AppEffect] {
      text.flatMap { app.handle(.input(.key(KeyPress(.character($0)))), at: origin).effects }
    }
    #expect(effects("/model") == [])
    #expect(effects(" ") == [.listModels])
    #expect(effects("a/") == [])
    #expect(app.handle(.modelsListed(list), at: origin).paint == .soon)
    #expect(
      app.shownCompletion?.completion.rows.map(\.name) == ["a/large", "a/mini", "a/miniature"])
    app.press("ctrl-u")
    #expect(effects("/model mi") == [])
    app.press("tab")
    #expect(state(app)[0] == "/model a/mini")
    app.press("ctrl-u")
    #expect(effects("/theme x") == [.listThemes])
  }

  @Test func `a list that comes moves nothing under a choice`() {
    var app = writing("/model ")
    app.handle(.modelsListed(list), at: origin)
    app.press("down", "down")
    let before = app.shownCompletion
    let more = ModelList(id: "0", name: "0", items: [PickerItem("0/zero")], state: .listed)
    app.handle(.modelsListed(more), at: origin)
    #expect(app.shownCompletion == before)
    #expect(app.press("enter") == [.findModel("a/mini")])
  }

  @Test func `no value that nobody knows is needed: a name is asked as it is written`() {
    var app = writing("/model b/new")
    #expect(app.press("enter") == [.findModel("b/new")])
  }

  @Test func `something else that has the keys hides them`() {
    var app = writing("/t")
    for key in ["f1", "alt-m", "ctrl-s", "f3"] {
      app.press(key)
      #expect(app.shownCompletion == nil, "\(key)")
      app.press("esc")
      #expect(app.shownCompletion != nil, "\(key)")
    }
  }

  @Test func `help says what one command does`() {
    var app = readyApp()
    app.send("/help theme")
    #expect(app.notice?.text.hasPrefix("/theme [NAME]: ") == true)
    #expect(app.overlay == nil)
    app.send("/help /thmee")
    #expect(app.notice?.text == "There is no command /thmee. Did you mean /theme?")
  }

  // MARK: - Pictures

  private func stage(_ text: String, rows: Int, columns: Int) -> Stage {
    var app = readyApp()
    app.send("hi")
    app.hear(1, .text((1...40).map { "line \($0)" }.joined(separator: "\n\n")))
    app.type(text)
    return Stage(app, rows: rows, columns: columns)
  }

  @Test func `stand over the end of the transcript, which does not move`() {
    var stage = stage("", rows: 24, columns: 80)
    stage.app.press("pageup")
    let before = stage.picture
    stage.app.type("/tra")
    stage.app.press("down")
    let after = stage.picture
    #expect(after[..<20] == before[..<20])
    #expect(
      Array(after[20...22]) == [
        "  /trace  show what became of each stream: ending, first token, deltas",
        "  ────────────────────────────────────────────────────────────────────────────",
        "  › /tra",
      ])
    stage.app.press("esc")
    #expect(stage.picture[..<22] == before[..<22])
  }

  @Test(arguments: [
    (
      24, 80,
      [
        "  /help [COMMAND]           show keys and commands, or what one command does …",
        "  /keys                     show the keys as they are bound (also F1)",
        "  /new                      begin a new conversation; this one stays open (al…",
        "  /conversations            list the conversations, to go to one (also Alt-G)",
        "  /model [PROVIDER/NAME]    ask this model from now on; without a name, pick …",
        "  /models                   pick the model that answers (also Alt-M)",
      ]
    ),
    (
      12, 40,
      [
        "  /help [COMMAND]     show keys and c…", "  /keys               show the keys a…",
        "  /new                begin a new con…",
      ]
    ),
    (8, 20, ["/help [COMMAND]"]),
  ])
  func `are the ones that were looked at`(rows: Int, columns: Int, shown: [String]) {
    var stage = Stage(readyApp(), rows: rows, columns: columns)
    stage.app.type("/")
    let end = rows - 3
    #expect(Array(stage.picture[(end - shown.count)..<end]) == shown)
  }

  @Test func `a click chooses a row, and a click on the chosen one does it`() {
    var stage = stage("/t", rows: 24, columns: 80)
    stage.draw()
    func click(_ row: Int) {
      stage.app.handle(.input(.click(Position(row: row, column: 9))), at: origin)
      stage.draw()
    }
    click(20)
    #expect(state(stage.app) == ["/t", "/trace"])
    click(19)
    #expect(state(stage.app) == ["/t", "/theme"])
    click(20)
    click(20)
    if case .trace = stage.app.overlay {} else { Issue.record("no trace") }
  }

  @Test func `are six at the most, and more come with the choice`() {
    var stage = stage("/", rows: 24, columns: 80)
    #expect(stage.picture[15].contains("/help"))
    stage.app.press("up")
    let picture = stage.picture
    #expect(picture[20].contains("/quit"))
    #expect(!picture[14].contains("/"))
  }

  @Test func `stand above a notice of several rows`() {
    var stage = stage("/tr", rows: 24, columns: 40)
    stage.app.press("enter")
    #expect(
      Array(stage.picture[17...22]) == [
        "  /tree   show the conversation as a …", "  /trace  show what became of each st…",
        "  There is no command /tr. Did you", "  mean /r? To send it as it is, write",
        "  //tr.", "  › /tr",
      ])
  }

  @Test(arguments: [0, 1, 2, 3, 5, 6, 8, 14], [0, 1, 3, 9, 25, 80, 200])
  func `fit on every screen`(rows: Int, columns: Int) {
    for line in ["/", "/model x", "/search ", "/日"] {
      var stage = stage(line, rows: rows, columns: columns)
      for key in ["down", "tab", "shift-tab", "up", "esc", "tab"] {
        stage.app.press(key)
        let frame = stage.draw()
        #expect(frame.rows.count == rows)
        #expect(frame.rows.allSatisfy { $0.count == columns })
      }
    }
  }

  @Test func `names from outside are shown as text`() {
    var stage = stage("/model ", rows: 24, columns: 60)
    let long = "a/\u{1B}[31m" + String(repeating: "日", count: 3_000)
    stage.app.handle(
      .modelsListed(ModelList(id: "a", name: "A", items: [PickerItem(long)], state: .listed)),
      at: origin)
    #expect(stage.picture[20].hasPrefix("  a/␛[31m日"))
    #expect(stage.picture[20].hasSuffix("日…"))
  }
}

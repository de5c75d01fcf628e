// The questions that connect a model, step by step.

import Chat
import Terminal
import Testing

@testable import Interface

/// The screen with some who may answer.
func connecting() -> App {
  var app = readyApp()
  app.handle(.setup(.offered), at: origin)
  app.handle(
    .setup(
      .providers(
        [
          SetupOffer(
            id: "anthropic", name: "Anthropic", detail: "ANTHROPIC_API_KEY is set",
            isReady: true, needsKey: true, variable: "ANTHROPIC_API_KEY"),
          SetupOffer(
            id: "ollama", name: "Ollama", detail: "at 127.0.0.1:11434, 3 models", isReady: true),
          SetupOffer(
            id: "mistral", name: "Mistral", detail: "needs a key", needsKey: true,
            variable: "MISTRAL_API_KEY"),
          SetupOffer(
            id: "azure", name: "Azure", detail: "needs an address and a key", needsKey: true,
            asksAddress: true),
          SetupOffer(
            id: "lmstudio", name: "LM Studio", detail: "in config.yaml", isReady: true,
            address: "http://127.0.0.1:1/v1", asksAddress: true),
        ], isLooking: false)), at: origin)
  return app
}

extension App {
  fileprivate var setup: Setup? {
    if case .setup(let setup) = overlay { setup } else { nil }
  }

  @discardableResult
  fileprivate mutating func tell(_ event: SetupEvent, at now: Instant = origin) -> [AppEffect] {
    handle(.setup(event), at: now).effects
  }

  /// Goes to the model of somebody who takes a key.
  fileprivate mutating func writeKey() {
    press("down", "down", "enter")
    tell(.keyWritten(.hidden(count: 51, end: "wxyz"), fault: nil))
    press("enter")
  }

  /// Goes to the test of a model.
  fileprivate mutating func chooseModel() {
    press("enter")
    tell(.models([PickerItem("large"), PickerItem("mini")]))
    press("down", "enter")
  }
}

extension Stage {
  fileprivate func shows(_ words: String) -> Bool {
    var stage = self
    return stage.picture.contains { $0.contains(words) }
  }
}

@Suite struct `Connecting a model` {
  private let ready = SetupTrial(provider: "anthropic")

  @Test func `comes by itself on an empty page, and not over what somebody writes`() {
    #expect(connecting().setup?.step == .provider)
    var app = readyApp()
    app.type("he")
    #expect(app.tell(.offered) == [])
    #expect(app.overlay == nil)
    var asked = readyApp()
    asked.send("hi")
    asked.tell(.offered)
    #expect(asked.overlay == nil)
  }

  @Test func `comes back with a command`() {
    var app = readyApp()
    #expect(app.send("/setup") == [.setup(.lookAround)])
    #expect(app.setup?.step == .provider)
  }

  @Test(arguments: ["esc", "ctrl-c"])
  func `one key skips all of it, and says how it comes back`(key: String) {
    var app = connecting()
    #expect(app.press(key) == [.setup(.end)])
    #expect(app.overlay == nil)
    #expect(key == "ctrl-c" || app.notice?.text.contains("/setup") == true)
  }

  @Test func `its last row skips it too`() {
    var app = connecting()
    app.press("end")
    #expect(app.press("enter") == [.setup(.end)])
    #expect(app.overlay == nil)
  }

  @Test func `a slash begins a command, and other letters find a provider`() {
    var app = connecting()
    #expect(app.press("/") == [.setup(.end)])
    #expect(app.composer.text == "/")
    var other = connecting()
    other.type("mis")
    #expect(other.setup?.providers.selected?.id == "mistral")
    #expect(other.composer.isEmpty)
  }

  @Test func `what is selected stays where somebody has moved, and is the first before`() {
    var app = readyApp()
    app.send("/setup")
    app.tell(.providers([SetupOffer(id: "a", name: "A")], isLooking: true))
    let found = [SetupOffer(id: "b", name: "B"), SetupOffer(id: "a", name: "A")]
    var moved = app
    moved.press("down", "up")
    app.tell(.providers(found, isLooking: false))
    moved.tell(.providers(found, isLooking: false))
    #expect(app.setup?.providers.selected?.id == "b")
    #expect(moved.setup?.providers.selected?.id == "a")
  }

  @Test func `who can be asked as it is, is asked for models at once`() {
    var app = connecting()
    #expect(app.press("enter") == [.setup(.end), .setup(.listModels(ready))])
    #expect(app.setup?.step == .model)
  }

  @Test func `seconds are counted while somebody is asked`() {
    var app = connecting()
    app.press("enter")
    #expect(app.deadline(after: later(2_300)) == later(3_000))
    app.tell(.models([PickerItem("m")]))
    #expect(app.deadline(after: later(2_300)) == nil)
  }

  @Test func `a key is asked for where there is none, and an address before it`() {
    var app = connecting()
    app.press("down", "down", "enter")
    #expect(app.setup?.step == .key)
    var azure = connecting()
    azure.press("down", "down", "down", "enter")
    #expect(azure.setup?.step == .address)
    azure.type("http://h")
    #expect(azure.press("enter") == [])
    #expect(azure.setup?.step == .key)
  }

  @Test func `no key is no way on where one is needed`() {
    var app = connecting()
    app.press("down", "down", "enter")
    #expect(app.press("enter") == [])
    #expect(app.setup?.fault?.contains("$MISTRAL_API_KEY") == true)
    app.tell(.keyWritten(.variable("NONE", isSet: false), fault: nil))
    #expect(app.press("enter") == [])
    #expect(app.setup?.fault == "NONE is not set where Patter was started.")
    app.tell(.keyWritten(.hidden(count: 3, end: ""), fault: "No."))
    #expect(app.press("enter") == [])
    #expect(app.setup?.fault == "No.")
  }

  @Test func `what is written as a key belongs to whoever hears the keyboard`() {
    let letter = TerminalInput.key(KeyPress(.character("s")))
    var app = connecting()
    #expect(app.keyEdit(for: letter) == nil)
    #expect(app.keyEdit(for: .paste("sk-x")) == .discard)
    app.press("down", "down", "enter")
    #expect(app.keyEdit(for: letter) == .type("s"))
    #expect(app.keyEdit(for: .paste("sk-x")) == .type("sk-x"))
    #expect(app.keyEdit(for: .key(KeyPress(.backspace))) == .deleteBackward)
    #expect(app.keyEdit(for: .key(KeyPress(.character("u"), .control))) == .deleteAll)
    for key in [KeyPress(.enter), KeyPress(.escape), KeyPress(.character("c"), .control)] {
      #expect(app.keyEdit(for: .key(key)) == nil)
    }
    #expect(readyApp().keyEdit(for: .paste("sk-x")) == nil)
    var azure = connecting()
    azure.press("down", "down", "down", "enter")
    #expect(azure.keyEdit(for: .paste("sk-x")) == .discard)
    #expect(azure.keyEdit(for: .paste("https://h")) == nil)
    azure.tell(.pastedEarly)
    #expect(azure.setup?.fault?.contains("A key is asked for later") == true)
    azure.handle(.input(.paste(" https://h\n")), at: origin)
    #expect(azure.setup?.address == "https://h")
  }

  @Test func `a key that is refused is asked for again, with what the server said`() {
    var app = connecting()
    app.writeKey()
    #expect(app.setup?.trial == SetupTrial(provider: "mistral", key: .written))
    app.tell(.modelsFailed("No such key (401).", isKeyRefused: true))
    #expect(app.setup?.step == .key)
    #expect(app.setup?.fault == "No such key (401).")
    #expect(app.setup?.key == .hidden(count: 51, end: "wxyz"))
    app.press("esc")
    #expect(app.setup?.step == .provider)
  }

  @Test func `a key that is known and refused can be replaced by another one`() {
    var app = connecting()
    app.press("enter")
    app.tell(.modelsFailed("No such key (401).", isKeyRefused: true))
    #expect(app.setup?.step == .key)
    app.tell(.keyWritten(.variable("OTHER", isSet: true), fault: nil))
    #expect(
      app.press("enter")
        == [.setup(.listModels(SetupTrial(provider: "anthropic", key: .variable("OTHER"))))])
  }

  @Test func `a key that was written for one provider is not kept for another`() {
    var app = connecting()
    app.writeKey()
    app.press("esc")
    app.press("esc", at: later(100))
    app.press("up", at: later(200))
    #expect(app.press("enter", at: later(300)).first == .setup(.end))
    #expect(app.setup?.key == .empty)
  }

  @Test func `a model may be named where there is no list`() {
    var app = connecting()
    app.press("enter")
    app.tell(.modelsFailed("Nobody is there.", isKeyRefused: false))
    app.type("mine")
    #expect(app.press("enter") == [.setup(.stop)])
    #expect(app.setup?.model == "mine")
  }

  @Test func `an address that nobody answers at is asked for again, filled in`() {
    var app = connecting()
    app.press("down", "down", "down", "down")
    let known = SetupTrial(provider: "lmstudio")
    #expect(app.press("enter").last == .setup(.listModels(known)))
    app.tell(.modelsFailed("Nobody is there.", isKeyRefused: false, isUnreachable: true))
    #expect(app.setup?.step == .address)
    #expect(app.setup?.address == "http://127.0.0.1:1/v1")
    #expect(app.setup?.fault == "Nobody is there.")
    #expect(app.press("enter") == [.setup(.listModels(known))])
    // The second time a model may be named all the same.
    app.tell(.modelsFailed("Nobody is there.", isKeyRefused: false, isUnreachable: true))
    #expect(app.setup?.step == .model)
    #expect(app.setup?.listing == .failed("Nobody is there."))
    app.press("esc")
    #expect(app.setup?.step == .address)
    app.press("backspace")
    #expect(
      app.press("enter")
        == [.setup(.listModels(SetupTrial(provider: "lmstudio", address: "http://127.0.0.1:1/v")))])
    app.tell(.modelsFailed("Nobody is there.", isKeyRefused: false, isUnreachable: true))
    #expect(app.setup?.step == .address)
    app.press("esc", at: later(1_000))
    #expect(app.setup?.step == .provider)
  }

  @Test func `an address is no name of a model`() {
    var app = connecting()
    app.press("enter")
    app.tell(.modelsFailed("Nobody is there.", isKeyRefused: false))
    app.type("HTTP://h/v1")
    #expect(app.press("enter") == [])
    #expect(app.setup?.step == .model)
    #expect(Stage(app, rows: 24, columns: 80).shows("This is an address."))
    app.press("backspace")
    #expect(app.setup?.fault == nil)
  }

  @Test func `Enter asks once more where there is no list and no name`() {
    var app = connecting()
    app.press("enter")
    #expect(app.press("enter") == [])
    app.tell(.modelsFailed("Nobody is there.", isKeyRefused: false))
    #expect(Stage(app, rows: 24, columns: 80).shows("Enter asks again"))
    #expect(app.press("enter") == [.setup(.listModels(ready))])
    #expect(app.setup?.listing == .asked(since: origin))
    #expect(!Stage(app, rows: 24, columns: 80).shows("Enter chooses"))
    app.press("esc")
    #expect(app.setup?.step == .provider)
  }

  @Test func `a list that comes too late changes nothing`() {
    var app = connecting()
    app.press("enter", "esc")
    let before = app
    app.tell(.models([PickerItem("m")]))
    app.tell(.modelsFailed("No.", isKeyRefused: true))
    #expect(app == before)
  }

  // MARK: - The test

  @Test func `nothing is sent before Enter, and Enter sends it once`() {
    var app = connecting()
    app.chooseModel()
    #expect(app.setup?.step == .test)
    let sent = AppEffect.setup(.test(ready, model: "mini", prompt: Setup.prompt))
    #expect(app.press("enter") == [sent])
    #expect(app.press("enter") == [])
    app.tell(.answered(.text("Hel")), at: later(400))
    #expect(app.press("enter") == [])
  }

  @Test func `shows how soon and how fast the model answered`() {
    var app = connecting()
    app.chooseModel()
    app.press("enter")
    app.tell(.answered(.started(model: "m")), at: later(100))
    app.tell(.answered(.text("Hello")), at: later(400))
    app.tell(.answered(.usage(Usage(outputTokens: 30))), at: later(1_400))
    app.tell(.answered(.completed(.stop)), at: later(1_400))
    #expect(app.setup?.speed == "first token after 0.4 s, 30 tokens/s")
    app.press("r", at: later(2_000))
    #expect(app.setup?.test == .asked(since: later(2_000)))
    #expect(app.setup?.reply == "")
  }

  @Test func `Esc while it runs closes it and goes back`() {
    var app = connecting()
    app.chooseModel()
    app.press("enter")
    #expect(app.press("esc") == [.setup(.stop)])
    #expect(app.setup?.step == .model)
    app.tell(.answered(.text("late")))
    #expect(app.setup?.reply == "")
  }

  @Test func `a test that fails says why, and a refused key leads back to the key`() {
    var app = connecting()
    app.chooseModel()
    app.press("enter")
    app.tell(.answered(.failed(StreamFailure(.serverFailed, "It failed."))))
    #expect(app.setup?.test == .failed("It failed."))
    app.press("enter")
    app.tell(.answered(.failed(StreamFailure(.unauthorized, "No such key."))))
    #expect(app.setup?.step == .key)
    #expect(app.setup?.fault == "No such key.")
  }

  @Test func `a reply without words is no success`() {
    var app = connecting()
    app.chooseModel()
    app.press("enter")
    app.tell(.answered(.completed(.stop)))
    guard case .failed? = app.setup?.test else {
      Issue.record("the test has succeeded")
      return
    }
  }

  @Test func `seconds are counted while a model thinks and says nothing`() {
    var app = connecting()
    app.chooseModel()
    app.press("enter")
    app.tell(.answered(.thinking("Hm")), at: later(1_000))
    #expect(app.deadline(after: later(3_500)) == later(4_000))
    var stage = Stage(app, rows: 24, columns: 80)
    stage.now = later(4_000)
    #expect(stage.shows("It thinks … 3 s"))
    app.tell(.answered(.text("Hello")), at: later(5_000))
    #expect(app.deadline(after: later(5_500)) == nil)
    #expect(!Stage(app, rows: 24, columns: 80).shows("It thinks"))
  }

  @Test func `a reply that is longer than is shown is ended there`() {
    var app = connecting()
    app.chooseModel()
    app.press("enter")
    #expect(app.tell(.answered(.text(String(repeating: "a", count: 1_999)))) == [])
    #expect(app.tell(.answered(.text("bcd")), at: later(400)) == [.setup(.stop)])
    #expect(app.tell(.answered(.text("e"))) == [])
    #expect(app.setup?.test == .done(since: origin, first: origin, ended: later(400)))
    #expect(app.press("enter") == [.setup(.plan(ready, model: "mini"))])
  }

  @Test func `a reply is shown up to a length`() {
    var app = connecting()
    app.chooseModel()
    app.press("enter")
    app.tell(.answered(.text(String(repeating: "a", count: 5_000))))
    app.tell(.answered(.text("more")))
    #expect(app.setup?.reply.count == Setup.replyLimit)
  }

  // MARK: - Saving

  @Test func `nothing is written before its plan was shown and Enter pressed`() {
    var app = connecting()
    app.chooseModel()
    #expect(app.press("s") == [.setup(.plan(ready, model: "mini"))])
    #expect(app.press("enter") == [])
    app.tell(.planned(SetupPlan(files: [])))
    #expect(app.press("enter") == [.setup(.save(ready, model: "mini"))])
    #expect(app.press("enter") == [])
    #expect(app.tell(.saved("m answers.")) == [.setup(.end)])
    #expect(app.overlay == nil)
    #expect(app.notice?.text == "m answers.")
  }

  @Test func `what cannot be written is said, and nothing is asked for`() {
    var app = connecting()
    app.chooseModel()
    app.press("s")
    app.tell(.planned(SetupPlan(files: [], refusal: "It is broken.")))
    #expect(app.press("enter") == [.setup(.end)])
  }

  @Test func `a file that could not be written can be tried again`() {
    var app = connecting()
    app.chooseModel()
    app.press("s")
    app.tell(.planned(SetupPlan(files: [])))
    app.press("enter")
    app.tell(.saveFailed("The disk is full."))
    #expect(app.press("enter") == [.setup(.save(ready, model: "mini"))])
  }

  @Test func `whatever closes the screen ends the trial`() {
    var app = connecting()
    app.writeKey()
    #expect(app.handle(.terminate, at: origin).effects.contains(.quit))
    var other = connecting()
    other.ask(Confirmation("Leave?", yes: "leaves", no: "stays", .leave))
    #expect(other.overlay?.isSetup == false)
  }

  // MARK: - How it looks

  /// The screen at each step.
  private static var steps: [(name: String, app: App)] {
    var steps: [(String, App)] = []
    var looking = readyApp()
    looking.send("/setup")
    looking.tell(
      .providers([SetupOffer(id: "a", name: "A", detail: "needs a key")], isLooking: true))
    steps.append(("looking", looking))
    var app = connecting()
    steps.append(("provider", app))
    var azure = app
    azure.press("down", "down", "down", "enter")
    azure.type("https://my-resource.example.org")
    steps.append(("address", azure))
    app.press("down", "down", "enter")
    steps.append(("key", app))
    app.tell(.keyWritten(.hidden(count: 51, end: "wxyz"), fault: nil))
    app.press("enter")
    steps.append(("listing", app))
    var refused = app
    refused.tell(
      .modelsFailed("Mistral does not accept the key (401: Unauthorized).", isKeyRefused: true))
    steps.append(("refused", refused))
    var unreachable = app
    unreachable.tell(
      .modelsFailed("Mistral cannot be reached: no such host api.mistral.ai.", isKeyRefused: false))
    steps.append(("unreachable", unreachable))
    app.tell(
      .models([
        PickerItem("large", details: ["128k", "$2.00 in", "$6.00 out"]),
        PickerItem("small", details: ["32k", "$0.10 in", "$0.30 out"]),
      ]))
    steps.append(("models", app))
    app.press("enter")
    steps.append(("test", app))
    app.press("enter")
    app.tell(.answered(.text("Hello! I am glad that you are here.")), at: later(400))
    steps.append(("answering", app))
    app.tell(.answered(.usage(Usage(outputTokens: 30))), at: later(1_400))
    app.tell(.answered(.completed(.stop)), at: later(1_400))
    steps.append(("answered", app))
    app.press("enter")
    app.tell(
      .planned(
        SetupPlan(
          files: [
            SetupPlan.File(
              path: "~/.config/patter/config.yaml",
              lines: [
                "model: mistral/large", "providers:", "  mistral:",
                "    apiKeyFile: ~/.config/patter/keys/mistral",
              ]),
            SetupPlan.File(
              path: "~/.config/patter/keys/mistral", lines: ["the key, for you alone to read"]),
          ], notes: ["MISTRAL_API_KEY is set and goes before what is written here: unset it."])))
    steps.append(("save", app))
    app.tell(.planned(SetupPlan(files: [], refusal: "config.yaml:2:1: no YAML.")))
    steps.append(("stuck", app))
    return steps
  }

  @Test(arguments: [(24, 80), (20, 60), (10, 40)], WholeScreenTests.themes.indices)
  func `looks as somebody looked at it`(size: (rows: Int, columns: Int), theme: Int) {
    let (name, theme) = WholeScreenTests.themes[theme]
    let pictures = Self.steps.map { step in
      var stage = Stage(step.app, rows: size.rows, columns: size.columns)
      stage.theme = theme
      stage.now = later(3_000)
      return "\(step.name)\n" + StyledPicture(stage.draw(), theme: theme).text
    }
    let text = pictures.joined(separator: "\n")
    #expect(StyledPicture.kept(text, "setup, \(size.columns)x\(size.rows) \(name)") == text)
  }

  @Test(arguments: [(8, 20), (6, 20), (10, 40), (5, 80)])
  func `says on any screen what Enter does`(rows: Int, columns: Int) {
    let hints = [
      "test": "Enter sends it", "answered": "Enter goes on", "save": "Enter writes this",
      "stuck": "Enter closes this",
    ]
    for step in Self.steps {
      guard let hint = hints[step.name] else { continue }
      var stage = Stage(step.app, rows: rows, columns: columns)
      for key in ["pageup", "home", "down", "end"] {
        let words = stage.picture.joined(separator: " ").split(separator: " ")
        #expect(words.joined(separator: " ").contains(hint), "\(step.name) before \(key)")
        stage.app.press(key)
      }
    }
  }

  @Test func `shows as much of a plan as there is room for above what Enter does`() throws {
    let step = try #require(Self.steps.first { $0.name == "save" })
    var stage = Stage(step.app, rows: 8, columns: 20)
    #expect(
      stage.picture == [
        "  model:", "  mistral/large", "  providers:", "Enter writes this,", "Esc goes back.",
        "────────────────────", "› Ask something", " m · ↓ 12  Esc back",
      ])
    stage.app.press("home")
    #expect(stage.picture.first == "Save large")
    stage.app.press("end")
    #expect(
      stage.picture == [
        "set and goes before", "what is written", "here: unset it.", "Enter writes this,",
        "Esc goes back.", "────────────────────", "› Ask something", " m    Esc goes back",
      ])
  }

  @Test func `a plan begins with its lines on a screen that has become smaller, too`() throws {
    let step = try #require(Self.steps.first { $0.name == "save" })
    var stage = Stage(step.app, rows: 24, columns: 80)
    stage.draw()
    var smaller = Stage(stage.app, rows: 8, columns: 20)
    #expect(smaller.picture.first == "  model:")
  }

  @Test(arguments: [(12, 40), (8, 20)])
  func `says on the first screen what Enter does, whatever the model is called`(
    rows: Int, columns: Int
  ) {
    var app = connecting()
    app.handle(
      .modelFound(
        Route(ModelID(provider: "test", name: "a-model-of-a-long-name")), place: "a test"),
      at: origin)
    var stage = Stage(app, rows: rows, columns: columns)
    #expect(stage.picture.last?.contains("Enter chooses") == true)
  }

  @Test func `a list that failed says why, and how to go on, in all the rows there are`() throws {
    let step = try #require(Self.steps.first { $0.name == "unreachable" })
    for (rows, columns, words) in [(12, 40, "Enter alone asks again."), (8, 20, "no such host")] {
      var stage = Stage(step.app, rows: rows, columns: columns)
      let text = stage.picture.joined(separator: " ").split(separator: " ").joined(separator: " ")
      #expect(text.contains(words), "\(text)")
    }
  }

  @Test func `fits any screen`() {
    for step in Self.steps {
      for (rows, columns) in [(1, 1), (2, 3), (3, 10), (5, 20), (7, 200)] {
        var stage = Stage(step.app, rows: rows, columns: columns)
        #expect(stage.picture.count == rows)
        stage.app.press("pageup", "pagedown", "home", "end", "up", "down")
        stage.draw()
      }
    }
  }
}

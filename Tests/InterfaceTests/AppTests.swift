import Chat
import Interface
import Terminal
import Testing

let origin = Instant(uptimeNanoseconds: 0)

/// An app that knows its models, with nothing said yet.
func readyApp(_ settings: ChatSettings = ChatSettings(), models: [String] = ["m"]) -> App {
  let ids = MessageIDSource(seed: MessageID(high: 1, low: 2))
  let models = models.map { ModelID(provider: "test", name: $0) }
  let route = models.count > 1 ? Route("careful", .chain, models) : nil
  let store = ChatStore(route: route ?? Route(models[0]), settings: settings, messageIDs: ids)
  return App(chats: Conversations(store), answering: .ready(place: "a test"))
}

func later(_ milliseconds: Int64) -> Instant { origin.advanced(byMilliseconds: milliseconds) }

extension App {
  /// Takes in an event, on a disk that is always quick; the effects without the saves.
  @discardableResult
  mutating func take(_ event: AppEvent, at now: Instant = origin) -> Response {
    var response = handle(event, at: now)
    var effects = response.effects[...]
    response.effects = []
    while let effect = effects.popFirst() {
      if case .chat(.save(let conversation, let message)) = effect {
        effects += handle(.saved(conversation, message.id), at: now).effects
      } else {
        response.effects.append(effect)
      }
    }
    return response
  }

  /// Presses keys by their names.
  @discardableResult
  mutating func press(_ names: String..., at now: Instant = origin) -> [AppEffect] {
    names.flatMap { name in
      guard let key = KeyPress(name) else { preconditionFailure("\(name) is no key") }
      return take(.input(.key(key)), at: now).effects
    }
  }

  mutating func type(_ text: String) {
    for character in text { handle(.input(.key(KeyPress(.character(character)))), at: origin) }
  }

  @discardableResult
  mutating func send(_ text: String) -> [AppEffect] {
    type(text)
    return press("enter")
  }

  @discardableResult
  mutating func hear(_ stream: UInt64, _ event: StreamEvent, at now: Instant = origin) -> Paint {
    take(.stream(StreamID(stream), event), at: now).paint
  }
}

private func names(_ effects: [AppEffect]) -> [String] {
  effects.map { effect in
    switch effect {
    case .chat(.start(let id, _)): "start \(id.number)"
    case .chat(.abort(let id)): "abort \(id.number)"
    case .chat(.save(_, let message)): "save \(message.role)"
    case .findModel(let name): "find \(name ?? "any")"
    case .findRacers(let names): "find \(names.joined(separator: " and "))"
    case .listModels: "list models"
    case .listThemes: "list themes"
    case .previewTheme(let name): "preview \(name ?? "nothing")"
    case .useTheme(let name): "use \(name)"
    case .copy(_, let what): "copy \(what)"
    case .openEditor(let draft): "edit \(draft)"
    case .ring: "ring"
    case .notify(let sentence): "notify \(sentence)"
    case .captureMouse(let isCaptured): isCaptured ? "take the mouse" : "give the mouse"
    case .redraw: "redraw"
    case .suspend: "suspend"
    case .quit: "quit"
    case .listOwnTexts(let kind): "list \(kind.word)s"
    case .usePreset(let name): "use the preset \(name)"
    case .useSnippet(let name): "use the snippet \(name)"
    case .files(.list(let folder)): "list \(folder)"
    case .files(.inspect(_, let paths, _)): "inspect \(paths.joined(separator: ", "))"
    case .files(.read(_, let paths, _)): "read \(paths.joined(separator: ", "))"
    case .files(.stop): "stop files"
    case .setup(let effect): "\(effect)"
    }
  }
}

@Suite struct `Esc` {
  @Test func `stops the reply while it is waited for and while it streams`() {
    var app = readyApp()
    app.send("one")
    #expect(names(app.press("esc")) == ["abort 1"])
    app.send("two")
    app.hear(2, .text("x"))
    #expect(names(app.press("esc")) == ["abort 2"])
    #expect(app.store.generation == .idle)
  }

  @Test func `stops the reply wherever the page is scrolled`() {
    var app = readyApp()
    app.send("one")
    app.hear(1, .text("x"))
    let rows = Viewport.Rows(content: 100, visible: 10, top: 90)
    app.handle(.laidOut(ScreenView.Layout(transcript: rows)), at: origin)
    app.press("pageup", "pageup")
    #expect(app.viewport.mode == .hold(top: 74))
    #expect(names(app.press("esc")) == ["abort 1"])
    #expect(app.viewport.mode == .hold(top: 74))
  }

  @Test func `closes an overlay first and leaves the reply alone`() {
    var app = readyApp()
    app.send("one")
    app.press("f1")
    #expect(app.overlay == .help(.atTop))
    #expect(app.press("esc") == [])
    #expect(app.overlay == nil)
    #expect(app.store.generation != .idle)
    #expect(names(app.press("esc", at: later(100))) == ["abort 1"])
  }

  @Test func `does nothing when idle and keeps the draft`() {
    var app = readyApp()
    app.type("draft")
    #expect(app.press("esc", "esc") == [])
    #expect(app.composer.text == "draft")
  }
}

@Suite struct `Ctrl-C` {
  @Test func `stops the reply, then clears the draft, then quits on the second press`() {
    var app = readyApp()
    app.send("one")
    app.type("draft")
    #expect(names(app.press("ctrl-c")) == ["abort 1"])
    #expect(app.composer.text == "draft")
    #expect(app.press("ctrl-c") == [])
    #expect(app.composer.isEmpty)
    #expect(app.press("ctrl-c") == [])
    #expect(app.notice?.text == "Press Ctrl-C again to quit.")
    #expect(names(app.press("ctrl-c")) == ["quit"])
  }

  @Test func `keeps the cleared draft for recall`() {
    var app = readyApp()
    app.type("ten minutes of writing")
    app.press("ctrl-c", "up")
    #expect(app.composer.text == "ten minutes of writing")
  }

  @Test func `is disarmed by any other key`() {
    var app = readyApp()
    app.press("ctrl-c", "left")
    #expect(app.press("ctrl-c") == [])
  }
}

@Suite struct `Sending` {
  @Test func `while a reply is live aborts it before the new stream starts`() {
    var app = readyApp()
    app.send("one")
    app.hear(1, .text("partial"))
    #expect(names(app.send("two")) == ["abort 1", "start 2"])
    #expect(app.hear(1, .text("stale")) == .never)
    app.hear(2, .text("fresh"))
    let texts = app.store.conversation.path.map { app.store.conversation[$0].text }
    #expect(texts == ["one", "partial", "two", "fresh"])
  }

  @Test func `an empty draft does nothing`() {
    var app = readyApp()
    #expect(app.press("enter") == [])
    app.type("   ")
    #expect(app.press("enter") == [])
  }

  @Test func `typing while deltas arrive loses nothing`() {
    var app = readyApp()
    app.send("one")
    for character in "the next prompt" {
      app.hear(1, .text("delta "))
      app.type(String(character))
      app.hear(1, .text("delta "))
    }
    #expect(app.composer.text == "the next prompt")
  }

  @Test func `a line of its own by Ctrl-J and Alt-Enter`() {
    var app = readyApp()
    app.type("a")
    app.press("ctrl-j")
    app.type("b")
    app.press("alt-enter")
    app.type("c")
    app.press("enter")
    #expect(app.store.conversation[app.store.conversation.path[0]].text == "a\nb\nc")
  }

  @Test func `a paste is one piece and is not sent by its line ends`() {
    var app = readyApp()
    let response = app.handle(.input(.paste("one\ntwo\n")), at: origin)
    #expect(response.effects == [])
    #expect(app.composer.text == "one\ntwo\n")
  }

  @Test func `retry sends the last prompt again and replaces a live reply to it`() {
    var app = readyApp()
    #expect(app.press("alt-r") == [])
    #expect(app.notice != nil)
    app.send("one")
    #expect(names(app.press("alt-r")) == ["abort 1", "start 2"])
    app.hear(2, .failed(StreamFailure(.truncated, "cut")))
    #expect(names(app.press("f5")) == ["start 3"])
    #expect(names(app.send("/retry")) == ["abort 3", "start 4"])
  }
}

@Suite struct `While nobody knows who answers` {
  private func lookingApp() -> App {
    let ids = MessageIDSource(seed: MessageID(high: 1, low: 2))
    let store = ChatStore(route: Route(ModelID(provider: "guide", name: "guide")), messageIDs: ids)
    return App(chats: Conversations(store), answering: .looking)
  }

  @Test func `a prompt waits and goes to the model that is found`() {
    var app = lookingApp()
    #expect(app.send("hello") == [])
    #expect(app.heldPrompt == "hello")
    let model = ModelID(provider: "ollama", name: "llama")
    let effects = app.take(.modelFound(Route(model), place: "Ollama"), at: origin).effects
    guard case .chat(.start(_, let outgoing)) = effects.first else {
      Issue.record("nothing was started: \(effects)")
      return
    }
    #expect(outgoing.model == model)
    #expect(app.heldPrompt == nil)
  }

  @Test func `Esc takes the prompt back into the draft`() {
    var app = lookingApp()
    app.send("hello")
    app.press("esc")
    #expect(app.heldPrompt == nil)
    #expect(app.composer.text == "hello")
  }

  @Test func `sending again says that nobody answers yet, and looks again when nobody did`() {
    var app = lookingApp()
    app.take(.modelFound(Route(ModelID(provider: "ollama", name: "x")), place: "a"), at: origin)
    app.send("one")
    app.press("esc")
    app.handle(.modelMissing("Nobody answers."), at: origin)
    #expect(names(app.press("alt-r")) == ["find any"])
    #expect(app.press("alt-r") == [])
    #expect(app.notice?.text.contains("still looking") == true)
  }

  @Test func `a prompt from the command line waits as one from the composer does`() {
    var app = lookingApp()
    #expect(app.take(.prompt("hello"), at: origin).effects == [])
    #expect(app.heldPrompt == "hello")
  }

  @Test func `a model that is refused leaves the one before in its place`() {
    var app = readyApp()
    app.send("/model nope/x")
    app.handle(.modelRefused("There is no provider “nope”."), at: origin)
    #expect(app.answering == .ready(place: "a test"))
    #expect(app.notice?.kind == .error)
  }

  @Test func `the prompt comes back when nothing is found, and Enter looks again`() {
    var app = lookingApp()
    app.send("hello")
    app.handle(.modelMissing("Nobody answers."), at: origin)
    #expect(app.composer.text == "hello")
    #expect(app.notice == Notice("Nobody answers.", kind: .error))
    #expect(names(app.press("enter")) == ["find any"])
    #expect(app.heldPrompt == "hello")
  }
}

@Suite struct `Slash commands` {
  @Test func `an unknown one keeps the draft and says what was meant`() {
    var app = readyApp()
    #expect(app.send("/retyr") == [])
    #expect(app.composer.text == "/retyr")
    #expect(app.notice?.text.contains("Did you mean /retry?") == true)
  }

  @Test func `two slashes send one, and a path is a prompt`() {
    let commands = SlashCommands.standard
    #expect(commands.read("//help me") == .prompt("/help me"))
    #expect(commands.read("/etc/hosts has") == .prompt("/etc/hosts has"))
    #expect(commands.read("/ alone") == .prompt("/ alone"))
    #expect(commands.read("/MODEL  a/b ") == .command(.model, argument: "a/b"))
  }

  @Test func `are one line, and take nothing where nothing is asked for`() {
    let commands = SlashCommands.standard
    #expect(commands.read("/quit\nis what I typed") == .prompt("/quit\nis what I typed"))
    #expect(commands.read("/quit \n") == .command(.quit, argument: ""))
    guard case .unknown = commands.read("/quit now") else {
      Issue.record("/quit took an argument")
      return
    }
  }

  @Test func `do what their rows say`() {
    var app = readyApp()
    app.send("/help")
    #expect(app.overlay == .help(.atTop))
    app.press("esc")
    #expect(names(app.send("/model ollama/x")) == ["find ollama/x"])
    #expect(app.send("/model") == [.listModels])
    app.press("esc")
    app.send("one")
    #expect(names(app.send("/stop")) == ["abort 1"])
    app.send("two")
    #expect(names(app.send("/quit")) == ["abort 2", "quit"])
  }

  @Test func `no name stands twice`() {
    let names = SlashCommands.standard.commands.flatMap { [$0.name] + $0.aliases }
    #expect(Set(names).count == names.count)
  }
}

@Suite struct `Keys` {
  @Test func `no key is bound twice in one place, and every action has a row and a name`() {
    for (place, rows) in Dictionary(grouping: KeyMap.standard.bindings, by: \.place) {
      let keys = rows.flatMap(\.keys)
      #expect(Set(keys).count == keys.count, "\(place)")
    }
    #expect(Set(KeyMap.standard.bindings.map(\.action)) == Set(Action.allCases))
    #expect(Set(Action.allCases.map(\.name)).count == Action.allCases.count)
  }

  @Test func `a narrower place goes before a wider one`() {
    let keys = KeyMap([
      KeyBinding("f9", in: .anywhere, .help, ""), KeyBinding("f9", in: .draft, .text(.undo), ""),
      KeyBinding("f9", in: .emptyDraft, .quit, ""),
    ])
    let key = KeyPress(.function(9))
    #expect(keys.action(for: key, in: .anywhere) == .help)
    #expect(keys.action(for: key, in: .draft) == .text(.undo))
    #expect(keys.action(for: key, in: .emptyDraft) == .quit)
  }

  @Test func `a question mark opens the help on an empty draft only`() {
    var app = readyApp()
    app.type("?")
    #expect(app.overlay == .help(.atTop))
    app.press("esc")
    app.type("a?")
    #expect(app.composer.text == "a?")
    #expect(app.overlay == nil)
  }

  @Test func `a letter closes the help and is written, and so is an edit`() {
    var app = readyApp()
    app.press("f1")
    app.type("LOST")
    #expect(app.overlay == nil)
    #expect(app.composer.text == "LOST")
    app.press("f1", "backspace")
    #expect(app.overlay == nil)
    #expect(app.composer.text == "LOS")
    app.press("f1")
    app.press("ctrl-u", "f1", "?")
    #expect(app.overlay == nil)
    #expect(app.composer.isEmpty)
  }

  @Test func `Ctrl-D quits on an empty draft and deletes in another; Delete never quits`() {
    var app = readyApp()
    app.type("ab")
    app.press("home")
    #expect(app.press("ctrl-d") == [])
    #expect(app.composer.text == "b")
    app.press("delete")
    #expect(app.press("delete") == [])
    #expect(names(app.press("ctrl-d")) == ["quit"])
  }

  @Test func `quitting closes a live stream first`() {
    var app = readyApp()
    app.send("one")
    #expect(names(app.press("ctrl-d")) == ["abort 1", "quit"])
    app.send("two")
    #expect(names(app.take(.terminate, at: origin).effects) == ["abort 2", "quit"])
  }
}

@Suite struct `What is painted` {
  @Test func `keys, the first delta and the end at once, other deltas with the next frame`() {
    var app = readyApp()
    app.send("one")
    #expect(app.hear(1, .started(model: nil)) == .soon)
    #expect(app.hear(1, .text("a")) == .now)
    #expect(app.hear(1, .text("b")) == .soon)
    #expect(app.hear(1, .usage(Usage())) == .soon)
    #expect(app.hear(1, .completed(.stop)) == .now)
    #expect(app.hear(1, .text("late")) == .never)
  }

  @Test func `nothing changes by itself when no reply is live, and each second when one is`() {
    var app = readyApp()
    #expect(app.deadline(after: origin) == nil)
    app.send("one")
    #expect(app.deadline(after: origin) == origin.advanced(byMilliseconds: 1000))
    let later = origin.advanced(byMilliseconds: 2500)
    #expect(app.deadline(after: later) == origin.advanced(byMilliseconds: 3000))
    app.press("esc")
    #expect(app.deadline(after: later) == nil)
  }
}

@Suite struct `The viewport` {
  @Test func `holds its first row while rows are added at the end and follows again there`() {
    var view = Viewport()
    view.measured(Viewport.Rows(content: 50, visible: 10, top: 40))
    view.scroll(by: -5)
    #expect(view.mode == .hold(top: 35))
    view.measured(Viewport.Rows(content: 84, visible: 10, top: 35))
    #expect(view.top == 35)
    view.scroll(by: 1000)
    #expect(view.mode == .follow)
  }

  @Test func `does not hold what fits`() {
    var view = Viewport()
    view.measured(Viewport.Rows(content: 5, visible: 10, top: 0))
    view.scroll(by: -3)
    view.scrollToTop()
    #expect(view.mode == .follow)
  }

  @Test func `follows again when everything has come into view`() {
    var view = Viewport()
    view.measured(Viewport.Rows(content: 50, visible: 10, top: 40))
    view.scrollToTop()
    view.measured(Viewport.Rows(content: 50, visible: 60, top: 0))
    #expect(view.mode == .follow)
  }
}

// The configuration, saved while the program runs.

import Glibc
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct ReloadJourneyTests {
  private static let place = ".config/patter/config.yaml"

  @Test func `a save while a reply streams disturbs neither that nor the draft`() throws {
    let server = try LoopbackServer(.reply([.words("Hel"), .gate("go on"), .words("lo")]))
    let home = try TestHome.configured("send: queue\n")
    let chat = try Journey(with: server, home: home)
    try chat.ask("hi")
    try chat.see("Hel")
    try chat.draft("unsent")
    try home.write("send: block\nkeys: {details: f9}\nretry: {retries: 1}\n", to: Self.place)
    try chat.see("config.yaml: keys, retry, send.")
    #expect(chat.picture.shows("› unsent"))
    server.open(gate: "go on")
    try chat.see("Hello")
    try chat.seeIdle()
    #expect(server.requests.count == 1)
    #expect(chat.picture.shows("→ 2 tokens"))
    chat.press(.function(9))
    try chat.seeNo("→ 2 tokens")
    try chat.quitWithDraft()
  }

  @Test func `a file that is made only later is taken over, its folder with it`() throws {
    let home = try TestHome()
    let chat = try Journey(with: nil, home: home)
    try home.write("editing: vi\n", to: Self.place)
    try chat.see("config.yaml: editing.")
    try chat.leave()
  }

  @Test func `an editor that writes another file and a link that leads elsewhere are heard`() throws
  {
    let home = try TestHome()
    try home.write("send: queue\n", to: "dotfiles/config.yaml")
    try home.write("", to: ".config/patter/themes/none")
    #expect(
      symlink("\(home.path)/dotfiles/config.yaml", "\(home.path)/\(Self.place)") == 0)
    let chat = try Journey(with: nil, home: home)
    for word in ["block", "replace"] {
      try home.write("send: \(word)\nparallelStreams: \(word.count)\n", to: "dotfiles/new")
      #expect(
        rename("\(home.path)/dotfiles/new", "\(home.path)/dotfiles/config.yaml") == 0)
      try chat.see("config.yaml: send, parallelStreams.")
      chat.press(.escape)
      try chat.seeNo("config.yaml")
    }
    try chat.leave()
  }

  @Test
  func `what is wrong is told, what is right counts, and a file that is none changes nothing`()
    throws
  {
    let home = try TestHome.configured("send: queue\n")
    let chat = try Journey(with: nil, home: home)
    try home.write("send: sideways\neditng: vi\nnotify: bell\n", to: Self.place)
    try chat.seeSentence("config.yaml:1:7: 'send' cannot be 'sideways'")
    try chat.seeSentence("config.yaml:2:1: 'editng' is not known; did you mean 'editing'?")
    try chat.seeSentence("config.yaml: send, notify.")
    try home.write("send: [\n", to: Self.place)
    try chat.seeSentence("config.yaml:2:1:")
    try chat.seeSentence("What counted before still does.")
    try home.write("notify: bell\n", to: Self.place)
    try chat.see("config.yaml is right again.")
    try chat.leave()
  }

  @Test func `a file that is gone is told, and changes nothing until it is there again`() throws {
    let home = try TestHome.configured("send: queue\n")
    let chat = try Journey(with: nil, home: home)
    #expect(unlink("\(home.path)/\(Self.place)") == 0)
    try chat.seeSentence(
      "config.yaml is gone. What counted before still does until the next start.")
    try home.write("send: queue\n", to: Self.place)
    try chat.see("config.yaml is right again.")
    try chat.leave()
  }

  @Test func `whoever is configured now takes the place of the guide`() throws {
    let server = try LoopbackServer(.reply("Hello"))
    let home = try TestHome()
    let chat = try Journey(with: nil, home: home)
    try chat.see("The built-in guide answers")
    try home.write(
      """
      providers:
        work: {type: openai, baseURL: "http://127.0.0.1:\(server.port)/v1"}
      model: work/test

      """, to: Self.place)
    try chat.waitUntil("who answers now") { $0.statusLine.contains("test · work at 127.0.0.1") }
    try chat.ask("hi")
    try chat.see("Hello")
    try chat.seeIdle()
    // It is gone now, and the conversation still asks it: a sentence, and no end of the program.
    try home.write("model: guide/guide\n", to: Self.place)
    try chat.seeSentence("config.yaml: providers, model (in new conversations).")
    try chat.ask("again")
    try chat.seeSentence("There is no provider “work”.")
    try chat.ask("/new")
    try chat.waitUntil("who answers there") { $0.statusLine.contains("guide") }
    try chat.leave()
  }

  @Test func `where a model runs now is said in conversations out of view, too`() throws {
    let home = try TestHome.configured(
      "model: ollama/test\nproviders: {ollama: {baseURL: http://127.0.0.1:1}}\n")
    let chat = try Journey(with: nil, home: home)
    try chat.waitUntil("who answers") { $0.statusLine.contains("test · Ollama at 127.0.0.1:1 ") }
    chat.press(.function(4))
    try chat.ask("/model guide/guide")
    try chat.waitUntil("who answers there") { $0.statusLine.contains("guide · built in") }
    try home.write(
      "model: ollama/test\nproviders: {ollama: {baseURL: http://127.0.0.1:2}}\n", to: Self.place)
    try chat.seeSentence("config.yaml: providers.")
    try chat.ask("/close")
    try chat.waitUntil("where it runs now") {
      $0.statusLine.contains("test · Ollama at 127.0.0.1:2 ")
    }
    try chat.leave()
  }

  @Test func `where a model runs is said again once a bad save is mended`() throws {
    func written(_ address: String) -> String {
      "model: work/test\nproviders: {work: {type: openai, baseURL: \"\(address)\"}}\n"
    }
    let home = try TestHome.configured(written("http://127.0.0.1:1/v1"))
    let chat = try Journey(with: nil, home: home)
    try chat.waitUntil("who answers") { $0.statusLine.contains("test · work at 127.0.0.1:1 ") }
    try home.write(written("htp://127.0.0.1:1/v1"), to: Self.place)
    try chat.waitUntil("that nobody knows where") {
      !$0.statusLine.contains("work at") && $0.statusLine.contains("test")
    }
    try home.write(written("http://localhost:1/v1"), to: Self.place)
    try chat.waitUntil("where it runs now") {
      $0.statusLine.contains("test · work at localhost:1 ")
    }
    try chat.leave()
  }

  @Test func `that an address can be read on its way is told at the start, and not at each save`()
    throws
  {
    let yaml = "model: guide/guide\nproviders: {ollama: {baseURL: http://gate.example.org}}\n"
    let home = try TestHome.configured(yaml)
    let chat = try Journey(with: nil, home: home)
    try chat.seeSentence("can read prompts and replies.")
    try home.write(yaml + "send: block\n", to: Self.place)
    try chat.see("config.yaml: send.")
    #expect(!chat.picture.shows("plain http"))
    try chat.leave()
  }

  @Test func `the command line stays before what is saved, and so do the variables`() throws {
    let home = try TestHome.configured("theme: patter-dark\n")
    let chat = try Journey(
      with: nil, arguments: ["-s", "Mine."], variables: ["PATTER_THEME": "patter-light"], home: home
    )
    try home.write("theme: patter-light\nsystem: Theirs.\nsend: queue\n", to: Self.place)
    try chat.see("config.yaml: send.")
    try chat.leave()
  }

  @Test func `a theme for each background is drawn, and another one from the save on`() throws {
    let home = try TestHome.configured("theme: {dark: aa-red, light: patter-light}\n")
    for color in ["red", "green"] {
      try home.write(
        "appearance: dark\nfaces: {composer: \(color)}\n",
        to: ".config/patter/themes/aa-\(color).yaml")
    }
    let chat = try Journey(with: nil, home: home)
    try chat.draft("draft")
    #expect(chat.draftColor == .indexed(1))
    try home.write("theme: {dark: aa-green}\n", to: Self.place)
    try chat.waitUntil("a green draft") { _ in chat.draftColor == .indexed(2) }
    try chat.quitWithDraft()
  }

  @Test func `what is shown from the start can be configured`() throws {
    let server = try LoopbackServer(.reply("Hello"))
    let home = try TestHome.configured("view: {details: false, mouse: false}\n")
    let chat = try Journey(with: server, home: home)
    try chat.ask("hi")
    try chat.see("Hello")
    try chat.seeIdle()
    #expect(!chat.picture.shows("→ 2 tokens"))
    try home.write("view: {details: true, mouse: false}\n", to: Self.place)
    try chat.see("config.yaml: view.")
    try chat.see("→ 2 tokens")
    #expect(chat.written.contains("\u{1B}[?1000l"))
    try chat.leave()
  }
}

extension Journey {
  /// The colour of the first letter of the draft.
  fileprivate var draftColor: PictureCell.Color? {
    guard let row = picture.row(of: "› draft") else { return nil }
    return picture.cell(row: row, column: 4).foreground
  }
}

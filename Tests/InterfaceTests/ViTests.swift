// vi's way to edit, beside what Bash's readline says, and where drafts have more than readline's one line.

import Chat
import Support
import Terminal
import Testing

@testable import Interface

extension Composer {
  /// A composer that edits as vi does.
  static var likeVi: Composer {
    var composer = Composer()
    composer.editing = .vi
    return composer
  }

  mutating func press(_ keys: String) {
    for key in ViScript.keys(keys) {
      switch key {
      case .letter("\n"): perform(.newline)
      case .letter(let letter): type(letter)
      case .escape: _ = escape()
      case .backspace: perform(.deleteBackward)
      }
    }
  }

  /// The text with a mark where the cursor is.
  var marked: String {
    let before = Array(elements[..<cursor])
    return before.text + String(ViScript.mark) + elements[cursor...].text
  }

  /// What comes of keys in command mode behind a text.
  static func marked(_ start: String, _ keys: String) -> String {
    var composer = Composer.likeVi
    composer.press(start + "<Esc>" + keys)
    return composer.marked
  }
}

@Suite struct `Vi` {
  @Test(arguments: ViScriptTable.all)
  func `does on one line what readline does`(table: ViScriptTable) {
    var composer = Composer.likeVi
    for script in table.scripts {
      composer.press(script.start + "<Esc>" + script.keys + "<Esc>")
      #expect(composer.marked == script.expected, "\(script)")
      _ = composer.take()
    }
  }
}

@Suite struct `Vi, otherwise than readline` {
  @Test(arguments: [
    // What is not there leaves everything as it is.
    ("abcabc", "0cfzx", "‸bcabc"), ("abcabc", "0ctzx", "‸bcabc"), ("(a", "0l%x", "‸("),
    ("abc", "0c%x", "‸bc"),
    // What is replaced is not cut.
    ("abc def", "0dwrXp", "Xabc‸ ef"), ("abc def", "0dw~p", "Deabc‸ f"),
    // A command is one step.
    ("one two", "0dw2pu", "t‸wo"), ("aBc", "03~u", "a‸Bc"),
    // Undo goes back to the beginning.
    ("abc", "u", "‸"), ("abc", "xuu", "‸"),
    // All that was typed is written again.
    ("one two", "0wCxy<Esc>0.", "x‸y"), ("abc", "0ixy<BS>z<Esc>$.", "xzabx‸zc"),
    ("abc", "0i123456789012345678901234567890<Esc>u", "‸abc"),
    // A letter of any script is a letter.
    ("schöne Grüße", "0wx", "schöne ‸rüße"), ("日本 x", "0w", "日本 ‸x"),
    ("e\u{301}👩‍💻x", "0lx", "e\u{301}‸x"),
    // `U` goes back to what was typed before Esc for the first time.
    ("abc", "xxU", "‸abc"),
    // Keys that mean nothing write nothing.
    ("abc", "zQ#@&*=_mv\\`ngG", "ab‸c"),
  ])
  func `does what a draft wants`(start: String, keys: String, expected: String) {
    #expect(Composer.marked(start, keys) == expected)
  }

  @Test func `types nothing in command mode, whatever is typed`() {
    var composer = Composer.likeVi
    composer.press("one<Esc>")
    for letter in "zZqQnNmgvV#@&*=_\\`/?\"'!:<>[]{}()" {
      composer.type(letter)
      #expect(composer.text == "one", "\(letter)")
    }
  }
}

@Suite struct `Vi on several lines` {
  @Test(arguments: [
    ("one\ntwo", "0", "one\n‸two"), ("one\ntwo", "hhhhh", "one\n‸two"),
    ("one\ntwo", "k", "on‸e\ntwo"),
    ("one\ntwo", "k$", "on‸e\ntwo"), ("one\ntwo", "k9l", "on‸e\ntwo"),
    ("one\ntwo", "k0j", "one\n‸two"),
    ("one\ntwo six", "k0w", "one\n‸two six"), ("one\ntwo", "0b", "‸one\ntwo"),
    ("one\ntwo", "k0dw", "‸\ntwo"), ("one\ntwo", "k0d2w", "‸\ntwo"), ("one\ntwo", "k0de", "‸\ntwo"),
    ("one\ntwo", "kD", "o‸n\ntwo"), ("one\ntwo", "k0D", "‸\ntwo"), ("one\ntwo", "k9x", "o‸n\ntwo"),
    ("one\ntwo", "dd", "‸one"), ("one\ntwo", "kdd", "‸two"), ("a\nb\nc", "kk2dd", "‸c"),
    ("a\nb\nc", "kk9dd", "‸"), ("a\nb\nc", "kddp", "a\nc\n‸b"), ("a\nb\nc", "kddP", "a\n‸b\nc"),
    ("a\nb", "yyp", "a\nb\n‸b"), ("a\nb", "yyP", "a\n‸b\nb"), ("a\nb", "kyy2p", "a\n‸a\na\nb"),
    ("one\ntwo", "kccX<Esc>", "‸X\ntwo"), ("one\ntwo", "kSX<Esc>", "‸X\ntwo"),
    ("one\ntwo", "kAX<Esc>", "one‸X\ntwo"), ("one\ntwo", "IX<Esc>", "one\n‸Xtwo"),
    ("one\ntwo", "k0fo", "‸one\ntwo"), ("f(\nx)", "%", "f‸(\nx)"),
    ("one\n\ntwo", "kx", "one\n‸\ntwo"),
    ("one\ntwo", "k0RXYZW<Esc>", "XYZ‸W\ntwo"), ("one\ntwo", "k0dj", "‸one\ntwo"),
    ("one\ntwo", "5k", "on‸e\ntwo"), ("one\ntwo", "kddu", "one\n‸two"),
  ])
  func `keeps to the line, and moves over all of them`(
    start: String, keys: String, expected: String
  ) {
    #expect(Composer.marked(start, keys) == expected)
  }

  @Test func `takes a folded paste for one letter`() {
    let paste = String(repeating: "line\n", count: 12)
    var composer = Composer.likeVi
    composer.press("a ")
    composer.paste(paste)
    composer.press(" b<Esc>0wx")
    #expect(composer.text == "a  b")
    composer.press("p")
    #expect(composer.text == "a  \(paste)b")
  }

  @Test func `goes to earlier prompts and back`() {
    var composer = Composer.likeVi
    for prompt in ["first", "second"] {
      composer.press(prompt)
      composer.clear()
    }
    composer.press("third<Esc>k")
    #expect(composer.marked == "‸second")
    composer.press("9k")
    #expect(composer.marked == "‸first")
    composer.press("9j")
    #expect(composer.marked == "‸third")
  }

  @Test(arguments: 1...40)
  func `whatever is pressed, the cursor stays inside, and undo goes back to the beginning`(
    seed: UInt64
  ) {
    var random = Seeded(state: seed)
    let letters = Array("hlwbeWBE0^$|%;,fFtTdcyDCYSsxXpPrR~iaIAu.jk2 a(b)\nüz")
    var composer = Composer.likeVi
    composer.press("one (two) three\n\nfoo_bar, baz; [qux]\nlast")
    for step in 0..<400 {
      switch Int.random(in: 0..<12, using: &random) {
      case 0, 1: _ = composer.escape()
      case 2: composer.perform(.deleteBackward)
      case 3 where step % 3 == 0:
        composer.perform(TextEdit.allCases.randomElement(using: &random) ?? .left)
      case 4 where step % 20 == 0: composer.paste(String(repeating: "p\n", count: 12))
      default: composer.type(letters.randomElement(using: &random) ?? "h")
      }
      #expect((0...composer.elements.count).contains(composer.cursor))
    }
    _ = composer.escape()
    composer.press("999999u")
    #expect(composer.isEmpty)
  }
}

@Suite struct `Vi in the chat` {
  private func viApp() -> App {
    let ids = MessageIDSource(seed: MessageID(high: 1, low: 2))
    let store = ChatStore(route: Route(ModelID(provider: "test", name: "m")), messageIDs: ids)
    return App(
      chats: Conversations(store), answering: .ready(place: "a test"), editing: .vi)
  }

  @Test func `Esc leaves insert mode, and stops a live reply with the same press`() {
    var app = viApp()
    app.send("one")
    app.type("draft")
    #expect(app.store.generation != .idle)
    app.press("esc")
    #expect(app.store.generation == .idle)
    #expect(app.composer.vi?.typedCommand == "")
    #expect(app.composer.cursor == 4)
  }

  @Test func `Esc closes an overlay first, and insert mode goes on`() {
    var app = viApp()
    app.press("f1", "esc")
    #expect(app.overlay == nil)
    #expect(app.composer.vi?.typedCommand == nil)
  }

  @Test func `Enter sends from command mode, and the next draft begins in insert mode`() {
    var app = viApp()
    app.type("one")
    app.press("esc")
    app.press("enter")
    #expect(app.store.conversation.lastPrompt != nil)
    app.type("two")
    #expect(app.composer.text == "two")
  }

  @Test func `a question mark on an empty draft is help, and letters type nothing`() {
    var app = viApp()
    app.press("esc")
    app.type("xdw/")
    #expect(app.composer.isEmpty)
    app.type("?")
    #expect(app.overlay == .help(.atTop))
  }

  @Test func `a slash looks for an earlier prompt, but not in the middle of a command`() {
    var app = viApp()
    app.send("find me")
    app.press("esc")
    app.type("d/")
    #expect(app.overlay == nil)
    app.type("/")
    #expect(app.overlay?.isPicker == true)
    app.press("enter")
    #expect(app.composer.text == "find me")
  }

  @Test func `a key that types nothing ends a command`() {
    var app = viApp()
    app.type("one two")
    app.press("esc")
    app.type("2d")
    #expect(app.composer.vi?.typedCommand == "2d")
    app.press("left")
    #expect(app.composer.vi?.typedCommand == "")
    app.type("x")
    #expect(app.composer.text == "one to")
  }

  @Test func `a paste in command mode goes in at the cursor, which stays on a letter`() {
    var app = viApp()
    app.type("ab")
    app.press("esc")
    app.handle(.input(.paste("XY")), at: origin)
    #expect(app.composer.marked == "aXY‸b")
    app.press("end")
    #expect(app.composer.marked == "aXY‸b")
  }

  @Test func `the status line names the mode and what is typed of a command, where there is room`()
  {
    var stage = Stage(viApp(), rows: 10, columns: 80)
    stage.app.press("esc")
    #expect(stage.picture.last?.contains("command mode") == true)
    stage.app.type("2d")
    #expect(stage.picture.last?.contains("command mode 2d") == true)
    stage.size = Size(rows: 10, columns: 12)
    #expect(stage.picture.last?.contains("comm") == false)
    stage.size = Size(rows: 10, columns: 80)
    stage.app.type("di")
    #expect(stage.picture.last?.contains("command mode") == false)
  }
}

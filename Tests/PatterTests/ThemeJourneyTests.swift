// Themes on a terminal: looked at, chosen, edited while they are in use.

import Glibc
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct ThemeJourneyTests {
  private static let themes = ".config/patter/themes"

  /// A theme whose draft and text have this colour.
  private static func theme(_ color: String, title: String = "Mine") -> String {
    "name: \(title)\nappearance: dark\nfaces: {text: \(color), composer: \(color)}\n"
  }

  private static let red = PictureCell.Color.indexed(1)
  private static let green = PictureCell.Color.indexed(2)

  /// A home with two themes of its own.
  private static func home() throws -> TestHome {
    let home = try TestHome()
    try home.write(theme("red"), to: "\(themes)/aa-red.yaml")
    try home.write(theme("green", title: "Verdant"), to: "\(themes)/aa-green.yaml")
    return home
  }

  // MARK: - /theme

  @Test func `a preview is drawn at once, a reply goes on in it, and Esc puts back what was`()
    throws
  {
    let server = try LoopbackServer(.reply([.words("Hel"), .gate("go on"), .words("lo")]))
    let chat = try Journey(with: server, home: try Self.home())
    try chat.ask("hi")
    try chat.see("Hel")
    let before = try #require(chat.color(of: "Hel"))
    try chat.ask("/theme")
    try chat.see("● patter-dark")
    chat.type("verdantgreen")
    try chat.see("None has these letters.")
    chat.press(.control("u"))
    chat.type("aa-gr")
    try chat.waitUntil("the reply in green") { $0.color(of: "Hel") == Self.green }
    server.open(gate: "go on")
    try chat.waitUntil("the rest in green") { $0.color(of: "Hello") == Self.green }
    chat.press(.escape)
    try chat.waitUntil("the colour from before") { $0.color(of: "Hello") == before }
    try chat.seeNo("aa-green")
    try chat.leave()
  }

  @Test func `Enter keeps a theme and says how to have it for good`() throws {
    let chat = try Journey(with: nil, home: try Self.home())
    try chat.ask("/theme")
    try chat.see("● patter-dark")
    chat.press(.home)
    chat.press(.enter)
    try chat.seeSentence(
      "Drawn in Verdant; theme: aa-green in config.yaml keeps it.")
    try chat.ask("/theme")
    try chat.see("● aa-green")
    chat.press(.escape)
    try chat.seeNo("● aa-green")
    try chat.draft("draft")
    #expect(chat.picture.color(of: "draft") == Self.green)
    try chat.quitWithDraft()
  }

  @Test func `a theme that there is not changes nothing, and the nearest is named`() throws {
    let chat = try Journey(with: nil, arguments: ["--theme", "aa-red"], home: try Self.home())
    try chat.ask("/theme aa-gren")
    try chat.seeSentence("No theme is called 'aa-gren'; did you mean 'aa-green'?")
    try chat.draft("draft")
    #expect(chat.picture.color(of: "draft") == Self.red)
    try chat.quitWithDraft()
  }

  @Test func `a theme that appears while the program runs is found`() throws {
    let home = try TestHome()
    let chat = try Journey(with: nil, home: home)
    try home.write(Self.theme("green"), to: "\(Self.themes)/new.yaml")
    try chat.ask("/theme new")
    try chat.seeSentence("Drawn in Mine;")
    try chat.draft("draft")
    #expect(chat.picture.color(of: "draft") == Self.green)
    try chat.quitWithDraft()
  }

  @Test func `a broken theme can be looked at, and says where it is broken`() throws {
    let home = try Self.home()
    try home.write("faces: [\n", to: "\(Self.themes)/aa-broken.yaml")
    let chat = try Journey(with: nil, home: home)
    try chat.ask("/theme")
    try chat.see("● patter-dark")
    chat.press(.home)
    try chat.seeSentence("aa-broken.yaml:2:1:")
    chat.press(.escape)
    try chat.seeNo("Verdant")
    try chat.leave()
  }

  // MARK: - Reload on save

  /// Patter with a theme of red text, and a draft that shows it.
  private static func drafting(_ home: TestHome) throws -> Journey {
    let chat = try Journey(with: nil, arguments: ["--theme", "aa-red"], home: home)
    try chat.draft("draft")
    #expect(chat.picture.color(of: "draft") == red)
    return chat
  }

  @Test func `a save is seen at once`() throws {
    let home = try Self.home()
    let chat = try Self.drafting(home)
    try home.write(Self.theme("green"), to: "\(Self.themes)/aa-red.yaml")
    try chat.waitUntil("a green draft") { $0.color(of: "draft") == Self.green }
    // The first save was not the last one that is heard of.
    try home.write(Self.theme("red"), to: "\(Self.themes)/aa-red.yaml")
    try chat.waitUntil("a red draft") { $0.color(of: "draft") == Self.red }
    try chat.quitWithDraft()
  }

  @Test func `a file that is put in the place of the old one is seen`() throws {
    let home = try Self.home()
    let chat = try Self.drafting(home)
    for color in ["green", "red"] {
      try home.write(Self.theme(color), to: "\(Self.themes)/draft~")
      #expect(
        rename("\(home.path)/\(Self.themes)/draft~", "\(home.path)/\(Self.themes)/aa-red.yaml") == 0
      )
      try chat.waitUntil("a \(color) draft") {
        $0.color(of: "draft") == (color == "green" ? Self.green : Self.red)
      }
    }
    try chat.quitWithDraft()
  }

  @Test func `a save of what the theme inherits from is seen`() throws {
    let home = try Self.home()
    try home.write("inherits: aa-red\n", to: "\(Self.themes)/heir.yaml")
    let chat = try Journey(with: nil, arguments: ["--theme", "heir"], home: home)
    try chat.draft("draft")
    try home.write(Self.theme("green"), to: "\(Self.themes)/aa-red.yaml")
    try chat.waitUntil("a green draft") { $0.color(of: "draft") == Self.green }
    try chat.quitWithDraft()
  }

  @Test func `a save of the file behind a link is seen`() throws {
    let home = try Self.home()
    try home.write(Self.theme("red"), to: "dotfiles/mine.yaml")
    #expect(
      symlink("\(home.path)/dotfiles/mine.yaml", "\(home.path)/\(Self.themes)/linked.yaml") == 0)
    let chat = try Journey(with: nil, arguments: ["--theme", "linked"], home: home)
    try chat.draft("draft")
    try home.write(Self.theme("green"), to: "dotfiles/mine.yaml")
    try chat.waitUntil("a green draft") { $0.color(of: "draft") == Self.green }
    try chat.quitWithDraft()
  }

  @Test func `a broken save is told and changes nothing, and the mended one is seen`() throws {
    let home = try Self.home()
    let chat = try Self.drafting(home)
    try home.write(
      "appearance: dark\nfaces: {text: gren, composer: gren}\n", to: "\(Self.themes)/aa-red.yaml")
    try chat.seeSentence("aa-red.yaml:2:15: 'gren' is not a colour; did you mean 'green'?")
    #expect(chat.picture.color(of: "draft") == Self.red)
    try home.write("faces: [\n", to: "\(Self.themes)/aa-red.yaml")
    try chat.seeSentence("aa-red.yaml:2:1:")
    #expect(chat.picture.color(of: "draft") == Self.red)
    try home.write(Self.theme("green"), to: "\(Self.themes)/aa-red.yaml")
    try chat.waitUntil("a green draft") { $0.color(of: "draft") == Self.green }
    try chat.seeSentence("Mine is right again.")
    try chat.quitWithDraft()
  }

  @Test func `a theme that is taken away goes on, and is seen when it is back`() throws {
    let home = try Self.home()
    let chat = try Self.drafting(home)
    unlink("\(home.path)/\(Self.themes)/aa-red.yaml")
    try home.write(Self.theme("green"), to: "\(Self.themes)/aa-red.yaml")
    try chat.waitUntil("a green draft") { $0.color(of: "draft") == Self.green }
    try chat.quitWithDraft()
  }

  // MARK: - Broken from the start

  @Test func `with a broken theme in the configuration it starts, tells, and heeds the mending`()
    throws
  {
    let home = try TestHome.configured("theme: mine\n")
    try home.write(
      "appearance: dark\nfaces:\n\ttext: red\n", to: "\(Self.themes)/mine.yaml")
    let chat = try Journey(with: nil, home: home)
    try chat.seeSentence("mine.yaml:3:1:")
    try chat.draft("draft")
    #expect(chat.picture.color(of: "draft") != Self.green)
    try home.write(Self.theme("green"), to: "\(Self.themes)/mine.yaml")
    try chat.waitUntil("a green draft") { $0.color(of: "draft") == Self.green }
    try chat.quitWithDraft()
  }
}

extension Picture {
  /// The colour of the first letter of this text; nil where it is not on the screen.
  fileprivate func color(of text: String) -> PictureCell.Color? {
    guard let row = row(of: text), let column = self.row(row).column(of: text) else { return nil }
    return cell(row: row, column: column).foreground
  }
}

extension Journey {
  fileprivate func color(of text: String) -> PictureCell.Color? { picture.color(of: text) }
}

extension String {
  /// The column at which `text` begins, where all before it takes one column each.
  fileprivate func column(of text: String) -> Int? {
    var column = 0
    var rest = Substring(self)
    while !rest.isEmpty {
      if rest.hasPrefix(text) { return column }
      rest = rest.dropFirst()
      column += 1
    }
    return nil
  }
}

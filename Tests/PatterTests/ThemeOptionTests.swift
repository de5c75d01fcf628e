// `--theme`, from the command line to the colour of a cell.

import Support
import Testing

struct ThemeOptionTests {
  private static let theme = """
    name: Mine
    appearance: dark
    palette:
      blood: red
    faces:
      composer: {foreground: blood}

    """

  /// Patter with this theme and a draft, whose colour tells which theme it is.
  private static func drafting(
    theme: String, home: TestHome, notice: String? = nil
  ) throws -> (chat: Journey, color: PictureCell.Color) {
    let chat = try Journey(
      BuiltProgram.path("patter"), ["--theme", theme], home: home)
    try chat.see("answers")
    if let notice { try chat.seeSentence(notice) }
    try chat.draft("draft")
    let row = try #require(chat.picture.row(of: "› draft"))
    return (chat, chat.picture.cell(row: row, column: 4).foreground)
  }

  @Test func `finds a theme by its name in the user's folder`() throws {
    let home = try TestHome()
    try home.write(Self.theme, to: ".config/patter/themes/mine.yaml")
    let (chat, color) = try Self.drafting(theme: "mine", home: home)
    #expect(color == .indexed(1))
    try chat.quitWithDraft()
  }

  @Test func `finds a theme by its path`() throws {
    let home = try TestHome()
    try home.write(Self.theme, to: "elsewhere/red.yaml")
    let (chat, color) = try Self.drafting(theme: "\(home.path)/elsewhere/red.yaml", home: home)
    #expect(color == .indexed(1))
    try chat.quitWithDraft()
  }

  @Test func `goes on without a theme that is not there, and says so`() throws {
    let (chat, color) = try Self.drafting(
      theme: "patter-drak", home: TestHome(),
      notice: "No theme is called 'patter-drak'; did you mean 'patter-dark'?")
    #expect(color != .indexed(1))
    try chat.quitWithDraft()
  }

  @Test func `says where a theme is wrong and goes on`() throws {
    let home = try TestHome()
    try home.write(
      Self.theme + "  error: {foreground: blod}\n", to: ".config/patter/themes/mine.yaml")
    let (chat, color) = try Self.drafting(theme: "mine", home: home, notice: "mine.yaml:7:23:")
    #expect(color == .indexed(1))
    try chat.quitWithDraft()
  }

  @Test func `says where a file is no YAML and goes on`() throws {
    let home = try TestHome()
    try home.write("faces: [\n", to: ".config/patter/themes/mine.yaml")
    let (chat, _) = try Self.drafting(theme: "mine", home: home, notice: "mine.yaml:2:1:")
    try chat.quitWithDraft()
  }

  @Test(arguments: [("15;0", "patter-dark"), ("0;15", "patter-light")])
  func `takes ours that suits the terminal's background`(colors: String, theme: String) throws {
    func cell(_ arguments: [String], _ variables: [String: String]) throws -> PictureCell {
      let chat = try Journey(BuiltProgram.path("patter"), arguments, variables: variables)
      try chat.see("answers")
      try chat.see("› Ask something")
      let row = try #require(chat.picture.row(of: "› Ask something"))
      let cell = chat.picture.cell(row: row, column: 4)
      try chat.leave()
      return cell
    }
    #expect(try cell([], ["COLORFGBG": colors]) == cell(["--theme", theme], [:]))
  }
}

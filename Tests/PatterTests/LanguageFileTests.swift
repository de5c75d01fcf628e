// A language of the user's own, from its file to the colour of a cell.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct LanguageFileTests {
  /// Patter with this language, after a reply with code in it. The word is in the first line of the code.
  private func code(in language: String) throws -> Journey {
    let home = try TestHome()
    try home.write(language, to: ".config/patter/languages/mine.yaml")
    try home.write(
      "#!/bin/sh\ncat <<'END'\n```own\nmyword other\n```\nEND\n", to: "answer", permissions: 0o755)
    try home.write(
      "commands: {script: {command: [\(home.path)/answer]}}", to: ".config/patter/config.yaml")
    let chat = try Journey(with: nil, arguments: ["-m", "script/any"], home: home)
    try chat.ask("hello")
    try chat.see("myword other")
    try chat.seeIdle()
    return chat
  }

  private func colors(_ chat: Journey) throws -> (word: PictureCell.Color, other: PictureCell.Color)
  {
    let row = try #require(chat.picture.row(of: "myword other"))
    return (
      chat.picture.cell(row: row, column: 4).foreground,
      chat.picture.cell(row: row, column: 11).foreground
    )
  }

  @Test func `code is coloured by a file in the user's folder`() throws {
    let chat = try code(in: "name: Mine\naliases: own\n\nwords: {keyword: myword}\n")
    let (word, other) = try colors(chat)
    #expect(word != other)
    try chat.leave()
  }

  @Test func `code is plain where the file is no YAML, and that is said`() throws {
    let chat = try code(in: "name: Mine\naliases: own\n\nwords: [\n")
    try chat.seeSentence("mine.yaml:5:1:")
    let (word, other) = try colors(chat)
    #expect(word == other)
    try chat.leave()
  }
}

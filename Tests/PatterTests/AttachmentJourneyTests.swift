// Files in a chat, from a real folder to a server: what is attached is seen, what is seen is sent, byte for byte.

import FoundationEssentials
import Glibc
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct AttachmentJourneyTests {
  private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 255, 1]
  private static let pdf = Array("%PDF-1.7\n".utf8) + [0, 255]

  private static func home() throws -> TestHome {
    let home = try TestHome()
    try home.write("the notes\n", to: "notes.txt")
    try home.write(png, to: "pictures/my photo.png")
    try home.write(pdf, to: "paper.pdf")
    return home
  }

  private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// A chat in a folder with files, and a server that answers so.
  private static func chat(
    _ dialect: Dialect = .openAI, with server: LoopbackServer, arguments: [String] = [],
    home: TestHome? = nil
  ) throws -> Journey {
    try Journey(
      with: server, dialect, arguments: arguments, variables: [dialect.keyVariable: "key"],
      home: try home ?? Self.home())
  }

  /// Types the beginning of a path, and takes the file with Tab as soon as it is listed: a thread looks for it.
  private static func attach(_ name: String, by beginning: String, in chat: Journey) throws {
    chat.type(beginning)
    try chat.see(name)
    chat.press(.tab)
  }

  @Test func `a picture is found by Tab, stands in the draft, and is sent byte for byte`() throws {
    let server = try LoopbackServer(.reply("A cat."))
    let chat = try Self.chat(with: server)
    try chat.draft("@")
    try chat.see("pictures/")
    try chat.see("notes.txt")
    chat.type("pi")
    chat.press(.tab)
    try chat.see("› @pictures/")
    try chat.see("my photo.png")
    chat.press(.tab)
    try chat.see("› [my photo.png 11 bytes]")
    #expect(server.openedConnectionCount == 0)
    chat.type(" what is this?")
    try chat.see("what is this?")
    chat.press(.enter)
    try chat.see("A cat.")
    try chat.see("[my photo.png, image/png, 11 bytes]")
    let body = try #require(server.chatBody(1))
    #expect(body.contains("data:image/png;base64,\(Self.base64(Self.png))"))
    #expect(body.contains(#""my photo.png what is this?""#))
    try chat.leave()
  }

  @Test(arguments: [Dialect.openAI, .responses, .anthropic, .gemini])
  func `a picture, a text and a PDF go out together`(dialect: Dialect) throws {
    let server = try LoopbackServer(.reply("Thanks.", by: dialect))
    let chat = try Self.chat(dialect, with: server)
    chat.type(#"/attach notes.txt "pictures/my photo.png" paper.pdf"#)
    try chat.see("paper.pdf")
    chat.press(.enter)
    try chat.see("› [notes.txt 10 bytes][my photo.png 11 bytes][paper.pdf 11 bytes]")
    #expect(chat.picture.text.contains("cannot be given") == (dialect == .openAI))
    if dialect == .openAI {
      // A server of one's own takes no files in this dialect, as far as anybody knows.
      chat.press(.enter)
      try chat.see("Nothing was sent.")
      chat.press(.backspace)
      try chat.seeNo("[paper.pdf")
    }
    chat.press(.enter)
    try chat.see("Thanks.")
    let body = try #require(server.chatBody(1))
    #expect(body.contains(#"<file name=\"notes.txt\">\nthe notes\n"#))
    #expect(body.contains(Self.base64(Self.png)))
    #expect(body.contains(Self.base64(Self.pdf)) == (dialect != .openAI))
    try chat.see("[notes.txt, text/plain, 10 bytes]")
    try chat.leave()
  }

  @Test func `files that are dropped are attached, and one can be taken out`() throws {
    let server = try LoopbackServer(.reply("Thanks."))
    let home = try Self.home()
    let chat = try Self.chat(with: server, home: home)
    chat.press(
      .paste(
        "file://\(home.path)/notes.txt\r\nfile://\(home.path)/pictures/my%20photo.png\r\n"))
    try chat.see("› [notes.txt 10 bytes][my photo.png 11 bytes]")
    chat.press(.backspace)
    try chat.seeNo("my photo.png")
    chat.press(.paste("'\(home.path)/pictures/my photo.png' "))
    try chat.see("› [notes.txt 10 bytes][my photo.png 11 bytes]")
    chat.press(.control("_"))
    try chat.see("/pictures/my photo.png'")
    chat.press(.control("_"))
    chat.press(.enter)
    try chat.see("Thanks.")
    let body = try #require(server.chatBody(1))
    #expect(body.contains("the notes") && !body.contains("image_url"))
    try chat.leave()
  }

  @Test func `a file that vanished or was changed is told, and nothing is sent`() throws {
    let server = try LoopbackServer(.reply("Thanks."))
    let home = try Self.home()
    let chat = try Self.chat(with: server, home: home)
    try Self.attach("notes.txt", by: "@no", in: chat)
    try chat.see("› [notes.txt 10 bytes]")
    unlink("\(home.path)/notes.txt")
    chat.press(.enter)
    try chat.see("notes.txt is not there any more. Nothing was sent.")
    try chat.see("› [notes.txt 10 bytes]")
    try home.write("other notes\n", to: "notes.txt")
    chat.press(.enter)
    try chat.seeSentence(
      "notes.txt has changed since it was attached; nothing was sent. Enter sends it as it is now.")
    try chat.see("› [notes.txt 12 bytes]")
    #expect(server.openedConnectionCount == 0)
    chat.press(.enter)
    try chat.see("Thanks.")
    #expect(try #require(server.chatBody(1)).contains("other notes"))
    try chat.leave()
  }

  @Test func `what the model's server does not take is told in the draft and is not sent`() throws {
    let server = try LoopbackServer()
    let chat = try Self.chat(.ollama, with: server)
    try Self.attach("paper.pdf", by: "@pa", in: chat)
    try chat.see("› [paper.pdf 11 bytes]")
    try chat.seeSentence(
      "Ollama cannot be given the file paper.pdf (application/pdf). It takes text and pictures.")
    chat.press(.enter)
    try chat.see("Nothing was sent.")
    try chat.see("› [paper.pdf 11 bytes]")
    #expect(server.chats.isEmpty)
    try chat.quitWithDraft()
  }

  @Test func `a path that nobody completed is shown first, and an address is text`() throws {
    let server = try LoopbackServer(.reply("Thanks."), .reply("Bye."))
    let chat = try Self.chat(with: server)
    try chat.ask("read @notes.txt, please")
    try chat.see("Attached: notes.txt.")
    try chat.see("› read [notes.txt 10 bytes], please")
    #expect(server.openedConnectionCount == 0)
    chat.press(.enter)
    try chat.see("Thanks.")
    #expect(try #require(server.chatBody(1)).contains(#"read notes.txt, please"#))
    try chat.seeIdle()
    try chat.ask("ask me@notes.txt or @nobody")
    try chat.see("Bye.")
    #expect(try #require(server.chatBody(2)).contains(#""ask me@notes.txt or @nobody""#))
    try chat.leave()
  }

  @Test func `files of the command line go out with its prompt`() throws {
    let server = try LoopbackServer(.reply("Thanks."))
    let chat = try Journey(
      BuiltProgram.path("patter"), ["-m", "openai/test", "-f", "notes.txt", "why?"],
      variables: Dialect.openAI.variables(port: server.port), home: try Self.home())
    try chat.see("Thanks.")
    #expect(try #require(server.chatBody(1)).contains("the notes"))
    try chat.leave()
  }

  @Test func `files of the command line wait in the draft where there is no prompt`() throws {
    let server = try LoopbackServer()
    let chat = try Self.chat(with: server, arguments: ["-f", "notes.txt", "-f", "paper.pdf"])
    try chat.see("› [notes.txt 10 bytes][paper.pdf 11 bytes]")
    try chat.quitWithDraft()
  }

  @Test func `an edited prompt has its files as they were sent`() throws {
    let server = try LoopbackServer(.reply("Thanks."), .reply("Again."))
    let home = try Self.home()
    let chat = try Self.chat(with: server, home: home)
    try Self.attach("notes.txt", by: "@no", in: chat)
    try chat.see("› [notes.txt 10 bytes]")
    chat.type(" one")
    chat.press(.enter)
    try chat.see("Thanks.")
    try chat.seeIdle()
    unlink("\(home.path)/notes.txt")
    chat.press(.alt("e"))
    try chat.see("› [notes.txt 10 bytes]notes.txt one")
    chat.type("!")
    try chat.see("one!")
    chat.press(.enter)
    try chat.see("Again.")
    let body = try #require(server.chatBody(2))
    #expect(body.contains("the notes") && body.contains("one!"))
    try chat.leave()
  }

  @Test func `a chat with files is replayed to the same state`() throws {
    let server = try LoopbackServer(.reply("Thanks."))
    let chat = try Self.chat(with: server, arguments: ["--trace", "run.trace"])
    chat.type(#"/attach notes.txt "pictures/my photo.png""#)
    try chat.see("my photo.png")
    chat.press(.enter)
    try chat.see("› [notes.txt 10 bytes][my photo.png 11 bytes]")
    chat.press(.enter)
    try chat.see("Thanks.")
    try chat.seeIdle()
    try chat.leave()
    let patter = try Journey(
      BuiltProgram.path("patter"), ["replay", "run.trace"], home: chat.home, rows: 100,
      columns: 120)
    #expect(try patter.patter.waitForExit() == .exited(0))
    #expect(patter.picture.text.contains("and the same final state as recorded."))
    #expect(patter.picture.text.contains("(an image, image/png, 11 bytes)"))
  }

  @Test func `a file system that does not answer holds neither keys nor replies nor the end`()
    throws
  {
    let server = try LoopbackServer(.reply("Thanks."))
    let (chat, hung) = try Self.waitingForFile(with: server)
    chat.press(.escape)
    try chat.seeSentence("far.txt is not waited for any more. Nothing was sent.")
    try chat.see("› read @hung/far.txt now")
    chat.press(.control("c"))
    try chat.see("The draft is cleared.")

    // Another thread reads another file.
    try Self.attach("notes.txt", by: "@no", in: chat)
    try chat.see("› [notes.txt 10 bytes]")
    chat.press(.enter)
    try chat.see("Thanks.")
    try chat.seeIdle()
    #expect(try #require(server.chatBody(1)).contains("the notes"))

    // It never answers, and the program ends all the same.
    try chat.ask("read @hung/far.txt now")
    #expect(hung.nextQuestion() == "hung/far.txt")
    try chat.see("waits for files")
    chat.press(.control("c"))
    try chat.seeSentence("far.txt is not waited for any more. Nothing was sent.")
    try chat.quitWithDraft()
  }

  @Test func `a file that answers late is attached then`() throws {
    let server = try LoopbackServer(.reply("Thanks."))
    let (chat, hung) = try Self.waitingForFile(with: server)
    #expect(hung.answer())
    try chat.see("› read [far.txt 8 bytes] now")
    chat.press(.enter)
    #expect(hung.nextQuestion() == "hung/far.txt")
    try chat.see("waits for files")
    #expect(hung.answer())
    try chat.see("Thanks.")
    #expect(try #require(server.chatBody(1)).contains("far away"))
    try chat.leave()
  }

  /// A chat that was asked to read a file on a file system that does not answer.
  private static func waitingForFile(
    with server: LoopbackServer
  ) throws -> (chat: Journey, hung: HungResolver) {
    let home = try home()
    try home.write("far away", to: "hung/far.txt")
    let hung = try HungResolver(in: home)
    let chat = try Journey(
      with: server, .openAI,
      variables: hung.fileVariables.merging([Dialect.openAI.keyVariable: "key"]) { $1 },
      home: home)
    try chat.ask("read @hung/far.txt now")
    #expect(hung.nextQuestion() == "hung/far.txt")
    try chat.see("waits for files")
    return (chat, hung)
  }

  @Test func `a name from outside is shown and sent as text`() throws {
    let server = try LoopbackServer(.reply("Thanks."))
    let home = try Self.home()
    try home.write("x", to: "a\u{202E}gnp.txt")
    let chat = try Self.chat(with: server, home: home)
    try Self.attach("gnp.txt", by: "@a", in: chat)
    try chat.see("gnp.txt 1 byte]")
    #expect(!chat.written.contains("\u{202E}"))
    chat.press(.enter)
    try chat.see("Thanks.")
    try chat.leave()
  }
}

// What goes wrong at the other end becomes one sentence in the transcript, and one key sends again.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct FailureTests {
  /// Long and plain enough to be found wherever it turned up.
  private static let key = "sk-test-0123456789abcdefghijklmnopqrstuvwxyz"

  /// A broken response and what the page says about it.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let response: LoopbackServer.Response
    let sentences: [String]

    init(_ what: String, _ response: LoopbackServer.Response, _ sentences: String...) {
      testDescription = what
      self.response = response
      self.sentences = sentences
    }
  }

  static let cases = [
    Case(
      "401 that repeats the key",
      .json(#"{"error":{"message":"Incorrect API key provided: \#(key)"}}"#, status: 401),
      "does not accept the key", "Check OPENAI_API_KEY."),
    Case(
      "404 for the model",
      .json(
        #"{"error":{"message":"The model `test` does not exist","code":"model_not_found"}}"#,
        status: 404),
      "has no model test.", "Choose another with /model PROVIDER/NAME."),
    Case(
      "500", .json(#"{"error":{"message":"the gears jammed"}}"#, status: 500),
      "failed (500: the gears jammed)."),
    Case(
      "a web page",
      .chunked("text/html", [.chunk("<html><title>Router login</title></html>")]),
      "answers with a web page (200: Router login), not with a chat."),
    Case(
      "a redirect",
      .init(
        .head(302, [.init("Location", "http://elsewhere.invalid/"), .init("Content-Length", "0")])),
      "points to http://elsewhere.invalid/ (302).", "Check OPENAI_BASE_URL."),
    Case(
      "a stream that is cut",
      .eventStream([.openAIDelta("Half a "), .openAIDelta("thought"), .close]),
      "Half a thought", "was lost in the middle of the reply."),
    Case(
      "a stream that ends in order before it is whole",
      .eventStream([.openAIDelta("Half a thought")]),
      "Half a thought", "ended the reply before it was whole."),
    Case(
      "an empty reply", .eventStream([.openAIFinish(), .openAIDone]), "sent an empty reply."),
    Case(
      "garbage in a stream", .eventStream([.event("{garbage")]), "sent something that is not JSON"),
    Case("no HTTP", .init(.text("SSH-2.0-OpenSSH_9\r\n"), .close), "does not answer in HTTP."),
    Case("a close without an answer", .init(.close), "closed the connection without an answer."),
  ]

  @Test(arguments: cases)
  func `S19 S22 S28 T23 T57 says what went wrong, and Alt-R sends the prompt again`(failure: Case)
    throws
  {
    let server = try LoopbackServer(failure.response, .reply("All is well now."))
    let home = try TestHome.configured("retry: {retries: 0}")
    let chat = try Journey(with: server, variables: ["OPENAI_API_KEY": Self.key], home: home)
    try chat.ask("an honest question")
    for sentence in failure.sentences { try chat.seeSentence(sentence) }
    try chat.seeSentence("Alt-R sends the prompt again.")
    try chat.seeIdle()
    #expect(server.chats.first?.header("Authorization") == "Bearer \(Self.key)")

    chat.press(.alt("r"))
    try chat.see("All is well now.")
    #expect(try #require(server.chatBody(2)).contains("an honest question"))
    // What was said before the break is folded on the page, and comes back when it is asked for.
    chat.press(.alt("a"))
    for sentence in failure.sentences { try chat.seeSentence(sentence) }
    try chat.leave()
    #expect(!chat.written.contains(Self.key))
    #expect(!(chat.home.read(".local/state/patter/patter.log") ?? "").contains(Self.key))
  }

  @Test(arguments: Dialect.allCases, [LoopbackServer.Step.close, .reset])
  func `T14 a reply that breaks behind its first word is not asked for again by itself`(
    dialect: Dialect, breaking: LoopbackServer.Step
  ) throws {
    let begun = LoopbackServer.Response.unended(
      [.words("Half a thought"), .gate("break")], by: dialect)
    let server = try LoopbackServer(
      .init(begun.steps + [breaking]), .reply("Unasked", by: dialect))
    let chat = try Journey(with: server, dialect)
    try chat.ask("an honest question")
    try chat.see("Half a thought")
    server.open(gate: "break")
    try chat.seeSentence("Alt-R sends the prompt again.")
    try chat.seeIdle()
    try chat.draft("meanwhile")
    #expect(server.chats.count == 1)
    #expect(chat.picture.shows("Half a thought"))
    try chat.quitWithDraft()
    #expect(!chat.written.contains("Unasked"))
  }

  @Test func `says that nothing listens, each time`() throws {
    let closed = try ClosedPort()
    let chat = try Journey(
      BuiltProgram.path("patter"), ["-m", "openai/test", "anybody?"],
      variables: Dialect.openAI.variables(port: closed.port),
      home: TestHome.configured("retry: {retries: 0}"))
    try chat.seeSentence(
      "The server at 127.0.0.1:\(closed.port) does not answer: nothing listens there.")
    try chat.seeIdle()
    chat.press(.alt("r"))
    try chat.see("test, an earlier attempt")
    try chat.waitUntil("two failures") {
      $0.sentences.split(separator: "nothing listens there.").count == 3
    }
    try chat.leave()
  }

  @Test func `says that a name is not known`() throws {
    let chat = try Journey(
      BuiltProgram.path("patter"), ["-m", "openai/test", "anybody?"],
      variables: ["OPENAI_BASE_URL": "http://\(UnknownName.text)/v1"])
    try chat.seeSentence("cannot be found: no machine of that name is known.")
    try chat.seeSentence("Alt-R sends the prompt again.")
    try chat.leave()
  }

  @Test(arguments: Dialect.foundByVariables)
  func `a list of models that cannot be had gives the prompt back`(dialect: Dialect) throws {
    let server = try LoopbackServer(
      .json(#"{"error":{"message":"the gears jammed"}}"#, status: 500),
      .models("test", by: dialect), .reply("All is well now.", by: dialect))
    let chat = try Journey(
      BuiltProgram.path("patter"), ["an honest question"],
      variables: dialect.variables(port: server.port))
    try chat.seeSentence("failed (500: the gears jammed).")
    try chat.see("› an honest question")
    chat.press(.enter)
    try chat.see("All is well now.")
    #expect(try #require(server.chatBody(1)).contains("an honest question"))
    try chat.leave()
  }
}

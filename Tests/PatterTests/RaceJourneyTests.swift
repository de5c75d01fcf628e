// Models that race, on a terminal and on real sockets.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct RaceJourneyTests {
  /// Each model says its name in words of its own, and goes on behind a gate of its name.
  private static func server() throws -> LoopbackServer {
    try LoopbackServer(answering: { request in
      guard let model = name(in: request) else { return .json("{}", status: 404) }
      return .reply([
        .words("I am \(model), and I begin."), .gate(model), .words(" I end."),
      ])
    })
  }

  private static func name(in request: LoopbackServer.Request) -> String? {
    let body = String(decoding: request.body, as: UTF8.self)
    return ["alpha", "beta", "gamma"].first { body.contains("\"\($0)\"") }
  }

  /// Which chat of the server is this model's, counted from one.
  private static func chat(of model: String, _ server: LoopbackServer) throws -> Int {
    try #require(server.chats.firstIndex { name(in: $0) == model }) + 1
  }

  /// Three models race, and each has begun.
  private static func race(
    _ server: LoopbackServer, rows: Int = 24, columns: Int = 80
  ) throws -> Journey {
    let chat = try Journey(with: server, rows: rows, columns: columns)
    try chat.ask("/race openai/alpha openai/beta openai/gamma")
    try chat.see("the next prompt races alpha, beta and gamma")
    try chat.ask("Who are you?")
    #expect(server.waitFor { _ in server.chats.count == 3 })
    return chat
  }

  @Test func `three replies stand side by side where there is room, and the losers' sockets close`()
    throws
  {
    let server = try Self.server()
    let chat = try Self.race(server, rows: 50, columns: 160)
    try chat.waitUntil("all three, beside each other") { picture in
      picture.rows.contains { row in
        ["alpha", "beta", "gamma"].allSatisfy { row.contains("I am \($0), and I begin.") }
      }
    }
    #expect(chat.picture.shows("[1 alpha] ● streaming"))
    try chat.see("race of 3: 3 live")
    server.open(gate: "gamma")
    try chat.see("3 gamma  ✓ done")
    #expect(chat.picture.shows("[1 alpha] ● streaming"))
    chat.press(.right)
    try chat.see("[2 beta] ● streaming")
    try chat.see("race of 3: 2 live")
    chat.press(.alt("p"))
    try chat.see("beta is picked; the other 2 replies stay beside it.")
    #expect(try server.sawClose(ofChat: Self.chat(of: "alpha", server)))
    #expect(try server.stillHolds(chat: Self.chat(of: "beta", server)))
    server.open(gate: "beta")
    try chat.see("I am beta, and I begin. I end.")
    try chat.see("▸ alpha, an earlier attempt, 6 words: ■ superseded here")
    try chat.see("beta ‹2/3›")
    chat.press(.alt("a"))
    try chat.see("I am alpha, and I begin.")
    try chat.leave()
  }

  @Test func `one of three stands below a row of names where there is none, and Esc stops all`()
    throws
  {
    let server = try Self.server()
    let chat = try Self.race(server)
    try chat.see("[1 alpha ●] 2 beta ●  3 gamma ●")
    try chat.see("I am alpha, and I begin.")
    #expect(!chat.picture.shows("I am beta"))
    chat.press(.right)
    chat.press(.right)
    try chat.see("1 alpha ●  2 beta ● [3 gamma ●]")
    try chat.see("I am gamma, and I begin.")
    chat.press(.escape)
    try chat.see("1 alpha ■  2 beta ■ [3 gamma ■]")
    for number in 1...3 { #expect(server.sawClose(ofChat: number)) }
    // It is not too late to pick.
    chat.press(.left)
    try chat.see("I am beta, and I begin.")
    chat.press(.alt("p"))
    try chat.see("beta is picked")
    try chat.leave()
  }

  @Test func `a model that cannot be asked begins no race`() throws {
    let chat = try Journey(with: Self.server())
    try chat.ask("/race openai/alpha opnai/beta")
    try chat.seeSentence("There is no provider “opnai”. Did you mean openai?")
    try chat.ask("/race openai/alpha")
    try chat.seeSentence("A race takes two models or more, and openai/alpha is one;")
    try chat.leave()
  }

  @Test func `all models of a chain race for one prompt`() throws {
    let server = try Self.server()
    let chat = try Journey(
      with: server, home: .configured("pools: {fast: [openai/alpha, openai/beta]}"))
    try chat.ask("/race fast openai/gamma")
    try chat.see("the next prompt races alpha, beta and gamma")
    chat.press(.escape)
    try chat.seeNo("the next prompt races")
    try chat.leave()
  }
}

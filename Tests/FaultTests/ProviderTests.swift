// Every row of the provider table asks and hears, on real sockets.

import Chat
import LoopbackTests
import Providers
import Support
import Testing

@Suite(.everyConnectionCloses) struct ProviderTests {
  private static let rows = ProviderTable.standard.rows.filter { $0.server != nil }

  /// The dialect of the row, as the scripted server speaks it.
  private func dialect(of provider: Provider) throws -> ScriptedDialect {
    try #require(
      ScriptedDialect.allCases.first {
        ProviderTable.standard[$0.rawValue]?.server?.dialect == provider.server?.dialect
      }, "a dialect that the scripted server does not speak")
  }

  @Test(arguments: rows)
  func `is asked with its key and heard to the end`(_ provider: Provider) throws {
    let dialect = try dialect(of: provider)
    let server = try LoopbackServer(.reply("Grüß Gott 🌍", by: dialect))
    let reply = try Loop(provider, speaking: dialect, server).carry()
    #expect(reply.text == "Grüß Gott 🌍")
    #expect(reply.stopReason == .stop)
    let request = try #require(server.chats.first)
    #expect(request.headers.contains { $0.value.hasSuffix(Loop.key) })
    #expect(request.header("Accept") == dialect.contentType)
    #expect(request.header("Accept-Encoding") == "identity")
    #expect(request.header("Content-Type") == "application/json")
    #expect(request.header("Expect") == nil)
    #expect(!request.path.contains(Loop.key))
  }

  @Test(arguments: rows)
  func `is stopped in the middle, and its socket shut`(_ provider: Provider) throws {
    let dialect = try dialect(of: provider)
    let server = try LoopbackServer(.held("Half a", by: dialect))
    let loop = try Loop(provider, speaking: dialect, server)
    loop.start()
    loop.follow { $0.text == "Half a" }
    loop.abort()
    #expect(server.sawClose(ofChat: 1))
    #expect(!loop.reply().isOver)
  }
}

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct ProxyTests {
  @Test func `a server of this machine is asked past the proxy of the environment`() throws {
    let server = try LoopbackServer(.openAIChat(["pong"]))
    let proxy = try ClosedPort()
    let home = try TestHome()
    let patter = try TerminalProgram(
      BuiltProgram.path("patter"), ["-m", "openai/test"], home: home,
      variables: [
        "OPENAI_BASE_URL": server.url("/v1"), "http_proxy": "http://127.0.0.1:\(proxy.port)",
      ])
    try patter.waitUntil("one can type") { $0.shows("Ask something") }
    patter.type("ping")
    patter.press(.enter)
    try patter.waitUntil("the reply is there") { $0.shows("pong") }
  }
}

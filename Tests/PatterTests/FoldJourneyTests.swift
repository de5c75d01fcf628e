// What a model thought, on a terminal: it folds by itself, opens with a key, and its details can be hidden.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct FoldJourneyTests {
  private static func thinks(_ text: String) -> LoopbackServer.Step {
    .event(
      #"{"id":"c","choices":[{"index":0,"delta":{"reasoning_content":"\#(text)"}}]}"#)
  }

  private static let usage = LoopbackServer.Step.event(
    #"{"id":"c","choices":[],"usage":{"prompt_tokens":820,"completion_tokens":1204,"#
      + #""completion_tokens_details":{"reasoning_tokens":310}}}"#)

  @Test func `a thought is seen, folds when the words come and opens again; numbers stand below`()
    throws
  {
    let server = try LoopbackServer(
      .eventStream([
        Self.thinks("A deep idea"), .gate("answer"), .openAIDelta("An answer."),
        .openAIFinish(), Self.usage, .openAIDone,
      ]))
    let chat = try Journey(with: server)
    try chat.ask("why")
    try chat.see("▾ thinking")
    try chat.see("A deep idea")
    server.open(gate: "answer")
    try chat.see("An answer.")
    try chat.see("▸ thought")
    try chat.seeNo("A deep idea")
    try chat.see("820 → 1,204 tokens (310 thought)")

    chat.press(.alt("t"))
    try chat.see("▾ thought")
    try chat.see("A deep idea")
    chat.press(.alt("t"))
    try chat.seeNo("A deep idea")

    let row = try #require(chat.picture.row(of: "▸ thought"))
    chat.press(.click(row: row, column: 4))
    try chat.see("A deep idea")
    #expect(chat.picture.row(of: "▾ thought") == row)
    chat.press(.click(row: row, column: 4))
    try chat.seeNo("A deep idea")

    chat.press(.alt("u"))
    try chat.seeNo("1,204 tokens")
    chat.press(.alt("u"))
    try chat.see("1,204 tokens")
    try chat.ask("/usage")
    try chat.see("replies  1 complete")
    try chat.leave()
  }

  @Test func `a model whose price is known has it told before anything is asked of anybody`() throws
  {
    let chat = try Journey(
      BuiltProgram.path("patter"), ["-m", "openai/gpt-5", "--trace", "run.trace"],
      variables: ["OPENAI_API_KEY": "sk-none", "PATTER_DISCOVER": "0"])
    try chat.see("gpt-5 answers")
    try chat.leave()
    let trace = try #require(chat.home.read("run.trace"))
    #expect(
      trace.contains(
        #""described":{"facts":{"price":{"cached":0.125,"input":1.25,"output":10},"#
          + #""window":400000},"model":{"name":"gpt-5","provider":"openai"}}"#))
  }
}

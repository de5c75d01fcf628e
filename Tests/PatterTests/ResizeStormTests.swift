// A storm of sizes while a reply streams and somebody writes: the page of before, and every key.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct ResizeStormTests {
  private static let stepCount = 100

  /// What the reply says at a step: paragraphs, a list, wide letters and code, each of which breaks in another
  /// way in a narrow terminal.
  private static func words(_ step: Int) -> String {
    switch step % 5 {
    case 1: "step \(step) brings a sentence that is longer than many a terminal is wide, "
    case 2: "step \(step) 日本語のとても長い文, **bold and `code`**\n\n"
    case 3: "- step \(step) in a list\n- and one more\n\n"
    case 4: "```swift\nlet step = \(step)  // \(String(repeating: "x", count: 90))\n```\n\n"
    default: "## step \(step)\n\n"
    }
  }

  /// Lets the reply come step by step while a draft is typed, and looks at the page of
  /// 24 × 80 then.
  ///
  /// - Parameter sizes: where the terminal's sizes come from; nil leaves it as it is.
  private static func page(sizes: Seeded?) throws -> [String] {
    let pieces = (1...stepCount).flatMap { step in
      [LoopbackServer.Response.Piece.gate("step \(step)"), .words(words(step))]
    }
    let server = try LoopbackServer(
      .reply(
        pieces + [.gate("end"), .words("the last words"), .gate(LoopbackServer.Response.shut)]))
    let chat = try Journey(with: server)
    try chat.ask("hi")
    var sizes = sizes
    for step in 1...stepCount {
      sizes?.resize(chat.patter)
      server.open(gate: "step \(step)")
      if step.isMultiple(of: 2) { chat.type(letter(step)) }
      guard step % 20 == 0 else { continue }
      // The reply is as far as the person is, so that neither runs away from the other.
      chat.patter.resize(rows: 24, columns: 80)
      try chat.see("step \(step)")
    }
    server.open(gate: "end")
    try chat.see("the last words")
    try chat.waitUntil("the whole draft") { $0.shows("› \(draft)") }
    // The last row tells how long it has been.
    let page = Array(chat.picture.rows.dropLast())
    chat.press(.escape)
    try chat.see("■ stopped here")
    #expect(server.sawClose(ofChat: 1))
    var vocabulary = TerminalVocabulary(rows: 60, columns: 200)
    vocabulary.read(chat.patter.bytes)
    #expect(vocabulary.faults == [])
    try chat.quitWithDraft()
    return page
  }

  private static func letter(_ step: Int) -> String { "\(step / 2 % 10)" }

  private static let draft = stride(from: 2, through: stepCount, by: 2).map(letter).joined()

  @Test func `a storm of sizes while a reply streams leaves the page and the draft`() throws {
    let calm = try Self.page(sizes: nil)
    for seed in [1, 2] as [UInt64] {
      #expect(try Self.page(sizes: Seeded(state: seed)) == calm, "seed \(seed)")
    }
  }
}

extension Seeded {
  /// Gives the terminal a size between one cell and 60 × 200. Every fourth one is a tiny one.
  fileprivate mutating func resize(_ terminal: TerminalProgram) {
    let isTiny = Int.random(in: 0..<4, using: &self) == 0
    terminal.resize(
      rows: Int.random(in: 1...(isTiny ? 3 : 60), using: &self),
      columns: Int.random(in: 1...(isTiny ? 8 : 200), using: &self))
  }
}

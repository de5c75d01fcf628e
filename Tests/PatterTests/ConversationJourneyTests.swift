// Many conversations on a terminal: replies go on out of view, and the list goes to them, deletes them and
// brings them back.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct ConversationJourneyTests {
  @Test func `Esc stops the reply in view alone; the others go on and are marked when they end`()
    throws
  {
    let server = try LoopbackServer(
      .reply([.words("One"), .gate("one"), .words(" is whole.")]), .held("Two"), .held("Three"))
    let chat = try Journey(with: server)
    for (prompt, reply) in [("first", "One"), ("second", "Two"), ("third", "Three")] {
      if prompt != "first" { try chat.begin() }
      try chat.ask(prompt)
      try chat.see(reply)
    }
    try chat.see("2 live elsewhere")
    chat.press(.escape)
    try chat.see("■ stopped here")
    #expect(server.sawClose(ofChat: 3))
    #expect(server.stillHolds(chat: 1))
    #expect(server.stillHolds(chat: 2))
    server.open(gate: "one")
    try chat.see("1 live, 1 finished elsewhere")
    chat.press(.alt("g"))
    try chat.waitUntil("what each is doing") { $0.shows("✓ unread") && $0.shows("► ") }
    chat.press(.enter)
    try chat.see("One is whole.")
    #expect(server.stillHolds(chat: 2))
    chat.press(.alt("g"))
    chat.type("sec")
    try chat.see("› sec")
    chat.press(.enter)
    try chat.see("Two")
    chat.press(.escape)
    try chat.see("■ stopped here")
    try chat.leave()
  }

  @Test func `one that is deleted ends its reply at once, and comes back with what was there`()
    throws
  {
    let server = try LoopbackServer(.held("One"), .reply("Two."))
    let chat = try Journey(with: server)
    try chat.ask("first")
    try chat.see("One")
    try chat.draft("unsent")
    try chat.begin()
    try chat.ask("second")
    try chat.see("Two.")
    chat.press(.alt("g"))
    try chat.see("draft")
    chat.press(.control("d"))
    try chat.see("“first” is deleted; Ctrl-_ brings it back.")
    #expect(server.sawClose(ofChat: 1))
    chat.press(.control("_"))
    try chat.see("“first” is back.")
    chat.press(.escape)
    try chat.seeNo("Conversation ›")
    try chat.waitUntil("the reply as far as it came, and the draft") {
      $0.shows("One") && $0.shows("■ stopped here") && $0.shows("› unsent")
    }
    try chat.quitWithDraft()
  }

  @Test(arguments: [
    (
      24, 80,
      [
        "  Conversation ›                                                             5",
        "  ● (empty)                                                         0 messages",
        "    How many tides are there?                                draft  2 messages",
        "    Which moon pulls the most?                            ✗ failed  2 messages",
        "    How long is a tide?                                             2 messages",
        "  ────────────────────────────────────────────────────────────────────────────",
        "  Twelve hours and 25 minutes, from one high water to the next.",
        "",
        "",
        "  ────────────────────────────────────────────────────────────────────────────",
        "  › Ask something",
        " test · ↓ 1 line      Enter shows · Ctrl-K closes · Ctrl-D deletes · Esc leaves",
      ]
    ),
    (
      50, 160,
      [
        "  Conversation ›                                                                                                                                             5",
        "  ● (empty)                                                                       0 messages │ Twelve hours and 25 minutes, from one high water to the next.",
        "    How many tides are there?                                              draft  2 messages │",
        "    Which moon pulls the most?                                          ✗ failed  2 messages │",
        "    How long is a tide?                                                           2 messages │",
        "    What colour is the sea?                                               closed  2 messages │",
        "                                                                                             │",
        "                                                                                             │",
        "                                                                                             │",
        "                                                                                             │",
        "                                                                                             │",
        "                                                                                             │",
        "                                                                                             │",
        "  ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────",
        "  › Ask something",
        " test · at 127.0.0.1:PORT!                                                                            Enter shows · Ctrl-K closes · Ctrl-D deletes · Esc leaves",
      ]
    ),
  ])
  func `the list stands below the page, and beside it what was said last where there is room`(
    rows: Int, columns: Int, expected: [String]
  ) throws {
    let server = try LoopbackServer(
      .reply("Twelve hours and 25 minutes, from one high water to the next."),
      .json("{}", status: 403), .reply("Three of them."), .reply("Blue."))
    let chat = try Journey(with: server, rows: rows, columns: columns)
    try chat.ask("How long is a tide?")
    try chat.see("Twelve hours")
    try chat.begin()
    try chat.ask("Which moon pulls the most?")
    try chat.see("✗")
    try chat.begin()
    try chat.ask("How many tides are there?")
    try chat.see("Three of them.")
    try chat.draft("unsent")
    try chat.begin()
    try chat.ask("What colour is the sea?")
    try chat.see("Blue.")
    chat.type("/close")
    chat.press(.enter)
    try chat.see("“What colour is the sea?” is closed; Alt-G lists it.")
    try chat.see("› unsent")
    try chat.begin()
    chat.press(.alt("g"))
    try chat.see("Enter shows")
    chat.press(.down)
    chat.press(.down)
    try chat.waitUntil("this list: \(expected)") { picture in
      let list = picture.rows.drop { !$0.contains("Conversation ›") }
      return list.map { $0.trimmedAtEnd.replacing("\(server.port)", with: "PORT!") } == expected
    }
    chat.press(.enter)
    try chat.seeNo("Conversation ›")
    chat.press(.alt("g"))
    chat.type("many")
    try chat.see("› many")
    chat.press(.enter)
    try chat.see("› unsent")
    try chat.quitWithDraft()
  }

  @Test(arguments: [("bell", "\u{07}"), ("osc9", "\u{1B}]9;Patter: “first” has its reply.\u{07}")])
  func `the terminal is told of a reply that ended while its window was not in front`(
    way: String, told: String
  ) throws {
    let server = try LoopbackServer(
      .reply([.words("One"), .gate("one"), .words(" is whole.")]),
      .reply([.words("Two"), .gate("two"), .words(" as well.")]))
    let chat = try Journey(with: server, home: .configured("notify: \(way)\nnotifyAfter: 0 s"))
    #expect(chat.patter.modes.isOn(privateMode: 1004))
    try chat.ask("first")
    try chat.see("One")
    server.open(gate: "one")
    try chat.see("One is whole.")
    try chat.seeIdle()
    #expect(!chat.written.contains(told))
    chat.press(.alt("r"))
    try chat.see("Two")
    // Keys come before bytes: it is heard before the rest of the reply.
    chat.type("\u{1B}[O")
    server.open(gate: "two")
    try chat.see("Two as well.")
    try chat.seeIdle()
    #expect(chat.written.contains(told))
    try chat.leave()
  }

  @Test func `the terminal is not asked where its window is when nobody wants to know`() throws {
    let chat = try Journey(with: nil)
    #expect(!chat.written.contains("\u{1B}[?1004h"))
    try chat.leave()
  }
}

extension Journey {
  /// Begins a conversation and sees its empty page.
  fileprivate func begin() throws {
    press(.function(4))
    try see("Patter")
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}

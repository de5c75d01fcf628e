// What leaves the terminal while servers send anything at all: nothing but our own vocabulary, and the
// screen stays as it was built.

import LoopbackTests
import Support
import Testing

/// Replies that nobody means well with, the same for the same seed.
private struct HostileReply {
  private static let fragments = [
    "\u{1B}[31;77m", "\u{1B}[2J", "\u{1B}[1;1H", "\u{1B}[999;999H", "\u{1B}[5;9r",
    "\u{1B}]0;pwned\u{7}",
    "\u{1B}]2;pwned\u{1B}\\", "\u{1B}]52;c;cHduZWQ=\u{1B}\\", "\u{1B}]8;;http://evil\u{1B}\\",
    "\u{1B}P+q544e\u{1B}\\", "\u{1B}_Gf=24;AAAA\u{1B}\\", "\u{1B}[?1049l", "\u{1B}[?2004l",
    "\u{1B}[?25l", "\u{1B}c", "\u{1B}#8", "\u{1B}[!p", "\u{1B}(0", "\u{1B}(A", "\u{1B}[6n",
    "\u{1B}[>c",
    "\u{9B}2J", "\u{9D}0;pwned\u{9C}", "\u{90}q\u{9C}", "\u{85}", "\u{84}", "\u{E}", "\u{F}",
    "\u{8}\u{8}",
    "\u{7}", "\u{C}", "\u{B}", "\u{1B}", "[31m", "]0;pwned", "\u{7F}", "\u{18}", "\u{1A}", "\u{0}",
    "\u{202E}", "\u{2066}", "\u{E0001}", "\u{206F}",
  ]
  private static let markup = [
    "`", "```\n", "\n```\n", "| a | b |\n|---|---|\n| ", " | ", "\n| ", "[", "](", ")", "**", "~~",
    "\n> ",
    "\n- ", "\n1. ", "\n# ", "<", ">", "![", "\n\n", "$$", "\\(", "\\)", "&#27;", "&#x9b;",
    "\n[^1]: ",
  ]

  var soup: UnicodeSoup

  init(seed: UInt64) { soup = UnicodeSoup(seed: seed) }

  mutating func text() -> String {
    (0..<soup.number(4...30)).map { _ in
      switch soup.number(0...4) {
      case 0: soup.text(upTo: 4)
      case 1: soup.pick(Self.markup)
      default: soup.pick(Self.fragments)
      }
    }.joined()
  }

  /// A reply that ends with `marker`, or an error that begins with it.
  mutating func response(marker: String) -> LoopbackServer.Response {
    let text = text()
    // Short enough that the marker stays on the smallest screen.
    let name = quoted(String(String.UnicodeScalarView(text.unicodeScalars.prefix(40))))
    switch soup.number(0...11) {
    case 0:
      return .json(
        #"{"error":{"message":\#(quoted(marker + " ").dropLast() + name.dropFirst())}}"#,
        status: 400)
    case 1:
      return .eventStream([.openAIDelta(marker), .event(#"{"error":{"message":\#(name)}}"#)])
    case 2:
      return .eventStream([
        .openAIDelta(marker),
        .event(#"{"choices":[{"index":0,"delta":{},"finish_reason":\#(name)}]}"#), .openAIDone,
      ])
    case 3:
      return .eventStream([
        .openAIDelta(marker),
        .event(
          #"{"model":\#(name),"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":\#(name),"#
            + #""type":"function","function":{"name":\#(name),"arguments":\#(name)}}]}}]}"#),
        .openAIFinish("tool_calls"), .openAIDone,
      ])
    case 4:
      return .eventStream([
        broken(quoted(text)), broken("\"\\ud83d\""), .openAIDelta("\n\n" + marker), .openAIFinish(),
        .openAIDone,
      ])
    case 5:
      return .eventStream([
        .event(
          #"{"choices":[{"index":0,"delta":{"reasoning_content":\#(name),"reasoning":\#(name)}}]}"#),
        .openAIDelta(marker), .openAIFinish(), .openAIDone,
      ])
    default:
      let deltas = soup.deltas(of: text + "\n\n" + marker, upTo: 9)
      return .eventStream(deltas.map { .openAIDelta($0) } + [.openAIFinish(), .openAIDone])
    }
  }

  /// A delta with bytes in it that are no UTF-8.
  private mutating func broken(_ content: String) -> LoopbackServer.Step {
    var bytes = Array(#"data: {"choices":[{"index":0,"delta":{"content":\#(content)}}]}"#.utf8)
    for _ in 0..<3 {
      let place = bytes.count - soup.number(6...9)
      bytes.insert([0xFF, 0xC0, 0x9B, 0xED, 0xF5][soup.number(0...4)], at: place)
    }
    bytes += [0x0A, 0x0A]
    return .bytes(
      Array(String(bytes.count, radix: 16).utf8) + [0x0D, 0x0A] + bytes + [0x0D, 0x0A])
  }

  private func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar -> String in
      let digits = String(scalar.value, radix: 16)
      let isPlain = scalar.value >= 0x20 && scalar != "\"" && scalar != "\\"
      return isPlain
        ? String(scalar) : "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    return "\"" + escaped.joined() + "\""
  }
}

@Suite(.everyConnectionCloses) struct PtyBytesTests {
  /// How many replies each program hears.
  private static let replyCount = 10

  @Test(arguments: UInt64(0)..<12)
  func `nothing that a server sends leaves the terminal but as text`(seed: UInt64) throws {
    let (rows, columns) = [(24, 80), (12, 40), (40, 120)][Int(seed % 3)]
    var hostile = HostileReply(seed: seed)
    let responses = (0..<Self.replyCount).map { hostile.response(marker: "END\($0)!") }
    let server = try LoopbackServer(script: responses)
    let chat = try Journey(with: server, rows: rows, columns: columns)
    let rule = chat.picture.row(rows - 3)
    for index in 0..<Self.replyCount {
      try chat.ask("hi\(index)")
      try chat.see("END\(index)!")
      try chat.seeIdle()
      try chat.waitUntil("the composer where it stood") {
        $0.row(rows - 2).hasPrefix("  › Ask") && $0.cursor == (rows - 2, 4)
      }
      let picture = chat.picture
      #expect(picture.row(rows - 3) == rule, "\(picture)")
      #expect(picture.row(rows - 1).hasPrefix(" test"), "\(picture)")
      #expect(picture.rows.dropLast().allSatisfy { $0.isEmpty || $0.hasPrefix("  ") }, "\(picture)")
      #expect(picture.isAlternateScreen && picture.isCursorVisible)
    }
    try chat.leave()
    var vocabulary = TerminalVocabulary(rows: rows, columns: columns)
    vocabulary.read(chat.patter.bytes)
    #expect(vocabulary.faults == [])
  }
}

// The edge cases of server-sent events, part one: fields, line endings, byte order marks.
// Sources of a row: web-platform-tests `eventsource/format-*`, LaunchDarkly's contract tests, the
// tests of eventsource-parser, undici and swift-eventsource, and the HTML standard itself.

extension ServerSentEventCase {
  private typealias Case = ServerSentEventCase

  /// Fields and framing.
  static let fields: [ServerSentEventCase] = [
    Case("A01", [#"data: Hello\n\n"#], [.event("Hello")]),
    Case(
      "A02", [#"data: He"#, #"llo wor"#, #"ld\n\n"#], [.event("Hello world")], chunks: [0, 0, 1]),
    Case("A03", [#"data:no space\n\n"#], [.event("no space")]),
    Case("A04", [#"data:  two spaces\n\n"#], [.event(" two spaces")]),
    Case("A05", [#"data:\ttest\rdata: \ndata:test\n\n"#], [.event("\ttest\n\ntest")]),
    Case("A06", [#"data\n\n"#], [.event("")]),
    Case(
      "A07", [#"data:\n\ndata\ndata\n\ndata:test\n\n"#], [.event(""), .event("\n"), .event("test")]),
    Case("A08", [#"data: a:b:c\n\n"#], [.event("a:b:c")]),
    Case(
      "A09",
      [#"data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndata:test\n\n"#],
      [.event("test\n\ntest")], comments: 1),
    Case(
      "A10",
      [
        #"data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n"#
      ], [.event("\0\n 2\n1\n3\n\n4")]),
    Case("A11", [#"data:\0\n\n"#], [.event("\0")]),
    Case("A12", [#"data: YHOO\ndata: +2\ndata: 10\n\n"#], [.event("YHOO\n+2\n10")]),
    Case(
      "A13",
      [
        #": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"#
      ], [.event("first event", id: "1"), .event("second event"), .event(" third event")],
      comments: 1),
    Case("A14", [#"data\n\ndata\ndata\n\ndata:"#], [.event(""), .event("\n")]),
    Case("A15", [#"data:test\n\ndata: test\n\n"#], [.event("test"), .event("test")]),
    Case("A16", [#"event: greeting\ndata: Hello\n\n"#], [.event("Hello", type: "greeting")]),
    Case("A17", [#"event:test\ndata:x\n\ndata:x\n\n"#], [.event("x", type: "test"), .event("x")]),
    Case("A18", [#"event: \ndata:data\n\n"#], [.event("data")]),
    Case(
      "A19", [#"event:\ndata: Hello 1\n\nevent:\n\nevent: done\ndata: x\n\n"#],
      [.event("Hello 1"), .event("x", type: "done")]),
    Case("A20", [#"event: foo\n\ndata: bar\n\n"#], [.event("bar")]),
    Case("A21", [#"event: a\nevent: b\ndata: x\n\n"#], [.event("x", type: "b")]),
    Case(
      "A22", [#"data: x\nevent: t\nid: 7\n\n"#], [.event("x", type: "t", id: "7")], lastEventID: "7"
    ),
    Case("A23", [#"data: \xe2\x82\xac\xe8\xb1\x86\xe8\x85\x90\n\n"#], [.event("€豆腐")]),
  ]

  /// Line endings.
  static let lineEndings: [ServerSentEventCase] = [
    Case(
      "B1LF", [#"data: event 1\n\n\n\ndata: event 2 line 1\ndata: event 2 line 2\n\n"#],
      [.event("event 1"), .event("event 2 line 1\nevent 2 line 2")]),
    Case("B2LF", [#"data:\ndata: line2\ndata: line3\n\n"#], [.event("\nline2\nline3")]),
    Case(
      "B1CRLF",
      [#"data: event 1\r\n\r\n\r\n\r\ndata: event 2 line 1\r\ndata: event 2 line 2\r\n\r\n"#],
      [.event("event 1"), .event("event 2 line 1\nevent 2 line 2")]),
    Case("B2CRLF", [#"data:\r\ndata: line2\r\ndata: line3\r\n\r\n"#], [.event("\nline2\nline3")]),
    Case(
      "B1CR", [#"data: event 1\r\r\r\rdata: event 2 line 1\rdata: event 2 line 2\r\r"#],
      [.event("event 1"), .event("event 2 line 1\nevent 2 line 2")]),
    Case("B2CR", [#"data:\rdata: line2\rdata: line3\r\r"#], [.event("\nline2\nline3")]),
    Case(
      "B3", [#"data: Hello\r"#, #"\ndata: World\r"#, #"\n\r\ndata: OK\r"#, #"\n"#, #"\r"#, #"\n"#],
      [.event("Hello\nWorld"), .event("OK")], chunks: [0, 0, 1, 0, 1, 0]),
    Case(
      "B4", [#"data: A\r\n"#, #"data: B\r"#, #"\n"#, #"data: C\r\n"#, #"\n"#], [.event("A\nB\nC")],
      chunks: [0, 0, 0, 0, 1]),
    Case("B5", [#"data: one\r"#, #"\r"#, #"\n"#], [.event("one")], chunks: [0, 1, 0]),
    Case("B6", [#"data:test\r\ndata\ndata:test\r\n\r\n"#], [.event("test\n\ntest")]),
    Case("B7", [#"data: Hello\r\r\n"#], [.event("Hello")]),
    Case("B8", [#"data: Hello\n\r\n"#], [.event("Hello")]),
    Case(
      "B9", [#"data: a\n\rdata: b\r\n\ndata: c\r\n\r"#], [.event("a"), .event("b"), .event("c")]),
    Case(
      "B10", [#"data: {"t":"a\xe2\x80\xa8b\xe2\x80\xa9c\xc2\x85d\x0be\x0cf"}\n\n"#],
      [.event("{\"t\":\"a\u{2028}b\u{2029}c\u{85}d\u{b}e\u{c}f\"}")]),
    Case("B11", [#"data: x\r"#, #"data: y\r\r"#], [.event("x\ny")], chunks: [0, 1]),
    Case("B12", [#"data: x\r\r"#], [.event("x")], chunks: [1]),
    Case("B13", [#"\n\n\r\n\rdata: x\n\n"#], [.event("x")]),
  ]

  /// Byte order mark.
  static let byteOrderMarks: [ServerSentEventCase] = [
    Case("C01", [#"\xef\xbb\xbfdata: Hello\n\n"#], [.event("Hello")]),
    Case("C02", [#"\xef\xbb"#, #"\xbfdata: Hello\n\n"#], [.event("Hello")]),
    Case("C03", [#"\xef"#, #"\xbb"#, #"\xbf"#, #"data: Hello\n\n"#], [.event("Hello")]),
    Case(
      "C04", [#"data: First\n\n"#, #"data: \xef\xbb\xbfSecond\n\n"#],
      [.event("First"), .event("\u{feff}Second")], chunks: [1, 1]),
    Case(
      "C05", [#"\xef\xbb\xbfdata:1\n\n\xef\xbb\xbfdata:2\n\ndata:3\n\n"#],
      [.event("1"), .event("3")]),
    Case(
      "C06", [#"\xef\xbb\xbf\xef\xbb\xbfdata:1\n\ndata:2\n\ndata:3\n\n"#],
      [.event("2"), .event("3")]),
    Case("C07", [#"\xef\xbb\xbf:comment\ndata: Hello\n\n"#], [.event("Hello")], comments: 1),
    Case("C08", [#"\xef\xbb\xbfdata:\n\n"#], [.event("")]),
    Case("C09", [#"\xef\xbb"#, #"\n\ndata: x\n\n"#], [.event("x")]),
    Case("C10", [#"\xef\xbb\xbf"#], []),
  ]
}

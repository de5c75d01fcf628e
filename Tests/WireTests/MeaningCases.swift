// The edge cases of server-sent events, part two: comments, id, retry, encoding, end.

extension ServerSentEventCase {
  private typealias Case = ServerSentEventCase

  /// Comments.
  static let comments: [ServerSentEventCase] = [
    Case("D01", [#":comment\n\n"#], [], comments: 1),
    Case(
      "D02", [#"data: Hello\n\n:\n\ndata: World\n\n"#], [.event("Hello"), .event("World")],
      comments: 1),
    Case("D03", [#"data: a\n:mid\ndata: b\n\n"#], [.event("a\nb")], comments: 1),
    Case(
      "D04",
      [
        #"data:1\r:\0\n:\r\ndata:2\n:xxxxxxxxxxxxxxxx\rdata:3\n:data:fail\r:xxxxxxxxxxxxxxxx\ndata:4\n\n"#
      ], [.event("1\n2\n3\n4")], comments: 5),
    Case(
      "D05", [#": OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\ndata: {"id":"g"}\n\n"#],
      [.event("{\"id\":\"g\"}")], comments: 2),
    Case("D06", [#":comment\n\r\n\r"#], [], comments: 1),
    Case("D07", [#": keep-al"#, #"ive\n"#, #"\n"#], [], comments: 1),
  ]

  /// The field `id`.
  static let identifiers: [ServerSentEventCase] = [
    Case(
      "E01", [#"id: 1\ndata:x\n\ndata:y\n\n"#], [.event("x", id: "1"), .event("y", id: "1")],
      lastEventID: "1"),
    Case("E02", [#"id: 1\ndata:x\n\nid\ndata:y\n\n"#], [.event("x", id: "1"), .event("y")]),
    Case("E03", [#"id: a\0b\ndata: x\n\n"#], [.event("x")]),
    Case(
      "E04", [#"id: 123\nid: bad\0id\ndata: hello\n\n"#], [.event("hello", id: "123")],
      lastEventID: "123"),
    Case("E05", [#"id: 42\n\ndata: x\n\n"#], [.event("x", id: "42")], lastEventID: "42"),
    Case(
      "E06", [#"retry:1000\ndata:test1\n\nid:test\ndata:test2"#], [.event("test1")], retry: 1000),
    Case("E07", [#"id: 5\n"#], []),
  ]

  /// The field `retry`.
  static let retries: [ServerSentEventCase] = [
    Case("F01", [#"retry:02000\ndata:x\n\n"#], [.event("x")], retry: 2000),
    Case("F02", [#"retry:2000\nretry:1000x\ndata:x\n\n"#], [.event("x")], retry: 2000),
    Case("F03", [#"retry\nretry:\ndata:test\n\n"#], [.event("test")]),
    Case(
      "F04",
      [
        #"retry: +5\nretry: -1\nretry: 1.5\nretry: 5 \nretry:  5\nretry: \xef\xbc\x95\ndata: x\n\n"#
      ], [.event("x")]),
    Case("F05", [#"retry: 10000000000000000000000000\ndata: x\n\n"#], [.event("x")]),
    Case("F06", [#"retry: 3000\n\n"#], [], retry: 3000),
  ]

  /// UTF-8.
  static let encodings: [ServerSentEventCase] = [
    Case(
      "G01",
      [
        #"d"#, #"a"#, #"t"#, #"a"#, #":"#, #" "#, #"\xc3"#, #"\xa9"#, #"\xe2"#, #"\x82"#, #"\xac"#,
        #"\xf0"#, #"\x9f"#, #"\x98"#, #"\x80"#, #"\n"#, #"\n"#,
      ], [.event("é€😀")]),
    Case("G02", [#"data:ok\xe2\x80\xa6\n\n"#], [.event("ok…")]),
    Case("G03", [#"data: \xf0(\x8c\xbc\n\n"#], [.event("\u{fffd}(\u{fffd}\u{fffd}")]),
    Case("G04", [#"data: \xe2\x9cx\n\n"#], [.event("\u{fffd}x")]),
    Case(
      "G05", [#"data: \xed\xa0\x80\x7c\xc0\x80\x7c\xf4\x90\x80\x80\n\n"#],
      [.event("\u{fffd}\u{fffd}\u{fffd}|\u{fffd}\u{fffd}|\u{fffd}\u{fffd}\u{fffd}\u{fffd}")]),
    Case("G06", [#"data: \xe2\x82\ndata: \xac\n\n"#], [.event("\u{fffd}\n\u{fffd}")]),
    Case(
      "G07", [#"data: ok\n\ndata: \xff\xfe\n\ndata: after\n\n"#],
      [.event("ok"), .event("\u{fffd}\u{fffd}"), .event("after")]),
    Case("G08", [#"da\xcc\x81ta: x\ndata:\xcc\x81y\n\n"#], [.event("\u{301}y")]),
    Case("G09", [#"data: x\n\ndata: \xf0\x9f\x98"#], [.event("x")]),
  ]

  /// End of stream.
  static let endings: [ServerSentEventCase] = [
    Case("H01", [#"data: a\n\ndata: b\n"#], [.event("a")]),
    Case("H02", [#"data: a\n\ndata: b"#], [.event("a")]),
    Case("H03", [], []),
    Case("H04", [#"data: {"choices":[]}\n\ndata: [DONE]\n"#], [.event("{\"choices\":[]}")]),
    Case("H05", [#"data: x\n\r"#], [.event("x")]),
  ]
}

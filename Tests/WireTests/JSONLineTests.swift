import Testing
import Wire

@Suite struct JSONLineTests {
  /// The body, the lines it finishes, and the line it leaves unfinished.
  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    var body: [UInt8]
    var lines: [String]
    var tail: String?

    init(_ name: String, _ written: String, _ lines: [String], tail: String? = nil) {
      self.name = name
      body = bytes(written: written)
      self.lines = lines
      self.tail = tail
    }

    var testDescription: String { name }
  }

  static let rows = [
    Row("J01", #"{"a":1}\n{"b":2}\n"#, [#"{"a":1}"#, #"{"b":2}"#]),
    Row("J02", #"{"a":1}\r\n{"b":2}\r\n"#, [#"{"a":1}"#, #"{"b":2}"#]),
    Row("J03", #"\n\r\n \t \n{"a":1}\n\n"#, [#"{"a":1}"#]),
    Row("J04", #"{"a":1}\n{"type":"done"}"#, [#"{"a":1}"#], tail: #"{"type":"done"}"#),
    Row("J05", #"{"a":1}\n{"type":"tok"#, [#"{"a":1}"#], tail: #"{"type":"tok"#),
    Row("J06", #"{"t":"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"}\n"#, [#"{"t":"é€😀"}"#]),
    Row("J07", #"{"t":"a\xe2\x80\xa8b"}\n"#, ["{\"t\":\"a\u{2028}b\"}"]),
    Row("J08", #"{"a":1}\r{"b":2}\n"#, ["{\"a\":1}\r{\"b\":2}"]),
    Row("J09", #"\xef\xbb\xbf{"a":1}\n"#, [#"{"a":1}"#]),
    Row("J09 twice", #"\xef\xbb\xbf\xef\xbb\xbf{}\n"#, ["\u{FEFF}{}"]),
    Row("J10", #"{"a":1}\nnot json\n"#, [#"{"a":1}"#, "not json"]),
    Row("J12", #"data: {"a":1}\n: x\n"#, [#"data: {"a":1}"#, ": x"]),
    Row("J20", #"{"done":true}\n{"done":true}\n"#, [#"{"done":true}"#, #"{"done":true}"#]),
    Row("invalid UTF-8", #"{"t":"\xff"}\n"#, ["{\"t\":\"\u{FFFD}\"}"]),
    Row("blank end", #"{}\n \r"#, ["{}"]),
    Row("end in a code point", #"{"t":"\xe2\x82"#, [], tail: "{\"t\":\"\u{FFFD}"),
    Row("nothing", "", []),
  ]

  @Test(arguments: rows)
  func `gives the same lines however the bytes are cut`(row: Row) throws {
    for chunks in cuttings(of: row.body) {
      var parser = JSONLineParser()
      let lines = try chunks.flatMap { chunk throws in try parser.receive(chunk) }
      let tail = try parser.finish()
      #expect(lines.map(Self.text) == row.lines, "cut as \(chunks)")
      #expect(tail.map(Self.text) == row.tail)
      #expect((lines + [tail ?? []]).allSatisfy { String(validating: $0, as: UTF8.self) != nil })
    }
  }

  private static func text(_ line: [UInt8]) -> String { String(decoding: line, as: UTF8.self) }
}

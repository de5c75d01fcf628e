// What a row of the table of edge cases is, and the ways to cut its bytes into chunks.

import Testing
import Wire

/// Bytes of a body and what must come of them, however they are cut.
struct ServerSentEventCase: Sendable, CustomTestStringConvertible {
  struct Event: Hashable, Sendable {
    var data: String
    var type: String
    var id: String

    static func event(_ data: String, type: String = "message", id: String = "") -> Event {
      Event(data: data, type: type, id: id)
    }
  }

  var name: String
  /// The body, cut as its source cuts it.
  var chunks: [[UInt8]]
  var events: [Event]
  /// How many events each chunk finishes, where that is what the row is about.
  var eventCounts: [Int]?
  var commentCount: Int
  var retryMilliseconds: Int?
  var lastEventID: String

  /// `pieces` write bytes as `\n`, `\r`, `\t`, `\0` and `\xHH`; everything else is as it stands.
  init(
    _ name: String, _ pieces: [String], _ events: [Event], chunks eventCounts: [Int]? = nil,
    comments: Int = 0, retry: Int? = nil, lastEventID: String = ""
  ) {
    self.name = name
    chunks = pieces.map(bytes(written:))
    self.events = events
    self.eventCounts = eventCounts
    commentCount = comments
    retryMilliseconds = retry
    self.lastEventID = lastEventID
  }

  var testDescription: String { name }
  var body: [UInt8] { Array(chunks.joined()) }

  static var all: [ServerSentEventCase] {
    fields + lineEndings + byteOrderMarks + comments + identifiers + retries + encodings + endings
  }
}

/// Bytes from a string with the escapes of the table.
func bytes(written text: String) -> [UInt8] {
  var result: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
      result.append(byte)
      continue
    }
    switch escape {
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "0"): result.append(0x00)
    case UInt8(ascii: "x"):
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      rest = rest.dropFirst(2)
      result.append(UInt8(digits, radix: 16) ?? 0)
    default: result.append(contentsOf: [byte, escape])
    }
  }
  return result
}

/// The same body cut in many ways: whole, in pieces of 1, 2, 3, 5 and 7 bytes, and, where it is
/// short, in two at every place.
func cuttings(of body: [UInt8]) -> [[[UInt8]]] {
  var cuttings = [[body]]
  for size in [1, 2, 3, 5, 7] {
    cuttings.append(
      stride(from: 0, to: body.count, by: size).map {
        Array(body[$0..<min($0 + size, body.count)])
      })
  }
  if body.count < 400 {
    cuttings += body.indices.map { [Array(body[..<$0]), Array(body[$0...])] }
  }
  return cuttings
}

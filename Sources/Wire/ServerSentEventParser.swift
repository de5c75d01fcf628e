// Bytes of a `text/event-stream` body → events.
//
// The rules are those of the HTML standard, "Server-sent events", sections "Parsing an event
// stream" and "Interpreting an event stream":
//
//   - always UTF-8 with replacement, whatever the Content-Type says; one leading U+FEFF is dropped
//   - an empty line dispatches; a line with a colon first is a comment; otherwise the field's name
//     is before the first colon and its value after it, without ONE leading space
//   - `data` lines are joined by LF; no `data` field at all means no event, and `data:` alone means
//     an event with empty data
//   - `id` counts from the next empty line on, even without an event; one with U+0000 is ignored
//   - `retry` counts if it is ASCII digits only
//   - at the end of the stream an unfinished block is discarded
//
// A CR ends its line at once, without waiting to see whether an LF follows: the last event before a
// pause would otherwise come when the pause is over.

/// Reads one body of server-sent events, in chunks of any size. Linear in the bytes received.
public struct ServerSentEventParser: Sendable {
  /// How many comments were finished. Servers send them to show that they are alive.
  public private(set) var commentCount = 0
  /// The value of the last valid `retry` field, in milliseconds. Nil where none came, or where the
  /// number does not fit. Patter never acts on it: to reconnect would be to send the prompt again.
  public private(set) var retryMilliseconds: Int?
  /// The last `id` that an empty line has confirmed.
  public private(set) var lastEventID = ""
  /// The first lines whose field the standard does not know, as valid UTF-8, one byte counted for
  /// each line end. A server or proxy that answers with a bare JSON object or an HTML page is found
  /// here. The last one may be cut at `WireLimit.unknownLinesBytes`.
  public private(set) var unknownLines: [[UInt8]] = []

  private var splitter: LineSplitter
  private let limitBytes: Int
  private var unknownByteCount = 0
  /// The fields of the block that is not finished. No data is something else than empty data.
  private var data: [UInt8]?
  private var type = ""
  private var id = ""
  private var failure: WireError?

  /// - Parameter limitBytes: the longest line, and the most data of one event. Comments have no
  ///   limit: they are counted and not stored.
  public init(limitBytes: Int = WireLimit.lineBytes) {
    self.limitBytes = limitBytes
    splitter = LineSplitter(
      ending: .carriageReturnOrLineFeed, skipByte: UInt8(ascii: ":"), limitBytes: limitBytes)
  }

  /// Reads the next chunk; gives the events that it finished, in order.
  ///
  /// A line or an event past the limit ends the parsing for good. No event before it is lost: where
  /// the same chunk finished some, they are returned, and the error is thrown by the next call.
  public mutating func receive(_ chunk: [UInt8]) throws(WireError) -> [ServerSentEvent] {
    if let failure { throw failure }
    var events: [ServerSentEvent] = []
    var offset = 0
    do {
      while let line = try splitter.nextLine(in: chunk, from: &offset) {
        switch line {
        case .skipped: commentCount += 1
        case .text(let bytes):
          if bytes.isEmpty {
            if let event = dispatch() { events.append(event) }
          } else {
            try readField(bytes)
          }
        }
      }
    } catch {
      failure = error
      data = nil
      if events.isEmpty { throw error }
    }
    return events
  }

  /// The stream has ended. What was unfinished is no event; it is told as the tail. A last line
  /// without an end still counts for `unknownLines`.
  ///
  /// Throws what `receive` could not throw. Nothing may be received afterwards.
  public mutating func finish() throws(WireError) -> ServerSentEventTail {
    if let failure { throw failure }
    let line = splitter.finish()
    // Only to look at: the unfinished block changes neither id nor retry.
    var closed = self
    if !line.isEmpty { try closed.readField(line) }
    unknownLines = closed.unknownLines
    return ServerSentEventTail(
      pendingEvent: closed.dispatch(), pendingLine: Array(replacingInvalidUTF8(in: line[...])))
  }

  private mutating func dispatch() -> ServerSentEvent? {
    lastEventID = id
    defer {
      data = nil
      type = ""
    }
    guard let data else { return nil }
    return ServerSentEvent(
      type: type.isEmpty ? "message" : type, data: data, lastEventID: lastEventID)
  }

  private mutating func readField(_ line: [UInt8]) throws(WireError) {
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    var value = line[colon...].dropFirst()
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }

    // Names are compared as bytes: to a String a combining mark after the colon swallows it.
    let name = line[..<colon]
    if name.elementsEqual("data".utf8) {
      try appendData(value)
    } else if name.elementsEqual("event".utf8) {
      type = String(decoding: value, as: UTF8.self)
    } else if name.elementsEqual("id".utf8) {
      if !value.contains(0) { id = String(decoding: value, as: UTF8.self) }
    } else if name.elementsEqual("retry".utf8) {
      readRetry(value)
    } else {
      keepUnknown(line)
    }
  }

  private mutating func appendData(_ value: ArraySlice<UInt8>) throws(WireError) {
    let text = replacingInvalidUTF8(in: value)
    let joinByteCount = data == nil ? 0 : 1
    guard (data?.count ?? 0) + joinByteCount + text.count <= limitBytes else {
      throw .eventTooLong(limitBytes: limitBytes)
    }
    if data == nil {
      data = Array(text)
    } else {
      data?.append(UInt8(ascii: "\n"))
      data?.append(contentsOf: text)
    }
  }

  private mutating func readRetry(_ value: ArraySlice<UInt8>) {
    // Int's own initialiser takes "+5" and "-1", the standard does not.
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard !value.isEmpty, value.allSatisfy(digits.contains),
      let milliseconds = Int(String(decoding: value, as: UTF8.self))
    else { return }
    retryMilliseconds = milliseconds
  }

  private mutating func keepUnknown(_ line: [UInt8]) {
    let roomBytes = WireLimit.unknownLinesBytes - unknownByteCount
    guard roomBytes > 0 else { return }
    let kept = replacingInvalidUTF8(in: line.prefix(roomBytes)).prefix(roomBytes)
    unknownLines.append(Array(kept))
    unknownByteCount += kept.count + 1
  }
}

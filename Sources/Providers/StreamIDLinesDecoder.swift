// Bytes of a stream-id stream → events: one JSON object a line.
//
//   {"type":"status","stream_id":"S","trace_id":"T","status":"thinking"}   progress, and no end even where
//                                                                          it says "complete"
//   {"type":"token","stream_id":"S","trace_id":"T","text":"Hi"}            more of the reply
//   {"type":"done","stream_id":"S","trace_id":"T"}                         the last word
//   {"type":"error","stream_id":"S","trace_id":"T","error":"…"}            the same of a reply that broke
//
// The first line that bears an id says which stream this is. Lines of another are passed over, whatever they
// say, and lines without an id belong to this one. A body that ends without a last word is truncated.

import Chat
import Wire

struct StreamIDLinesDecoder: LineDecoder {
  var parser = JSONLineParser()
  var record = ReplyRecord()
  private var streamID: String?
  private var hasKnown = false
  private var hasForeign = false

  var isForeign: Bool { hasForeign && !hasKnown }

  mutating func read(_ line: StreamIDLine) {
    guard isOurs(line.streamID) else { return }
    switch line.type {
    case "token":
      begin(line)
      record.text(line.text)
    case "status":
      begin(line)
    case "done":
      begin(line)
      // An error that says it is the end is one.
      record.facts.complaint = line.error
      guard line.error == nil else { return }
      record.finish(.stop)
      record.facts.isTerminal = true
    case "error":
      begin(line)
      record.facts.complaint = line.error ?? Complaint(message: line.message)
    default:
      // An error is one also where nobody said what kind of line it is.
      if line.type == nil, let error = line.error {
        record.facts.complaint = error
      } else if line.streamID == nil {
        hasForeign = true
      }
    }
  }

  /// Whether a line with this id belongs to the stream. The first id there is decides.
  private mutating func isOurs(_ id: String?) -> Bool {
    guard let id else { return true }
    if streamID == nil { streamID = id }
    return id == streamID
  }

  private mutating func begin(_ line: StreamIDLine) {
    hasKnown = true
    record.startUnnamed(requestID: line.traceID)
  }
}

/// The members of a line that are read.
struct StreamIDLine: Decodable {
  let type: String?
  /// Nil for one that is empty.
  let streamID: String?
  let traceID: String?
  let text: String?
  let error: Complaint?
  let message: String?

  private enum Key: String, CodingKey {
    case type
    case streamID = "stream_id"
    case traceID = "trace_id"
    case text
    case token
    case content
    case delta
    case error
    case message
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    type = object.lenient(.type)
    let id = object.lenient(.streamID, as: LenientText.self)?.value
    streamID = id == "" ? nil : id
    traceID = object.lenient(.traceID, as: LenientText.self)?.value
    // Nobody has settled what the text is called.
    let texts: [String] = [Key.text, .token, .content, .delta].compactMap { object.lenient($0) }
    text = texts.first { !$0.isEmpty }
    error = object.lenient(.error, as: ErrorMember.self)?.complaint
    message = object.lenient(.message)
  }
}

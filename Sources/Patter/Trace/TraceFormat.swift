// A trace is a run of Patter as a file: what it began with, and each event that it was told, with its
// time. The program is a function of these, so a trace tells what happened without a word of how it was
// computed: `patter replay FILE` comes to the same state, and a bug report is a file.
//
// The file is JSON Lines. The first line is the header (`TraceHeader`), each further one an event
// (`TracedEvent`); a run that ends in order leaves a digest of its final state in a last line, and one
// that crashed does not:
//
//     {"format":5,"patter":"0.1.0","route":{…},"seed":"64e1…","settings":{…}}
//     {"at":[81250041,1763700000123,0],"key":{"name":"ctrl-c"}}
//     {"at":[90120877,1763700000132,0],"text":{"delta":"Hel","stream":"0.1"}}
//     {"end":"cbf29ce484222325"}
//
// `at` is the time of the pass in which it happened: nanoseconds of uptime since the trace began,
// milliseconds since 1970, and nanoseconds that the machine slept since the trace began.
//
// No key of a provider, no header and no body of a request is an event, so none is in the file; what is
// told of failures is masked before it becomes an event. What is typed into the field for a key is no event
// either, only how much it is. What else was written and what was replied is in it.
//
// What is read from a trace is foreign text: every number has a range, and nothing in it can stop the
// program but with a sentence.

import FoundationEssentials

/// The limits of a trace.
enum TraceLimit {
  /// The form of the lines. It grows with every change that an older Patter would misread.
  static let format = 5
  /// The longest line. A paste of 8 MiB, escaped, is half of it, and the largest picture that can be attached, in
  /// Base64, five sixths. A longer one ends the recording, and is not read.
  static let lineByteCount = 32 << 20
  /// The longest file; there the recording ends. Some two million deltas.
  static let fileByteCount = 256 << 20

  /// Whatever is counted: rows, tokens, milliseconds of a wait.
  static let counts = 0...1_000_000_000_000
  /// For a million tokens.
  static let dollars = 0...100_000.0
  static let notches = -1_000_000...1_000_000
  static let streams = 1...1_000
  /// `at`: about 30 years, and some 30,000 on either side of 1970. How long the machine slept is measured
  /// so coarsely that it may seem to shrink.
  static let nanoseconds: ClosedRange<Int64> = 0...1_000_000_000_000_000_000
  static let asleepNanoseconds = -nanoseconds.upperBound...nanoseconds.upperBound
  static let unixMilliseconds: ClosedRange<Int64> = -1_000_000_000_000_000...1_000_000_000_000_000
}

/// Why a trace cannot be written, or not be read.
struct TraceFault: Error, Hashable {
  /// A sentence for the user, without the file's name.
  let message: String
  /// Counted from one; nil where no line is to blame.
  var line: Int?

  init(_ message: String, line: Int? = nil) {
    self.message = message
    self.line = line
  }
}

/// A line behind the header.
enum TraceLine: Hashable {
  case event(TracedEvent, at: TracedInstant)
  case end(digest: String)
}

extension TraceLine: Codable {
  /// The members that stand beside the event's own, which is called as its case is.
  private enum Member: String, CodingKey {
    case at, end
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Member.self)
    if members.contains(.end) {
      self = .end(digest: try members.decode(String.self, forKey: .end))
    } else {
      self = .event(
        try TracedEvent(from: decoder), at: try members.decode(TracedInstant.self, forKey: .at))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: Member.self)
    switch self {
    case .event(let event, let instant):
      try members.encode(instant, forKey: .at)
      try event.encode(to: encoder)
    case .end(let digest):
      try members.encode(digest, forKey: .end)
    }
  }
}

/// Values as lines of a trace, and back.
enum TraceText {
  /// One line with its end. Equal values give equal bytes.
  static func line(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Only a number that is none cannot be encoded, and no line holds one.
    return ((try? encoder.encode(value)).map(Array.init) ?? []) + [UInt8(ascii: "\n")]
  }

  /// The value of one line, without its end.
  static func decode<Value: Decodable>(
    _ type: Value.Type, from line: ArraySlice<UInt8>
  ) throws(TraceFault) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(line))
    } catch let error as DecodingError {
      throw TraceFault(words(error))
    } catch {
      throw TraceFault("this is no JSON that Patter writes")
    }
  }

  /// What is wrong with a line, to follow its place.
  private static func words(_ error: DecodingError) -> String {
    func member(_ path: [any CodingKey]) -> String {
      "“\(path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: "."))”"
    }
    switch error {
    case .keyNotFound(let key, let context):
      return "\(member(context.codingPath + [key])) is missing"
    case .valueNotFound(_, let context), .typeMismatch(_, let context):
      return context.codingPath.isEmpty
        ? "this is no event that this Patter knows"
        : "\(member(context.codingPath)) is not of its kind"
    case .dataCorrupted:
      // A number or a text that cannot be is told in the same words as what is no JSON at all.
      return "this is no JSON that Patter writes"
    @unknown default:
      return "this cannot be read"
    }
  }
}

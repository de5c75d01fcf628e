// The events of a trace and what they hold, in the kinds of values that JSON has. The names of the cases
// and members here are the words of the file.

/// An event as it stands in a trace.
enum TracedEvent: Hashable, Codable {
  // What the person at the terminal did.

  /// `enter`, `a`, `ctrl-alt-f5`: see `TracedEvent.name(of:)`.
  case key(name: String)
  case paste(text: String)
  case wheel(notches: Int)
  case click(row: Int, column: Int)
  case focus(isHere: Bool)
  case hangup

  case prompt(text: String)

  // What came from a stream. `stream` is the conversation's number and the attempt's, `0.3`.

  case started(stream: String, model: String?, requestID: String?)
  case text(stream: String, delta: String)
  case thinking(stream: String, delta: String)
  case refusal(stream: String, delta: String)
  /// `id` names the call for its arguments.
  case toolCall(stream: String, name: String, id: String)
  case toolArguments(stream: String, delta: String, id: String)
  /// `stop`, `length` and so on, or `other: ` and the provider's word.
  case finished(stream: String, reason: String)
  case usage(stream: String, tokens: TracedUsage)
  case completed(stream: String, reason: String)
  case failed(stream: String, failure: TracedFailure)

  // What else happened. `message` has 32 hexadecimal digits.

  case saved(conversation: UInt32, message: String)
  case saveFailed(conversation: UInt32, message: String, reason: String)
  case modelFound(route: TracedRoute, place: String, welcome: String?)
  case modelMissing(reason: String)
  case modelRefused(reason: String)
  case racersFound(models: [TracedModel])
  case modelsListed(list: TracedList)
  case themesListed(items: [TracedItem], inUse: String)
  case described(model: TracedModel, facts: TracedFacts)
  case edited(text: String)
  case notice(kind: String, text: String)
  case laidOut(
    transcript: TracedRows, overlay: TracedRows?, reading: String?, landmarks: [TracedLandmark]?,
    listRow: Int?, lane: TracedRows?, pageRow: Int?)
  case clock
  case terminate
  case ownTextsListed(kind: String, rows: [TracedOwnText], folder: String?, notes: [String])
  case presetRead(preset: TracedPreset, place: String?, isFirst: Bool)
  case snippetRead(text: String)
  case setup(event: TracedSetup)
  case configured(settings: TracedSettings)
  case placed(route: TracedRoute, place: String?)

  // What was told of files. Each names the question by its number.

  case folderListed(folder: String, folders: [String], files: [String])
  case filesInspected(number: Int, findings: [TracedFinding])
  case fileRead(number: Int, place: Int, reading: TracedReading)
  case filesGiven(paths: [String], prompt: String?)
}

/// What is at a path: `file` with its facts, `missing`, `folder`, or `refused` with a reason.
struct TracedFinding: Hashable, Codable {
  var found: String
  var facts: TracedFileFacts?
  /// Why the model may not take it.
  var remark: String?
  var reason: String?
}

struct TracedFileFacts: Hashable, Codable {
  var mediaType: String
  var bytes: Int
  /// Nanoseconds since 1970.
  var modified: Int64
}

/// What is in a file, or the reason why it cannot be sent.
struct TracedReading: Hashable, Codable {
  var name: String?
  var facts: TracedFileFacts?
  /// Of a file that is text.
  var text: String?
  /// Of any other, in Base64.
  var data: String?
  var remark: String?
  var reason: String?
}

/// Nanoseconds of uptime since the trace began, milliseconds since 1970, and nanoseconds that the machine
/// slept since the trace began: `[81250041,1763700000123,0]`.
struct TracedInstant: Hashable {
  var nanoseconds: Int64
  var unixMilliseconds: Int64
  var asleepNanoseconds: Int64
}

extension TracedInstant: Codable {
  init(from decoder: any Decoder) throws {
    var numbers = try decoder.unkeyedContainer()
    nanoseconds = try numbers.decode(Int64.self)
    unixMilliseconds = try numbers.decode(Int64.self)
    asleepNanoseconds = try numbers.decode(Int64.self)
  }

  func encode(to encoder: any Encoder) throws {
    var numbers = encoder.unkeyedContainer()
    try numbers.encode(nanoseconds)
    try numbers.encode(unixMilliseconds)
    try numbers.encode(asleepNanoseconds)
  }
}

/// Tokens; a member is missing where the provider said nothing.
struct TracedUsage: Hashable, Codable {
  var input: Int?
  var output: Int?
  var reasoning: Int?
  var cached: Int?
}

/// What is known of a model; a member is missing where nobody says. `window` is in tokens.
struct TracedFacts: Hashable, Codable {
  var price: TracedPrice?
  var window: Int?
}

/// US dollars for a million tokens, and the longest prompt that they hold for.
struct TracedPrice: Hashable, Codable {
  var input: Double
  var output: Double
  var cached: Double?
  var promptLimit: Int?
}

struct TracedFailure: Hashable, Codable {
  var kind: String
  var message: String
  var requestID: String?
  var retryAfterMilliseconds: Int?
  var remedy: String
}

/// Rows of a whole, rows of the screen for it, the one that is first in view, and how far down it has been
/// seen.
struct TracedRows: Hashable, Codable {
  var content: Int
  var visible: Int
  var top: Int
  var seen: Int
}

/// What stands in a row of the screen: `message`, `thinking` (a part), `attempt` or `code` (a block).
struct TracedLandmark: Hashable, Codable {
  var row: Int
  var kind: String
  var message: String
  var number: Int?
}

struct TracedModel: Hashable, Codable {
  var provider: String
  var name: String
}

/// What one provider has.
struct TracedList: Hashable, Codable {
  var id: String
  var name: String
  var items: [TracedItem]
  /// `looking`, `listed` or `failed`.
  var state: String
  /// Why it failed.
  var reason: String?
}

/// A row of a list.
struct TracedItem: Hashable, Codable {
  var id: String
  var title: String
  var details: [String]
}

/// A row of a list of presets or snippets.
struct TracedOwnText: Hashable, Codable {
  var name: String
  var description: String
  var preview: String
}

/// What a preset says; a member is missing where it says nothing.
struct TracedPreset: Hashable, Codable {
  var name: String
  var systemPrompt: String?
  var route: TracedRoute?
  var options: TracedSettings.Options
  var send: String?
  var cutReplies: String?
}

struct TracedRoute: Hashable, Codable {
  var name: String
  /// `chain` or `pool`.
  var order: String
  var models: [TracedModel]
}

/// The first line of a trace: its form, who wrote it, and all of `Beginning`.
struct TraceHeader: Hashable, Codable {
  var format: Int
  /// The version of the program that was recorded.
  var patter: String
  /// 32 hexadecimal digits.
  var seed: String
  var route: TracedRoute
  var settings: TracedSettings
}

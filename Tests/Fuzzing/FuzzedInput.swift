// What must hold for any bytes whatever that come from outside, as a function of those bytes. `make fuzz` has
// libFuzzer look for bytes that break it; the tests run a slice with a fixed seed.
//
//   byte 0   what the bytes are: a parser's, a dialect's reply, its list of models, its error, a file of settings,
//            a text with settings in front
//   byte 1   how they are cut
//   rest     the bytes

import Chat
import Providers
import Settings
import Support
import Wire
import YAMLDocuments

/// One input of a fuzzer.
public struct FuzzedInput {
  /// What can be wrong.
  public struct Fault: Error, CustomStringConvertible {
    public let description: String
  }

  private enum Kind: CaseIterable {
    case eventParser
    case lineParser
    case reply
    case complaint
    case models
    case settings
    case frontMatter
  }

  private let kind: Kind
  private let dialect: ScriptedDialect
  private let cutSeed: UInt8
  private let bytes: [UInt8]

  /// Nil where there is nothing behind the first two bytes.
  public init?(_ input: [UInt8]) {
    guard input.count > 2 else { return nil }
    kind = Kind.allCases[Int(input[0]) % Kind.allCases.count]
    let dialects = ScriptedDialect.allCases
    dialect = dialects[Int(input[0]) / Kind.allCases.count % dialects.count]
    cutSeed = input[1]
    bytes = Array(input[2...])
  }

  /// Takes the bytes in, whole and in pieces.
  ///
  /// - Throws: `Fault` for a promise that does not hold. A trap is one as well.
  public func run() throws {
    switch kind {
    case .eventParser: try same { try events($0) }
    case .lineParser: try same { try lines($0) }
    case .reply: try same { try reply($0, status: 200, type: dialect.contentType) }
    case .complaint: try same { try reply($0, status: 400, type: "application/json") }
    case .models: try same { try models($0) }
    case .settings:
      try settings { () throws(SettingsError) in try YAMLDocument.read(bytes, file: "settings") }
    case .frontMatter: try frontMatter()
    }
  }

  /// However bytes are cut, they say the same.
  private func same<Meaning: Equatable>(_ read: ([[UInt8]]) throws -> Meaning) throws {
    let whole = try read([bytes])
    let parts = try read(pieces)
    guard parts == whole else {
      throw Fault(description: "\(kind): whole \(whole), in pieces \(parts)")
    }
  }

  /// The bytes in pieces of 1 to 16.
  private var pieces: [[UInt8]] {
    var random = Seeded(state: UInt64(cutSeed))
    var pieces: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...16, using: &random)
      pieces.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return pieces
  }

  // MARK: - What reads them

  private func events(_ pieces: [[UInt8]]) throws -> [ServerSentEvent] {
    var parser = ServerSentEventParser(limitBytes: 4096)
    var events: [ServerSentEvent] = []
    do throws(WireError) {
      for piece in pieces { events += try parser.receive(piece) }
      _ = try parser.finish()
    } catch {
      guard bytes.count > 4096 else { throw Fault(description: "\(error) of \(bytes.count) bytes") }
    }
    for event in events where String(validating: event.data, as: UTF8.self) == nil {
      throw Fault(description: "an event that is no UTF-8: \(event)")
    }
    return events
  }

  private func lines(_ pieces: [[UInt8]]) throws -> [[UInt8]] {
    var parser = JSONLineParser(limitBytes: 4096)
    var lines: [[UInt8]] = []
    do throws(WireError) {
      for piece in pieces { lines += try parser.receive(piece) }
      if let last = try parser.finish() { lines.append(last) }
    } catch {
      guard bytes.count > 4096 else { throw Fault(description: "\(error) of \(bytes.count) bytes") }
    }
    return lines
  }

  private func reply(
    _ pieces: [[UInt8]], status: Int, type: String
  ) throws -> [StreamEvent] {
    var registry = StreamRegistry(userAgent: "fuzz")
    let now = Instant(uptimeNanoseconds: 0)
    let id = StreamID(1)
    let transfer = TransferID.stream(id.number)
    let endpoint = try endpoint()
    let outgoing = Outgoing(
      model: ModelID(provider: endpoint.providerID, name: "m"),
      messages: [Outgoing.Message(role: .user, parts: [.text("hi")])])
    registry.start(id, outgoing, endpoint: endpoint, at: now)
    let head = HTTPResponseHead(status: status, headers: [HTTPHeader("Content-Type", type)])
    registry.receive(.responded(head), from: transfer, at: now)
    for piece in pieces { registry.receive(.received(piece), from: transfer, at: now) }
    registry.receive(.ended(nil), from: transfer, at: now)
    let events = registry.takeOutput().events.map(\.event)
    try check(events)
    guard registry.isSettled else { throw Fault(description: "a stream that does not end") }
    return events
  }

  private func models(_ pieces: [[UInt8]]) throws -> [ListedModel]? {
    let now = Instant(uptimeNanoseconds: 0)
    var lookup = ModelLookup(try endpoint(), number: 1, userAgent: "fuzz")
    _ = lookup.start(at: now)
    let head = HTTPResponseHead(
      status: 200, headers: [HTTPHeader("Content-Type", "application/json")])
    _ = lookup.receive(.responded(head), from: .lookup(1), at: now)
    for piece in pieces { _ = lookup.receive(.received(piece), from: .lookup(1), at: now) }
    _ = lookup.receive(.ended(nil), from: .lookup(1), at: now)
    guard case .models(let models) = lookup.answer else { return nil }
    for model in models {
      let numbers = [model.windowTokens, model.replyTokens].compactMap(\.self)
      let prices = [model.price?.input, model.price?.output].compactMap(\.self)
      guard numbers.allSatisfy({ $0 >= 0 }), prices.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
        throw Fault(description: "no number that can be: \(model)")
      }
    }
    return models
  }

  /// A file of settings is whole when it is read. Who reads it into a meaning is tried with files of that meaning,
  /// in `ConfigurationFuzzTests`: an executable cannot be imported here.
  private func settings(_ document: () throws(SettingsError) -> Node) throws {
    var reader = SettingsReader(file: "settings")
    do throws(SettingsError) {
      read(Setting(path: "", node: try document()), depth: 0, &reader)
    } catch {
      try check(error)
    }
    let errors = reader.errors
    guard errors.count <= SettingsReader.errorLimit else {
      throw Fault(description: "\(errors.count) errors")
    }
    for error in errors { try check(error) }
  }

  /// A preset or a snippet: its settings are settings, and its text is a text, of which nothing is missing when it
  /// stands alone.
  private func frontMatter() throws {
    var text = ""
    try settings { () throws(SettingsError) in
      let file = try FrontMatter(bytes, file: "settings")
      text = file.text
      return file.settings
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let isTrimmed = [lines.first, lines.last].allSatisfy { line in
      line?.allSatisfy(\.isWhitespace) == false
    }
    guard text.isEmpty || isTrimmed, !text.contains("\r"), !text.contains("\r\n") else {
      throw Fault(
        description: "a text with line ends or empty lines around it: \(text.debugDescription)")
    }
    guard !text.hasPrefix("---"), !text.hasPrefix("\u{FEFF}") else { return }
    let alone = try FrontMatter(Array(text.utf8), file: "settings")
    guard alone.text == text, case .mapping(let entries) = alone.settings.value, entries.isEmpty
    else {
      throw Fault(description: "\(text.debugDescription) is read as \(alone)")
    }
  }

  /// Reads a setting as everything that it could be.
  private func read(_ setting: Setting, depth: Int, _ reader: inout SettingsReader) {
    _ = reader.text(setting)
    _ = reader.integer(setting, in: -5...5)
    _ = reader.number(setting, in: 0...1)
    _ = reader.boolean(setting)
    _ = reader.milliseconds(setting, in: 1...1000)
    _ = reader.word(setting, among: ["data", "error", "models"])
    let members = reader.mapping(setting, known: depth == 0 ? ["models", "data", "name"] : nil)
    let entries = reader.sequence(setting) ?? []
    for inner in (members?.members.map(\.setting) ?? []) + entries {
      read(inner, depth: depth + 1, &reader)
    }
  }

  private func check(_ error: SettingsError) throws {
    let lineCount = bytes.count + 1
    let isInside = error.place.map {
      (1...lineCount + 1).contains($0.line) && (1...bytes.count + 1).contains($0.column)
    }
    let isSentence =
      error.message.utf8.count < 4000
      && error.message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    guard isInside != false, isSentence else { throw Fault(description: error.description) }
  }

  private func endpoint() throws -> Endpoint {
    var environment = dialect.variables(port: 1)
    environment[dialect.keyVariable] = "sk-fuzz-0123456789"
    guard let row = ProviderTable.standard[dialect.rawValue] else {
      throw Fault(description: "nobody speaks \(dialect)")
    }
    return try row.endpoint(environment: environment)
  }

  // MARK: - What holds for every reply

  private func check(_ events: [StreamEvent]) throws {
    var isOver = false
    for event in events {
      if isOver { throw Fault(description: "an event behind the end: \(event)") }
      switch event {
      case .completed: isOver = true
      case .failed(let failure):
        isOver = true
        guard failure.message.unicodeScalars.allSatisfy({ $0.value >= 0x20 }),
          failure.message.count < 1000, !failure.message.contains("sk-fuzz")
        else { throw Fault(description: "no sentence: \(failure)") }
      case .usage(let usage):
        let counts = [
          usage.inputTokens, usage.outputTokens, usage.reasoningTokens, usage.cachedTokens,
        ].compactMap(\.self)
        guard counts.allSatisfy({ $0 >= 0 && $0 <= 10_000_000_000_000 }) else {
          throw Fault(description: "no count: \(usage)")
        }
      case .started, .text, .thinking, .refusal, .toolCall, .toolArguments, .finished: break
      }
    }
    guard isOver else { throw Fault(description: "no end") }
  }
}

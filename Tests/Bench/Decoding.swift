// What an event costs on its way from bytes to the conversation: parser, decoder, registry, store. No socket
// and no screen. It runs in a process of its own, so that its memory is its own.

import Chat
import Glibc
import Providers
import Support
import Wire

extension Measurement {
  /// The cost of each of so many small events in this dialect.
  static func decoding(_ dialect: ScriptedDialect, _ count: Int) -> Measurement {
    Measurement(
      figures: [
        Figure(
          name: "\(count) events of \(dialect), bytes to store: processor each",
          unit: .microseconds, goal: "15 µs"),
        Figure(name: "the same: memory, the reply in it", unit: .mebibytes),
      ],
      programs: [.patter], roundCount: 3, isWarmedUp: false
    ) { _ in
      {
        let numbers = try Self.numbers(of: "--decode", dialect.rawValue, "\(count)")
        guard numbers.count == 2 else { throw HarnessError("no numbers") }
        return [[numbers[0]], [numbers[1]]]
      }
    }
  }
}

/// One reply of so many deltas, from its bytes to the message.
struct Decoding {
  /// As much as libcurl hands over at once.
  private static let pieceBytes = 16 << 10
  private static let letters = Array("the tide turns twice a day and nobody asks why ".utf8)

  private let dialect: ScriptedDialect
  private let count: Int

  /// - Parameter words: the dialect and the number of events, as they stand behind `--decode`.
  init?(_ words: [String]) {
    guard words.count == 2, let dialect = ScriptedDialect(rawValue: words[0]),
      let count = Int(words[1]), count > 0
    else { return nil }
    self.dialect = dialect
    self.count = count
  }

  /// Does it and prints microseconds of processor for each event, and how many MiB more were held at the most
  /// than before, when the bytes that go in were there already.
  func run() throws {
    let texts = (0..<count).map(Self.text)
    let body = Array((texts.map { dialect.delta($0) } + dialect.end).bodyText.utf8)
    var environment = dialect.variables(port: 1)
    environment[dialect.keyVariable] = "none"
    guard let row = ProviderTable.standard[dialect.rawValue] else {
      throw HarnessError("nobody speaks \(dialect)")
    }
    let endpoint = try row.endpoint(environment: environment)
    let model = ModelID(provider: row.id, name: "m")
    var registry = StreamRegistry(userAgent: "bench")
    var store = ChatStore(
      route: Route(model), messageIDs: MessageIDSource(seed: MessageID(high: 1, low: 2)))
    let now = Instant(uptimeNanoseconds: 0)

    try Processor.forgetPeak()
    let memory = processStatus("VmRSS:", of: getpid())
    let began = Processor.nanoseconds
    var effects = store.handle(.send("go"), at: now)
    for case .save(_, let message) in effects {
      effects += store.handle(.saved(message.id), at: now)
    }
    for case .start(let id, let outgoing) in effects {
      registry.start(id, outgoing, endpoint: endpoint, at: now)
      let transfer = TransferID.stream(id.number)
      registry.receive(.responded(head), from: transfer, at: now)
      for start in stride(from: 0, to: body.count, by: Self.pieceBytes) {
        let piece = Array(body[start..<min(start + Self.pieceBytes, body.count)])
        registry.receive(.received(piece), from: transfer, at: now)
        tell(&registry, &store, now)
      }
      registry.receive(.ended(nil), from: transfer, at: now)
      tell(&registry, &store, now)
    }
    let nanoseconds = Processor.nanoseconds - began
    let grown = (processStatus("VmHWM:", of: getpid()) - memory) / 1024

    let text = store.conversation.leaf.map { store.conversation[$0].text }
    guard store.generation == .idle, text?.utf8.count == texts.joined().utf8.count else {
      throw HarnessError("the reply did not come through whole")
    }
    print(Double(nanoseconds) / 1e3 / Double(count), grown)
  }

  private var head: HTTPResponseHead {
    HTTPResponseHead(
      status: 200, headers: [HTTPHeader("Content-Type", dialect.contentType)])
  }

  private func tell(_ registry: inout StreamRegistry, _ store: inout ChatStore, _ now: Instant) {
    for entry in registry.takeOutput().events {
      _ = store.handle(.stream(entry.stream, entry.event), at: now)
    }
  }

  /// Four letters, as tokens have them.
  static func text(_ number: Int) -> String {
    let start = number * 4 % (letters.count - 4)
    return String(decoding: letters[start..<(start + 4)], as: UTF8.self)
  }
}

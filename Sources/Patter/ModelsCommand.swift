// `patter models [PROVIDER]`: asks everybody at once which models they have, and prints what came in the
// table's order. What cannot be asked is told on standard error; its list of another time stands in.

import Chat
import ChildProcesses
import CurlTransport
import Glibc
import Providers
import Settings
import Terminal
import Wire

/// Lists what can be asked.
struct ModelsCommand {
  /// How long all answers together may take.
  static let limitMilliseconds: Int64 = 10_000

  /// What it came to.
  struct Outcome {
    /// The lines for standard output.
    var rows: [Row] = []
    /// The sentences for standard error.
    var sentences: [String] = []
    var code: Int32
    /// The signal that ended it, after which nothing is printed.
    var interruption: PrintEnding?
  }

  /// A model in words; a column that nobody knows is empty.
  struct Row: Hashable {
    /// `PROVIDER/NAME`, the window, and what a million tokens cost to send and to get.
    let columns: [String]

    init(_ provider: String, _ model: ListedModel) {
      let prices = model.priceWords
      columns = [
        ModelID(provider: provider, name: model.name).description, model.windowWords ?? "",
        prices?.input ?? "", prices?.output ?? "",
      ]
    }
  }

  private let table: ProviderTable
  private let environment: [String: String]
  private let settings: [String: ProviderSetting]
  private let commands: [String]
  private var directory: ModelDirectory

  init(
    _ table: ProviderTable, environment: [String: String], configuration: Configuration,
    directory: ModelDirectory
  ) {
    self.table = table
    self.environment = environment
    settings = configuration.providerSettings
    commands = configuration.commands.keys.sorted()
    self.directory = directory
  }

  /// Asks all providers, or this one, and waits for what they say.
  mutating func run(_ provider: String?) throws(TransportError) -> Outcome {
    var sources: [ModelSource]
    switch choose(provider) {
    case .success(let chosen): sources = chosen
    case .failure(let outcome): return outcome.value
    }
    let transport = try Transport()
    let signals = Signals(Signals.wantedEndings)
    let ending = KeyFetches.complete(&sources, waitingOn: transport, hearing: signals)
    signals.unblock()
    if let ending {
      return Outcome(code: ending.rawValue, interruption: ending)
    }
    ask(sources, on: transport)
    directory.save()
    var outcome = Outcome(code: 1)
    for entry in sources.map({ directory.entry(of: $0) }) {
      outcome.rows += entry.models.map { Row(entry.provider, $0) }
      guard let failure = entry.failure else { continue }
      let age = entry.listedMilliseconds.map { Clock.now().unixMilliseconds - $0 }
      let rest = age.map { " What is listed is \(ModelsCommand.words(age: $0)) old." } ?? ""
      outcome.sentences.append(failure + rest)
    }
    if !outcome.rows.isEmpty {
      outcome.code = 0
    } else if outcome.sentences.isEmpty {
      outcome.sentences = [
        "There is nobody to ask: no provider is configured, and no server was found on this machine."
      ]
    }
    return outcome
  }

  /// An outcome that is there before anybody is asked.
  private struct Settled: Error {
    let value: Outcome
  }

  private func choose(_ provider: String?) -> Result<[ModelSource], Settled> {
    let sources = table.modelSources(environment: environment, settings: settings)
    guard let provider else { return .success(sources) }
    if commands.contains(provider) {
      return settled("\(provider) is a program of this machine; it takes any name behind its own.")
    }
    guard let row = table[provider] else {
      let finding = ModelFinder.Finding.unknownProvider(
        provider, known: table.rows.map(\.id) + commands)
      guard case .failure(let refusal) = finding.route else { return .success([]) }
      return settled(refusal.message, code: 2)
    }
    if let source = sources.first(where: { $0.provider == provider && !$0.isGuess }) {
      return .success([source])
    }
    // Who names it expects it to be there.
    guard
      let source = ModelSource(row, environment: environment, setting: settings[provider])
    else {
      let guide = ListedModel(ModelFinder.guide.name)
      return .failure(Settled(value: Outcome(rows: [Row(provider, guide)], code: 0)))
    }
    return .success([source])
  }

  private func settled(
    _ sentence: String, code: Int32 = 1
  ) -> Result<[ModelSource], Settled> {
    .failure(Settled(value: Outcome(sentences: [sentence], code: code)))
  }

  // MARK: - Asking

  private mutating func ask(_ sources: [ModelSource], on transport: Transport) {
    let start = Clock.now()
    let limit = start.advanced(byMilliseconds: ModelsCommand.limitMilliseconds)
    act(directory.refresh(sources, at: start), on: transport)
    while directory.isLooking {
      let times = [directory.deadline, limit].map { $0?.uptimeNanoseconds }
      _ = transport.wait(
        for: [], atMostMilliseconds: Clock.now().milliseconds(untilNanoseconds: times))
      let now = Clock.now()
      for (transfer, event) in transport.events() {
        act(directory.receive(event, from: transfer, at: now).effects, on: transport)
      }
      act(directory.advance(to: now).effects, on: transport)
      if now >= limit {
        let output = directory.giveUp(
          afterMilliseconds: ModelsCommand.limitMilliseconds, at: now)
        act(output.effects, on: transport)
      }
    }
  }

  private func act(_ effects: [RegistryEffect], on transport: Transport) {
    for effect in effects {
      switch effect {
      case .open(let transfer, let request): transport.open(transfer, request)
      case .close(let transfer): transport.close(transfer)
      case .spawn, .terminate, .kill: preconditionFailure("a look-up starts no program")
      }
    }
  }

  // MARK: - Words

  /// A time that has gone by, in its largest unit.
  static func words(age milliseconds: Int64) -> String {
    let minutes = max(0, milliseconds) / 60_000
    return switch minutes {
    case ..<1: "less than a minute"
    case ..<120: minutes == 1 ? "a minute" : "\(minutes) minutes"
    case ..<(48 * 60): "\(minutes / 60) hours"
    default: "\(minutes / (24 * 60)) days"
    }
  }

  /// The rows as text: below each other for a terminal, without control characters; else parted by tabs.
  static func text(_ rows: [Row], isTerminal: Bool) -> String {
    guard isTerminal else {
      return rows.map { $0.columns.joined(separator: "\t") + "\n" }.joined()
    }
    let lines = rows.map { $0.columns.map(PlainText.plain) }
    var widths: [Int] = []
    for line in lines {
      for (column, text) in line.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], text.count)
      }
    }
    return lines.map { columns in
      var line = ""
      for (column, text) in columns.enumerated() {
        let blanks = String(repeating: " ", count: widths[column] - text.count)
        line += column == 0 ? text + blanks : "  " + blanks + text
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}

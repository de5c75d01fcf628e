// A key that a program prints: a password manager, a helper of the company's. It is asked when the first
// request needs it, never before, and again only when a server did not accept what it said.

import Chat
import Wire

/// One run of such a program, from its start to the key.
struct KeyFetch: Sendable {
  /// How long it may take. A password manager may be waiting for a finger.
  static let limitMilliseconds: Int64 = 120_000
  /// The most that is read of what it prints, in bytes.
  static let outputLimitBytes = 64 * 1024

  /// What has come of it.
  enum Outcome: Sendable {
    case waiting
    case key(Secret)
    case failed(StreamFailure)
  }

  let command: ChildCommand
  /// When it is given up.
  let deadline: Instant
  private let provider: String
  private var output: [UInt8] = []
  private var diagnostics: [UInt8] = []

  /// - Parameter arguments: the program and its arguments; not empty.
  init(_ arguments: [String], for provider: String, at now: Instant) {
    command = ChildCommand(arguments)
    self.provider = provider
    deadline = now.advanced(byMilliseconds: Self.limitMilliseconds)
  }

  mutating func receive(_ event: ChildEvent) -> Outcome {
    switch event {
    case .output(let bytes):
      output += bytes.prefix(Self.outputLimitBytes - output.count)
      return .waiting
    case .diagnostics(let bytes):
      diagnostics += bytes.prefix(Self.outputLimitBytes - diagnostics.count)
      return .waiting
    case .ended(.exited(0)):
      guard let key else { return .failed(failure("printed no key")) }
      return .key(key)
    case .ended(.exited(let code)):
      return .failed(failure("failed (exit code \(code)\(quoted(diagnostics)))"))
    case .ended(.signalled(let signal)):
      return .failed(failure("was ended by signal \(signal)"))
    case .ended(.notStarted(let why)):
      var words = readable(why, without: nil, limit: 300)
      while words.hasSuffix(".") { words.removeLast() }
      return .failed(failure("could not be started: \(words)"))
    }
  }

  /// What the program printed as a key. Password managers print what else they know of an entry behind its
  /// first line.
  private var key: Secret? {
    Secret(String(decoding: output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
  }

  /// It was given up.
  var late: StreamFailure {
    failure("took longer than \(inSeconds(Int(Self.limitMilliseconds)))")
  }

  private func failure(_ what: String) -> StreamFailure {
    StreamFailure(
      .unauthorized,
      "\(oneLine(provider)) was not asked: the command that tells its key (\(name)) \(what). "
        + "Check apiKeyCommand.")
  }

  /// The program without its arguments, which may say where the key lies. People have written the key itself.
  private var name: String { readable(command.arguments[0], without: nil, limit: 60) }

  private func quoted(_ bytes: [UInt8]) -> String {
    let words = readableEnd(
      String(decoding: bytes, as: UTF8.self), without: key.map { [$0] } ?? [],
      limit: FailureWording.detailLimit)
    return words.isEmpty ? "" : ": \(words)"
  }
}

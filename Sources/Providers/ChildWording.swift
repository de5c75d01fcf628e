// Every way in which a program can fail to answer, in words: what happened, what it said of it itself,
// and what to do where there is something to do.

import Chat
import Wire

/// Writes failures for one program.
struct ChildWording: Sendable {
  /// How much of a program's own words a sentence quotes, in characters.
  static let detailLimit = 160
  /// "Temporary failure; the user is invited to retry" (sysexits.h). Of every other exit code nobody can
  /// say that another run would help, and a run may cost.
  static let temporaryFailureCode: Int32 = 75

  private let name: String
  /// What the program was given and must not be read aloud.
  private let secrets: [Secret]

  init(name: String, command: ChildCommand) {
    self.name = oneLine(name)
    secrets = command.environment.filter { Self.isSecret($0.key) }.compactMap { Secret($0.value) }
  }

  func notStarted(_ why: String) -> StreamFailure {
    StreamFailure(
      .unreachable, "\(name) could not be started\(quoted(why)). Check its command.",
      remedy: .never)
  }

  func exited(_ code: Int32, _ diagnostics: [UInt8]) -> StreamFailure {
    StreamFailure(
      .serverFailed, "\(name) failed (exit code \(code)\(quoted(diagnostics))). Check its command.",
      remedy: code == Self.temporaryFailureCode ? .retry : .never)
  }

  func signalled(_ signal: Int32, _ diagnostics: [UInt8]) -> StreamFailure {
    StreamFailure(
      .serverFailed,
      "\(name) was ended by \(Self.name(ofSignal: signal))\(quoted(diagnostics)).", remedy: .never)
  }

  func empty(_ diagnostics: [UInt8]) -> StreamFailure {
    StreamFailure(.empty, "\(name) ended without a reply\(quoted(diagnostics)). Check its command.")
  }

  /// Another reply would be no shorter.
  func tooLarge(limitBytes: Int) -> StreamFailure {
    StreamFailure(
      .truncated,
      "\(name) printed more than \(limitBytes / (1024 * 1024)) MiB for one reply and was ended.",
      remedy: .never)
  }

  func stalled(milliseconds: Int64) -> StreamFailure {
    StreamFailure(
      .stalled, "\(name) printed nothing for \(inSeconds(Int(milliseconds))) and was ended.")
  }

  /// `: WORDS` from the end of what the program wrote, where most programs say what went wrong.
  private func quoted(_ diagnostics: [UInt8]) -> String {
    quoted(String(decoding: diagnostics, as: UTF8.self))
  }

  private func quoted(_ text: String) -> String {
    var words = readableEnd(text, without: secrets, limit: Self.detailLimit)
    while words.hasSuffix(".") { words.removeLast() }
    return words.isEmpty ? "" : ": \(words)"
  }

  private static func isSecret(_ variable: String) -> Bool {
    let name = variable.uppercased()
    return ["KEY", "TOKEN", "SECRET", "PASS", "CREDENTIAL", "AUTH"].contains { name.contains($0) }
  }

  /// Numbers and names of Linux; the others have no names that a user would know.
  private static func name(ofSignal signal: Int32) -> String {
    let names: [Int32: String] = [
      1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE",
      9: "SIGKILL", 11: "SIGSEGV", 13: "SIGPIPE", 15: "SIGTERM", 24: "SIGXCPU", 25: "SIGXFSZ",
      31: "SIGSYS",
    ]
    return names[signal].map { "signal \(signal) (\($0))" } ?? "signal \(signal)"
  }
}

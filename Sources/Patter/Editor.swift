// The user's editor, with the draft in a file.
//
//   open ──▶ the editor has the terminal ── hear ──▶ .stopped ── goOn ──▶ …
//                                             └────▶ .closed(.edited or .notice)
//
// Which editor: `$VISUAL`, else `$EDITOR`, else the first that is installed of a few. A value is read as git
// reads it: one word is a program; anything else is a line for the shell, which gets the file's path as its
// first argument. People write these variables for git, and so `code --wait`, `emacsclient -t -a ''`,
// `'/opt/my editor/ed' -n` and `~/bin/edit` all mean here what they mean there.

import ChildProcesses
import Glibc
import Interface
import Settings
import Wire

/// Opens the draft in an editor and brings it back. Lives on the loop's thread and never sleeps.
final class Editor {
  /// What is tried when the environment names none.
  private static let usual = ["sensible-editor", "vi", "nano"]
  /// With one of these in it a value is a line for the shell: git's list (run-command.c).
  private static let shellCharacters = Set("|&;<>()$`\\\"' \t\n*?[#~=%")
  /// The exit code with which a shell says that there is no such program.
  private static let notFoundCode: Int32 = 127

  /// What became of the editor since it was last heard.
  enum Change {
    /// It was stopped, as by Ctrl-Z; the job is to stop with it.
    case stopped
    /// It is over: `edited`, with the file that the text stands in until somebody has it, or a `notice` of
    /// what went wrong.
    case closed(AppEvent, DraftFile?)
    /// It is over as it was told to be; says where that is which was written, if anything was.
    case ended(String?)
  }

  private struct Run {
    let command: Command
    let file: DraftFile
    let child: TerminalChild
  }

  /// What is run.
  struct Command: Hashable {
    /// As the user wrote it.
    let name: String
    /// Without the file's path.
    let words: [String]

    /// - Parameter value: what the user wrote, not blank.
    init(_ value: String) {
      name = value
      let isLine = value.contains(where: Editor.shellCharacters.contains)
      words = isLine ? ["/bin/sh", "-c", "\(value) \"$@\"", value] : [value]
    }
  }

  private let environment: [String: String]
  private var run: Run?
  private var isToldToEnd = false

  /// - Parameter environment: where the editor is named, and the folders for its file.
  init(environment: [String: String]) {
    self.environment = environment
  }

  /// Whether an editor has the terminal, or had it and will have it again.
  var isOpen: Bool { run != nil }

  /// Whether the terminal is the editor's now, and not another job's.
  var hasTerminal: Bool { run?.child.hasTerminal ?? false }

  /// Whether Ctrl-C in the editor is a signal to us as well.
  var sharesSignals: Bool { run?.child.leadsGroup == false }

  /// What is run; nil when the environment names no editor and none of the usual ones is installed.
  var command: Command? {
    let named = ["VISUAL", "EDITOR"].compactMap { environment[$0] }
      .first { !$0.allSatisfy(\.isWhitespace) }
    return (named ?? Self.usual.first(where: isInstalled)).map(Command.init)
  }

  private func isInstalled(_ program: String) -> Bool {
    let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    return folders.contains { access("\($0)/\(program)", X_OK) == 0 }
  }

  /// Opens an editor with this draft. None may be open.
  ///
  /// - Parameter giveTerminal: is called before the editor needs the terminal, and not when it does not come
  ///   to that.
  /// - Returns: What kept it from being opened; nil when it is open.
  func open(_ draft: String, giveTerminal: () -> Void) -> Notice? {
    guard let command else {
      return Self.failure(
        "There is no editor: neither VISUAL nor EDITOR names one, and none of"
          + " \(Self.usual.joined(separator: ", ")) is installed.")
    }
    let file: DraftFile
    do {
      file = try DraftFile(draft, environment: environment)
    } catch {
      return Self.failure(error.message)
    }
    giveTerminal()
    do {
      let child = try TerminalChild(ChildCommand(command.words + [file.path]))
      run = Run(command: command, file: file, child: child)
      return nil
    } catch {
      file.remove()
      return Self.failure("The editor could not be started. \(error.message)")
    }
  }

  /// What has happened, without waiting. To be called after SIGCHLD.
  func hear() -> Change? {
    guard let run else { return nil }
    switch run.child.look() {
    case nil: return nil
    case .stopped: return .stopped
    case .ended(let end):
      run.child.takeBack()
      self.run = nil
      guard !isToldToEnd else {
        return .ended(Self.farewell(run.file))
      }
      let event = Self.result(of: run, end)
      if case .edited = event { return .closed(event, run.file) }
      return .closed(event, nil)
    }
  }

  /// Where that is which was written, for a draft that nobody takes over any more; nil if nothing was.
  static func farewell(_ file: DraftFile) -> String? {
    file.removeUnlessWritten().map { "What was written is in \($0)." }
  }

  /// Asks the editor to stop, as Ctrl-Z does.
  func stop() { run?.child.stop() }

  /// Takes the terminal back while the editor is stopped.
  func takeTerminal() { run?.child.takeBack() }

  /// Gives the terminal to the editor, which goes on.
  func goOn() { run?.child.handOver() }

  /// Asks the editor to end, for good: nothing comes back from it any more.
  func terminate() {
    isToldToEnd = true
    run?.child.terminate()
  }

  /// Ends the editor, after `terminate`.
  func kill() { run?.child.kill() }

  // MARK: - What became of it

  private static func result(of run: Run, _ end: ChildEnd) -> AppEvent {
    switch end {
    case .exited(0):
      do {
        return .edited(try run.file.read())
      } catch {
        return .notice(failure(error.words, run.file))
      }
    case .exited(notFoundCode):
      return .notice(
        failure(
          "\(quoted(run.command.name)) could not be run (exit code 127): VISUAL or EDITOR names a"
            + " program that is not there", run.file))
    case .exited(let code):
      return .notice(
        failure("\(quoted(run.command.name)) failed (exit code \(code))", run.file))
    case .signalled(let signal):
      return .notice(
        failure("\(quoted(run.command.name)) was ended by signal \(signal)", run.file))
    case .notStarted(let reason):
      return .notice(failure(reason, run.file))
    }
  }

  /// What went wrong, and where that is which was written all the same.
  private static func failure(_ words: String, _ file: DraftFile) -> Notice {
    let place = file.removeUnlessWritten().map { " What was written is in \($0)" } ?? ""
    return failure("\(words).\(place.isEmpty ? "" : "\(place).")")
  }

  private static func failure(_ sentence: String) -> Notice {
    Notice("\(sentence) The draft is as it was.", kind: .error)
  }
}

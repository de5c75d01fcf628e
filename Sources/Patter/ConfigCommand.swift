// `patter config`: the configuration in the user's editor, and what is wrong with it afterwards.

import ChildProcesses
import Glibc
import Interface
import Providers
import Settings
import Wire

struct ConfigCommand {
  /// What is asked for, by the word behind `config`.
  enum Form: String, Hashable, CaseIterable {
    case edit = "--edit"
    /// What counts, and where it comes from.
    case print = "--print"
    case path = "--path"
    case check = "--check"
    case schema = "--schema"
  }

  /// What is to be written and said.
  struct Outcome: Hashable {
    /// For standard output.
    var text = ""
    /// For standard error.
    var sentences: [String] = []
    var code: Int32 = 0
  }

  private let arguments: Arguments
  private let environment: [String: String]
  private let path: String?

  init(_ arguments: Arguments, environment: [String: String]) {
    self.arguments = arguments
    self.environment = environment
    path = Configuration.path(environment: environment)
  }

  func run(_ form: Form) -> Outcome {
    switch form {
    case .schema: return Outcome(text: ConfigurationSchema.text)
    case .print: return printed()
    case .edit, .path, .check: break
    }
    guard let path else {
      return failure("There is no place for a configuration: HOME is not set.")
    }
    switch form {
    case .path: return Outcome(text: path + "\n")
    case .check: return checked(path)
    case .edit, .print, .schema: return edited(path)
    }
  }

  private func failure(_ sentence: String) -> Outcome { Outcome(sentences: [sentence], code: 1) }

  // MARK: - Looking

  private func printed() -> Outcome {
    let start = Preparation(arguments, environment: environment)
    let text = ConfigurationText.text(
      of: start.configuration, start.origins, path: path,
      variables: ProviderTable.standard.variables.filter {
        Configuration.named(by: $0, in: environment) != nil
      },
      keys: start.providers.modelSources(
        environment: environment, settings: start.configuration.providerSettings
      ).filter { !$0.isGuess }.compactMap { $0.endpoint?.keySentence })
    let faults = start.errors + start.warnings + start.exposures
    return Outcome(
      text: text, sentences: faults.map(\.description), code: start.errors.isEmpty ? 0 : 1)
  }

  /// One line for each thing that is wrong, in the form that editors jump to.
  private func checked(_ path: String) -> Outcome {
    let start = Preparation(arguments, environment: environment)
    var lines = (start.errors + start.warnings + start.exposures).map(\.description)
    if start.fileState == .missing {
      lines.append(
        "\(path): There is no such file. Everything has its default; patter config makes one.")
    } else if lines.isEmpty {
      lines.append("\(path): All is well.")
    }
    return Outcome(
      text: lines.map { $0 + "\n" }.joined(), code: start.errors.isEmpty ? 0 : 1)
  }

  // MARK: - Editing

  private func edited(_ path: String) -> Outcome {
    guard isatty(0) == 1, isatty(1) == 1 else {
      return failure(
        "The configuration is \(path). Where there is a terminal, patter config opens it in an editor; "
          + "patter config --check tells what is wrong with it.")
    }
    guard let editor = Editor(environment: environment).command else {
      return failure(
        "The configuration is \(path). There is no editor to open it in: set VISUAL or EDITOR, or write "
          + "it with any other, and patter config --check tells what is wrong with it.")
    }
    do {
      if access(path, F_OK) != 0 {
        let example = ConfigurationExample.text(schema: ConfigurationSchema.path(environment))
        try PrivateFile.write(Array(example.utf8), to: path)
      }
      let end = try runOnTerminal(ChildCommand(editor.words + [path]))
      var outcome = checked(path)
      guard end != .exited(0) else { return outcome }
      outcome.sentences = ["The editor \(quoted(editor.name)) \(end.words)."]
      outcome.code = 1
      return outcome
    } catch let fault as PrivateFile.Fault {
      return failure(fault.message)
    } catch let fault as TerminalChild.StartFailure {
      return failure("The editor could not be started. \(fault.message)")
    } catch {
      return failure("\(error)")
    }
  }
}

extension ChildEnd {
  /// The end of a sentence about an editor that did not end as it should.
  fileprivate var words: String {
    switch self {
    case .exited(let code): "failed (exit code \(code))"
    case .signalled(let signal): "was ended by signal \(signal)"
    case .notStarted(let reason): "could not be run: \(reason)"
    }
  }
}

extension ProviderTable {
  /// The variables of all providers, in the table's order, each once.
  fileprivate var variables: [String] {
    var names: [String] = []
    for variables in rows.compactMap(\.server?.variables) {
      for name in variables.keys.map(\.name) + [variables.baseURL].compactMap(\.self)
      where !names.contains(name) {
        names.append(name)
      }
    }
    return names
  }
}

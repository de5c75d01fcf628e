// Why a program was not started, in words for the user.

import Glibc

/// Why a program could not be started.
enum SpawnFailure: Error, Hashable {
  /// The command's first word is empty.
  case noProgram
  /// A word of the command, or a variable, holds a NUL byte, where the system takes text to end.
  case holdsNUL
  /// The name of a variable is empty or holds an equals sign.
  case badVariable(String)
  /// There is no such program. `isFileThere`: the file is, and what its first line asks for is not.
  case notFound(String, isFileThere: Bool)
  /// The file is there and is not executable, or is a folder.
  case notExecutable(String)
  /// The file is executable, and neither a program of this machine nor a script that names its
  /// interpreter.
  case notAProgram(String)
  /// Arguments and environment are more than the system passes on.
  case tooLong(String)
  /// The system has no descriptor, process or memory to give; an error number.
  case systemRefused(Int32)
  /// Anything else; an error number.
  case failed(String, Int32)

  /// The failure behind an error number of posix_spawn.
  init(_ error: Int32, program: String) {
    switch error {
    case ENOENT:
      self = .notFound(
        program, isFileThere: program.utf8.contains(UInt8(ascii: "/")) && access(program, F_OK) == 0
      )
    case EACCES: self = .notExecutable(program)
    case ENOEXEC: self = .notAProgram(program)
    case E2BIG: self = .tooLong(program)
    case EMFILE, ENFILE, EAGAIN, ENOMEM: self = .systemRefused(error)
    default: self = .failed(program, error)
    }
  }

  /// What happened and what to do.
  var message: String {
    switch self {
    case .noProgram:
      "The command names no program. Write the program's name or path in front of its arguments."
    case .holdsNUL:
      "The command or its environment holds a NUL byte, which no program can be given. Take it out."
    case .badVariable(let name):
      "\(Self.named(name)) cannot be the name of an environment variable: it has to be there, and"
        + " to hold no \"=\"."
    case .notFound(let program, isFileThere: true):
      "\(Self.named(program)) is there, but what its first line names behind #! is not, or a"
        + " library's loader. Install that, or mend the line."
    case .notFound(let program, isFileThere: false) where program.utf8.contains(UInt8(ascii: "/")):
      "There is no file \(Self.named(program)). Check the path; it counts from the folder that"
        + " Patter was started in."
    case .notFound(let program, isFileThere: false):
      "There is no program \(Self.named(program)) in PATH, or what its first line names behind #!"
        + " is missing. Install it, or give its whole path."
    case .notExecutable(let program):
      "\(Self.named(program)) may not be run: it is a folder, or not executable. Check the path, or"
        + " make it executable (chmod +x)."
    case .notAProgram(let program):
      "\(Self.named(program)) is not a program of this machine. If it is a script, its first line"
        + " has to name what runs it, as #!/bin/sh does."
    case .tooLong(let program):
      "The arguments of \(Self.named(program)) are longer than the system passes on. Let the program"
        + " read the long one from its standard input."
    case .systemRefused(let error):
      "The system has no room for another program now (\(Self.words(for: error))). Close something"
        + " and try again."
    case .failed(let program, let error):
      "\(Self.named(program)) could not be started (\(Self.words(for: error)))."
    }
  }

  /// Characters of a name that a sentence shows; a longer one is cut.
  private static let nameLimit = 100

  /// A name from outside between quotation marks: short, in one line and without controls.
  private static func named(_ name: String) -> String {
    var text = ""
    for scalar in name.unicodeScalars.prefix(nameLimit) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: text.append("\u{FFFD}")
      default: text.unicodeScalars.append(scalar)
      }
    }
    return "\"\(text)\(name.unicodeScalars.count > nameLimit ? "…" : "")\""
  }

  private static func words(for error: Int32) -> String { String(cString: strerror(error)) }
}

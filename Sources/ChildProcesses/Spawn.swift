// The two ways to start a program with posix_spawn, and all that a child must not get from us.

import CLinux
import Glibc
import Wire

/// Starts a program in a process group of its own, which has the process's number.
///
/// It gets these three ends of pipes as its standard descriptors and no other: the terminal, sockets
/// and other children's pipes stay with us. The group has a session of its own as well, and so no
/// terminal that it could find as /dev/tty: what asks for a password there fails, instead of writing
/// over the screen and being stopped where it reads. What we block and ignore among signals is neither blocked
/// nor ignored there. It lives in our working directory, and is looked for in our PATH, not in one
/// that `command.environment` may bring.
///
/// - Throws: Whatever kept it from starting; then there is no process.
func spawn(
  _ command: ChildCommand, input: Descriptor, output: Descriptor, diagnostics: Descriptor
) throws(SpawnFailure) -> pid_t {
  // dup2 takes the mark off that would close the descriptor. It overwrites none that is still to be
  // put in place: should Patter have been started without its own three, then of six new numbers
  // the first three may be below 3, and of these the child gets only the first, as its first.
  try start(command, flags: clinux_spawn_set_session) { actions in
    for (place, end) in [input, output, diagnostics].enumerated() {
      let error = posix_spawn_file_actions_adddup2(&actions, end.number, Int32(place))
      guard error == 0 else { return error }
    }
    return 0
  }
}

/// Starts a program that gets the terminal of our standard input and output, as its standard error as well,
/// and no other descriptor of ours. Signals, working directory and PATH are as for the others.
///
/// - Parameter leadsGroup: Whether it leads a process group of its own, of its own number, which has the
///   terminal from its first instruction on. Otherwise it is one more of our group.
/// - Throws: Whatever kept it from starting; then there is no process.
func spawnOnTerminal(_ command: ChildCommand, leadsGroup: Bool) throws(SpawnFailure) -> pid_t {
  try start(command, flags: leadsGroup ? Int16(POSIX_SPAWN_SETPGROUP) : 0) { actions in
    let error = posix_spawn_file_actions_adddup2(&actions, 1, 2)
    return error == 0 && leadsGroup ? clinux_take_terminal(&actions, 0) : error
  }
}

/// - Parameters:
///   - flags: beside those for the signals, as posix_spawnattr_setflags(3) knows them.
///   - arrange: says which descriptors the child gets as its standard ones; 0, or an error number.
private func start(
  _ command: ChildCommand, flags: Int16, arrange: (inout posix_spawn_file_actions_t) -> Int32
) throws(SpawnFailure) -> pid_t {
  guard let program = command.arguments.first, !program.isEmpty else { throw .noProgram }
  try check(command)

  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  var error = arrange(&actions)
  if error == 0 { error = clinux_close_from(&actions, 3) }
  guard error == 0 else { throw .systemRefused(error) }

  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  setSignals(&attributes, flags: flags)

  return try start(program, command, actions: &actions, attributes: &attributes)
}

private func check(_ command: ChildCommand) throws(SpawnFailure) {
  for (name, _) in command.environment where name.isEmpty || name.utf8.contains(UInt8(ascii: "=")) {
    throw .badVariable(name)
  }
  let texts = [
    command.arguments, Array(command.environment.keys), Array(command.environment.values),
  ]
  guard !texts.joined().contains(where: { $0.utf8.contains(0) }) else { throw .holdsNUL }
}

/// - Parameter flags: beside those for the signals.
private func setSignals(_ attributes: inout posix_spawnattr_t, flags: Int16) {
  var none = sigset_t()
  sigemptyset(&none)
  posix_spawnattr_setsigmask(&attributes, &none)
  var all = sigset_t()
  sigfillset(&all)
  sigdelset(&all, SIGKILL)
  sigdelset(&all, SIGSTOP)
  posix_spawnattr_setsigdefault(&attributes, &all)
  posix_spawnattr_setflags(
    &attributes, flags | Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
}

private func start(
  _ program: String, _ command: ChildCommand, actions: inout posix_spawn_file_actions_t,
  attributes: inout posix_spawnattr_t
) throws(SpawnFailure) -> pid_t {
  let ours = inheritedVariables(except: command.environment)
  let arguments = command.arguments.map { strdup($0) }
  let variables = command.environment.map { strdup("\($0)=\($1)") }
  defer {
    for text in arguments + variables { free(text) }
  }
  var process: pid_t = 0
  let error = posix_spawnp(
    &process, program, &actions, &attributes, arguments + [nil], ours + variables + [nil])
  guard error == 0 else { throw SpawnFailure(error, program: program) }
  return process
}

/// Our variables as the bytes they are, which need not be UTF-8, without those of these names.
private func inheritedVariables(
  except replaced: [String: String]
) -> [UnsafeMutablePointer<CChar>?] {
  var variables: [UnsafeMutablePointer<CChar>?] = []
  var index = 0
  while let entry = environ[index] {
    let name = String(cString: entry).utf8.prefix { $0 != UInt8(ascii: "=") }
    if replaced[String(decoding: name, as: UTF8.self)] == nil { variables.append(entry) }
    index += 1
  }
  return variables
}

import CVTerm
import Glibc

/// Starts a program. Nothing is inherited but what `files` says, and no signal is blocked or ignored.
///
/// - Parameters:
///   - flags: beside those for the signals, as posix_spawnattr_setflags(3) knows them.
///   - files: says which files the program has open.
/// - Throws: `HarnessError` when it cannot be started.
func spawnProgram(
  _ path: String, _ arguments: [String], environment: [String: String], directory: String,
  flags: Int16 = 0, files: (inout posix_spawn_file_actions_t) -> Void
) throws -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addchdir_np(&actions, directory)
  files(&actions)

  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  // A child inherits what is blocked and ignored here; a program in a terminal finds neither.
  var none = sigset_t()
  sigemptyset(&none)
  posix_spawnattr_setsigmask(&attributes, &none)
  var all = sigset_t()
  sigfillset(&all)
  sigdelset(&all, SIGKILL)
  sigdelset(&all, SIGSTOP)
  posix_spawnattr_setsigdefault(&attributes, &all)
  posix_spawnattr_setflags(
    &attributes, flags | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))

  var argumentPointers = ([path] + arguments).map { strdup($0) } + [nil]
  var environmentPointers =
    environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
  defer {
    for pointer in argumentPointers + environmentPointers { free(pointer) }
  }
  var processID: pid_t = 0
  let error = posix_spawn(
    &processID, path, &actions, &attributes, &argumentPointers, &environmentPointers)
  guard error == 0 else { throw HarnessError(call: "start \(path)", error: error) }
  return processID
}

/// A program that reads and writes nothing, for who measures it.
public enum SilentProgram {
  /// Starts it with /dev/null in place of its three standard streams.
  public static func start(
    _ path: String, _ arguments: [String], environment: [String: String], directory: String
  ) throws -> Int32 {
    try spawnProgram(path, arguments, environment: environment, directory: directory) { actions in
      for descriptor in Int32(0)...2 {
        posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
      }
    }
  }

  /// A descriptor that can be read as soon as the process has ended. It is the caller's to close.
  public static func descriptor(of processID: Int32) throws -> Int32 {
    let descriptor = pidfd_open(processID, 0)
    guard descriptor >= 0 else { throw HarnessError(call: "pidfd_open") }
    return descriptor
  }
}

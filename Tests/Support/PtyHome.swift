// The surroundings of a program under test: nothing of whoever runs the tests reaches it.

import Glibc

/// An empty home of its own for one program. The folder goes away with this value's last owner.
public final class TestHome {
  /// The folder, without a slash at its end.
  public let path: String

  /// Below `/tmp` whatever `TMPDIR` says: tests know how paths of this length break on the screen.
  ///
  /// - Throws: `HarnessError` when there is no room for a folder there.
  public init() throws {
    var name = Array("/tmp/patter-home-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw HarnessError(call: "mkdtemp in /tmp") }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// All variables of a plain terminal, and none of the person's who runs the tests. Patter does not
  /// look for providers on this machine by itself.
  public var environment: [String: String] {
    Self.sanitizerOptions.merging([
      "HOME": path,
      "LANG": "C.UTF-8",
      "PATH": "/usr/local/bin:/usr/bin:/bin",
      "PATTER_DISCOVER": "0",
      "SHELL": "/bin/sh",
      "TERM": "xterm-256color",
      "TZ": "UTC",
      "XDG_CACHE_HOME": "\(path)/.cache",
      "XDG_CONFIG_HOME": "\(path)/.config",
      "XDG_DATA_HOME": "\(path)/.local/share",
      "XDG_STATE_HOME": "\(path)/.local/state",
    ]) { $1 }
  }

  /// Whether the tests, and with them the programs under test, are built with a sanitizer: those take a
  /// multiple of the memory.
  public static var isSanitized: Bool { !sanitizerOptions.isEmpty }

  /// What the sanitizers of the tests themselves are told; a program under test is built with the same.
  private static var sanitizerOptions: [String: String] {
    var options: [String: String] = [:]
    for name in ["ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"] {
      if let value = getenv(name) { options[name] = String(cString: value) }
    }
    return options
  }

  /// Writes a file below the home and makes the folders on the way. With permission to execute, it can
  /// be run at once.
  ///
  /// - Throws: `HarnessError` when that is not possible.
  public func write(_ text: String, to name: String, permissions: UInt32 = 0o644) throws {
    let file = "\(path)/\(name)"
    for slash in file.indices.dropFirst() where file[slash] == "/" {
      let folder = String(file[..<slash])
      guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
        throw HarnessError(call: "mkdir \(folder)")
      }
    }
    guard permissions & 0o111 != 0 else {
      return try Self.write(text, file: file, permissions: permissions)
    }
    // A child that some other test starts just now holds every file we have open until it has become
    // its program, and a file open for writing cannot be run (ETXTBSY). So a process that starts no
    // others writes what is to be run.
    let draft = "\(file).draft"
    try Self.write(text, file: draft, permissions: 0o600)
    try Self.run(["/usr/bin/install", "-m", String(permissions, radix: 8), draft, file])
    unlink(draft)
  }

  /// Writes into a file below the home, whose folder is there, as another process does; it is closed when this
  /// returns. What this process writes is closed for the kernel only when no child that another test starts
  /// just then holds it any more.
  ///
  /// - Throws: `HarnessError` when that is not possible.
  public func save(_ text: String, to name: String) throws {
    try Self.run(["/bin/sh", "-c", "printf %s \"$1\" >\"$2\"", "sh", text, "\(path)/\(name)"])
  }

  private static func write(_ text: String, file: String, permissions: UInt32) throws {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, permissions)
    guard descriptor >= 0 else { throw HarnessError(call: "open \(file)") }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw HarnessError(call: "write \(file)")
    }
  }

  /// Runs a program to its end.
  private static func run(_ words: [String]) throws {
    var arguments = words.map { strdup($0) } + [nil]
    defer {
      for argument in arguments { free(argument) }
    }
    var processID: pid_t = 0
    let error = posix_spawn(&processID, words[0], nil, nil, &arguments, [nil])
    guard error == 0 else { throw HarnessError(call: "start \(words[0])", error: error) }
    var status: Int32 = 0
    guard waitpid(processID, &status, 0) == processID, status == 0 else {
      throw HarnessError("\(words.joined(separator: " ")) failed")
    }
  }

  /// The text of a file below the home; nil when it cannot be read.
  public func read(_ name: String) -> String? {
    let descriptor = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func remove(_ path: String) {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard name != ".", name != ".." else { continue }
        if unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
      }
      closedir(folder)
    }
    rmdir(path)
  }
}

/// The programs of this package, as the build that runs now made them.
public enum BuiltProgram {
  /// Where the program of this name stands: SwiftPM puts it beside the test bundle and beside `Bench`.
  public static func path(_ name: String) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let own = String(
      decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let folder = own.lastIndex(of: "/").map { own[..<$0] } ?? "."
    return "\(folder)/\(name)"
  }
}

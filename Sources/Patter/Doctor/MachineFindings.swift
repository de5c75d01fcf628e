// What of this machine a chat stands on: the character set, the configuration, the folders, the libraries.

import CLinux
import CurlTransport
import CursesTerminal
import Glibc
import Interface
import Settings
import YAMLDocuments

extension DoctorReport {
  /// Notes whether text is UTF-8.
  mutating func noteLocale(
    _ locale: (name: String?, isUTF8: Bool, hasFallback: Bool)
  ) {
    let name = locale.name ?? "The locale of LANG and LC_ALL is not installed"
    if locale.isUTF8 {
      note(.locale, "characters", .ok, "UTF-8 (\(name)).")
    } else if locale.hasFallback {
      note(
        .locale, "characters", .hint,
        "\(locale.name.map { "\(quoted($0)) is not UTF-8" } ?? name); C.UTF-8 is used.",
        mend: "export LANG=C.UTF-8")
    } else {
      note(
        .locale, "characters", .fault, ScreenError.localeMissing.message,
        mend: "apt install libc-bin locales")
    }
  }

  /// Notes what is wrong with the configuration, and who may read it.
  mutating func noteConfiguration(path: String?, errors: [SettingsError]) {
    guard let path else {
      note(
        .configuration, "config.yaml", .hint, "There is no home to look for it in.",
        mend: "export HOME=…")
      return
    }
    guard errors.isEmpty else {
      for error in errors {
        let isOfConfiguration = error.file == path
        note(
          .configuration, isOfConfiguration ? "config.yaml" : "preset", .fault, error.description,
          mend: isOfConfiguration ? "patter config" : "$EDITOR \(Self.shellWord(error.file))")
      }
      return
    }
    var status = stat()
    guard stat(path, &status) == 0 else {
      note(.configuration, "config.yaml", .ok, "\(path) is not there; all is as it comes.")
      return
    }
    // Keys may stand in it.
    guard status.st_mode & 0o077 == 0 else {
      note(
        .configuration, "config.yaml", .hint, "\(path) can be read by others.",
        mend: "chmod 600 \(Self.shellWord(path))")
      return
    }
    note(.configuration, "config.yaml", .ok, "\(path).")
  }

  /// Notes which files of keys others may read; the configuration's errors tell of those that cannot be read.
  mutating func noteKeyFiles(_ files: [String: String], home: String?) {
    for (provider, file) in files.sorted(by: { $0.key < $1.key }) {
      let path = KeyFile.expanded(file, home: home)
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & 0o077 != 0 else { continue }
      note(
        .configuration, "keys", .hint, "The key of \(provider) can be read by others.",
        mend: "chmod 600 \(Self.shellWord(path))")
    }
  }

  /// A path as it is typed into a shell (POSIX, 2.2.2).
  private static func shellWord(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "/._-+:@%".utf8.contains(byte)
      }
    }
    return isPlain ? path : "'\(path.replacing("'", with: "'\\''"))'"
  }

  /// Notes whether there is a place for what Patter keeps.
  mutating func noteFolders(environment: [String: String]) {
    let folders = [
      ("settings", settingsFolder(environment: environment)),
      ("cache", cacheFolder(environment: environment)),
      ("state", stateFolder(environment: environment)),
    ]
    for (name, path) in folders {
      guard let path else { continue }
      guard let obstacle = Self.obstacle(to: path) else {
        note(.configuration, name, .ok, "\(path).")
        continue
      }
      note(
        .configuration, name, .fault,
        "\(path) cannot be written: \(String(cString: strerror(obstacle.error))).",
        mend: "ls -ld \(Self.shellWord(obstacle.path))")
    }
  }

  /// What keeps a folder from being made or written to; nil where nothing does.
  private static func obstacle(to path: String) -> (path: String, error: Int32)? {
    var path = path
    while true {
      var status = stat()
      if stat(path, &status) == 0 {
        guard status.st_mode & S_IFMT == S_IFDIR else { return (path, ENOTDIR) }
        return access(path, W_OK | X_OK) == 0 ? nil : (path, errno)
      }
      guard [ENOENT, ENOTDIR].contains(errno), let slash = path.lastIndex(of: "/"),
        slash != path.startIndex
      else {
        return (path, errno)
      }
      path = String(path[..<slash])
    }
  }

  /// Notes what of chats is on disk.
  mutating func noteHistory() {
    note(.history, "chats", .ok, "Nothing of a chat is kept on disk.")
  }

  /// Notes what Patter is made of here.
  mutating func noteVersions() {
    note(.versions, "patter", .ok, Patter.version)
    var system = utsname()
    if uname(&system) == 0 {
      let words = [Self.text(system.sysname), Self.text(system.release), Self.text(system.machine)]
      note(.versions, "system", .ok, words.joined(separator: " "))
    }
    note(.versions, "glibc", .ok, String(cString: gnu_get_libc_version()))
    note(.versions, "ncurses", .ok, TerminalSurroundings.libraryVersion)
    note(.versions, "libcurl", .ok, Transport.libraryVersion)
    note(.versions, "libyaml", .ok, YAMLLibrary.version)
  }

  /// The text of a field of a C structure.
  private static func text<Field>(_ field: Field) -> String {
    withUnsafeBytes(of: field) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}

// Where standard error goes while the screen is claimed: a line printed there would land in the middle
// of the picture.

import Glibc

/// A file that stands in for standard error for a while.
struct ErrorLog {
  /// A log that has grown to this many bytes is begun anew the next time.
  static let byteLimit: off_t = 1 << 20

  /// The file; nil when it could not be opened and `/dev/null` is used.
  let path: String?

  private let log: Int32
  /// Standard error as it was, kept aside. A copy, so that giving it back cannot fail.
  let original: Int32
  private let byteCountBefore: off_t
  private(set) var isRedirected = false

  /// `$XDG_STATE_HOME/patter/patter.log`, by default `~/.local/state/patter/patter.log`. As the XDG
  /// Base Directory Specification wants it, a relative path counts as none.
  static func path(stateHome: String?, home: String?) -> String? {
    if let stateHome, stateHome.hasPrefix("/") { return stateHome + "/patter/patter.log" }
    if let home, home.hasPrefix("/") { return home + "/.local/state/patter/patter.log" }
    return nil
  }

  /// Opens the log. Nil when standard error is no terminal: then it disturbs no picture, and somebody
  /// wants it where it is.
  init?(path wanted: String?) {
    guard isatty(2) == 1 else { return nil }
    var opened: Int32 = -1
    if let wanted {
      ErrorLog.makeDirectories(above: wanted)
      opened = open(wanted, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    }
    path = opened >= 0 ? wanted : nil
    log = opened >= 0 ? opened : open("/dev/null", O_WRONLY | O_CLOEXEC)
    original = fcntl(2, F_DUPFD_CLOEXEC, 3)
    var byteCount = ErrorLog.byteCount(log)
    if path != nil, byteCount > ErrorLog.byteLimit, ftruncate(log, 0) == 0 { byteCount = 0 }
    byteCountBefore = byteCount
    guard log >= 0, original >= 0 else {
      close()
      return nil
    }
  }

  private static func makeDirectories(above path: String) {
    for (index, character) in zip(path.indices, path).dropFirst() where character == "/" {
      mkdir(String(path[..<index]), 0o700)
    }
  }

  private static func byteCount(_ descriptor: Int32) -> off_t {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? status.st_size : 0
  }

  mutating func redirect() {
    isRedirected = dup2(log, 2) == 2
  }

  mutating func giveBack() {
    guard isRedirected else { return }
    dup2(original, 2)
    isRedirected = false
  }

  /// Something was written since the log was opened.
  var hasGrown: Bool { path != nil && ErrorLog.byteCount(log) > byteCountBefore }

  /// The last call: nothing else may be asked of the log after it.
  func close() {
    if log >= 0 { Glibc.close(log) }
    if original >= 0 { Glibc.close(original) }
  }
}

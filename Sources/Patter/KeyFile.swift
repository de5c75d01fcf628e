// A key in a file of its own, of which the first line counts.

import Glibc
import Providers
import Settings

/// Reads keys from files.
enum KeyFile {
  /// The longest file. A larger one holds something else.
  static let limitBytes = 64 * 1024

  /// What came of a file.
  enum Reading {
    /// Nobody looked.
    case unread
    case key(KeyText, warning: String?)
    /// The rest of a sentence that begins with the file's name.
    case fault(String)
  }

  /// - Parameters:
  ///   - path: `~/` at its beginning is the home.
  static func read(_ path: String, home: String?) -> Reading {
    let path = expanded(path, home: home)
    // A named pipe or a device must not hold the program up.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      return .fault(errno == ENOENT ? "is not there" : "cannot be read: \(reason(errno))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      return .fault("cannot be read: \(reason(errno))")
    }
    guard status.st_mode & S_IFMT == S_IFREG else { return .fault("is not a regular file") }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: limitBytes + 1)
    while bytes.count <= limitBytes {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return .fault("cannot be read: \(reason(errno))") }
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    guard bytes.count <= limitBytes else {
      return .fault("is larger than \(limitBytes / 1024) KiB; a key is not")
    }
    let line = bytes.prefix { $0 != 0x0A }
    guard let key = String(validating: line, as: UTF8.self).flatMap(KeyText.init(literally:)) else {
      return .fault("has no key in its first line")
    }
    let isOpen = status.st_mode & (S_IRWXG | S_IRWXO) != 0
    return .key(
      key, warning: isOpen ? "can be read by others; chmod 600 makes it yours alone" : nil)
  }

  static func expanded(_ path: String, home: String?) -> String {
    guard path.hasPrefix("~/"), let home, home.hasPrefix("/") else { return path }
    return home + path.dropFirst()
  }

  private static func reason(_ error: Int32) -> String { String(cString: strerror(error)) }
}

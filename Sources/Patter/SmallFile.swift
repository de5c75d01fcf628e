// Files of the user's that are read whole, and are small: anything else at their place is not waited for.

import Glibc

enum SmallFile {
  /// The most bytes that are read.
  static let limitBytes = 1 << 20

  /// Why a file cannot be read.
  struct Fault: Error, Hashable {
    let path: String
    let reason: String

    /// A sentence for the user.
    var message: String { "\(path) cannot be read: \(reason)." }
  }

  /// The text of a file; nil where there is none, or it cannot be read, or is no UTF-8.
  static func read(_ path: String) -> String? {
    (try? bytes(path)).flatMap(\.self).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// The bytes of a file; nil where there is none.
  ///
  /// - Throws: why it cannot be read.
  static func bytes(_ path: String) throws(Fault) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw Fault(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Fault(path: path, reason: "it is not a regular file")
    }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = Glibc.read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Fault(path: path, reason: String(cString: strerror(errno))) }
      guard count > 0 else { return bytes }
      bytes += piece[..<count]
      guard bytes.count <= limitBytes else {
        throw Fault(path: path, reason: "it is larger than \(limitBytes >> 10) KiB")
      }
    }
  }
}

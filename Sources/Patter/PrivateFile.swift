// A file of the user's own, written in one step: whoever reads it meanwhile reads the old one or the new one,
// whole, and a program that is killed in between leaves the old one.

import Glibc

/// A file that nobody but the user may read.
enum PrivateFile {
  /// Why a file could not be written.
  struct Fault: Error, Hashable {
    let path: String
    /// The system's error number.
    let error: Int32

    /// A sentence for the user.
    var message: String { "\(path) cannot be written: \(String(cString: strerror(error)))." }
  }

  /// Writes a file with mode 0600, in place of the one there was. Folders that are missing are made, for the
  /// user alone. Where the path is a symbolic link, the file behind it is replaced and the link stays.
  static func write(_ bytes: [UInt8], to path: String) throws(Fault) {
    let target = resolved(path)
    makeFolder(of: target)
    var name = Array("\(target).XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw Fault(path: path, error: errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var error = write(bytes, to: descriptor)
    // What a power cut leaves is then the old file or the whole new one.
    if error == 0, fsync(descriptor) != 0 { error = errno }
    if close(descriptor) != 0, error == 0 { error = errno }
    if error == 0, rename(name, target) != 0 { error = errno }
    guard error == 0 else {
      unlink(name)
      throw Fault(path: path, error: error)
    }
  }

  /// The answer is the system's error number, 0 where there was none.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count < 0 ? errno : EIO }
      rest = rest.dropFirst(count)
    }
    return 0
  }

  /// The file that a path leads to; the path itself where there is none yet.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func makeFolder(of path: String) {
    for slash in path.indices.dropFirst() where path[slash] == "/" {
      mkdir(String(path[..<slash]), 0o700)
    }
  }
}

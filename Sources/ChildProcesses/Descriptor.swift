import CLinux
import Glibc

/// An open descriptor. It is closed when the last reference goes, so no way out of a function
/// leaves one behind.
final class Descriptor {
  let number: Int32

  init(_ number: Int32) {
    self.number = number
  }

  deinit {
    close(number)
  }

  /// Makes reads and writes of this end say EAGAIN where they would wait. The far end is not touched.
  func neverWait() {
    _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
  }

  /// A new pipe, which no child inherits.
  ///
  /// - Throws: `systemRefused` when there are too many open files.
  static func pipe() throws(SpawnFailure) -> (reading: Descriptor, writing: Descriptor) {
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else { throw .systemRefused(errno) }
    return (Descriptor(ends[0]), Descriptor(ends[1]))
  }
}

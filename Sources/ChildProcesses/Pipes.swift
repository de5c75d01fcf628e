// Our ends of a child's three pipes. Nothing here waits; whatever would wait is tried again when the
// descriptor is ready.

import Glibc

/// What a child is still to read, and our end of its standard input.
struct Inlet {
  /// Bytes written in one go. One pipe holds as much.
  private static let byteCountLimit = 64 * 1024

  /// nil once all is written, or nobody is there to read it.
  private(set) var descriptor: Descriptor?
  private var unsent: ArraySlice<UInt8>

  init(_ descriptor: Descriptor, input: [UInt8]) {
    descriptor.neverWait()
    self.descriptor = input.isEmpty ? nil : descriptor
    unsent = input[...]
  }

  /// Writes what there is room for, and closes behind the last byte.
  mutating func feed() {
    guard let descriptor else { return }
    let (count, error) = unsent.prefix(Self.byteCountLimit).withUnsafeBytes { bytes in
      (write(descriptor.number, bytes.baseAddress, bytes.count), errno)
    }
    if count >= 0 {
      unsent = unsent.dropFirst(count)
      if unsent.isEmpty { close() }
    } else if error != EAGAIN && error != EINTR {
      // EPIPE: the child does not care for the rest, which is its right.
      close()
    }
  }

  mutating func close() {
    descriptor = nil
    unsent = []
  }
}

/// Our end of a pipe that a child writes.
struct Outlet {
  /// Bytes read in one go, so that of two outlets neither starves the other.
  static let byteCountLimit = Children.passByteCountLimit / 2

  /// nil once there is nothing more to come.
  private(set) var descriptor: Descriptor?
  /// What may still be read; nil as long as that is anybody's guess.
  private var leftByteCount: Int?

  init(_ descriptor: Descriptor) {
    descriptor.neverWait()
    self.descriptor = descriptor
  }

  var isDone: Bool { descriptor == nil }

  /// Takes what is in the pipe now for all there is. To be called when the child is gone: what it
  /// wrote is in there, and whoever else holds the pipe could go on for ever.
  mutating func seal() {
    guard let descriptor, leftByteCount == nil else { return }
    var count: Int32 = 0
    let isKnown = ioctl(descriptor.number, UInt(FIONREAD), &count) == 0
    leave(isKnown ? Int(count) : 0)
  }

  /// What has come, at most `byteCountLimit` of it; nil when nothing has.
  mutating func read() -> [UInt8]? {
    guard let descriptor else { return nil }
    let limit = min(leftByteCount ?? .max, Self.byteCountLimit)
    var error: Int32 = 0
    let bytes = withUnsafeTemporaryAllocation(byteCount: limit, alignment: 1) { room in
      let count = Glibc.read(descriptor.number, room.baseAddress, limit)
      error = errno
      return count < 0 ? nil : [UInt8](room.prefix(count))
    }
    switch bytes {
    case nil:
      let mayComeYet = (error == EAGAIN && leftByteCount == nil) || error == EINTR
      if !mayComeYet { self.descriptor = nil }
      return nil
    case []?:
      self.descriptor = nil
      return nil
    case let bytes?:
      if let leftByteCount { leave(leftByteCount - bytes.count) }
      return bytes
    }
  }

  private mutating func leave(_ byteCount: Int) {
    leftByteCount = byteCount
    if byteCount <= 0 { descriptor = nil }
  }
}

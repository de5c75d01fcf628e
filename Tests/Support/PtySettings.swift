import Glibc

/// The line settings of a terminal (`termios`), as a value that can be compared.
public struct LineSettings: Hashable, Sendable {
  public let inputFlags: UInt32
  public let outputFlags: UInt32
  public let controlFlags: UInt32
  public let localFlags: UInt32
  /// The control characters and the two counts of raw reading, in the order of `c_cc`.
  public let characters: [UInt8]

  /// Whether the kernel gathers lines, as a shell expects.
  public var isCanonical: Bool { localFlags & UInt32(ICANON) != 0 }
  /// Whether the kernel shows what is typed.
  public var echoes: Bool { localFlags & UInt32(ECHO) != 0 }

  init(_ settings: termios) {
    inputFlags = settings.c_iflag
    outputFlags = settings.c_oflag
    controlFlags = settings.c_cflag
    localFlags = settings.c_lflag
    characters = withUnsafeBytes(of: settings.c_cc) { Array($0) }
  }

  /// What the terminal behind `descriptor` has now; nil when it is none.
  init?(descriptor: Int32) {
    var settings = termios()
    guard tcgetattr(descriptor, &settings) == 0 else { return nil }
    self.init(settings)
  }
}

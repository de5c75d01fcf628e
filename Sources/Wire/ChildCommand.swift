// A program of this machine as the far end of a stream: what is started, and what it says.

/// A program to be started, and what it is given.
public struct ChildCommand: Hashable, Sendable {
  /// The program, looked up in PATH unless it holds a slash, and its arguments. Never empty.
  public var arguments: [String]
  /// Variables beside, or in place of, our own.
  public var environment: [String: String]
  /// Its standard input, whole; it is closed behind the last byte.
  public var input: [UInt8]

  public init(_ arguments: [String], environment: [String: String] = [:], input: [UInt8] = []) {
    precondition(!arguments.isEmpty, "a command without a program")
    self.arguments = arguments
    self.environment = environment
    self.input = input
  }
}

/// Something that happened to a child process.
public enum ChildEvent: Hashable, Sendable {
  /// Bytes of its standard output.
  case output([UInt8])
  /// Bytes of its standard error.
  case diagnostics([UInt8])
  /// It is gone and reaped, and all that it wrote was told. Nothing follows.
  case ended(ChildEnd)
}

/// How a child process ended.
public enum ChildEnd: Hashable, Sendable {
  /// It left with this exit code, 0 for success.
  case exited(Int32)
  /// This signal ended it.
  case signalled(Int32)
  /// It could not be started; the sentence says why.
  case notStarted(String)
}

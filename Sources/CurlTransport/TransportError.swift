/// Why there is no transport.
public enum TransportError: Error, Hashable, Sendable {
  /// libcurl could not set itself up; `detail` is its own sentence.
  case libraryFailed(detail: String)
  /// There was no memory for libcurl's state.
  case outOfMemory

  /// What happened and what to do, in words for the user.
  public var message: String {
    switch self {
    case .libraryFailed(let detail):
      "The network library could not start (\(detail)). Check the installed libcurl."
    case .outOfMemory:
      "There is no memory left for the network library. Close other programs and try again."
    }
  }
}

/// Names one transfer: the transport's side of a stream, or a short look-up beside it.
public enum TransferID: Hashable, Sendable {
  /// The transfer that carries the stream of this number.
  case stream(UInt64)
  /// A list of models that somebody asked for.
  case lookup(UInt64)
}

/// One thing that happened to a transfer. `ended` comes once and last.
public enum TransferEvent: Hashable, Sendable {
  /// The status line and all headers have come.
  case responded(HTTPResponseHead)
  /// Bytes of the body as they came off the socket, one to 16 KiB.
  case received([UInt8])
  /// The transfer is over; nil means that the transport saw nothing wrong. That is no proof that the
  /// body was whole: a close-delimited body cut in the middle ends the same way.
  case ended(TransferFailure?)
}

/// The status and the headers of a response.
public struct HTTPResponseHead: Hashable, Sendable {
  public var status: Int
  public var headers: [HTTPHeader]

  public init(status: Int, headers: [HTTPHeader] = []) {
    self.status = status
    self.headers = headers
  }

  /// The first header of this name, compared without regard to case.
  public func header(_ name: String) -> String? {
    let wanted = name.lowercased()
    return headers.first { $0.name.lowercased() == wanted }?.value
  }
}

/// How a transfer failed, in the transport's terms. Never holds a header of the request.
public struct TransferFailure: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// The address is not one this transport can open.
    case badAddress
    /// No machine has this name, or the name server did not answer.
    case nameNotFound
    /// Nobody listens there, or the way there is closed.
    case connectionRefused
    /// No connection within the request's time for it.
    case connectTimedOut
    /// The TLS handshake failed.
    case handshakeFailed
    /// The certificate is not trusted.
    case untrusted
    /// The connection closed before a response came.
    case noResponse
    /// What answered does not speak HTTP.
    case notHTTP
    /// The connection broke while the response came.
    case connectionLost
    /// The response's framing ended early.
    case bodyCutShort
    /// The response's headers or framing are broken or too large.
    case badResponse
    /// Anything else; `detail` says what.
    case other
  }

  public var kind: Kind
  /// The transport library's own sentence, for the curious.
  public var detail: String

  public init(_ kind: Kind, detail: String = "") {
    self.kind = kind
    self.detail = detail
  }
}

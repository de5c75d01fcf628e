/// How long the steps to a connection took, each by itself, in microseconds. A step that was not reached, or
/// not needed, is nil: `http` needs no handshake, a kept connection none of them.
public struct ConnectionTimes: Hashable, Sendable {
  /// Until the name was an address.
  public var nameMicroseconds: Int64?
  /// From there until the far end took the connection.
  public var connectMicroseconds: Int64?
  /// From there until both ends had agreed on a cipher and the certificate was trusted.
  public var handshakeMicroseconds: Int64?

  public init(
    nameMicroseconds: Int64? = nil, connectMicroseconds: Int64? = nil,
    handshakeMicroseconds: Int64? = nil
  ) {
    self.nameMicroseconds = nameMicroseconds
    self.connectMicroseconds = connectMicroseconds
    self.handshakeMicroseconds = handshakeMicroseconds
  }
}

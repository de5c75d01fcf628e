// What a loopback server is told and what it tells: responses and their steps, requests, events.

extension LoopbackServer {
  /// One thing the server does.
  public enum Step: Hashable, Sendable {
    /// The status line and these headers, no others, and the blank line.
    case head(Int, [Header])
    /// Bytes as they are: a body, half a head, or what is no HTTP at all.
    case bytes([UInt8])
    /// One chunk of a chunked body.
    case chunk(String)
    /// The chunk that ends a chunked body.
    case endChunks
    /// Waits until the test opens the gate of this name.
    case gate(String)
    /// Ends the connection in order (FIN).
    case close
    /// Breaks the connection (RST).
    case reset
    /// Holds the connection until the client closes it.
    case untilClosed
    /// Sends these bytes again and again, deaf to the client's FIN, until a write fails.
    case endless([UInt8])

    /// Text as it is.
    public static func text(_ text: String) -> Step { .bytes([UInt8](text.utf8)) }

    /// Text byte by byte, each behind a gate of its own: `drip 0`, `drip 1` and so on.
    public static func drip(_ text: String) -> [Step] {
      text.utf8.enumerated().flatMap { [.gate("drip \($0)"), .bytes([$1])] }
    }
  }

  /// What answers one request. After the last step the server reads the next request of the
  /// connection.
  public struct Response: Hashable, Sendable {
    public var steps: [Step]

    public init(_ steps: [Step]) {
      self.steps = steps
    }

    public init(_ steps: Step...) {
      self.steps = steps
    }
  }

  /// One header line.
  public struct Header: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// One request as it came.
  public struct Request: Hashable, Sendable {
    /// Counts from one.
    public var connection: Int
    public var method: String
    /// With the query.
    public var path: String
    /// `HTTP/1.1`.
    public var version: String
    public var headers: [Header]
    public var body: [UInt8]
    /// The ports of all clients that had come to this server by then, in the order they came.
    public var clients: [UInt16] = []

    /// How many of these clients have not closed their connections, the one of this request included. The
    /// kernel knows, at whatever time the server's threads come to see it.
    public func heldConnectionCount() -> Int {
      let table = ConnectionTable()
      return clients.count { client in port.map { table.isHeld(by: client, to: $0) } ?? false }
    }

    /// The server's port, by which the client called it.
    public var port: UInt16? {
      header("Host")?.split(separator: ":").last.flatMap { UInt16($0) }
    }

    /// The first header of this name, compared without regard to case.
    public func header(_ name: String) -> String? {
      headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
  }

  /// One line of the journal. Connections count from one, in the order of their opening.
  public enum Event: Hashable, Sendable {
    case accepted(Int)
    case request(Request)
    /// A TLS client's first record, whole. It is never answered.
    case clientHello(Int, [UInt8])
    /// All steps of one response were taken.
    case answered(Int)
    /// The client closed in order, first or after the server did.
    case receivedFIN(Int)
    /// The client broke the connection, as one also does that closes with something unread.
    case receivedRST(Int)
    /// The client ended the connection before the server did: the line below its FIN or RST.
    case closedByClient(Int)
    /// The server waited too long, or got a request it cannot read.
    case gaveUp(Int)
    /// The connection is over, whoever ended it: the last line about it.
    case finished(Int)
  }
}

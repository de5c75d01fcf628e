// What the registry asks of the world and what it tells, as plain values.

public import Chat
public import Wire

/// What the registry and the look-ups ask of whoever holds the sockets and the programs. To end what has
/// ended by itself meanwhile is no error.
public enum RegistryEffect: Hashable, Sendable {
  case open(TransferID, HTTPRequest)
  /// Stop reading and shut the socket. The transfer's later events are dropped.
  case close(TransferID)
  /// Start the program. What it says comes back under the same id.
  case spawn(TransferID, ChildCommand)
  /// Ask the program and all that it started to leave (SIGTERM to its process group). It may take its
  /// time: what it says is dropped, and only its end is heard.
  case terminate(TransferID)
  /// The program did not leave: end it and all that it started (SIGKILL to its process group).
  case kill(TransferID)
}

/// What happened in the registry since somebody last took it.
public struct RegistryOutput: Hashable, Sendable {
  /// An event and the stream it happened on.
  public struct Entry: Hashable, Sendable {
    /// The stream.
    public let stream: StreamID
    /// What happened on it.
    public let event: StreamEvent

    public init(_ stream: StreamID, _ event: StreamEvent) {
      self.stream = stream
      self.event = event
    }
  }

  /// In the order in which they happened.
  public var events: [Entry] = []
  /// To be carried out in this order, and before anybody reacts to the events.
  public var effects: [RegistryEffect] = []

  public init(events: [Entry] = [], effects: [RegistryEffect] = []) {
    self.events = events
    self.effects = effects
  }
}

/// What an abort found.
public enum AbortOutcome: Hashable, Sendable {
  /// The stream was live. Nothing more is told of it.
  case aborted
  /// It had ended, had been aborted or was superseded. Nothing changed.
  case alreadyOver
  /// It was not started yet, and now it never will be.
  case neverStarted
}

// From a key to the end of a stream, in each phase of one.

/// Where a stream is when the key comes.
enum StreamPhase: String, CaseIterable {
  case resolving = "in a look-up"
  case connecting = "before connect"
  case shakingHands = "in a handshake"
  case requested = "before headers"
  case answered = "after headers"
  case streaming = "mid-stream"
  case backingOff = "in back-off"

  /// Whether there is a connection whose close the server sees; else the frame that says "stopped" is
  /// waited for, which is drawn after everything else is done.
  var isConnected: Bool {
    switch self {
    case .resolving, .connecting, .backingOff: false
    case .shakingHands, .requested, .answered, .streaming: true
    }
  }

  var hang: Rig.Hang? {
    switch self {
    case .resolving: .lookup
    case .connecting: .connect
    case .shakingHands: .handshake
    case .requested, .answered, .streaming, .backingOff: nil
    }
  }
}

/// A key that stops a reply.
struct StopKey {
  let name: String
  let bytes: [UInt8]
  let goal: String

  /// Of a lone Esc 20 ms are the time that tells it from an arrow key.
  static let escape = StopKey(name: "Esc", bytes: [0x1B], goal: "25 ms")
  static let kittyEscape = StopKey(
    name: "kitty's Esc", bytes: Array("\u{1B}[27u".utf8), goal: "3 ms")
  static let interrupt = StopKey(name: "Ctrl-C", bytes: [0x03], goal: "3 ms")
}

extension Measurement {
  static func stop(_ key: StopKey, _ phase: StreamPhase) -> Measurement {
    let end = phase.isConnected ? "closed" : "stopped"
    return Measurement(
      figures: [
        Figure(
          name: "\(key.name) to \(end), \(phase.rawValue)", unit: .milliseconds, goal: key.goal)
      ],
      // The floor has no kitty protocol, no connect that may hang and no back-off.
      programs: phase == .streaming && key.name != "kitty's Esc" ? Program.withScreen : [.patter],
      roundCount: 200
    ) { program in
      let rig = try Rig(program, hang: phase.hang)
      var pauses = Pauses(seed: 2)
      return {
        let connection = try rig.lead(to: phase, pauses)
        try rig.rest(nanoseconds: pauses.milliseconds(10...40))
        let stopped: Int64
        if let connection {
          let pressed = try rig.type(key.bytes)
          try rig.wait("the close") { !connection.isOpen }
          stopped = connection.closeSeen - pressed
        } else {
          stopped = try rig.painted("the word that it stopped") { try rig.type(key.bytes) }
        }
        rig.stopStream()
        try rig.rest(nanoseconds: pauses.milliseconds(20...40))
        return [[milliseconds(stopped)]]
      }
    }
  }
}

extension Rig {
  /// Sends a prompt and leads its stream to a phase; the connection, where there is one then.
  fileprivate func lead(to phase: StreamPhase, _ pauses: Pauses) throws -> RigConnection? {
    switch phase {
    case .resolving, .connecting:
      try type("go")
      try rest(nanoseconds: 5_000_000)
      _ = try painted("the prompt on the page") { try type("\r") }
      return nil
    case .shakingHands:
      try type("go")
      try rest(nanoseconds: 5_000_000)
      try type("\r")
      try wait("the connection") { server.latest != nil }
      return server.latest
    case .requested:
      return try ask()
    case .answered:
      let connection = try ask()
      connection.send(Reply.head)
      return connection
    case .streaming:
      let connection = try ask()
      connection.send(Reply.head)
      stream(to: connection, perSecond: 200, pauses: pauses)
      return connection
    case .backingOff:
      let connection = try ask()
      _ = try painted("the countdown") { connection.send(Reply.overloaded) }
      return nil
    }
  }
}

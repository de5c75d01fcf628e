extension Measurement {
  /// What a program is doing while keys are pressed.
  enum Business: Hashable, Sendable {
    case idle
    case stream(deltasPerSecond: Double)
    /// Deltas as fast as the program reads them, as from a cache.
    case flood

    fileprivate var words: String {
      switch self {
      case .idle: "idle"
      case .stream(let rate): "\(Int(rate)) deltas a second"
      case .flood: "deltas at full speed"
      }
    }
  }

  /// From a key to its echo at the terminal.
  static func echo(_ business: Business, roundCount: Int, goal: String = "") -> Measurement {
    Measurement(
      figures: [Figure(name: "key to echo, \(business.words)", unit: .milliseconds, goal: goal)],
      roundCount: roundCount
    ) { program in
      let rig = try Rig(program)
      var pauses = Pauses(seed: 5)
      return {
        var connection: RigConnection?
        if business != .idle {
          connection = try rig.ask()
          connection?.send(Reply.head)
        }
        switch (business, connection) {
        case (.stream(let rate), let connection?):
          rig.stream(to: connection, perSecond: rate, pauses: pauses)
        case (.flood, let connection?): rig.flood(connection)
        default: break
        }
        try rig.type("draft ")
        try rig.rest(nanoseconds: pauses.milliseconds(40...80))
        let samples = try rig.echoes(40, pauses: &pauses)
        for _ in "draft " { try rig.type([0x7F]) }
        if let connection {
          rig.stopStream()
          try rig.type([0x03])
          try rig.wait("the close") { !connection.isOpen }
        }
        try rig.rest(nanoseconds: pauses.milliseconds(20...40))
        return [samples]
      }
    }
  }
}

extension Rig {
  /// Presses keys and takes them out again; the milliseconds from each to its echo.
  func echoes(_ count: Int, pauses: inout Pauses) throws -> [Double] {
    try (0..<count).map { number in
      // Not the same key twice: a slow program may take it out and put it in again in one frame.
      let key = [Rig.marks[number % Rig.marks.count]]
      var pressed: Int64 = 0
      let seen = try seen(key, "the echo") { pressed = try type(key) }
      try rest(nanoseconds: pauses.milliseconds(5...20))
      try type([0x7F])
      try rest(nanoseconds: pauses.milliseconds(5...20))
      return Measurement.milliseconds(seen - pressed)
    }
  }
}

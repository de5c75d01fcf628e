extension Measurement {
  /// From a key, in the middle of a stream, to the server seeing the connection closed.
  static func stop(
    _ key: String, _ bytes: [UInt8], goal: String, programs: [Program] = Program.allCases
  ) -> Measurement {
    Measurement(
      figures: [Figure(name: "\(key) to closed at the server", unit: .milliseconds, goal: goal)],
      programs: programs, roundCount: 50
    ) { program in
      let rig = try Rig(program)
      var pauses = Pauses(seed: 2)
      return {
        let connection = try rig.ask()
        connection.send(Reply.head)
        rig.stream(to: connection, perSecond: 200, pauses: pauses)
        try rig.rest(nanoseconds: pauses.milliseconds(40...90))
        let pressed = try rig.type(bytes)
        try rig.wait("the close") { !connection.isOpen }
        rig.stopStream()
        try rig.rest(nanoseconds: pauses.milliseconds(20...40))
        return [[milliseconds(connection.closeSeen - pressed)]]
      }
    }
  }
}

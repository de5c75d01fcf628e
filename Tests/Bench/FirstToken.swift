extension Measurement {
  /// From Enter to the request at the server; and from the first token, as the server writes it, to its
  /// bytes at the terminal.
  static let firstToken = Measurement(
    figures: [
      Figure(name: "Enter to request at the server", unit: .milliseconds),
      Figure(name: "first token to screen", unit: .milliseconds, goal: "2 ms"),
    ],
    roundCount: 100
  ) { program in
    let rig = try Rig(program)
    var pauses = Pauses(seed: 1)
    return {
      try rig.type("go")
      try rig.rest(nanoseconds: pauses.milliseconds(5...25))
      let requests = rig.server.requestCount
      let pressed = try rig.type("\r")
      try rig.wait("the request") { rig.server.requestCount > requests }
      let connection = try rig.server.newest()
      connection.send(Reply.head)
      try rig.rest(nanoseconds: pauses.milliseconds(20...60))

      var sent: Int64 = 0
      let seen = try rig.seen([Rig.mark], "the first token") {
        sent = connection.send(Reply.delta("\(Unicode.Scalar(Rig.mark))"))
      }
      connection.send(Reply.end)
      try rig.rest(nanoseconds: pauses.milliseconds(20...40))
      return [[milliseconds(connection.requestSeen - pressed)], [milliseconds(seen - sent)]]
    }
  }
}

extension Measurement {
  /// From Enter, in the middle of a stream, to the old connection closed and to the new request at the
  /// server.
  static let supersede = Measurement(
    figures: [
      Figure(name: "Enter in a stream to old closed", unit: .milliseconds, goal: "3 ms"),
      Figure(name: "Enter in a stream to new request", unit: .milliseconds, goal: "5 ms"),
    ],
    roundCount: 50
  ) { program in
    let rig = try Rig(program)
    var pauses = Pauses(seed: 3)
    return {
      let old = try rig.ask()
      old.send(Reply.head)
      rig.stream(to: old, perSecond: 200, pauses: pauses)
      try rig.rest(nanoseconds: pauses.milliseconds(20...50))
      try rig.type("rather this")
      try rig.rest(nanoseconds: pauses.milliseconds(20...50))
      let requests = rig.server.requestCount
      let pressed = try rig.type("\r")
      try rig.wait("the new request") { rig.server.requestCount > requests }
      try rig.wait("the close") { !old.isOpen }
      let new = try rig.server.newest()
      rig.stopStream()
      new.send(Reply.head + Reply.delta(0) + Reply.end)
      try rig.rest(nanoseconds: pauses.milliseconds(20...40))
      return [[milliseconds(old.closeSeen - pressed)], [milliseconds(new.requestSeen - pressed)]]
    }
  }
}

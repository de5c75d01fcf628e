extension Measurement {
  /// From a key to its echo at the terminal, while deltas arrive or while nothing does.
  static func echo(deltasPerSecond rate: Double?, goal: String) -> Measurement {
    let situation = rate.map { "while \(Int($0)) deltas a second arrive" } ?? "idle"
    return Measurement(
      figures: [Figure(name: "key to echo, \(situation)", unit: .milliseconds, goal: goal)],
      roundCount: rate == nil ? 3 : 8
    ) { program in
      let rig = try Rig(program)
      var pauses = Pauses(seed: 5)
      return {
        var samples: [Double] = []
        var connection: RigConnection?
        if let rate {
          let asked = try rig.ask()
          asked.send(Reply.head)
          rig.stream(to: asked, perSecond: rate, pauses: pauses)
          connection = asked
        }
        try rig.type("draft ")
        try rig.rest(nanoseconds: pauses.milliseconds(40...80))
        for _ in 0..<40 {
          var pressed: Int64 = 0
          let seen = try rig.seen([Rig.mark], "the echo") { pressed = try rig.type([Rig.mark]) }
          samples.append(milliseconds(seen - pressed))
          try rig.rest(nanoseconds: pauses.milliseconds(5...20))
          try rig.type([0x7F])
          try rig.rest(nanoseconds: pauses.milliseconds(5...20))
        }
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

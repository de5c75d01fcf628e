extension Measurement {
  /// What a minute of nothing costs behind a finished reply.
  static let idle = Measurement(
    figures: [
      Figure(name: "60 s idle: processor", unit: .milliseconds, goal: "0 ms"),
      Figure(name: "60 s idle: context switches", unit: .times, goal: "0 ×"),
    ],
    roundCount: 1, isWarmedUp: false
  ) { program in
    {
      let rig = try Rig(program)
      let connection = try rig.ask()
      connection.send(Reply.head + Reply.deltas(0..<200) + Reply.end)
      try rig.rest(nanoseconds: 500_000_000)
      let processor = rig.processorNanoseconds
      let switches = rig.contextSwitchCount
      try rig.rest(nanoseconds: 60_000_000_000)
      return [
        [milliseconds(rig.processorNanoseconds - processor)],
        [rig.contextSwitchCount - switches],
      ]
    }
  }
}

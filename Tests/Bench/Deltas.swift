extension Measurement {
  /// What each delta of a reply costs the program, and how much it writes to the terminal for it.
  ///
  /// - Parameters:
  ///   - already: deltas of the same reply that came before and are not counted.
  ///   - rate: deltas a second; nil sends them as fast as the program reads.
  static func deltas(
    _ count: Int, already: Int = 0, perSecond rate: Double?,
    programs: [Program] = Program.withScreen, roundCount: Int
  ) -> Measurement {
    let speed = rate.map { "\(Int($0)) a second" } ?? "full speed"
    let before = already > 0 ? " behind \(already)" : ""
    return Measurement(
      figures: [
        Figure(name: "processor for a delta, \(count)\(before), \(speed)", unit: .microseconds),
        Figure(name: "to the terminal for a delta, the same", unit: .bytes),
        Figure(name: "memory then", unit: .mebibytes),
      ],
      programs: programs, roundCount: roundCount, isWarmedUp: false
    ) { program in
      {
        let rig = try Rig(program)
        let connection = try rig.ask()
        connection.send(Reply.head)
        if already > 0 { connection.send(Reply.deltas(0..<already)) }
        try rig.wait("the reply to begin") { connection.isFlushed }
        try rig.settle()
        let processor = rig.processorNanoseconds
        let bytes = rig.terminalByteCount
        if let rate {
          rig.stream(to: connection, perSecond: rate, pauses: Pauses(seed: 6))
          rig.limitStream(to: count)
          try rig.rest(nanoseconds: Int64(Double(count) / rate * 0.9e9))
          try rig.wait("the last delta") { !rig.isStreaming }
        } else {
          connection.send(Reply.deltas(already..<(already + count)))
          try rig.wait("the last delta") { connection.isFlushed }
        }
        // A live reply shows its seconds, so the program never rests wholly; what that costs is little.
        try rig.rest(nanoseconds: 300_000_000)
        return [
          [Double(rig.processorNanoseconds - processor) / 1e3 / Double(count)],
          [Double(rig.terminalByteCount - bytes) / Double(count)],
          [rig.residentMebibytes],
        ]
      }
    }
  }

  /// What a long reply costs from Enter to its end, and what is held in memory then.
  static let memory = Measurement(
    figures: [
      Figure(name: "memory after a reply of 10,000 deltas", unit: .mebibytes),
      Figure(name: "end of that reply: processor", unit: .milliseconds),
    ],
    roundCount: 3, isWarmedUp: false
  ) { program in
    {
      let rig = try Rig(program)
      let connection = try rig.ask()
      connection.send(Reply.head + Reply.deltas(0..<10_000))
      try rig.wait("the reply") { connection.isFlushed }
      try rig.rest(nanoseconds: 300_000_000)
      let processor = rig.processorNanoseconds
      connection.send(Reply.end)
      try rig.rest(nanoseconds: 200_000_000)
      return [
        [rig.residentMebibytes], [milliseconds(rig.processorNanoseconds - processor)],
      ]
    }
  }
}

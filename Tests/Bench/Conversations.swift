import Support

extension Measurement {
  /// Conversations that are all live, one of them in view and the others behind it: what they cost together,
  /// and how soon a key shows.
  ///
  /// - Parameter count: conversations, up to 64: so many streams Patter opens at the most.
  static func conversations(_ count: Int, roundCount: Int, goal: String = "") -> Measurement {
    let deltasPerSecond = 200.0
    let name = "live conversations: \(count), \(Int(deltasPerSecond)) deltas a second each"
    return Measurement(
      figures: [
        Figure(name: "\(name): key to echo", unit: .milliseconds, goal: goal),
        Figure(name: "\(name): processor", unit: .percent),
        Figure(name: "\(name): memory", unit: .mebibytes),
      ],
      // The floor has one conversation.
      programs: count > 1 ? [.patter] : Program.withScreen, roundCount: roundCount
    ) { program in
      let rig = try Rig(program, configuration: "parallelStreams: \(count)")
      var pauses = Pauses(seed: 7)
      var connections: [RigConnection] = []
      for number in 0..<count {
        if number > 0 { try rig.type(newConversationKey) }
        let connection = try rig.ask()
        connection.send(Reply.head)
        rig.stream(
          to: connection, perSecond: deltasPerSecond, pauses: Pauses(seed: UInt64(number)))
        connections.append(connection)
      }
      return {
        let processor = rig.processorNanoseconds
        let began = MonotonicClock.nanoseconds
        try rig.rest(nanoseconds: 1_000_000_000)
        let share =
          Double(rig.processorNanoseconds - processor)
          / Double(MonotonicClock.nanoseconds - began)
        let echoes = try rig.echoes(40, pauses: &pauses)
        guard connections.allSatisfy(\.isOpen) else {
          throw HarnessError("a conversation is not live any more")
        }
        // Who does not keep up would be measured with fewer deltas than the name says.
        try rig.wait("the deltas to be taken") { connections.allSatisfy(\.isFlushed) }
        return [echoes, [share * 100], [rig.residentMebibytes]]
      }
    }
  }

  /// F4 as terminals send it.
  private static let newConversationKey = "\u{1B}OS"
}

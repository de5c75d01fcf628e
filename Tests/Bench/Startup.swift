import Support

extension Measurement {
  /// From the call that starts the program to its first frame, and to the echo of a key that was typed
  /// as soon as that frame was there: only then can one work with it.
  static let startup = Measurement(
    figures: [
      Figure(name: "start to first frame", unit: .milliseconds, goal: "2 × Floor"),
      Figure(name: "start to first echo", unit: .milliseconds, goal: "2 × Floor"),
      Figure(name: "processor time to start", unit: .milliseconds),
      Figure(name: "memory at start", unit: .mebibytes),
    ],
    roundCount: 40
  ) { program in
    {
      let rig = try Rig(program)
      let echo = try rig.seen([Rig.mark], "the echo") { try rig.type([Rig.mark]) }
      let processor = Double(rig.processorNanoseconds) / 1e6
      return [
        [milliseconds(rig.readyNanoseconds - rig.startNanoseconds)],
        [milliseconds(echo - rig.startNanoseconds)], [processor], [rig.residentMebibytes],
      ]
    }
  }

  static func milliseconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds) / 1e6 }
}

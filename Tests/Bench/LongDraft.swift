// Keys in a draft as long as a book. It comes in bracketed pastes that are too short to be folded, each
// behind the other: what then stands there is what somebody would have typed. Floor knows no draft.

import Support

extension Measurement {
  /// What the draft is made of.
  enum DraftShape: Hashable, Sendable, CaseIterable {
    case lines
    case oneLine

    fileprivate var words: String {
      switch self {
      case .lines: "a draft of 100 KB"
      case .oneLine: "one line of 100 KB"
      }
    }

    /// One paste of it, of 1,000 bytes.
    fileprivate var paste: String {
      let words = String(repeating: "nine by nine and forty makes fifty eight; ", count: 24)
      switch self {
      case .lines: return String(repeating: words.prefix(199) + "\n", count: 5)
      case .oneLine: return String(words.prefix(1_000))
      }
    }

    /// The keys from the end to the middle.
    fileprivate var toMiddle: String {
      switch self {
      case .lines: String(repeating: "\u{1B}[A", count: 250)
      // Alt-B.
      case .oneLine: String(repeating: "\u{1B}b", count: 10_000)
      }
    }
  }

  enum DraftPlace: String, Hashable, Sendable, CaseIterable {
    case end = "at the end of"
    case middle = "in the middle of"
  }

  /// From a key to its echo in a long draft.
  static func echo(
    _ place: DraftPlace, of shape: DraftShape, roundCount: Int, goal: String = ""
  ) -> Measurement {
    let name = "\(place.rawValue) \(shape.words)"
    return Measurement(
      figures: [
        Figure(name: "key to echo \(name)", unit: .milliseconds, goal: goal),
        Figure(name: "processor for a key \(name)", unit: .milliseconds),
      ],
      programs: [.patter], roundCount: roundCount
    ) { program in
      let rig = try Rig(program)
      var pauses = Pauses(seed: 7)
      try rig.write(shape)
      if place == .middle {
        try rig.pour(shape.toMiddle)
      }
      return {
        var samples: [Double] = []
        let processor = rig.processorNanoseconds
        for number in 0..<40 {
          let key = [Rig.marks[number % Rig.marks.count]]
          var pressed: Int64 = 0
          let seen = try rig.seen(key, "the echo") { pressed = try rig.type(key) }
          samples.append(milliseconds(seen - pressed))
          try rig.rest(nanoseconds: pauses.milliseconds(5...20))
          try rig.type([0x7F])
          try rig.rest(nanoseconds: pauses.milliseconds(5...20))
        }
        let keyCount = Double(2 * samples.count)
        return [samples, [milliseconds(rig.processorNanoseconds - processor) / keyCount]]
      }
    }
  }

  /// What takes hold of a long line as a whole: the way to its start, cutting it, and the way back.
  static let wholeLine = Measurement(
    figures: wholeLineKeys.flatMap { key in
      [
        Figure(name: "\(key.name) one line of 100 KB", unit: .milliseconds),
        Figure(name: "the same: processor", unit: .milliseconds),
      ]
    },
    programs: [.patter], roundCount: 20
  ) { program in
    let rig = try Rig(program)
    try rig.write(.oneLine)
    return {
      let samples = try wholeLineKeys.flatMap { key in
        let processor = rig.processorNanoseconds
        let painted = try rig.painted("what the key did") { try rig.type([key.byte]) }
        try rig.settle()
        return [[milliseconds(painted)], [milliseconds(rig.processorNanoseconds - processor)]]
      }
      // Back to its end.
      try rig.type([0x05])
      try rig.settle()
      return samples
    }
  }

  private static let wholeLineKeys: [(name: String, byte: UInt8)] = [
    ("Ctrl-A from the end of", 0x01), ("Ctrl-K, which cuts", 0x0B),
    ("Ctrl-_, which brings back", 0x1F),
  ]
}

extension Rig {
  /// Writes the whole draft and waits until it stands there.
  fileprivate func write(_ shape: Measurement.DraftShape) throws {
    try pour(String(repeating: "\u{1B}[200~\(shape.paste)\u{1B}[201~", count: 100))
  }
}

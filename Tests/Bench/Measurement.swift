/// One question to several programs, each asked many times.
struct Measurement {
  /// What a number means. It is printed with each number.
  enum Unit: String {
    case milliseconds = "ms"
    case microseconds = "µs"
    case mebibytes = "MiB"
  }

  struct Contender {
    let name: String
    /// Runs once and says what it measured.
    let run: () throws -> Double
  }

  /// A contender's numbers, or why it has none.
  struct Outcome {
    let name: String
    var samples = Samples()
    var failure: String?
  }

  let name: String
  let unit: Unit
  let repeatCount: Int
  let contenders: [Contender]

  /// Asks everybody in turn, and who begins changes with each round: what the machine does meanwhile
  /// then happens to all alike. A first round fills the caches and is not counted. Who fails once is
  /// not asked again.
  func outcomes() -> [Outcome] {
    var outcomes = contenders.map { Outcome(name: $0.name) }
    for round in 0...repeatCount {
      for step in contenders.indices {
        let index = (round + step) % contenders.count
        guard outcomes[index].failure == nil else { continue }
        do {
          let value = try contenders[index].run()
          if round > 0 { outcomes[index].samples.add(value) }
        } catch {
          outcomes[index].failure = "\(error)"
        }
      }
    }
    return outcomes
  }
}

/// A question to the programs, asked many times. One run of it may answer several figures.
struct Measurement: Sendable {
  /// One number that a run gives.
  struct Figure: Sendable {
    let name: String
    let unit: Unit
    /// What we want of the median, in words; empty when nothing was promised.
    var goal = ""
  }

  enum Unit: String, Sendable {
    case milliseconds = "ms"
    case microseconds = "µs"
    case mebibytes = "MiB"
    case bytes = "B"
    case times = "×"
    /// Of the time of one processor.
    case percent = "%"
  }

  /// Does it once. The answer holds for each figure the samples it gave.
  typealias Run = () throws -> [[Double]]

  let figures: [Figure]
  var programs = Program.withScreen
  let roundCount: Int
  /// The first round fills the caches and is not counted.
  var isWarmedUp = true
  /// Makes a program ready for all its runs.
  let prepare: @Sendable (Program) throws -> Run

  /// A program's numbers, one `Samples` for each figure, or why it has none.
  struct Outcome {
    let program: Program
    var samples: [Samples]
    var failure: String?
  }

  /// Asks everybody in turn, and who begins changes with each round: what the machine does meanwhile
  /// then happens to all alike. Who fails once is not asked again.
  func outcomes(roundFactor: Int) -> [Outcome] {
    var outcomes = programs.map {
      Outcome(program: $0, samples: [Samples](repeating: Samples(), count: figures.count))
    }
    var runs: [Run?] = programs.map { _ in nil }
    for round in (isWarmedUp ? 0 : 1)...(roundCount * roundFactor) {
      for step in programs.indices {
        let index = (round + step) % programs.count
        guard outcomes[index].failure == nil else { continue }
        do {
          let run = try runs[index] ?? prepare(programs[index])
          runs[index] = run
          let values = try run()
          guard round > 0 else { continue }
          for (figure, values) in values.enumerated() {
            for value in values { outcomes[index].samples[figure].add(value) }
          }
        } catch {
          outcomes[index].failure = "\(error)"
        }
      }
    }
    return outcomes
  }
}

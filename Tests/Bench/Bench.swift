// Measures the built programs as a person meets them: through a terminal, against a server on this
// machine. `make bench` builds the release and runs this.
//
//   Bench [--times N] [WORD]...
//
// Only measurements with one of the words in the name of a figure are made; without words, all. Each is
// made N times as often as usual. Nothing here passes or fails: a machine that is busy is slow.

import Glibc
import Support

@main
enum Bench {
  static func main() {
    switch CommandLine.arguments.dropFirst().first {
    case "--decode": alone { words in try Decoding(words)?.run() }
    case "--page":
      alone { words in
        var paging = Paging(words)
        try paging?.run()
      }
    case "--tail":
      alone { words in
        var tail = Tail(words)
        tail?.run()
      }
    default: break
    }
    var words: [String] = []
    var times = 1
    var arguments = CommandLine.arguments.dropFirst()
    while let argument = arguments.popFirst() {
      guard argument == "--times" else {
        words.append(argument.lowercased())
        continue
      }
      guard let count = arguments.popFirst().flatMap(Int.init), count > 0 else {
        print("Bench: --times wants a number above zero")
        exit(2)
      }
      times = count
    }

    let chosen = measurements.filter { measurement in
      words.isEmpty
        || measurement.figures.contains { figure in
          words.contains { figure.name.lowercased().contains($0) }
        }
    }
    let table = Table(for: chosen)
    say(Machine.text + "\n\n" + table.heading)
    for measurement in chosen {
      say(table.text(measurement, measurement.outcomes(roundFactor: times)))
    }
  }

  /// The part of a measurement that runs in a process of its own.
  private static func alone(_ work: ([String]) throws -> Void) -> Never {
    do {
      try work(Array(CommandLine.arguments.dropFirst(2)))
      exit(0)
    } catch {
      print("Bench: \(error)")
      exit(1)
    }
  }

  /// Prints a line at once, even into a pipe.
  private static func say(_ line: String) {
    print(line)
    fflush(nil)
  }

  private static let measurements: [Measurement] =
    [.startup, .firstToken] + stops + [
      .supersede,
      .echo(.idle, roundCount: 3, goal: "1 ms"),
      .echo(.stream(deltasPerSecond: 200), roundCount: 8, goal: "1 ms, p99 4 ms"),
      .echo(.stream(deltasPerSecond: 2_000), roundCount: 8, goal: "1 ms, p99 4 ms"),
      .echo(.flood, roundCount: 2),
      // Replies out of view may cost their deltas, and no key may feel them.
      .conversations(1, roundCount: 8),
      .conversations(32, roundCount: 8, goal: "1 ms, p99 4 ms"),
      .deltas(2_000, perSecond: nil, roundCount: 5),
      .deltas(20_000, perSecond: nil, roundCount: 3),
      .deltas(200_000, perSecond: nil, roundCount: 2),
      .deltas(2_000, perSecond: 300, roundCount: 1),
      // What a delta costs may not grow with the reply.
      .deltas(600, already: 2_000, perSecond: 300, roundCount: 3),
      .deltas(600, already: 20_000, perSecond: 300, roundCount: 3),
      .deltas(600, already: 200_000, perSecond: 300, roundCount: 3),
      .memory,
      .idle,
      .tail,
      // Nor a frame with the conversation.
      .paging(1_000),
      .paging(100_000),
    ] + longDrafts + pipes + decodings

  // What a key costs may not grow with the draft.
  private static let longDrafts =
    Measurement.DraftShape.allCases.flatMap { shape in
      Measurement.DraftPlace.allCases.map { place in
        Measurement.echo(place, of: shape, roundCount: 5, goal: "1 ms, p99 4 ms")
      }
    } + [.wholeLine]

  private static let pipes = ScriptedDialect.allCases.map { Measurement.pipe($0, 100_000) }

  // What an event costs may not grow with the reply.
  private static let decodings = ScriptedDialect.allCases.flatMap { dialect in
    [10_000, 100_000].map { Measurement.decoding(dialect, $0) }
  }

  private static let stops = StreamPhase.allCases.flatMap { phase in
    [StopKey.escape, .kittyEscape, .interrupt].map { Measurement.stop($0, phase) }
  }
}

// Measures the built programs as a person meets them: through a terminal. `make bench` builds the
// release and runs this.
//
//   Bench [--repeat N] [WORD]...
//
// Only measurements with one of the words in their name are made; without words, all.

import Glibc

@main
enum Bench {
  static func main() {
    var words: [String] = []
    var repeatCount = 20
    var arguments = CommandLine.arguments.dropFirst()
    while let argument = arguments.popFirst() {
      guard argument == "--repeat" else {
        words.append(argument)
        continue
      }
      guard let count = arguments.popFirst().flatMap(Int.init), count > 0 else {
        print("Bench: --repeat wants a number above zero")
        exit(2)
      }
      repeatCount = count
    }

    let measurements: [Measurement] = [
      .startup(repeatCount: repeatCount)
    ]
    for measurement in measurements
    where words.isEmpty || words.contains(where: measurement.name.contains) {
      print(measurement.report())
    }
  }
}

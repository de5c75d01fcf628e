// A walk through Patter at a real terminal, which leaves every screen as text: `make tour` builds it and
// runs this.
//
//   Tour FOLDER [WORD]...
//
// Only the stops with one of the words in their names are made; without words, all. What a stop waits for
// and does not get ends the tour.

import Glibc
import Support

@main
enum Tour {
  static func main() {
    var arguments = CommandLine.arguments.dropFirst()
    guard let folder = arguments.popFirst() else {
      end("into which folder? Tour FOLDER [WORD]...", status: 2)
    }
    let words = arguments.map { $0.lowercased() }
    let chosen = Stop.all.enumerated().filter { _, stop in
      words.isEmpty || words.contains { stop.name.contains($0) }
    }
    guard !chosen.isEmpty else {
      let names = Stop.all.map(\.name).joined(separator: " ")
      end("no stop has such a name; there are \(names)", status: 2)
    }
    guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
      end("there is no folder \(folder), and none can be made", status: 1)
    }
    var whole = ""
    for (index, stop) in chosen {
      do {
        let text = try LoopbackLedger.$current.withValue(LoopbackLedger()) {
          try Visit.pages(of: stop).text(of: stop, number: index + 1)
        }
        let number = index < 9 ? "0\(index + 1)" : "\(index + 1)"
        try write(text, to: "\(folder)/\(number)-\(stop.name).txt")
        whole += text
        print("\(number) \(stop.name)")
        fflush(nil)
      } catch {
        end("the stop '\(stop.name)' does not come to its end: \(error)", status: 1)
      }
    }
    do {
      try write(whole, to: "\(folder)/tour.txt")
    } catch {
      end("\(error)", status: 1)
    }
    print("\(folder)/tour.txt")
  }

  private static func end(_ words: String, status: Int32) -> Never {
    print("Tour: \(words)")
    exit(status)
  }

  private static func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "we") else { throw HarnessError(call: "open \(path)") }
    defer { fclose(file) }
    guard fputs(text, file) >= 0, fflush(file) == 0 else {
      throw HarnessError(call: "write \(path)")
    }
  }
}

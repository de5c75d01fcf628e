// Hands, streams, disks and screens at random, as deep as there is time for. `make explore` goes further than
// a run of the tests, and names the seed of what it finds: `PATTER_SEED=7 make explore` does it once more.

import Glibc
import Support
import Testing

@testable import Interface

@Suite struct `The explorer of the app` {
  /// How many things happen in one world at the most.
  private static let stepsOfWorld = 1000
  /// How many worlds there are side by side.
  private static let partCount = 4

  private static func asked(_ name: String) -> UInt64? {
    getenv("PATTER_" + name).flatMap { UInt64(String(cString: $0)) }
  }
  private static let seed = asked("SEED")
  private static let steps = asked("STEPS")

  @Test(arguments: seed.map { $0...$0 } ?? 1...UInt64(partCount))
  func `finds no promise broken, whatever comes`(first: UInt64) {
    var left = Self.seed == nil ? Int(Self.steps ?? 20_000) / Self.partCount : 1
    var seed = first
    while left > 0 {
      // A trap says nothing of where it was.
      if Self.steps != nil { say("seed \(seed)\n") }
      var world = World(seed: seed)
      do {
        while world.stepCount < Self.stepsOfWorld, !world.hasQuit { try world.step() }
      } catch {
        Issue.record(
          "seed \(seed), step \(world.stepCount): \(error)\n\(world.steps.joined(separator: "\n"))")
        return
      }
      left -= world.stepCount
      seed += UInt64(Self.partCount)
    }
  }

  /// At once: nothing is written after a trap.
  private func say(_ line: String) {
    _ = line.utf8CString.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count - 1) }
  }
}

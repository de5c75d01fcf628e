// A slice of what `make fuzz` does, the same in every run.

import Fuzzing
import Support
import Testing

struct FuzzingTests {
  @Test func `T45 T47 what every seed says is the same however it is cut`() throws {
    for seed in FuzzSeeds.inputs { try FuzzedInput(seed)?.run() }
  }

  @Test(arguments: 0..<8)
  func
    `T45 T47 bytes that were changed at random trap nobody and say the same however they are cut`(
      shard: Int
    ) throws
  {
    var random = Seeded(state: UInt64(shard) + 1)
    let seeds = FuzzSeeds.inputs
    for _ in 0..<500 {
      let seed = seeds[Int.random(in: seeds.indices, using: &random)]
      let input = changed(seed, &random)
      do {
        try FuzzedInput(input)?.run()
      } catch {
        Issue.record("\(error) with \(input)")
        return
      }
    }
  }

  /// The input with up to six changes: bytes overwritten, taken out, doubled, words put in.
  private func changed(_ input: [UInt8], _ random: inout Seeded) -> [UInt8] {
    var input = input
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 2..<max(3, input.count), using: &random)
      let length = min(Int.random(in: 1...20, using: &random), input.count - place)
      guard length > 0 else { continue }
      switch Int.random(in: 0..<5, using: &random) {
      case 0: input[place] = UInt8.random(in: 0...255, using: &random)
      case 1: input.removeSubrange(place..<(place + length))
      case 2: input.insert(contentsOf: input[place..<(place + length)], at: place)
      case 3: input[1] = UInt8.random(in: 0...255, using: &random)
      default:
        let word = FuzzSeeds.words[Int.random(in: FuzzSeeds.words.indices, using: &random)]
        input.insert(contentsOf: word.utf8, at: place)
      }
    }
    return input
  }
}

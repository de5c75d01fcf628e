/// Random lengths of time, the same in each run of the bench.
///
/// Fixed distances would beat against the 16 ms of a frame: every key would meet the same place in it.
struct Pauses: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    // SplitMix64 (Steele et al. 2014).
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  mutating func next(_ range: ClosedRange<Int64>) -> Int64 { .random(in: range, using: &self) }

  /// A pause within these milliseconds, in nanoseconds.
  mutating func milliseconds(_ range: ClosedRange<Int64>) -> Int64 {
    next((range.lowerBound * 1_000_000)...(range.upperBound * 1_000_000))
  }
}

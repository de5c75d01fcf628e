import Chat
import Interface
import Testing

@Suite struct `Frames` {
  /// Asks for a frame after each of these milliseconds and tells at which ones it was drawn.
  private func drawn(_ wishes: [(Int64, Paint)]) -> [Int64] {
    var pacing = FramePacing(firstFrame: origin)
    return wishes.compactMap { milliseconds, paint in
      pacing.want(paint)
      return pacing.begin(at: origin.advanced(byMilliseconds: milliseconds)) ? milliseconds : nil
    }
  }

  @Test func `that only deltas ask for come no closer than 16 ms`() {
    #expect(drawn((1...100).map { ($0, .soon) }) == [16, 32, 48, 64, 80, 96])
  }

  @Test func `that a key asks for come at once, however close to the last`() {
    #expect(
      drawn([(16, .soon), (17, .soon), (18, .now), (19, .now), (20, .soon)]) == [16, 18, 19])
  }

  @Test func `nobody asks for do not come`() {
    #expect(drawn([(100, .never), (1_000_000, .never)]) == [])
    #expect(FramePacing(firstFrame: origin).deadline == nil)
  }

  @Test func `heed the most urgent wish, whatever is asked for after it`() {
    var pacing = FramePacing(firstFrame: origin)
    pacing.want(.soon)
    pacing.want(.never)
    #expect(pacing.deadline == origin.advanced(byMilliseconds: 16))
    pacing.want(.now)
    pacing.want(.soon)
    #expect(pacing.deadline == origin)
  }
}

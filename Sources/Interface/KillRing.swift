// What was cut: a ring of the last cuts, as readline keeps them (its `kill.c`).

/// The texts that were cut last, and which of them is put back next.
public struct KillRing: Hashable, Sendable {
  /// How many cuts are kept, as in readline.
  static let limit = 10

  /// On which side of the last cut a further one joins it.
  enum Side: Hashable, Sendable {
    /// It stood before what was cut already.
    case before
    case after
  }

  private var slots: [[DraftElement]] = []
  private var index = 0

  /// What is put back now; nil while nothing was cut.
  var current: [DraftElement]? { slots.isEmpty ? nil : slots[index] }

  /// Keeps a cut; one that follows another without anything between joins it.
  mutating func cut(_ elements: [DraftElement], on side: Side, isJoining: Bool) {
    if isJoining, let last = slots.indices.last {
      switch side {
      case .before: slots[last] = elements + slots[last]
      case .after: slots[last] += elements
      }
    } else {
      slots.append(elements)
      if slots.count > KillRing.limit { slots.removeFirst() }
    }
    index = slots.count - 1
  }

  /// Goes on to the cut before, and from the oldest to the newest.
  mutating func rotate() {
    index = index > 0 ? index - 1 : max(0, slots.count - 1)
  }
}

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

  /// Cuts that joined. A further one costs as much as it is long, however long they are together.
  private struct Slot: Hashable {
    /// Backwards: the last one stood first.
    var before: [DraftElement] = []
    var after: [DraftElement] = []

    mutating func join(_ elements: some BidirectionalCollection<DraftElement>, on side: Side) {
      switch side {
      case .before: before += elements.reversed()
      case .after: after += elements
      }
    }
  }

  private var slots: [Slot] = []
  private var index = 0

  /// What is put back now; nil while nothing was cut.
  var current: [DraftElement]? {
    slots.isEmpty ? nil : slots[index].before.reversed() + slots[index].after
  }

  /// Keeps a cut; one that follows another without anything between joins it.
  mutating func cut(
    _ elements: some BidirectionalCollection<DraftElement>, on side: Side, isJoining: Bool
  ) {
    if !isJoining || slots.isEmpty {
      slots.append(Slot())
      if slots.count > KillRing.limit { slots.removeFirst() }
    }
    slots[slots.count - 1].join(elements, on: side)
    index = slots.count - 1
  }

  /// Goes on to the cut before, and from the oldest to the newest.
  mutating func rotate() {
    index = index > 0 ? index - 1 : max(0, slots.count - 1)
  }
}

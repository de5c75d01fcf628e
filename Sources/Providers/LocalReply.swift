// A reply that needs no server: the guide's. It comes in pieces and at a pace, as a reply from a
// server does, so that everything after the registry treats both alike.

import Chat

/// A whole reply and its pace.
public struct LocalReply: Hashable, Sendable {
  /// The longest delay or interval; longer ones are taken for this.
  public static let delayLimitMilliseconds = 60_000

  /// The text in the pieces in which it is told.
  public let pieces: [String]
  /// From the start to the first piece.
  public let firstDelayMilliseconds: Int
  /// From one piece to the next; 0 tells all of them at once.
  public let intervalMilliseconds: Int

  public init(pieces: [String], firstDelayMilliseconds: Int, intervalMilliseconds: Int) {
    let range = 0...Self.delayLimitMilliseconds
    self.pieces = pieces
    self.firstDelayMilliseconds = min(
      max(firstDelayMilliseconds, range.lowerBound), range.upperBound)
    self.intervalMilliseconds = min(max(intervalMilliseconds, range.lowerBound), range.upperBound)
  }
}

/// A local reply that is being told.
struct LocalStream: Hashable, Sendable {
  /// How many pieces are told in one pass at most, so that keys are heard between two passes.
  static let piecesEachPass = 256

  private let reply: LocalReply
  private let began: Instant
  private var toldCount = 0

  init(_ reply: LocalReply, at now: Instant) {
    self.reply = reply
    began = now
  }

  /// When the next piece is due. It is in the past where one pass could not tell all that was due.
  var deadline: Instant {
    let milliseconds =
      Int64(reply.firstDelayMilliseconds) + Int64(toldCount) * Int64(reply.intervalMilliseconds)
    return began.advanced(byMilliseconds: milliseconds)
  }

  /// All pieces that are due, however late it is; after the last one, the end.
  mutating func advance(to now: Instant) -> SourceStep {
    guard now >= deadline else { return SourceStep() }
    var events: [StreamEvent] = toldCount == 0 ? [.started(model: nil)] : []
    let passEnd = min(reply.pieces.count, toldCount + Self.piecesEachPass)
    while toldCount < passEnd, now >= deadline {
      events.append(.text(reply.pieces[toldCount]))
      toldCount += 1
    }
    let isEnd = toldCount == reply.pieces.count
    if isEnd { events.append(.completed(.stop)) }
    return SourceStep(events: events, isEnd: isEnd)
  }
}

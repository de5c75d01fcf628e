// What was done to a draft lately: whoever laid the draft out before need lay out again only what
// changed.

/// A piece of a draft that another took the place of, counted in elements.
struct DraftChange: Hashable, Sendable {
  var start: Int
  var removedCount: Int
  var insertedCount: Int

  /// This change and then `later`, as one.
  func followed(by later: DraftChange) -> DraftChange {
    let end = start + insertedCount
    let start = min(start, later.start)
    let reach = max(end, later.start + later.removedCount)
    return DraftChange(
      start: start,
      removedCount: self.start - start + removedCount + reach - end,
      insertedCount: reach - start - later.removedCount + later.insertedCount)
  }
}

/// The last edits of a draft, and a name for the text that came of all of them.
///
/// Two drafts with the same text are equal, however it came about: the edits do not count.
struct DraftEdits: Hashable, Sendable {
  /// How many edits are remembered; who saw the text before those lays it out as a whole.
  static let limit = 64

  /// Names the text: a hash over all edits, so that also two copies of one draft that went different
  /// ways have different names.
  private(set) var revision: UInt64 = 0
  private var recent: [(change: DraftChange, before: UInt64)] = []

  mutating func note(_ change: DraftChange, inserted: some Sequence<DraftElement>) {
    recent.append((change, revision))
    if recent.count > DraftEdits.limit { recent.removeFirst(recent.count - DraftEdits.limit / 2) }
    mix(UInt64(change.start))
    mix(UInt64(change.removedCount))
    mix(UInt64(change.insertedCount))
    for element in inserted {
      switch element {
      case .character(let character):
        for byte in character.utf8 { mix(UInt64(byte)) }
      case .paste(let paste):
        // No byte of UTF-8 has this value.
        mix(0xFF)
        for byte in paste.text.utf8 { mix(UInt64(byte)) }
      case .attachment(let attachment):
        mix(0xFE)
        for byte in attachment.written.utf8 { mix(UInt64(byte)) }
        mix(UInt64(bitPattern: Int64(attachment.facts.byteCount)))
        mix(UInt64(bitPattern: attachment.facts.modified))
      }
    }
  }

  /// What has changed since the text had this name; nil if that is too long ago to know.
  func change(since revision: UInt64) -> DraftChange? {
    guard let first = recent.lastIndex(where: { $0.before == revision }) else { return nil }
    return recent[(first + 1)...].reduce(recent[first].change) { $0.followed(by: $1.change) }
  }

  /// FNV-1a (Fowler, Noll, Vo), a word at a time.
  private mutating func mix(_ word: UInt64) {
    revision = (revision ^ word) &* 0x100_0000_01B3 &+ 0x9E37_79B9_7F4A_7C15
  }

  static func == (left: DraftEdits, right: DraftEdits) -> Bool { true }
  func hash(into hasher: inout Hasher) {}
}

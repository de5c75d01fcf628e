// A search in the conversation: what is looked for, what was found, and which of it is in view.
//
//   end of the page ──── scanned, newest first ────┬──── not yet ──── beginning
//                     hits: message by message   next
//
// A key must not wait for a million messages. So the text is read from the end of the page, a slice for
// each step; the first step is the key's, the others are taken between keys as long as something is
// left (`isDone`). The first hit at or above what was in view is the present one as soon as it is found.

import Chat

/// What somebody looks for. Numbers of hits count from the newest, which stays true while earlier ones are
/// still being found.
public struct Search: Hashable, Sendable {
  /// Most characters that are looked for; the rest of a longer paste is left out.
  static let longestWords = 200
  /// So many hits are enough: what stands further up is not looked at, and the line says so.
  static let hitLimit = 10_000
  /// How much one step reads, and of how many messages. One message is read in one step, whatever its
  /// length.
  private static let stepByteCount = 1 << 20
  private static let stepMessageCount = 5_000

  /// Some hits of one message.
  private struct Found: Hashable, Sendable {
    let message: MessageID
    var count: Int
  }

  /// How far a message has been read that still grows.
  private struct Reading: Hashable, Sendable {
    let message: MessageID
    var part = 0
    var byteOffset = 0
    var count = 0
  }

  /// What is looked for, as it was typed.
  public private(set) var words = ""
  /// Where the search began, and whether the end was followed then.
  let didFollow: Bool
  private let from: MessageID?

  /// Newest first.
  private var found: [Found] = []
  private var hitCount = 0
  /// The hit that is in view: where its message stands among `found`, and its number in the message.
  private var place: (found: Int, index: Int)? {
    get { placeFound < 0 ? nil : (placeFound, placeIndex) }
    set { (placeFound, placeIndex) = newValue ?? (-1, 0) }
  }
  private var placeFound = -1
  private var placeIndex = 0
  /// The place of the next message to read in the path, counted from its end; behind the path's length
  /// there is none.
  private var scannedCount = 0
  private var shapeRevision = -1
  private var isFromPassed = false
  private var live: Reading?
  /// The hit that was present before the page became another one.
  private var wish: SearchHit?
  /// Whether all is read, or enough.
  private(set) var isDone = true

  /// - Parameter from: the last message in view; nil for the end.
  init(from: MessageID?, didFollow: Bool) {
    self.from = from
    self.didFollow = didFollow
  }

  /// The hit that is to be in view.
  var hit: SearchHit? {
    place.map { SearchHit(words, in: found[$0.found].message, index: $0.index) }
  }

  /// Whether there is something to look for.
  var isEmpty: Bool { SearchWords(words) == nil }

  /// What has become of it, in words.
  public var summary: String {
    if isEmpty { return "" }
    let more = hitCount >= Search.hitLimit ? "+" : isDone ? "" : "…"
    guard let place else {
      if isDone { return "found nowhere" }
      return hitCount == 0 ? "searching…" : "\(grouped(hitCount))\(more) below"
    }
    let later = found[..<place.found].reduce(0) { $0 + $1.count }
    let number = later + found[place.found].count - place.index
    return "\(grouped(number)) of \(grouped(hitCount))\(more)"
  }

  // MARK: - What is typed

  mutating func type(_ text: String) {
    var words = words
    for character in text where words.count < Search.longestWords {
      words.append(character.isNewline || character == "\t" ? " " : character)
    }
    change(to: words)
  }

  mutating func deleteBackward() { change(to: String(words.dropLast())) }

  mutating func deleteWordBackward() {
    let blanks = words.reversed().prefix { $0 == " " }.count
    let rest = words.dropLast(blanks)
    change(to: String(rest.dropLast(rest.reversed().prefix { $0 != " " }.count)))
  }

  mutating func deleteAll() { change(to: "") }

  private mutating func change(to words: String) {
    guard words != self.words else { return }
    self.words = words
    restart()
  }

  private mutating func restart() {
    found = []
    hitCount = 0
    place = nil
    scannedCount = 0
    isFromPassed = false
    live = nil
    wish = nil
    isDone = isEmpty
    shapeRevision = -1
  }

  // MARK: - Reading

  /// Reads on, a step far. True when another hit is the present one now.
  mutating func step(_ conversation: Conversation) -> Bool {
    guard let wanted = SearchWords(words) else { return false }
    let before = hit
    if shapeRevision != conversation.shapeRevision { begin(conversation) }
    let path = conversation.path
    var byteCount = 0
    var messageCount = 0
    while scannedCount < path.count, hitCount < Search.hitLimit,
      byteCount < Search.stepByteCount, messageCount < Search.stepMessageCount
    {
      let message = conversation[path[path.count - 1 - scannedCount]]
      scannedCount += 1
      messageCount += 1
      byteCount += read(message, wanted)
    }
    isDone = scannedCount >= path.count || hitCount >= Search.hitLimit
    // Nothing at or above what was in view: the nearest below it.
    if isDone, place == nil, !found.isEmpty {
      place = wish == nil ? (found.count - 1, 0) : (0, found[0].count - 1)
    }
    return hit != before
  }

  /// Begins anew where the page has become another one; the present hit stays if it is still there.
  private mutating func begin(_ conversation: Conversation) {
    let kept = hit
    restart()
    isDone = false
    shapeRevision = conversation.shapeRevision
    wish = kept
  }

  /// How many bytes it read.
  private mutating func read(_ message: Message, _ wanted: SearchWords) -> Int {
    var reading = Reading(message: message.id)
    let byteCount = read(message, wanted, &reading)
    if !message.isSettled { live = reading }
    if message.id == from { isFromPassed = true }
    guard reading.count > 0 else { return byteCount }
    found.append(Found(message: message.id, count: reading.count))
    hitCount += reading.count
    if let wish {
      if wish.message == message.id {
        place = (found.count - 1, min(wish.index, reading.count - 1))
        self.wish = nil
      }
    } else if place == nil, from == nil || isFromPassed {
      place = (found.count - 1, reading.count - 1)
    }
    return byteCount
  }

  private func read(_ message: Message, _ wanted: SearchWords, _ reading: inout Reading) -> Int {
    var byteCount = 0
    while reading.part < message.parts.count {
      let part = message.parts[reading.part]
      if part.kind == .text {
        var count = 0
        let start = reading.byteOffset
        reading.byteOffset = withBytes(of: part.text) { bytes in
          byteCount += bytes.count - start
          return wanted.eachHit(in: bytes, from: start) { _ in count += 1 }
        }
        reading.count += count
      }
      // The last part may still grow.
      guard reading.part + 1 < message.parts.count else { break }
      reading.part += 1
      reading.byteOffset = 0
    }
    return byteCount
  }

  /// Takes in what has come of a live reply. Costs what has come. True when another hit is the present one
  /// now.
  mutating func hear(_ conversation: Conversation) -> Bool {
    guard shapeRevision == conversation.shapeRevision else { return step(conversation) }
    guard let wanted = SearchWords(words), var reading = live else { return false }
    let before = hit
    let message = conversation[reading.message]
    let known = reading.count
    _ = read(message, wanted, &reading)
    live = message.isSettled ? nil : reading
    let added = reading.count - known
    guard added > 0 else { return false }
    hitCount += added
    if let index = found.firstIndex(where: { $0.message == reading.message }) {
      found[index].count += added
    } else {
      // A live reply is the last of the page.
      found.insert(Found(message: reading.message, count: added), at: 0)
      if placeFound >= 0 { placeFound += 1 }
    }
    if isDone, place == nil { place = (0, 0) }
    return hit != before
  }

  // MARK: - From hit to hit

  /// The hit above; false when there is none, or none yet.
  mutating func goUp() -> Bool {
    guard let place else { return false }
    if place.index > 0 {
      self.place = (place.found, place.index - 1)
    } else if place.found + 1 < found.count {
      self.place = (place.found + 1, found[place.found + 1].count - 1)
    } else {
      return false
    }
    return true
  }

  /// The hit below; false when there is none.
  mutating func goDown() -> Bool {
    guard let place else { return false }
    if place.index + 1 < found[place.found].count {
      self.place = (place.found, place.index + 1)
    } else if place.found > 0 {
      self.place = (place.found - 1, 0)
    } else {
      return false
    }
    return true
  }
}

/// A number with a comma before each three digits of its end.
public func grouped(_ number: Int) -> String {
  let digits = String(number)
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
    text.append(digit)
  }
  return text
}

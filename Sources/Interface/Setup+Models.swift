// The question for a model: one of a list, or a name that is written where there is no list; and where it leads
// back to when there is none.

import Chat

extension Setup {
  /// The name that Enter takes: of the selected row, or what was typed where none has its letters.
  var writtenModel: String? {
    if let selected = models.selected { return selected.id }
    let words = models.query.split(whereSeparator: \.isWhitespace)
    guard words.count == 1, !isAddressWritten else { return nil }
    return String(words[0])
  }

  /// Whether an address stands where the name of a model belongs.
  private var isAddressWritten: Bool {
    let word = models.query.drop(while: \.isWhitespace).lowercased()
    return word.hasPrefix("http://") || word.hasPrefix("https://")
  }

  /// Whether there is no list and no name: all that Enter can do is ask once more.
  var canAskAgain: Bool {
    guard models.query.isEmpty else { return false }
    switch listing {
    case .idle, .failed: return true
    case .listed: return models.items.isEmpty
    case .asked: return false
    }
  }

  mutating func takeModel(at now: Instant) -> Move {
    if canAskAgain { return askForModels(at: now) }
    guard let name = writtenModel else {
      if isAddressWritten {
        fault = "This is an address. Write the name of a model."
      } else if !models.query.isEmpty {
        fault = "The name of a model has no blanks."
      }
      return Move()
    }
    if case .asked = listing { listing = .idle }
    model = name
    test = .ready
    reply = ""
    go(to: .test)
    return Move(effects: [.stop])
  }

  mutating func askForModels(at now: Instant) -> Move {
    models = Picker()
    listing = .asked(since: now)
    return Move(effects: [.listModels(trial)])
  }

  // MARK: - Back to what is to blame

  /// Goes back to the key, or on to it where it was not asked for.
  mutating func askForKey(because sentence: String) {
    if let place = earlier.lastIndex(of: .key) {
      earlier.removeSubrange(place...)
    } else {
      earlier.removeAll { $0 == .model || $0 == .test }
    }
    ask(.key, because: sentence)
  }

  /// The same with the address, which stands there as it was asked.
  mutating func askForAddress(because sentence: String) {
    earlier.removeAll { $0 != .provider }
    deadAddress = address
    ask(.address, because: sentence)
  }

  private mutating func ask(_ question: Step, because sentence: String) {
    step = question
    listing = .idle
    test = .ready
    fault = sentence
    viewport = .atTop
  }
}

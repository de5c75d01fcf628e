// What can be copied, and by which key: while the hints are open, each block of code in view has a digit,
// and each message a letter.

import Chat
import Markdown

/// The hints over the transcript. What a key means stays what it was when the hints were shown, whatever
/// arrives meanwhile.
public struct Copying: Hashable, Sendable {
  private static let digits = Array("123456789")
  private static let letters = Array("abcdefghijklmnopqrstuvwxyz")

  /// Nil as long as no frame has said what is in view.
  private(set) var keys: [Character: Landmark]?
  /// Whether the end was followed before, and is to be again.
  let didFollow: Bool

  init(didFollow: Bool) {
    self.didFollow = didFollow
  }

  /// Gives keys to what is in view, if that has not been done.
  mutating func see(_ layout: ScreenView.Layout) {
    guard keys == nil else { return }
    keys = Copying.keys(layout)
  }

  /// What is in view is another part of the page.
  mutating func forgetKeys() { keys = nil }

  /// The signs in the rows of the screen, from the top.
  func signs(_ layout: ScreenView.Layout) -> [(row: Int, key: Character)] {
    let keys = keys ?? Copying.keys(layout)
    var signs: [Landmark: Character] = [:]
    for (key, landmark) in keys { signs[landmark] = key }
    return Copying.places(layout).compactMap { place in
      signs[place.landmark].map { (place.row, $0) }
    }
  }

  private static func keys(_ layout: ScreenView.Layout) -> [Character: Landmark] {
    var keys: [Character: Landmark] = [:]
    var digits = digits[...]
    var letters = letters[...]
    for place in places(layout) {
      switch place.landmark {
      case .message: if let key = letters.popFirst() { keys[key] = place.landmark }
      case .code: if let key = digits.popFirst() { keys[key] = place.landmark }
      case .fold: break
      }
    }
    return keys
  }

  /// The landmarks in view; one whose message began further up stands in the first row.
  private static func places(_ layout: ScreenView.Layout) -> [LandmarkRow] {
    let isFirstKnown = layout.landmarks.contains { place in
      switch place.landmark {
      case .message(let id), .fold(.attempt(let id)): id == layout.reading
      case .fold(.thinking), .code: false
      }
    }
    guard let reading = layout.reading, !isFirstKnown else { return layout.landmarks }
    return [LandmarkRow(.message(reading), row: 0)] + layout.landmarks
  }
}

extension Message {
  /// The blocks of code of a reply as they are written, without their fences.
  var codeBlocks: [String] {
    guard role == .assistant else { return [] }
    return parts.filter { $0.kind == .text }.flatMap { Block.parse($0.text).codeTexts }
  }
}

extension [Block] {
  /// The blocks of code from the top, also those in lists and quotes.
  fileprivate var codeTexts: [String] {
    flatMap { block -> [String] in
      switch block {
      case .code(_, let text): [text]
      case .list(let list): list.items.flatMap(\.blocks.codeTexts)
      case .quote(let blocks): blocks.codeTexts
      case .heading, .paragraph, .table, .rule: []
      }
    }
  }
}

extension Conversation {
  /// The messages of the page as Markdown.
  var markdown: String {
    path.map { id in
      let message = self[id]
      let name: String
      switch message.role {
      case .user: name = "You"
      case .assistant: name = message.model?.name ?? "Reply"
      case .system: name = "System prompt"
      case .tool: name = "Tool"
      }
      return "## \(name)\n\n\(message.text)\n"
    }.joined(separator: "\n")
  }
}

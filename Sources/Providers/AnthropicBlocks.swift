// The blocks of a message by Anthropic. They come one after the other; the wire would let two grow at once,
// and then the text of the second is held back until the first is closed, so that both can be read.

import Chat

struct AnthropicBlocks {
  /// What of a block is shown.
  private enum Kind {
    case text
    case thinking
  }

  /// How many open blocks are minded; more than a few are a mistake of the server.
  private static let openLimit = 128

  /// The blocks of words that have begun and are not closed.
  private var open: [Int: Kind] = [:]
  /// What came of blocks that are not to be shown yet.
  private var held: [Int: [(kind: Kind, text: String)]] = [:]
  /// Inputs of tools that came whole, for as long as no piece of them has come.
  private var inputs: [Int: String] = [:]
  /// The block of the event before; one that names none is about the same.
  private var last: Int?

  mutating func start(
    _ block: AnthropicEvent.Block, at index: Int?, _ record: inout ReplyRecord
  ) {
    let index = index ?? last.map { $0 + 1 } ?? 0
    last = index
    switch block.type {
    case "text": begin(.text, at: index)
    case "thinking": begin(.thinking, at: index)
    case "tool_use":
      record.toolCall(name: block.name, key: key(index))
      if let input = block.input, inputs.count < Self.openLimit { inputs[index] = input }
      return
    // What is kept from us (`redacted_thinking`), and what the server did by itself.
    default: return
    }
    say(block.thinking, .thinking, at: index, &record)
    say(block.text, .text, at: index, &record)
  }

  mutating func add(
    _ delta: AnthropicEvent.Delta, at index: Int?, _ record: inout ReplyRecord
  ) {
    let index = index ?? last ?? 0
    last = index
    say(delta.thinking, .thinking, at: index, &record)
    say(delta.text, .text, at: index, &record)
    if let json = delta.partialJSON, !json.isEmpty {
      inputs[index] = nil
      record.toolArguments(json, key: key(index))
    }
  }

  mutating func stop(at index: Int?, _ record: inout ReplyRecord) {
    let index = index ?? last ?? 0
    open[index] = nil
    record.toolArguments(inputs.removeValue(forKey: index), key: key(index))
    for index in held.keys.sorted() {
      let pieces = held[index] ?? []
      guard !pieces.contains(where: { mustWait($0.kind, at: index) }) else { continue }
      tell(pieces, &record)
      held[index] = nil
    }
  }

  /// Tells all that was held back: no block goes on.
  mutating func release(to record: inout ReplyRecord) {
    for (_, pieces) in held.sorted(by: { $0.key < $1.key }) { tell(pieces, &record) }
    for (index, input) in inputs.sorted(by: { $0.key < $1.key }) {
      record.toolArguments(input, key: key(index))
    }
    open = [:]
    held = [:]
    inputs = [:]
  }

  private mutating func begin(_ kind: Kind, at index: Int) {
    if open.count < Self.openLimit { open[index] = kind }
  }

  private mutating func say(
    _ text: String?, _ kind: Kind, at index: Int, _ record: inout ReplyRecord
  ) {
    guard let text, !text.isEmpty else { return }
    if mustWait(kind, at: index) {
      held[index, default: []].append((kind, text))
    } else {
      tell([(kind, text)], &record)
    }
  }

  /// Only words of one kind disturb each other: a server that forgets to close its thinking is not to hold
  /// up its text.
  private func mustWait(_ kind: Kind, at index: Int) -> Bool {
    open.contains { $0.key < index && $0.value == kind }
  }

  private func tell(_ pieces: [(kind: Kind, text: String)], _ record: inout ReplyRecord) {
    for piece in pieces {
      switch piece.kind {
      case .text: record.text(piece.text)
      case .thinking: record.thinking(piece.text)
      }
    }
  }

  private func key(_ index: Int) -> String { "block \(index)" }
}

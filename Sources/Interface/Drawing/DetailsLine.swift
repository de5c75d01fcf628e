// The quiet row under a reply: tokens, times and what it cost, as far as anybody knows.
//
//     820 → 1,204 tokens (310 thought, 512 cached) · first token 0.6 s · 48 tokens/s · $0.0132

import Chat
import Terminal

struct DetailsLine {
  /// What came in fewer milliseconds than this says more about the network's pieces than about the model.
  static let shortestRateMilliseconds: Int64 = 200

  private static let gap = " · "

  /// How many tokens; nil where nobody counted.
  private let tokens: String?
  /// How many of them were thought or remembered; empty where nobody said.
  private let among: String
  /// What follows the tokens, the most telling first.
  private let facts: [String]

  /// Of a reply that is settled.
  init(_ message: Message, usage: Usage?, price: Price?) {
    let usage = usage?.told(of: message)
    tokens = usage.flatMap(DetailsLine.tokens)
    among = usage.map(DetailsLine.among) ?? ""
    facts = [
      DetailsLine.firstToken(message), usage.flatMap { DetailsLine.rate(message, $0) },
      usage.flatMap { price?.dollars(for: $0) }.flatMap(DetailsWords.cost),
    ].compactMap(\.self)
  }

  /// All that fits into one row, which may be nothing. What stands further right goes first, and of the
  /// tokens what is among them.
  func words(columns: Int, _ cells: TextCells) -> String? {
    var all = facts
    if let tokens { all.insert(tokens + among, at: 0) }
    for count in stride(from: all.count, to: 0, by: -1) {
      let words = all.prefix(count).joined(separator: DetailsLine.gap)
      if cells.width(of: words) <= columns { return words }
    }
    guard let tokens, cells.width(of: tokens) <= columns else { return nil }
    return tokens
  }

  // MARK: - What is said

  static func tokens(_ usage: Usage) -> String? {
    func words(_ count: Int) -> String { "\(grouped(count)) \(count == 1 ? "token" : "tokens")" }
    switch (usage.inputTokens, usage.outputTokens) {
    case (let input?, let output?): return "\(grouped(input)) → \(words(output))"
    case (let input?, nil): return "\(words(input)) in"
    case (nil, let output?): return "\(words(output)) out"
    case (nil, nil): return nil
    }
  }

  private static func among(_ usage: Usage) -> String {
    let counts = [(usage.reasoningTokens, "thought"), (usage.cachedTokens, "cached")]
    let words = counts.compactMap { count, word in
      count.flatMap { $0 > 0 ? "\(grouped($0)) \(word)" : nil }
    }
    return words.isEmpty ? "" : " (\(words.joined(separator: ", ")))"
  }

  private static func firstToken(_ message: Message) -> String? {
    message.firstTokenMilliseconds.flatMap(DetailsWords.duration(milliseconds:))
      .map { "first token \($0)" }
  }

  static func rate(_ message: Message, _ usage: Usage) -> String? {
    message.tokensPerSecond(usage).flatMap(DetailsWords.rate).map { "\($0) tokens/s" }
  }
}

extension Usage {
  /// What was told of the whole reply. Of one that was cut nobody counted the words: what a provider says
  /// of them it says with the end, and some say "1" at the beginning.
  func told(of message: Message) -> Usage {
    switch message.ending {
    case .complete, nil: self
    case .cancelled, .superseded, .failed, .interrupted:
      Usage(inputTokens: inputTokens, cachedTokens: cachedTokens)
    }
  }
}

extension Message {
  /// From the request to the first delta; nil where none came.
  var firstTokenMilliseconds: Int64? {
    guard let started = times.started, let first = times.firstDelta else { return nil }
    return first.milliseconds(since: started)
  }

  /// Tokens a second from the first delta to the end. Thoughts that nothing was told of came before it.
  func tokensPerSecond(_ usage: Usage) -> Double? {
    guard let output = usage.outputTokens, let first = times.firstDelta,
      let ended = times.ended
    else { return nil }
    let milliseconds = ended.milliseconds(since: first)
    guard milliseconds >= DetailsLine.shortestRateMilliseconds else { return nil }
    let isThoughtTold = parts.contains { $0.kind == .thinking }
    let silent = isThoughtTold ? 0 : min(usage.reasoningTokens ?? 0, output)
    return Double(output - silent) * 1000 / Double(milliseconds)
  }
}

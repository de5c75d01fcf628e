import Chat

/// How much of its window a model has to read with the next prompt.
struct ContextMeter {
  /// From this share of the window on, in percent, there is a warning.
  static let warningPercent = 80

  let tokenCount: Int
  private let isEstimated: Bool
  /// Nil where nobody knows it.
  let windowTokens: Int?

  /// Nil while the conversation is empty, and where neither the window nor any count is known.
  init?(_ app: App) {
    guard let use = app.store.conversation.contextUse else { return nil }
    tokenCount = use.tokenCount
    isEstimated = use.isEstimated
    // A chain begins with its first model; in a pool each turn may be another's.
    let model = app.store.generation.call?.models[0] ?? app.store.route.models[0]
    windowTokens = app.facts[model]?.windowTokens.flatMap { $0 > 0 ? $0 : nil }
    if windowTokens == nil, !use.isCounted { return nil }
  }

  /// How much of the window is taken, rounded; nil where the window is unknown.
  var percent: Int? {
    windowTokens.map { Int((Double(tokenCount) * 100 / Double($0)).rounded()) }
  }

  var isWarning: Bool { percent.map { $0 >= ContextMeter.warningPercent } ?? false }

  private var sign: String { isEstimated ? "~" : "" }

  /// `12%`, `~12%`; nil where the window is unknown: a number alone says nothing.
  var short: String? {
    guard let percent else { return nil }
    switch percent {
    case 0 where tokenCount > 0: return "<1%"
    case 1000...: return sign + ">999%"
    default: return sign + "\(percent)%"
    }
  }

  /// `ctx 12% of 128k`, or tokens alone: `ctx 15k tokens`.
  var words: String {
    guard let windowTokens, let short else {
      return "ctx \(sign)\(TokenWords.count(tokenCount)) \(tokenCount == 1 ? "token" : "tokens")"
    }
    return "ctx \(short) of \(TokenWords.window(windowTokens))"
  }

  /// `15,360 of 128k tokens (12%)`, or tokens alone.
  var sentence: String {
    let count = sign + grouped(tokenCount)
    guard let windowTokens, let short else {
      return "\(count) \(tokenCount == 1 ? "token" : "tokens")"
    }
    return "\(count) of \(TokenWords.window(windowTokens)) tokens (\(short))"
  }
}

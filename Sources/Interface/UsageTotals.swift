// What the replies of a conversation took altogether. Replies that are settled never change, so each is
// counted once: a frame costs what has come since the last one, however long the conversation is.

import Chat

/// Tokens, times and cost of all replies of one conversation: those that were retried, stopped, superseded and
/// that failed are billed as well, as far as the provider told.
struct UsageTotals {
  /// Of one model, or of all.
  struct Sum: Hashable {
    var replyCount = 0
    var inputTokens = 0
    var outputTokens = 0
    var cachedTokens = 0
    var reasoningTokens = 0
    /// In US dollars.
    var dollars = 0.0
    /// Whether tokens of some reply were not told, or not all.
    var lacksTokens = false
    /// Whether some reply has a known cost, and whether some has one that nobody knows in full.
    var isPriced = false
    var lacksCost = false

    /// Beyond this nothing is counted: no conversation has so many.
    private static let mostTokens = 1_000_000_000_000_000

    fileprivate mutating func add(_ usage: Usage, costing price: Price?) {
      func add(_ count: Int?, to sum: inout Int) {
        sum = min(Self.mostTokens, sum + min(max(0, count ?? 0), Self.mostTokens))
      }
      add(usage.inputTokens, to: &inputTokens)
      add(usage.outputTokens, to: &outputTokens)
      add(usage.cachedTokens, to: &cachedTokens)
      add(usage.reasoningTokens, to: &reasoningTokens)
      let isWhole = usage.inputTokens != nil && usage.outputTokens != nil
      if !isWhole { lacksTokens = true }
      var known = usage
      known.inputTokens = usage.inputTokens ?? 0
      known.outputTokens = usage.outputTokens ?? 0
      if usage.isTold, let cost = price?.dollars(for: known) {
        isPriced = true
        dollars += cost
        if !isWhole { lacksCost = true }
      } else {
        lacksCost = true
      }
    }

    /// What it cost, with a `+` where some of it is unknown; nil where nothing costs anything, or nobody knows.
    var costWords: String? {
      guard isPriced, let words = DetailsWords.cost(dollars: dollars) else { return nil }
      return words + (lacksCost ? "+" : "")
    }

    /// All tokens that were told, with a `+` where some were not; nil where none were.
    var tokenWords: String? {
      let count = inputTokens + outputTokens
      guard count > 0 else { return nil }
      return TokenWords.count(count) + (lacksTokens ? "+" : "")
    }
  }

  /// How many replies settled in which way.
  struct Endings: Hashable {
    var complete = 0
    var cancelled = 0
    var superseded = 0
    var failed = 0
    var interrupted = 0

    fileprivate mutating func add(_ ending: Ending) {
      switch ending {
      case .complete: complete += 1
      case .cancelled: cancelled += 1
      case .superseded: superseded += 1
      case .failed: failed += 1
      case .interrupted: interrupted += 1
      }
    }
  }

  private(set) var promptCount = 0
  private(set) var endings = Endings()
  private(set) var all = Sum()
  /// The models in the order of their first replies.
  private(set) var models: [ModelID] = []
  private(set) var sums: [ModelID: Sum] = [:]
  /// From the request to the first delta, in milliseconds, in order of size.
  private(set) var firstTokens: [Int64] = []
  /// Tokens a second, in order of size.
  private(set) var rates: [Double] = []

  private var conversation: ConversationID?
  private var prices: [ModelID: Price] = [:]
  /// How many messages of the tree were counted, and the last of them.
  private var readCount = 0
  private var lastRead: MessageID?

  /// Counts what has come since the last time, and all of it anew for another conversation or other prices.
  mutating func update(_ app: App) {
    let store = app.store
    let messages = store.conversation.allMessages
    let prices = app.prices
    let goesOn =
      conversation == store.id && prices == self.prices && readCount <= messages.count
      && (readCount == 0 || messages[readCount - 1].id == lastRead)
    if !goesOn {
      self = UsageTotals()
      conversation = store.id
      self.prices = prices
    }
    guard readCount < messages.count, messages[readCount].isSettled else { return }
    while readCount < messages.count, messages[readCount].isSettled {
      add(messages[readCount], usage: store.conversation.usage(of: messages[readCount].id))
      readCount += 1
    }
    lastRead = messages[readCount - 1].id
    firstTokens.sort()
    rates.sort()
  }

  private mutating func add(_ message: Message, usage: Usage?) {
    switch message.role {
    case .user: promptCount += 1
    case .system, .tool: break
    case .assistant:
      if let ending = message.ending { endings.add(ending) }
      if let time = message.firstTokenMilliseconds { firstTokens.append(time) }
      let told = usage?.told(of: message)
      if let rate = told.flatMap(message.tokensPerSecond) { rates.append(rate) }
      // Of a request that brought nothing nobody knows whether it was billed at all.
      guard told != nil || !message.parts.isEmpty, let model = message.model else { return }
      if sums[model] == nil { models.append(model) }
      let price = prices[model]
      sums[model, default: Sum()].replyCount += 1
      sums[model, default: Sum()].add(told ?? Usage(), costing: price)
      all.replyCount += 1
      all.add(told ?? Usage(), costing: price)
    }
  }
}

extension Usage {
  /// Whether anything is told that is billed.
  fileprivate var isTold: Bool { inputTokens != nil || outputTokens != nil }
}

extension RandomAccessCollection {
  /// The one in the middle, of those that are in order; the upper one where there are two.
  var median: Element? { isEmpty ? nil : self[index(startIndex, offsetBy: count / 2)] }
}

// What the screen that connects a model is told, and what becomes of it.

import Chat

extension Setup {
  /// Takes in what happened. What does not belong to the step in view changes nothing.
  mutating func take(_ event: SetupEvent, at now: Instant) -> [SetupEffect] {
    switch event {
    case .offered, .saved: break
    case .providers(let offers, let isLooking):
      self.offers = offers
      self.isLooking = isLooking
      providers.show(
        offers.map { PickerItem($0.id, title: $0.name, details: [$0.detail]) }
          + [PickerItem(Setup.guideRow, title: "Go on with the guide")])
      if !isSelectionTheirs { providers.moveToStart() }
    case .keyWritten(let shape, let fault):
      guard step == .key else { break }
      key = shape
      self.fault = fault
    case .pastedEarly:
      fault =
        step == .address
        ? "That is no address, which begins with http:// or https://. A key is asked for later."
        : "Choose who is to answer first; the key is asked for then."
    case .refused(let sentence):
      switch step {
      case .model: askAgain(because: sentence)
      case .test: test = .failed(sentence)
      case .provider, .address, .key, .save: fault = sentence
      }
    case .models(let items):
      guard case .asked = listing else { break }
      listing = .listed
      models.show(items)
    case .modelsFailed(let sentence, let isKeyRefused, let isUnreachable):
      guard step == .model, case .asked = listing else { break }
      if isKeyRefused {
        askForKey(because: sentence)
      } else if isUnreachable, !address.isEmpty, address != deadAddress {
        askForAddress(because: sentence)
      } else {
        listing = .failed(sentence)
      }
    case .answered(let event): return take(event, at: now)
    case .planned(let plan):
      guard step == .save else { break }
      self.plan = plan
    case .saveFailed(let sentence):
      saving = .failed(sentence)
      viewport = .atTop
      isTextMoved = false
    }
    return []
  }

  /// What stands in a field cannot be used: it is shown again.
  private mutating func askAgain(because sentence: String) {
    guard let last = earlier.last, last == .address || last == .key else {
      return askForKey(because: sentence)
    }
    earlier.removeLast()
    step = last
    listing = .idle
    fault = sentence
  }

  private mutating func take(_ event: StreamEvent, at now: Instant) -> [SetupEffect] {
    let since: Instant
    switch test {
    case .asked(let time), .answering(let time, _): since = time
    case .ready, .done, .failed: return []
    }
    switch event {
    case .text(let delta), .refusal(let delta):
      if case .asked = test { test = .answering(since: since, first: now) }
      reply += delta.prefix(max(0, Setup.replyLimit - reply.count))
      // More would be paid for and not shown.
      guard reply.count >= Setup.replyLimit, case .answering(_, let first) = test else { break }
      test = .done(since: since, first: first, ended: now)
      return [.stop]
    case .thinking:
      if case .asked = test { test = .answering(since: since, first: now) }
    case .usage(let usage): self.usage = usage
    case .completed:
      guard case .answering(_, let first) = test else {
        test = .failed("The reply was empty; another model may answer.")
        break
      }
      test = .done(since: since, first: first, ended: now)
    case .failed(let failure):
      if failure.kind == .unauthorized {
        askForKey(because: failure.message)
      } else {
        test = .failed(failure.message)
      }
    case .started, .toolCall, .toolArguments, .finished: break
    }
    return []
  }

  /// How fast the model answered, in words: `first word after 0.4 s, 38 tokens/s`.
  var speed: String? {
    guard case .done(let since, let first, let ended) = test else { return nil }
    let wait = DetailsWords.duration(milliseconds: first.milliseconds(since: since))
    let streamed = ended.milliseconds(since: first)
    var words = ["first token after \(wait ?? "less than 0.1 s")"]
    if let tokens = usage.outputTokens, streamed >= DetailsLine.shortestRateMilliseconds,
      let rate = DetailsWords.rate(
        Double(max(0, tokens - (usage.reasoningTokens ?? 0))) * 1000 / Double(streamed))
    {
      words.append("\(rate) tokens/s")
    }
    return words.joined(separator: ", ")
  }
}

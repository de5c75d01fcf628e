// The last prompt is asked again, or of another model, and a reply that was cut is continued.

extension ChatStore {
  mutating func retry(at now: Instant) -> [ChatEffect] {
    guard let prompt = conversation.lastPrompt else { return [] }
    if race == nil, let call = generation.call, call.prompt == prompt {
      switch generation {
      case .saving, .queued:
        conversation.choose(call.message)
        return []
      case .backingOff:
        conversation.choose(call.message)
        return launch(call, in: shownLane, at: now)
      case .idle, .waiting, .streaming: break
      }
    }
    let models = tooLongModels ?? nextCallModels()
    return settleAll(.superseded, at: now) + call(replyTo: prompt, asking: models, at: now)
  }

  /// Whom to ask again when the last reply failed because it was too much: the same model, which has
  /// taught us how much it takes.
  private var tooLongModels: [ModelID]? {
    guard let leaf = conversation.leaf, case .failed(let failure) = conversation[leaf].ending,
      failure.kind == .tooLong
    else { return nil }
    return models(beginningWith: conversation[leaf].model)
  }

  /// The models of the route, and first the one that made the last reply; nil where it is none of them.
  func models(beginningWith model: ModelID?) -> [ModelID]? {
    guard let model, route.models.contains(model) else { return nil }
    return [model] + route.models(after: model).dropLast()
  }

  mutating func tryNextModel(at now: Instant) -> [ChatEffect] {
    guard route.models.count > 1, let prompt = conversation.lastPrompt else { return [] }
    let asked = conversation.leaf.flatMap { conversation[$0].model }
    let models = asked.map(route.models(after:)) ?? nextCallModels()
    if race == nil, let call = generation.call, call.prompt == prompt {
      switch generation {
      case .saving:
        lanes[shownLane].generation = .saving(redirected(call, to: models))
        return []
      case .queued:
        lanes[shownLane].generation = .queued(redirected(call, to: models))
        return []
      case .backingOff: return launch(redirected(call, to: models), in: shownLane, at: now)
      case .idle, .waiting, .streaming: break
      }
    }
    return settleAll(.superseded, at: now) + call(replyTo: prompt, asking: models, at: now)
  }

  /// The same call, before its next attempt, to other models.
  private mutating func redirected(
    _ call: Generation.Call, to models: [ModelID]
  ) -> Generation.Call {
    var call = call
    call.models = models
    call.retriesMade = 0
    conversation.choose(call.message)
    conversation.change(call.message) { $0.model = models[0] }
    return call
  }

  mutating func nextCallModels() -> [ModelID] {
    defer { shared.callCount &+= 1 }
    return route.models(forCall: shared.callCount)
  }

  // MARK: - Continuing

  /// The reply at the end of the path, if it was cut and has words, so that it can be continued.
  public var continuableReply: MessageID? {
    guard let leaf = conversation.leaf, conversation[leaf].role == .assistant,
      !conversation[leaf].text.isWhiteSpace
    else { return nil }
    switch conversation[leaf].ending {
    case .cancelled, .superseded, .failed, .interrupted, .complete(.length): return leaf
    case .complete, nil: return nil
    }
  }

  mutating func continueReply(at now: Instant) -> [ChatEffect] {
    guard !isLive, let cut = continuableReply, let prompt = conversation[cut].parent else {
      return []
    }
    let models = models(beginningWith: conversation[cut].model) ?? nextCallModels()
    return call(replyTo: prompt, asking: models, continuing: cut, at: now)
  }
}

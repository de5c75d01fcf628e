// A store on a disk that is always quick, and the page as words.

import Chat

let model = ModelID(provider: "test", name: "m")
let start = Instant(uptimeNanoseconds: 0)

func store(
  _ settings: ChatSettings = ChatSettings(), route: Route = Route(model)
) -> ChatStore {
  ChatStore(
    route: route, settings: settings,
    messageIDs: MessageIDSource(seed: MessageID(high: 1, low: 2)))
}

extension ChatStore {
  /// Handles an event, on a disk that is always quick; the effects without the saves.
  @discardableResult
  mutating func take(_ event: ChatEvent, at now: Instant = start) -> [ChatEffect] {
    var effects = handle(event, at: now)[...]
    var others: [ChatEffect] = []
    while let effect = effects.popFirst() {
      if case .save(_, let message) = effect {
        effects += handle(.saved(message.id), at: now)
      } else {
        others.append(effect)
      }
    }
    return others
  }

  mutating func hear(_ stream: UInt64, _ event: StreamEvent) {
    take(.stream(StreamID(stream), event))
  }

  /// The page as text: role, words, ending.
  var page: [String] {
    conversation.path.map { id in
      let message = conversation[id]
      let ending: String
      switch message.ending {
      case nil: ending = message.role == .assistant ? " …" : ""
      case .complete: ending = " ."
      case .cancelled: ending = " [stopped]"
      case .superseded: ending = " [superseded]"
      case .failed: ending = " [failed]"
      case .interrupted: ending = " [interrupted]"
      }
      return "\(message.role): \(message.text)\(ending)"
    }
  }
}

func sent(_ effects: [ChatEffect]) -> [String]? {
  for case .start(_, let outgoing) in effects {
    return outgoing.messages.map { "\($0.role): \($0.text)" }
  }
  return nil
}

/// The streams that are started, and the models they ask.
func started(_ effects: [ChatEffect]) -> [String] {
  effects.compactMap { effect in
    if case .start(let id, let outgoing) = effect {
      "\(id.attempt) \(outgoing.model.name)"
    } else {
      nil
    }
  }
}

import Chat

/// A sentence that must hold after every step, whatever the step was.
struct Promise: Sendable {
  let sentence: String
  let holds: @Sendable (_ before: World, _ after: World, _ happening: Happening) -> Bool

  static let all: [Promise] = [
    Promise(sentence: "at most one stream is open for each conversation") { _, after, _ in
      Set(after.ledger.open.map(\.conversation)).count == after.ledger.open.count
    },
    Promise(sentence: "the open stream is the active one") { _, after, _ in
      Set(after.stores.compactMap(\.generation.activeStream)) == after.ledger.open
    },
    Promise(sentence: "a settled message never changes") { before, after, _ in
      before.stores.allSatisfy { store in
        guard let now = after.chats[store.id], now.conversation != store.conversation else {
          return true
        }
        let messages = now.messagesByID
        return store.conversation.allMessages.allSatisfy {
          !$0.isSettled || messages[$0.id] == $0
        }
      }
    },
    Promise(sentence: "nothing leaves the tree") { before, after, _ in
      before.stores.allSatisfy { store in
        guard let now = after.chats[store.id], now.conversation != store.conversation else {
          return true
        }
        let ids = now.conversation.allMessages.map(\.id)
        return ids.starts(with: store.conversation.allMessages.map(\.id))
      }
    },
    Promise(sentence: "the path is a path, from the first message to a leaf") { _, after, _ in
      after.stores.allSatisfy { store in
        let path = store.conversation.path
        return zip(path, [nil] + path.map(Optional.some)).allSatisfy { id, parent in
          store.conversation[id].parent == parent
        } && path.last.map { store.conversation.children(of: $0).isEmpty } ?? true
      }
    },
    Promise(sentence: "a prompt stands where the one stood that it replaces, or at the end") {
      before, after, _ in
      before.stores.allSatisfy { store in
        guard let now = after.chats[store.id], now.conversation != store.conversation else {
          return true
        }
        let count = store.conversation.allMessages.count
        return now.conversation.allMessages.dropFirst(count).allSatisfy { message in
          guard message.role == .user else { return true }
          guard let replaced = after.ledger.replaced[message.text],
            store.conversation.isPrompt(replaced)
          else { return message.parent == store.conversation.leaf }
          return message.parent == store.conversation[replaced].parent
        }
      }
    },
    Promise(sentence: "the policy of one prompt is obeyed") { before, after, happening in
      guard let policy = happening.policy, let call = before.chats.viewed.generation.call,
        call.finish == nil
      else { return true }
      let (chat, now) = (before.chats.viewed, after.chats.viewed)
      switch policy {
      case .replace: return now.conversation[call.message].isSettled
      case .queue:
        return now.generation == chat.generation && now.queue.count == chat.queue.count + 1
      case .block: return now == chat
      }
    },
    Promise(sentence: "what is said beforehand touches nothing that is there") {
      before, after, happening in
      switch happening {
      case .user(.setSystemPrompt), .user(.setEffort):
        let (chat, now) = (before.chats.viewed, after.chats.viewed)
        return now.generation == chat.generation && now.queue == chat.queue
          && now.conversation.path == chat.conversation.path
          && now.conversation.allMessages == chat.conversation.allMessages
      case .user, .network, .disk, .clock: return true
      }
    },
    Promise(sentence: "visible text only grows") { before, after, _ in
      before.stores.allSatisfy { store in
        guard let now = after.chats[store.id], now.conversation != store.conversation else {
          return true
        }
        let messages = now.messagesByID
        return store.conversation.allMessages.allSatisfy {
          messages[$0.id]?.text.hasPrefix($0.text) ?? false
        }
      }
    },
    Promise(sentence: "a message reads as the deltas of its own stream") { _, after, _ in
      after.stores.allSatisfy { store in
        store.conversation.allMessages.allSatisfy {
          $0.role != .assistant || $0.text == after.ledger.texts[$0.id] ?? ""
        }
      }
    },
    Promise(sentence: "no message is live but that of the call") { _, after, _ in
      after.stores.allSatisfy { store in
        store.conversation.allMessages.filter { !$0.isSettled }.map(\.id)
          == (store.generation.liveMessage.map { [$0] } ?? [])
      }
    },
    Promise(sentence: "the live reply is the last message of the page") { _, after, _ in
      after.stores.allSatisfy { store in
        store.generation.liveMessage.map { $0 == store.conversation.leaf } ?? true
      }
    },
    Promise(sentence: "after cancel nothing is live") { _, after, happening in
      happening != .user(.cancel) || after.chats.viewed.generation == .idle
    },
    Promise(sentence: "after leaving nothing is live anywhere") { _, after, happening in
      happening != .user(.leave) || after.stores.allSatisfy { $0.generation == .idle }
    },
    Promise(sentence: "every prompt taken in is on the page or waits, in order") { _, after, _ in
      after.stores.allSatisfy { store in
        let asked = store.conversation.allMessages.filter { $0.role == .user }.map(\.text)
        return asked + store.queue.map(\.text) == after.ledger.prompts[store.id] ?? []
      }
    },
    Promise(sentence: "a prompt that waits goes out when the reply is whole") { _, after, _ in
      after.stores.allSatisfy { store in
        guard store.generation == .idle, !store.queue.isEmpty else { return true }
        // After a reply that was stopped or broke the user decides.
        guard let leaf = store.conversation.leaf else { return false }
        if case .complete = store.conversation[leaf].ending { return false }
        return true
      }
    },
    Promise(sentence: "nothing waits for a place while one is free") { _, after, _ in
      after.ledger.open.count >= after.chats.streamLimit
        || after.stores.allSatisfy {
          if case .queued = $0.generation { false } else { true }
        }
    },
    Promise(sentence: "what happens in one conversation is not seen in another") {
      before, after, happening in
      guard let place = happening.conversation(before) else { return true }
      return before.stores.allSatisfy { store in
        store.id == place || after.chats[store.id]?.conversation == store.conversation
      }
    },
    Promise(sentence: "what is deleted stays deleted") { _, after, _ in
      after.ledger.deleted.allSatisfy { after.chats[$0] == nil }
    },
    Promise(sentence: "who backs off has a deadline that lies ahead, and nobody else has one") {
      _, after, happening in
      after.stores.allSatisfy { store in
        guard case .backingOff = store.generation else { return store.deadline == nil }
        guard let deadline = store.deadline else { return false }
        return happening != .clock || deadline > after.now
      }
    },
    Promise(sentence: "what is settled is handed to the disk") { _, after, _ in
      after.stores.allSatisfy { store in
        store.conversation.allMessages.allSatisfy {
          !$0.isSettled || after.ledger.handedOver.contains($0.id)
        }
      }
    },
    Promise(sentence: "a failed save is said") { _, after, happening in
      guard case .disk(let id, let message, succeeded: false) = happening else { return true }
      return after.chats[id].map { $0.unsaved.contains(message) } ?? true
    },
    Promise(sentence: "the record of a stream says how its message ended") { _, after, _ in
      after.stores.allSatisfy { store in
        store.streams.allSatisfy { $0.ending == store.conversation[$0.message].ending }
      }
    },
  ]
}

extension World {
  var stores: [ChatStore] { chats.ids.compactMap { chats[$0] } }
}

extension ChatStore {
  fileprivate var messagesByID: [MessageID: Message] {
    Dictionary(uniqueKeysWithValues: conversation.allMessages.map { ($0.id, $0) })
  }
}

extension Happening {
  /// What the user said of one prompt alone.
  fileprivate var policy: SendPolicy? {
    switch self {
    case .user(.send(_, as: let policy)), .user(.edit(_, _, as: let policy)): policy
    case .user, .network, .disk, .clock: nil
    }
  }

  /// The conversation it belongs to; nil if it may touch any.
  fileprivate func conversation(_ before: World) -> ConversationID? {
    switch self {
    case .user(.leave), .user(.open), .user(.show), .user(.delete), .clock: nil
    case .user: before.chats.inView
    case .network(let stream, _): stream.conversation
    case .disk(let conversation, _, succeeded: _): conversation
    }
  }
}

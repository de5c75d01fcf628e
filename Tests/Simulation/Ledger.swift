// What was promised so far, kept by somebody who does not trust the store: which streams are open, what
// each message must read, which prompts were taken in, who asked for what.

import Chat

struct Ledger: Hashable {
  /// Streams that were started and have neither been aborted nor ended.
  private(set) var open: Set<StreamID> = []
  private(set) var aborted: Set<StreamID> = []
  /// The newest stream of each conversation.
  private var newest: [ConversationID: StreamID] = [:]
  /// Which message each stream writes, and what came on it while it was open.
  private var messages: [StreamID: MessageID] = [:]
  private(set) var texts: [MessageID: String] = [:]
  /// Prompts that were taken in and not taken back, in order.
  private(set) var prompts: [ConversationID: [String]] = [:]
  /// Messages that the disk answered for.
  private var saved: Set<MessageID> = []
  private(set) var refusedByDisk: Set<MessageID> = []
  /// Messages that were handed to the disk.
  private(set) var handedOver: Set<MessageID> = []
  /// Conversations in which the user wants a reply: a start elsewhere is nobody's wish.
  private var wanted: Set<ConversationID> = []
  /// Attempts since the user last asked, by conversation.
  private var attempts: [ConversationID: Int] = [:]
  private(set) var deleted: Set<ConversationID> = []
  /// Those in whose trees the user went elsewhere than where a reply was made.
  private(set) var turned: Set<ConversationID> = []
  /// Those whose replies ended out of view.
  private(set) var unread: [ConversationID] = []
  /// Which prompt of the path each prompt is to take the place of, by its words.
  private(set) var replaced: [String: MessageID] = [:]
  /// What the user said of a conversation beforehand.
  private var systemPrompts: [ConversationID: String?] = [:]
  private var efforts: [ConversationID: ReasoningEffort?] = [:]
  private var presets: [ConversationID: Preset] = [:]
  /// What the instructions of presets have taken the place of; missing is the plan's.
  private var displaced: [ConversationID: String?] = [:]

  /// Notes what happened and what it led to; returns the promise that broke.
  mutating func note(
    _ happening: Happening, _ effects: [ChatEffect], before: World, after: Conversations,
    _ plan: Plan
  ) -> String? {
    var broken: String?
    defer { unread.removeAll { $0 == after.inView || !after.ids.contains($0) } }
    switch happening {
    case .user(let step): note(step, before: before, after)
    case .network(let stream, let event): broken = note(stream, event, before, after)
    case .disk(_, let message, let succeeded):
      if succeeded { saved.insert(message) } else { refusedByDisk.insert(message) }
    case .clock: break
    }
    for effect in effects where broken == nil {
      switch effect {
      case .save(let id, let message):
        broken = noteSave(message)
        // Another attempt may follow, and in a race another racer.
        let isOver =
          after[id]?.lanes.contains { $0.generation.call?.prompt == message.parent } == false
        if message.role == .assistant, isOver, id != before.chats.inView, !unread.contains(id) {
          unread.append(id)
        }
      case .abort(let stream):
        aborted.insert(stream)
        if open.remove(stream) == nil { broken = "what is aborted was open" }
      case .start(let stream, let outgoing):
        broken = noteStart(stream, outgoing, after, plan) ?? Ledger.fault(in: outgoing)
      }
    }
    return broken
  }

  private mutating func note(_ step: UserStep, before: World, _ after: Conversations) {
    let conversation = before.chats.inView
    switch step {
    case .send(let text, let policy):
      noteSend(text, inPlaceOf: nil, policy, before.chats.viewed)
    case .edit(let number, let text, let policy):
      noteSend(text, inPlaceOf: before.chats.viewed.prompt(number), policy, before.chats.viewed)
    case .setSystemPrompt(let text):
      systemPrompts[conversation] = .some(text.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 })
    case .setEffort(let effort):
      efforts[conversation] = .some(effort)
    case .usePreset(let preset): note(preset, in: conversation)
    case .race(let text):
      noteSend(text, inPlaceOf: nil, nil, before.chats.viewed)
    case .retry, .nextModel: noteWish(in: conversation)
    case .continueReply:
      let store = before.chats.viewed
      if !store.isLive, store.continuableReply != nil { noteWish(in: conversation) }
    case .pickWinner:
      if before.chats.viewed.race != nil {
        attempts[conversation] = 0
        turned.remove(conversation)
      }
    case .choose: turned.insert(conversation)
    case .takeBackPrompt(let place):
      let waiting = before.chats.viewed.queue.indices
      if waiting.contains(place), let count = prompts[conversation]?.count {
        prompts[conversation]?.remove(at: count - waiting.count + place)
      }
    case .movePrompt:
      // Where it goes stands in a test of its own; here, that none is lost by it.
      let queue = after[conversation]?.queue.map(\.text) ?? []
      if queue.sorted() == before.chats.viewed.queue.map(\.text).sorted() {
        prompts[conversation]?.removeLast(queue.count)
        prompts[conversation]? += queue
      }
    case .cancel: wanted.remove(conversation)
    case .leave: wanted = []
    case .takeBack:
      prompts[conversation]?.removeLast(before.chats.viewed.queue.count)
    case .delete(let number):
      let id = ConversationID(number)
      if before.chats[id] != nil {
        deleted.insert(id)
        wanted.remove(id)
      }
      noteOpening(before, after)
    case .close(let number):
      wanted.remove(ConversationID(number))
      noteOpening(before, after)
    case .restore: before.chats.restorable.map { _ = deleted.remove($0.id) }
    case .open: noteOpening(before, after)
    case .show: break
    }
  }

  private mutating func noteSend(
    _ text: String, inPlaceOf id: MessageID?, _ policy: SendPolicy?, _ store: ChatStore
  ) {
    let sending = store.sending(as: policy)
    guard sending != .isRefused else { return }
    var place = prompts[store.id]?.count ?? 0
    if sending == .replaces {
      place -= store.queue.count
      if let id, store.conversation.isPrompt(id) { replaced[text] = id }
    } else if let id, store.conversation.isPrompt(id) {
      replaced[text] = id
      // It stands before all that is to be said afterwards.
      place -= store.queue.count { replaced[$0.text] == nil }
    }
    prompts[store.id, default: []].insert(text, at: place)
    // A prompt that waits for the end of the reply must not prolong it.
    if sending != .waits { noteWish(in: store.id) }
  }

  /// What a preset displaced comes back with it, unless the user has given another instruction since.
  private mutating func note(_ preset: Preset?, in conversation: ConversationID) {
    if let given = presets[conversation]?.systemPrompt,
      systemPrompts[conversation] == .some(.some(given))
    {
      systemPrompts[conversation] = displaced[conversation]
    }
    displaced[conversation] = systemPrompts[conversation]
    presets[conversation] = preset
    if let given = preset?.systemPrompt { systemPrompts[conversation] = .some(given) }
    if preset?.options.effort != nil { efforts[conversation] = .some(nil) }
  }

  /// The user wants a reply here, and to see it.
  private mutating func noteWish(in conversation: ConversationID) {
    wanted.insert(conversation)
    attempts[conversation] = 0
    turned.remove(conversation)
  }

  /// A new conversation takes over how much models think in the one that was in view.
  private mutating func noteOpening(_ before: World, _ after: Conversations) {
    guard before.chats[after.inView] == nil else { return }
    efforts[after.inView] = efforts[before.chats.inView]
  }

  /// What a reply must read: what came on its stream, joined to a copy of what it goes on from.
  func text(of message: Message, in store: ChatStore) -> String {
    let came = texts[message.id] ?? ""
    guard let copied = message.continues.map({ store.conversation[$0].text }) else { return came }
    var seam = Seam(after: copied)
    let joined = copied + seam.take(came)
    return message.isSettled ? joined + seam.finish() : joined
  }

  private mutating func note(
    _ stream: StreamID, _ event: StreamEvent, _ before: World, _ after: Conversations
  ) -> String? {
    guard open.contains(stream), let message = messages[stream] else {
      let id = stream.conversation
      return before.chats[id]?.conversation == after[id]?.conversation
        ? nil : "an aborted stream changes nothing"
    }
    switch event {
    case .text(let delta): texts[message, default: ""] += delta
    case .completed:
      open.remove(stream)
      // A prompt that waited is wanted as soon as the reply before it is whole.
      attempts[stream.conversation] = 0
    case .failed(let failure):
      open.remove(stream)
      let hasText = texts[message] != nil
      // What must not follow: a try after a word was seen, or one nobody could gain from.
      if hasText || failure.remedy == .never && before.chats.viewed.route.models.count == 1 {
        wanted.remove(stream.conversation)
      }
    case .thinking: texts[message, default: ""] += ""
    case .started, .refusal, .toolCall, .toolArguments, .finished, .usage: break
    }
    return nil
  }

  private mutating func noteSave(_ message: Message) -> String? {
    if message.role == .assistant, message.ending == nil { return "only what is settled is saved" }
    return handedOver.insert(message.id).inserted ? nil : "a message is saved once"
  }

  private mutating func noteStart(
    _ stream: StreamID, _ outgoing: Outgoing, _ after: Conversations, _ plan: Plan
  ) -> String? {
    let id = stream.conversation
    if after[id]?.race == nil, open.contains(where: { $0.conversation == id }) {
      return "abort comes before the start that replaces it"
    }
    if let newest = newest[id], stream <= newest { return "ids only grow and are never reused" }
    if open.count >= plan.streamLimit { return "no more streams are open than may be" }
    guard wanted.contains(id) else { return "nothing starts that nobody wants" }
    let calls = after[id]?.lanes.filter { $0.generation.activeStream == stream } ?? []
    guard let store = after[id], let call = calls.first?.generation.call else {
      return "a start has its live message"
    }
    if !saved.contains(call.prompt) {
      guard refusedByDisk.contains(call.prompt), store.unsaved.contains(call.prompt) else {
        return "a prompt is saved, or its failing said, before its stream starts"
      }
    }
    attempts[id, default: 0] += 1
    let limit = max(plan.models.count, store.lanes.count) * (plan.settings.retryPolicy.retries + 1)
    if attempts[id, default: 0] > limit { return "a call makes so many attempts and no more" }
    if messages.values.contains(call.message) { return "each stream has a message of its own" }
    if outgoing.model != store.conversation[call.message].model {
      return "the model that is named is the model that is asked"
    }
    let prompts = store.conversation.path(to: call.prompt).map { store.conversation[$0] }
      .filter { $0.role == .user }
    let asked = outgoing.messages.filter { $0.role == .user }.map(\.text).joined(separator: "\n")
    guard prompts.dropFirst(outgoing.omittedMessageCount).allSatisfy({ asked.contains($0.text) })
    else { return "what is sent are the prompts above the reply" }
    guard
      store.conversation.path.last != call.message
        || outgoing.omittedMessageCount == store.omittedMessageCount
    else { return "what is sent is what the view marks as sent" }
    if outgoing.continuation != call.continues.map({ store.conversation[$0].text }) {
      return "a reply goes on from the one that it is a copy of"
    }
    if outgoing.systemPrompt != systemPrompts[id] ?? plan.systemPrompt {
      return "the instruction that is sent is the one that the user gave last"
    }
    let preset = presets[id]?.options ?? ReplyOptions()
    if outgoing.options.effort
      != (efforts[id] ?? nil) ?? preset.effort ?? plan.settings.options.effort
    {
      return "a model thinks as much as the user said last"
    }
    if outgoing.options.temperature != preset.temperature ?? plan.settings.options.temperature {
      return "what is asked is what the preset says, and else the configuration"
    }
    newest[id] = stream
    messages[stream] = call.message
    open.insert(stream)
    return nil
  }

  private static func fault(in outgoing: Outgoing) -> String? {
    let roles = outgoing.messages.map(\.role)
    guard roles.first == .user, roles.last == .user else {
      return "what is sent begins and ends with user"
    }
    guard zip(roles, roles.dropFirst()).allSatisfy({ $0 != $1 }) else { return "roles alternate" }
    guard outgoing.messages.allSatisfy({ $0.text.contains { !$0.isWhitespace } }) else {
      return "no message that is sent is empty"
    }
    return nil
  }
}

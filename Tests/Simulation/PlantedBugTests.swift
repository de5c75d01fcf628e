// Bugs that a hand could make, planted between the world and the conversations. The explorer is worth
// nothing if it misses one.

import Chat
import Testing

/// A bug, and the script that leads to it.
private struct PlantedBug: Sendable, CustomTestStringConvertible {
  let name: String
  let script: [UserStep]
  let plan: Plan

  var testDescription: String { name }

  init(
    _ name: String, _ script: [UserStep] = [.send("one"), .send("two"), .cancel],
    _ plan: Plan = Plan(replies: ["a": [Reply.whole]]), _ handling: @escaping World.Handling
  ) {
    self.name = name
    self.script = script
    self.plan = {
      var plan = plan
      plan.handling = handling
      return plan
    }()
  }

  private static let asItIs = World.handling

  private static let failing = Plan(
    settings: ChatSettings(retryPolicy: RetryPolicy(retries: 1)),
    replies: ["a": [Reply.refused, Reply.whole]])
  private static let breaking = Plan(replies: ["a": [Reply.cut]])
  private static let queueing = Plan(
    settings: ChatSettings(sendPolicy: .queue), disk: .quick, replies: ["a": [Reply.whole]])
  private static let twoAtOnce: [UserStep] = [.send("one"), .open, .send("two"), .cancel]

  private static let idle = Plan(disk: .quick, replies: ["a": [[.completed(.stop)]]])

  static let all: [PlantedBug] =
    streams + attempts + users + edits + branches + races + wishes + presets + disks

  private static let streams = [
    PlantedBug("accept any delta") { chats, happening, now in
      guard case .network(let stream, let event) = happening else {
        return asItIs(&chats, happening, now)
      }
      let active = chats[stream.conversation]?.generation.activeStream ?? stream
      return chats.receive(event, from: active, at: now)
    },
    PlantedBug("take the end of a stale stream for the active one's") { chats, happening, now in
      guard case .network(let stream, .completed(let reason)) = happening else {
        return asItIs(&chats, happening, now)
      }
      let active = chats[stream.conversation]?.generation.activeStream ?? stream
      return chats.receive(.completed(reason), from: active, at: now)
    },
    PlantedBug("forget the abort") { chats, happening, now in
      asItIs(&chats, happening, now).filter { if case .abort = $0 { false } else { true } }
    },
    PlantedBug("abort after the start", [.send("one"), .send("two")], plan(.quick)) {
      chats, happening, now in
      var effects = asItIs(&chats, happening, now)
      guard case .user(.send) = happening, let abort = effects.first, case .abort = abort else {
        return effects
      }
      // The prompt's save is answered at once; its start is in the next list.
      effects.removeFirst()
      let prompts = effects.compactMap { effect -> MessageID? in
        if case .save(_, let message) = effect, message.role == .user { message.id } else { nil }
      }
      return effects + prompts.flatMap { chats.handle(.saved($0), in: chats.inView, at: now) }
        + [abort]
    },
    PlantedBug("reuse an id") { chats, happening, now in
      asItIs(&chats, happening, now).map { effect in
        guard case .start(let id, let outgoing) = effect else { return effect }
        return .start(StreamID(id.conversation, attempt: 1), outgoing)
      }
    },
    PlantedBug("bring the delta to the conversation in view", twoAtOnce) { chats, happening, now in
      guard case .network(_, let event) = happening,
        let active = chats.viewed.generation.activeStream
      else { return asItIs(&chats, happening, now) }
      return chats.receive(event, from: active, at: now)
    },
    PlantedBug("open more streams than may be", twoAtOnce, narrow) { chats, happening, now in
      var effects = asItIs(&chats, happening, now)
      if case .queued(let call) = chats.viewed.generation {
        let message = Outgoing.Message(role: .user, parts: [.text("two")])
        effects.append(
          .start(
            StreamID(chats.inView, attempt: 1),
            Outgoing(model: call.models[0], messages: [message])))
      }
      return effects
    },
  ]

  private static let attempts = [
    PlantedBug("retry after a delta", [.send("one")], breaking) { chats, happening, now in
      let effects = asItIs(&chats, happening, now)
      guard case .network(let stream, .failed) = happening else { return effects }
      return effects + chats.handle(.retry, in: stream.conversation, at: now)
    },
    PlantedBug("retry for ever", [.send("one")], refusing) { chats, happening, now in
      let effects = asItIs(&chats, happening, now)
      guard case .network(_, .failed) = happening, chats.viewed.generation == .idle else {
        return effects
      }
      return effects + chats.handle(.retry, in: chats.inView, at: now)
    },
    PlantedBug("glue the attempts", [.send("one"), .retry]) { chats, happening, now in
      let live = chats.viewed.generation.liveMessage
      let text = live.map { chats.viewed.conversation[$0].text } ?? ""
      let effects = asItIs(&chats, happening, now)
      for case .start(let id, _) in effects where !text.isEmpty {
        _ = chats.receive(.text(text), from: id, at: now)
      }
      return effects
    },
    PlantedBug("swallow a cancel while backing off", [.send("one"), .cancel], failing) {
      chats, happening, now in
      if case .backingOff = chats.viewed.generation, happening == .user(.cancel) { return [] }
      return asItIs(&chats, happening, now)
    },
    PlantedBug("let the back-off outlive the cancel", [.send("one"), .cancel], failing) {
      chats, happening, now in
      guard case .backingOff = chats.viewed.generation, happening == .user(.cancel) else {
        return asItIs(&chats, happening, now)
      }
      return asItIs(&chats, happening, now) + chats.handle(.retry, in: chats.inView, at: now)
    },
    PlantedBug("never come back from the back-off", [.send("one")], failing) {
      chats, happening, now in
      happening == .clock ? [] : asItIs(&chats, happening, now)
    },
    PlantedBug("ask another model than is named", [.send("one")], falling) {
      chats, happening, now in
      asItIs(&chats, happening, now).map { effect in
        guard case .start(let id, var outgoing) = effect else { return effect }
        outgoing.model = ModelID(provider: "test", name: "b")
        return .start(id, outgoing)
      }
    },
    PlantedBug("send what no provider takes", [.send("one"), .cancel, .retry]) {
      chats, happening, now in
      asItIs(&chats, happening, now).map { effect in
        guard case .start(let id, var outgoing) = effect else { return effect }
        outgoing.messages.append(.init(role: .assistant, parts: [.text("")]))
        return .start(id, outgoing)
      }
    },
  ]

  private static let users = [
    PlantedBug("ignore cancel") { chats, happening, now in
      happening == .user(.cancel) ? [] : asItIs(&chats, happening, now)
    },
    PlantedBug("stop more than is in view", twoAtOnce) { chats, happening, now in
      guard happening == .user(.cancel) else { return asItIs(&chats, happening, now) }
      return chats.ids.flatMap { chats.handle(.cancel, in: $0, at: now) }
    },
    PlantedBug("lose a prompt that waits", [.send("one"), .send("two")], queueing) {
      chats, happening, now in
      if case .user(.send) = happening, chats.viewed.sending == .waits { return [] }
      return asItIs(&chats, happening, now)
    },
    PlantedBug("forget the prompts that wait", [.send("one"), .send("two")], queueing) {
      chats, happening, now in
      if case .network(let stream, .completed) = happening {
        _ = chats.handle(.takeBack, in: stream.conversation, at: now)
      }
      return asItIs(&chats, happening, now)
    },
    PlantedBug("let through what is blocked", [.send("one"), .send("two")], blocking) {
      chats, happening, now in
      guard case .user(.send) = happening, chats.viewed.sending == .isRefused else {
        return asItIs(&chats, happening, now)
      }
      return chats.handle(.cancel, in: chats.inView, at: now) + asItIs(&chats, happening, now)
    },
    PlantedBug("bring a deleted conversation back", [.send("one"), .open, .delete(1)]) {
      chats, happening, now in
      if case .user(.delete) = happening { return [] }
      return asItIs(&chats, happening, now)
    },
  ]

  private static let edits = [
    PlantedBug("put an edited prompt at the end", [.send("one"), .edit(0, "two")]) {
      chats, happening, now in
      guard case .user(.edit(_, let text, as: _)) = happening else {
        return asItIs(&chats, happening, now)
      }
      return chats.handle(.send(text), in: chats.inView, at: now)
    },
    PlantedBug(
      "forget what a prompt that waits replaces", [.send("one"), .edit(0, "two")], queueing
    ) { chats, happening, now in
      guard case .user(.edit(_, let text, as: _)) = happening, chats.viewed.sending == .waits else {
        return asItIs(&chats, happening, now)
      }
      return chats.handle(.send(text), in: chats.inView, at: now)
    },
    PlantedBug(
      "let an edit wait behind what was to follow",
      [.send("one"), .send("two"), .edit(0, "three")], queueing
    ) { chats, happening, now in
      guard case .user(.edit) = happening, chats.viewed.sending == .waits,
        let waiting = chats.viewed.queue.first
      else { return asItIs(&chats, happening, now) }
      _ = chats.handle(.takeBack, in: chats.inView, at: now)
      _ = asItIs(&chats, happening, now)
      let edit = chats.viewed.queue[0]
      _ = chats.handle(.takeBack, in: chats.inView, at: now)
      _ = chats.handle(.send(waiting.text), in: chats.inView, at: now)
      return chats.handle(.send(edit.text), in: chats.inView, at: now)
    },
    PlantedBug(
      "take what is replaced out of the tree", [.send("one"), .edit(0, "two")], idle
    ) { chats, happening, now in
      guard case .user(.edit) = happening, chats.viewed.generation == .idle else {
        return asItIs(&chats, happening, now)
      }
      chats.viewed = ChatStore(
        chats.inView, route: chats.viewed.route,
        messageIDs: MessageIDSource(seed: MessageID(high: 7, low: 7)))
      return asItIs(&chats, happening, now)
    },
    PlantedBug(
      "overlook the policy of one prompt", [.send("one"), .send("two", as: .queue)]
    ) { chats, happening, now in
      guard case .user(.send(let text, as: _)) = happening else {
        return asItIs(&chats, happening, now)
      }
      return chats.handle(.send(text), in: chats.inView, at: now)
    },
    PlantedBug(
      "keep the policy of one prompt for the next",
      [.send("one"), .send("two", as: .queue), .send("three", as: .replace)]
    ) { chats, happening, now in
      guard case .user(.send(let text, as: _)) = happening, !chats.viewed.queue.isEmpty else {
        return asItIs(&chats, happening, now)
      }
      return chats.handle(.send(text, policy: .queue), in: chats.inView, at: now)
    },
  ]

  private static let branches = [
    PlantedBug("stop what goes on when the user turns away", [.send("one"), .retry, .choose(1)]) {
      chats, happening, now in
      guard case .user(.choose) = happening else { return asItIs(&chats, happening, now) }
      // Nothing but the page is to change: what is stopped here is missed where its words come.
      let effects = chats.handle(.cancel, in: chats.inView, at: now).filter {
        if case .abort = $0 { false } else { true }
      }
      return effects + asItIs(&chats, happening, now)
    },
    PlantedBug(
      "turn the page to every reply that begins", [.send("one"), .retry, .send("two"), .choose(1)],
      queueing
    ) { chats, happening, now in
      let effects = asItIs(&chats, happening, now)
      guard case .network = happening, let live = chats.viewed.generation.liveMessage else {
        return effects
      }
      return effects + chats.handle(.choose(live), in: chats.inView, at: now)
    },
    PlantedBug("go on from another reply", [.send("one"), .cancel, .continueReply], breaking) {
      chats, happening, now in
      asItIs(&chats, happening, now).map { effect in
        guard case .start(let id, var outgoing) = effect, outgoing.continuation != nil else {
          return effect
        }
        outgoing.continuation = "else"
        return .start(id, outgoing)
      }
    },
    PlantedBug(
      "lose a prompt that is moved",
      [.send("one"), .send("two"), .send("three"), .movePrompt(1, by: -1)], queueing
    ) { chats, happening, now in
      guard case .user(.movePrompt(let place, by: _)) = happening else {
        return asItIs(&chats, happening, now)
      }
      let number = chats.viewed.number(ofWaiting: place)
      return chats.handle(.takeBackPrompt(number), in: chats.inView, at: now)
    },
    PlantedBug("leave what waits when one is taken back", takingBack, queueing) {
      chats, happening, now in
      if case .user(.takeBackPrompt) = happening { return [] }
      return asItIs(&chats, happening, now)
    },
    PlantedBug("bring back a conversation that still waits", [.send("one"), .open, .close(1)]) {
      chats, happening, now in
      guard case .user(.close(let number)) = happening else {
        return asItIs(&chats, happening, now)
      }
      let effects = asItIs(&chats, happening, now)
      return effects + chats.handle(.retry, in: ConversationID(number), at: now)
    },
    PlantedBug("forget who has ended unread", [.send("one"), .open]) { chats, happening, now in
      let view = chats.inView
      let effects = asItIs(&chats, happening, now)
      guard case .network(let stream, _) = happening, stream.conversation != view else {
        return effects
      }
      chats.show(stream.conversation)
      chats.show(view)
      return effects
    },
  ]

  private static let takingBack: [UserStep] = [.send("one"), .send("two"), .takeBackPrompt(0)]
  private static let racing = Plan(
    disk: .quick, replies: ["a": [Reply.whole], "b": [Reply.whole]])

  private static let races = [
    PlantedBug("let the losers go on", [.race("one"), .pickWinner], racing) {
      chats, happening, now in
      let effects = asItIs(&chats, happening, now)
      guard happening == .user(.pickWinner) else { return effects }
      return effects.filter { if case .abort = $0 { false } else { true } }
    },
    PlantedBug(
      "pick the first and not the one in view", [.race("one"), .choose(2), .pickWinner], racing
    ) {
      chats, happening, now in
      if happening == .user(.pickWinner), let first = chats.viewed.lanes[0].message {
        _ = chats.handle(.choose(first), in: chats.inView, at: now)
        let effects = asItIs(&chats, happening, now)
        return effects
      }
      return asItIs(&chats, happening, now)
    },
    PlantedBug("write the words of one racer into another's reply", [.race("one")], racing) {
      chats, happening, now in
      guard case .network(let stream, .text(let text)) = happening,
        let other = chats.viewed.lanes.compactMap(\.generation.activeStream).first(where: {
          $0 != stream
        })
      else { return asItIs(&chats, happening, now) }
      return chats.receive(.text(text), from: other, at: now)
    },
    PlantedBug("stop one of the racers alone", [.race("one"), .cancel], racing) {
      chats, happening, now in
      guard happening == .user(.cancel), let message = chats.viewed.lanes.last?.message,
        chats.viewed.race != nil
      else { return asItIs(&chats, happening, now) }
      _ = chats.handle(.choose(message), in: chats.inView, at: now)
      return chats.handle(.pickWinner, in: chats.inView, at: now)
    },
  ]

  private static let wishes = [
    PlantedBug(
      "stop the reply for another instruction", [.send("one"), .setSystemPrompt("be kind")]
    ) { chats, happening, now in
      let effects = asItIs(&chats, happening, now)
      guard case .user(.setSystemPrompt) = happening else { return effects }
      return effects + chats.handle(.cancel, in: chats.inView, at: now)
    },
    PlantedBug(
      "send the instruction of before", [.setSystemPrompt("be kind"), .send("one")]
    ) { chats, happening, now in
      happening == .user(.setSystemPrompt("be kind")) ? [] : asItIs(&chats, happening, now)
    },
    PlantedBug(
      "give a new conversation the instruction in view",
      [.setSystemPrompt("be kind"), .open, .send("one")]
    ) { chats, happening, now in
      let text = chats.viewed.conversation.systemPrompt
      let effects = asItIs(&chats, happening, now)
      guard case .user(.open) = happening else { return effects }
      return effects + chats.handle(.setSystemPrompt(text), in: chats.inView, at: now)
    },
    PlantedBug("forget how much is to be thought", [.setEffort(.high), .open, .send("one")]) {
      chats, happening, now in
      let effects = asItIs(&chats, happening, now)
      guard case .user(.open) = happening else { return effects }
      return effects + chats.handle(.setEffort(nil), in: chats.inView, at: now)
    },
  ]

  private static let kind = Preset(
    "kind", systemPrompt: "be kind", options: ReplyOptions(temperature: 0.5))

  private static let presets = [
    PlantedBug(
      "keep the instruction of a preset that goes",
      [.usePreset(kind), .usePreset(nil), .send("one")]
    ) { chats, happening, now in
      let text = chats.viewed.conversation.systemPrompt
      let effects = asItIs(&chats, happening, now)
      guard happening == .user(.usePreset(nil)) else { return effects }
      return effects + chats.handle(.setSystemPrompt(text), in: chats.inView, at: now)
    },
    PlantedBug(
      "give a new conversation the preset in view", [.usePreset(kind), .open, .send("one")]
    ) { chats, happening, now in
      let preset = chats.viewed.preset
      let effects = asItIs(&chats, happening, now)
      guard case .user(.open) = happening else { return effects }
      return effects + chats.handle(.usePreset(preset), in: chats.inView, at: now)
    },
    PlantedBug("take half of a preset", [.usePreset(kind), .send("one")]) {
      chats, happening, now in
      guard case .user(.usePreset(let preset?)) = happening else {
        return asItIs(&chats, happening, now)
      }
      return chats.handle(.setSystemPrompt(preset.systemPrompt), in: chats.inView, at: now)
    },
    PlantedBug("stop the reply for a preset", [.send("one"), .usePreset(kind)]) {
      chats, happening, now in
      let effects = asItIs(&chats, happening, now)
      guard case .user(.usePreset) = happening else { return effects }
      return effects + chats.handle(.cancel, in: chats.inView, at: now)
    },
  ]

  private static let disks = [
    PlantedBug("start before the prompt is saved", [.send("one")]) { chats, happening, now in
      asItIs(&chats, happening, now).flatMap { effect -> [ChatEffect] in
        guard case .save(let id, let message) = effect else { return [effect] }
        return [effect] + chats.handle(.saved(message.id), in: id, at: now)
      }
    },
    PlantedBug("keep quiet about a save that failed", [.send("one")], unreliable) {
      chats, happening, now in
      guard case .disk(let id, let message, succeeded: false) = happening else {
        return asItIs(&chats, happening, now)
      }
      return chats.handle(.saved(message), in: id, at: now)
    },
    PlantedBug(
      "start when a late save comes, whatever the user did since", [.send("one"), .cancel]
    ) { chats, happening, now in
      let effects = asItIs(&chats, happening, now)
      guard case .disk(let id, _, _) = happening, chats[id]?.generation == .idle else {
        return effects
      }
      return effects + chats.handle(.retry, in: id, at: now)
    },
    PlantedBug("forget to save a reply that was stopped", [.send("one"), .cancel]) {
      chats, happening, now in
      asItIs(&chats, happening, now).filter {
        if case .save(_, let message) = $0 { message.ending != .cancelled } else { true }
      }
    },
  ]

  private static func plan(_ disk: World.Disk) -> Plan {
    Plan(disk: disk, replies: ["a": [Reply.whole]])
  }
  private static let narrow = Plan(streamLimit: 1, disk: .quick, replies: ["a": [Reply.whole]])
  private static let refusing = Plan(replies: ["a": [Reply.refused]])
  private static let blocking = Plan(
    settings: ChatSettings(sendPolicy: .block), disk: .quick, replies: ["a": [Reply.whole]])
  private static let unreliable = Plan(disk: .failing, replies: ["a": [Reply.whole]])
  private static let falling = Plan(
    models: ["a", "b"], replies: ["a": [Reply.unauthorized], "b": [Reply.whole]])
}

@Suite struct `The explorer` {
  @Test(arguments: PlantedBug.all)
  fileprivate func `finds a planted bug`(bug: PlantedBug) {
    let exploration = Exploration(bug.script, bug.plan)
    #expect(exploration.broken != nil)
    if let broken = exploration.broken {
      print("found “\(bug.name)” in \(broken.path.count) steps: \(broken.promise)")
    }
  }

  @Test func `finds nothing where nothing is planted`() {
    for bug in PlantedBug.all {
      var plan = bug.plan
      plan.handling = World.handling
      let broken = Exploration(bug.script, plan).broken
      #expect(broken == nil, "\(bug.name): \(String(describing: broken))")
    }
  }
}

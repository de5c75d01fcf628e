// The world around the conversations, as a value: a user with a script, a network that may be late for
// ever, a disk that may be late and may fail, and a clock that moves when it is told to.
//
// An aborted stream stays deliverable, so that the gate of the store is tested and not the network's good
// manners. Equal worlds are one state.

import Chat

/// What a scripted user does; all up to `leave` in the conversation in view.
enum UserStep: Hashable, Sendable {
  case send(String, as: SendPolicy? = nil)
  /// Sends a prompt in the place of the prompt of this number, counted from the first that was ever sent;
  /// where there is none it names a message that nobody knows.
  case edit(Int, String, as: SendPolicy? = nil)
  case setSystemPrompt(String?)
  case setEffort(ReasoningEffort?)
  case usePreset(Preset?)
  /// Asks two models at once.
  case race(String)
  case pickWinner
  case continueReply
  /// Turns to the message of this number, counted from the first of the tree, whoever wrote it.
  case choose(Int)
  case cancel
  case retry
  case nextModel
  case takeBack
  /// Takes back or moves the prompt that waits at this place.
  case takeBackPrompt(Int)
  case movePrompt(Int, by: Int)
  case leave
  /// Opens another conversation.
  case open
  /// Brings the conversation of this number into view.
  case show(UInt32)
  case delete(UInt32)
  case close(UInt32)
  /// Brings back what was deleted last.
  case restore
}

/// Something that happens, by anybody.
enum Happening: Hashable, Sendable {
  case user(UserStep)
  case network(StreamID, StreamEvent)
  case disk(ConversationID, MessageID, succeeded: Bool)
  case clock
}

struct World: Hashable {
  /// A stream as the network sees it.
  struct Source: Hashable {
    let id: StreamID
    /// What it will say, in order; a stream may fall silent at any point.
    var pending: [StreamEvent]
  }

  /// A save as the disk sees it.
  struct PendingSave: Hashable {
    let conversation: ConversationID
    let message: MessageID
  }

  /// What the disk may do.
  enum Disk: Hashable, Sendable {
    /// It saves at once.
    case quick
    /// It saves prompts whenever it likes. A reply's save has nobody waiting for it.
    case late
    /// It saves everything whenever it likes, or fails to.
    case failing
  }

  var script: [UserStep]
  var chats: Conversations
  var now = Instant(uptimeNanoseconds: 0)
  var sources: [Source] = []
  var saves: [PendingSave] = []
  var ledger = Ledger()

  /// What tells most worlds apart; the rest is left to the comparison.
  func hash(into hasher: inout Hasher) {
    hasher.combine(script.count)
    hasher.combine(chats)
    hasher.combine(sources)
    hasher.combine(saves)
  }

  /// Everything that may happen next.
  func happenings(disk: Disk) -> [Happening] {
    var all: [Happening] = script.first.map { [.user($0)] } ?? []
    all += sources.compactMap { source in
      source.pending.first.map { .network(source.id, $0) }
    }
    for save in saves {
      all.append(.disk(save.conversation, save.message, succeeded: true))
      if disk == .failing {
        all.append(.disk(save.conversation, save.message, succeeded: false))
      }
    }
    if chats.deadline != nil { all.append(.clock) }
    return all
  }

  /// How the conversations take in what happened; where bugs are planted.
  typealias Handling = @Sendable (inout Conversations, Happening, Instant) -> [ChatEffect]

  /// The program as it is.
  static let handling: Handling = { chats, happening, now in
    switch happening {
    case .user(let step):
      switch step {
      case .send(let text, let policy):
        return chats.handle(.send(text, policy: policy), in: chats.inView, at: now)
      case .edit(let number, let text, let policy):
        let event = ChatEvent.send(
          text, inPlaceOf: chats.viewed.prompt(number), policy: policy)
        return chats.handle(event, in: chats.inView, at: now)
      case .setSystemPrompt(let text):
        return chats.handle(.setSystemPrompt(text), in: chats.inView, at: now)
      case .setEffort(let effort):
        return chats.handle(.setEffort(effort), in: chats.inView, at: now)
      case .usePreset(let preset):
        return chats.handle(.usePreset(preset), in: chats.inView, at: now)
      case .race(let text):
        return chats.handle(.send(text, racers: Plan.racers), in: chats.inView, at: now)
      case .pickWinner: return chats.handle(.pickWinner, in: chats.inView, at: now)
      case .continueReply: return chats.handle(.continueReply, in: chats.inView, at: now)
      case .choose(let number):
        return chats.handle(.choose(chats.viewed.message(number)), in: chats.inView, at: now)
      case .takeBackPrompt(let place):
        return chats.handle(
          .takeBackPrompt(chats.viewed.number(ofWaiting: place)), in: chats.inView, at: now)
      case .movePrompt(let place, let places):
        return chats.handle(
          .movePrompt(chats.viewed.number(ofWaiting: place), by: places), in: chats.inView,
          at: now)
      case .cancel: return chats.handle(.cancel, in: chats.inView, at: now)
      case .retry: return chats.handle(.retry, in: chats.inView, at: now)
      case .nextModel: return chats.handle(.nextModel, in: chats.inView, at: now)
      case .takeBack: return chats.handle(.takeBack, in: chats.inView, at: now)
      case .leave: return chats.ids.flatMap { chats.handle(.leave, in: $0, at: now) }
      case .open:
        chats.open()
        return []
      case .show(let number):
        chats.show(ConversationID(number))
        return []
      case .delete(let number): return chats.delete(ConversationID(number), at: now)
      case .close(let number): return chats.close(ConversationID(number), at: now)
      case .restore: return chats.restore()
      }
    case .network(let stream, let event):
      return chats.receive(event, from: stream, at: now)
    case .disk(let conversation, let message, let succeeded):
      return chats.handle(
        succeeded ? .saved(message) : .saveFailed(message), in: conversation, at: now)
    case .clock:
      return chats.advance(to: now)
    }
  }

  /// Lets something happen and everything it leads to at once; returns the promise that broke.
  mutating func take(_ happening: Happening, _ plan: Plan) -> String? {
    switch happening {
    case .user: script.removeFirst()
    case .network(let stream, _):
      if let index = sources.firstIndex(where: { $0.id == stream }) {
        sources[index].pending.removeFirst()
      }
    case .disk(let conversation, let message, _):
      saves.removeAll { $0.conversation == conversation && $0.message == message }
    case .clock:
      if let deadline = chats.deadline { now = max(now, deadline) }
    }
    var queue = [happening][...]
    while let happening = queue.popFirst() {
      let before = self
      let effects = plan.handling(&chats, happening, now)
      if let broken = ledger.note(happening, effects, before: before, after: chats, plan) {
        return broken
      }
      for effect in effects {
        switch effect {
        case .save(let conversation, let message):
          if plan.disk == .quick || plan.disk == .late && message.role == .assistant {
            queue.append(.disk(conversation, message.id, succeeded: true))
          } else {
            saves.append(PendingSave(conversation: conversation, message: message.id))
          }
        case .start(let stream, let outgoing):
          sources.append(Source(id: stream, pending: plan.reply(to: outgoing, on: stream)))
        case .abort: break
        }
      }
      for promise in Promise.all where !promise.holds(before, self, happening) {
        return promise.sentence
      }
    }
    return nil
  }
}

extension ChatStore {
  /// The prompt of this number, in the order in which they were sent.
  func prompt(_ number: Int) -> MessageID {
    let prompts = conversation.allMessages.filter { $0.role == .user }
    return prompts.indices.contains(number) ? prompts[number].id : MessageID(high: 0, low: 0)
  }

  /// The message of this number, in the order in which they came.
  func message(_ number: Int) -> MessageID {
    let messages = conversation.allMessages
    return messages.indices.contains(number) ? messages[number].id : MessageID(high: 0, low: 0)
  }

  func number(ofWaiting place: Int) -> UInt32 {
    queue.indices.contains(place) ? queue[place].number : .max
  }
}

/// What stays the same in all worlds of one exploration.
struct Plan: Sendable {
  var settings = ChatSettings()
  var systemPrompt: String?
  var models = ["a"]
  var streamLimit = 4
  var disk = World.Disk.late
  /// What the streams say, by model; of a model with several replies each stream takes the next.
  var replies: [String: [[StreamEvent]]]
  var handling = World.handling

  var route: Route {
    let models = models.map { ModelID(provider: "test", name: $0) }
    guard let route = Route("route", .chain, models) else { preconditionFailure("no models") }
    return route
  }

  /// Who races where the user asks for a race.
  static let racers = ["a", "b"].map { ModelID(provider: "test", name: $0) }

  func reply(to outgoing: Outgoing, on stream: StreamID) -> [StreamEvent] {
    let replies = replies[outgoing.model.name] ?? [[]]
    return replies[Int(stream.attempt - 1) % replies.count]
  }

  func world(_ script: [UserStep]) -> World {
    let ids = MessageIDSource(seed: MessageID(high: 1, low: 1))
    let store = ChatStore(
      ConversationID(1), route: route, settings: settings,
      conversation: Conversation(systemPrompt: systemPrompt), messageIDs: ids)
    return World(script: script, chats: Conversations(store, streamLimit: streamLimit))
  }
}

// What the status line says on its right: what the keys will do now.

import Chat

extension StatusLine {
  static func hints(_ app: App, now: Instant) -> [StatusItem] {
    func hint(_ action: Action, _ words: String, _ rank: Int, short: String? = nil) -> StatusItem? {
      app.keys.name(of: action).map { key in
        StatusItem(
          text: "\(key) \(words)", short: short.map { "\(key) \($0)" }, face: .statusHint,
          rank: rank)
      }
    }
    let next = app.store.route.models.count > 1 ? hint(.nextModel, "next model", 4) : nil
    let all: [StatusItem?]
    if app.copying != nil {
      let fixed = ["1–9 code", "a–z message"].map {
        StatusItem(text: $0, face: .statusHint, rank: 2)
      }
      all = fixed + [hint(.send, "last reply", 3), hint(.cancel, "closes", 2)]
    } else if app.search != nil {
      all = [
        hint(.search, "earlier", 3), hint(.next, "later", 4), hint(.send, "stays", 3),
        hint(.cancel, "goes back", 2, short: "back"),
      ]
    } else if case .themes = app.overlay {
      all = [hint(.send, "keeps it", 3), hint(.cancel, "goes back", 2, short: "back")]
    } else if case .recall = app.overlay {
      all = [
        hint(.recall, "older", 3), hint(.send, "brings it back", 3, short: "takes it"),
        hint(.cancel, "closes", 2),
      ]
    } else if case .prompts = app.overlay {
      all = [hint(.send, "edits it", 3), hint(.cancel, "closes", 2)]
    } else if case .tree = app.overlay {
      all = [
        hint(.send, "goes there", 3), hint(.edit, "edits it", 4), hint(.cancel, "closes", 2),
      ]
    } else if case .conversations = app.overlay {
      let back = app.chats.restorable == nil ? nil : hint(.text(.undo), "brings back", 6)
      all = [
        hint(.send, "shows", 3), hint(.text(.killToEnd), "closes", 4),
        hint(.text(.deleteForward), "deletes", 4), back, hint(.cancel, "leaves", 2),
      ]
    } else if case .confirm(let confirmation) = app.overlay {
      all = [
        StatusItem(text: "y \(confirmation.yes)", short: "y/n", face: .statusHint, rank: 2),
        hint(.cancel, confirmation.no, 3),
      ]
    } else if case .setup(let setup) = app.overlay {
      all = setupHints(setup) { hint($0, $1, $2, short: $3) }
    } else if app.shownCompletion != nil {
      all = [hint(.complete, "completes", 3), hint(.cancel, "closes", 2)]
    } else if case .waiting = app.overlay {
      all = [
        hint(.send, "takes it back", 3, short: "takes"), hint(.messageUp, "moves it", 4),
        hint(.text(.deleteForward), "drops it", 4), hint(.cancel, "closes", 2),
      ]
    } else if app.overlay?.isPicker == true {
      all = [hint(.send, "chooses", 3), hint(.cancel, "closes", 2)]
    } else if app.overlay != nil {
      all = [hint(.cancel, "closes", 2), hint(.pageDown, "scrolls", 3)]
    } else if app.awaitsFiles {
      all = [hint(.cancel, "stops waiting", 2, short: "stop")]
    } else if app.heldPrompt != nil {
      all = [hint(.cancel, "takes it back", 2)]
    } else if app.store.isLive {
      let isRace = app.store.race != nil
      let stops = isRace ? "stops all" : app.isReplyElsewhere ? "stops that reply" : "stops"
      let stop = hint(.cancel, stops, 2, short: isRace ? nil : "stop")
      let silent = app.silentSince.map { now.milliseconds(since: $0) } ?? 0
      var isStalled =
        silent >= App.silenceShownMilliseconds && app.store.sending != .starts && !isRace
      var again = "asks again"
      if case .backingOff = app.store.generation {
        isStalled = !isRace && !app.isReplyElsewhere
        again = "now"
      }
      let enter: StatusItem? =
        switch app.store.sending {
        case .starts: hint(.send, "sends", 8)
        case .replaces: hint(.send, "replaces", 2, short: "replace")
        case .waits: hint(.send, "queues", 2, short: "queue")
        case .isRefused: nil
        }
      let other: StatusItem? =
        switch app.store.sending(as: app.otherPolicy) {
        case .replaces: hint(.sendOtherwise, "replaces", 6)
        case .waits: hint(.sendOtherwise, "queues", enter == nil ? 2 : 6)
        case .starts, .isRefused: nil
        }
      all =
        raceHints(app) + [stop] + (isStalled ? [hint(.retry, again, 3), next] : [])
        + [enter, other]
    } else if app.store.race != nil {
      all = raceHints(app) + [hint(.send, app.armedRacers.isEmpty ? "sends" : "races", 8)]
    } else if app.composer.isFilling {
      all = [
        hint(.complete, "goes on", 3), hint(.send, "sends", 4), hint(.cancel, "ends it", 2),
      ]
    } else if app.editedPrompt != nil {
      all = [hint(.send, "sends it instead", 3, short: "sends it"), hint(.cancel, "leaves it", 2)]
    } else if !app.armedRacers.isEmpty {
      all = [hint(.send, "races", 3), hint(.cancel, "takes it back", 2)]
    } else if !app.store.queue.isEmpty {
      all = [
        app.composer.isBlank ? nil : hint(.send, "sends what waits first", 2, short: "sends"),
        app.store.continuableReply == nil ? nil : hint(.continueReply, "goes on", 3),
        hint(.retry, "sends again", 3),
        hint(.cancel, app.store.queue.count == 1 ? "takes it back" : "takes them back", 2),
      ]
    } else {
      let canRetry = app.lastReplyIsCut
      let words = app.lastReplyWasTooLong ? "sends less of it" : "sends again"
      all = [
        hint(.send, "sends", app.composer.isBlank ? 8 : 3),
        app.store.continuableReply == nil ? nil : hint(.continueReply, "goes on", 3),
        canRetry ? hint(.retry, words, 3) : nil,
        canRetry ? next : nil,
        app.chats.unread.isEmpty ? nil : hint(.nextFinished, "goes there", 7),
        hint(.help, "keys", 9),
      ]
    }
    return all.compactMap { $0 }
  }

  /// What the keys do at a question of the screen that connects a model.
  private static func setupHints(
    _ setup: Setup, _ hint: (Action, String, Int, String?) -> StatusItem?
  ) -> [StatusItem?] {
    let back = hint(.cancel, "goes back", 2, "back")
    switch setup.step {
    case .provider:
      return [hint(.send, "chooses", 2, nil), hint(.cancel, "skips this", 2, "skips")]
    case .model:
      let words: String? =
        setup.canAskAgain ? "asks again" : setup.writtenModel == nil ? nil : "chooses"
      return [words.flatMap { hint(.send, $0, 2, nil) }, back]
    case .address, .key: return [hint(.send, "goes on", 2, nil), back]
    case .test:
      switch setup.test {
      case .ready, .failed: return [hint(.send, "sends it", 3, nil), back]
      case .asked, .answering: return [hint(.cancel, "stops and goes back", 2, "stops")]
      case .done: return [hint(.send, "goes on", 3, nil), back]
      }
    case .save:
      let isRefused = setup.plan?.refusal != nil
      // Both stand in the text, too; how much of that is not in view stands nowhere else.
      return [
        hint(.send, isRefused ? "closes" : "writes it", 4, nil),
        hint(.cancel, "goes back", 3, "back"),
      ]
    }
  }

  /// What decides a race, and what turns to another lane of it; nothing where none is open.
  private static func raceHints(_ app: App) -> [StatusItem?] {
    guard app.store.race != nil else { return [] }
    let turn = app.composer.isEmpty ? "← → turn" : nil
    return [
      turn.map { StatusItem(text: $0, face: .statusHint, rank: 4) },
      app.keys.name(of: .pickWinner).map {
        StatusItem(text: "\($0) picks", face: .statusHint, rank: 2)
      },
    ]
  }
}

extension App {
  /// How the last reply ended; nil where there is none, or where it is live.
  private var lastEnding: Ending? {
    store.conversation.leaf.flatMap { store.conversation[$0].ending }
  }

  /// Whether the last reply did not come to its end, so that sending again is the likely wish.
  var lastReplyIsCut: Bool {
    switch lastEnding {
    case .failed, .cancelled, .interrupted: true
    case .complete, .superseded, nil: false
    }
  }

  /// Whether the last reply failed because the model cannot take so much.
  var lastReplyWasTooLong: Bool {
    if case .failed(let failure) = lastEnding { failure.kind == .tooLong } else { false }
  }
}

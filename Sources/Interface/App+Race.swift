// A race: one prompt goes to several models at once, and the user keeps one of the replies.
//
//   /race A B …   armed     the next prompt is for all of them; Esc, and /race alone, take that back
//   the prompt    asked     each reply has its lane; Left and Right on an empty draft turn to the one beside
//   Alt-P         picked    the conversation goes on with the lane in view; the others end and stay beside it

public import Chat

extension App {
  /// Who races for the next prompt of the conversation in view; empty where one model is asked, as usual.
  public var armedRacers: [ModelID] { racers[chats.inView] ?? [] }

  // MARK: - Arming

  /// Looks up who is to race; without words takes back what was asked for before.
  mutating func race(_ words: String) -> [AppEffect] {
    let names = words.split(whereSeparator: \.isWhitespace).map(String.init)
    guard !names.isEmpty else {
      if armedRacers.isEmpty {
        notice = Notice(
          "/race MODEL MODEL … sends the next prompt to several models at once"
            + "\(keys.name(of: .pickWinner).map { ", and \($0) picks a reply" } ?? "").")
      } else {
        disarmRace()
        notice = Notice("The next prompt goes to \(routeName) alone.")
      }
      return []
    }
    guard names.count <= Race.racerLimit else {
      notice = Notice("No more than \(Race.racerLimit) models race at once.", kind: .error)
      composer.giveBack("/race \(words)")
      return []
    }
    return [.findRacers(names)]
  }

  /// Has these models race for the next prompt. One that is named twice races once.
  mutating func take(racers found: [ModelID]) {
    var seen: Set<ModelID> = []
    let models = found.filter { seen.insert($0).inserted }
    guard models.count > 1 else {
      let named = models.first.map { ", and \($0) is one" } ?? ""
      notice = Notice(
        "A race takes two models or more\(named); write /race MODEL MODEL.", kind: .error)
      return
    }
    guard models.count <= Race.racerLimit else {
      notice = Notice(
        "No more than \(Race.racerLimit) models race at once, and these are \(models.count).",
        kind: .error)
      return
    }
    racers[chats.inView] = models
  }

  mutating func disarmRace() { racers[chats.inView] = nil }

  /// Who races for the prompt that goes out now; the next one is for one model again.
  mutating func takeRacers() -> [ModelID] { racers.removeValue(forKey: chats.inView) ?? [] }

  /// What the rule above the draft says of the race that comes; nil where none does.
  var raceNote: String? {
    guard !armedRacers.isEmpty else { return nil }
    let names = armedRacers.map { armedRacers.shortName(of: $0) }
    return "races \(names.dropLast().joined(separator: ", ")) and \(names.last ?? "")"
  }

  // MARK: - While models race

  /// The message of the lane in view; nil while no race is open.
  var shownRacer: MessageID? {
    store.race == nil ? nil : store.lanes[store.shownLane].message
  }

  /// Turns to the lane beside the one in view, on an empty draft; nil where the key means something else.
  mutating func turnLane(_ edit: TextEdit, at now: Instant) -> [AppEffect]? {
    let step: Int
    switch edit {
    case .left: step = -1
    case .right: step = 1
    case .newline, .wordLeft, .wordRight, .lineStart, .lineEnd, .deleteBackward, .deleteForward,
      .deleteToSpace, .deleteWordBackward, .deleteWordForward, .killToEnd, .killToStart, .yank,
      .yankPop, .undo, .openPaste, .transposeCharacters, .transposeWords, .upcaseWord,
      .downcaseWord, .capitalizeWord:
      return nil
    }
    guard store.race != nil, composer.isEmpty else { return nil }
    let lane = store.shownLane + step
    guard store.lanes.indices.contains(lane), let message = store.lanes[lane].message else {
      return []
    }
    viewport.follow()
    return chat(.choose(message), at: now)
  }

  /// Goes on with the lane in view.
  mutating func pickWinner(at now: Instant) -> [AppEffect] {
    guard let race = store.race, let winner = shownRacer else {
      notice = Notice("No race is open; /race MODEL MODEL … begins one with the next prompt.")
      return []
    }
    let name = race.models.shortName(of: race.models[store.shownLane])
    notice = Notice(
      race.models.count == 2
        ? "\(name) is picked; the other reply stays beside it."
        : "\(name) is picked; the other \(race.models.count - 1) replies stay beside it.")
    // Who reads further up goes on at the reply, whose lines are others on the whole page.
    if laneViewports[winner]?.mode ?? .follow != .follow { viewport.seek(.message(winner)) }
    return chat(.pickWinner, at: now)
  }

  /// Moves what is read: the lane in view where lanes stand side by side, or else the page.
  mutating func changeReading(_ change: (inout Viewport) -> Void) {
    guard let rows = layout.lane, let message = shownRacer, viewport.mode == .follow else {
      return change(&viewport)
    }
    var reading = laneViewports[message] ?? Viewport()
    reading.measured(rows)
    change(&reading)
    laneViewports = laneViewports.filter { place in
      store.lanes.contains { $0.message == place.key }
    }
    laneViewports[message] = reading
  }
}

extension [ModelID] {
  /// The name of one of them as it stands among the others: with its provider where another has the same.
  func shortName(of model: ModelID) -> String {
    count { $0.name == model.name } > 1 ? model.description : model.name
  }
}

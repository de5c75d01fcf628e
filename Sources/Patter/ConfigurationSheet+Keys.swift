// The part of a configuration that says which keys do what.

import Interface
import Settings
import Terminal

/// An action that is set, and where that stands in the file.
private struct WrittenKeys {
  var setting: KeySetting
  /// Where the action is named.
  var namePlace: Place
  /// Where each key stands.
  var keyPlaces: [Place]
}

extension ConfigurationSheet {
  /// Keys of one action. Those past it are left out, and that is told.
  static let keyLimit = 20
  /// What stands behind a key that counts only there.
  static let emptyDraftSuffix = " on empty draft"
  /// What stands in place of keys for an action that shall have none.
  static let noKey = "none"

  mutating func readKeys(_ setting: Setting) {
    let names = Action.allCases.map(\.name)
    guard let members = reader.mapping(setting, known: names)?.members else { return }
    let written = members.compactMap { name, entry in
      Action.allCases.first { $0.name == name }.flatMap { keys(entry, of: $0) }
    }
    let rebound = KeyMap.standard.rebound(by: written.map(\.setting))
    for (name, entry) in members where written.contains(where: { $0.setting.action.name == name }) {
      origins.note(entry)
    }
    value.keys = rebound.keys
    for clash in rebound.clashes { tell(clash, written) }
    for loss in rebound.losses { tell(loss, written) }
    tellMissing(rebound.keys, written)
  }

  // MARK: - Keys as they are written

  /// Nil when nothing of it is right.
  private mutating func keys(_ setting: Setting, of action: Action) -> WrittenKeys? {
    let namePlace = setting.namePlace ?? setting.node.place
    var entries = [setting]
    if case .sequence = setting.node.value {
      entries = reader.sequence(setting) ?? []
    } else if case .scalar(Self.noKey, _) = setting.node.value {
      entries = []
    }
    if entries.count > Self.keyLimit {
      reader.note(
        "\(quoted(setting.path)) has more than \(Self.keyLimit) keys; from here on they are left out.",
        at: entries[Self.keyLimit].node.place)
    }
    var keys: [PlacedKey] = []
    var places: [Place] = []
    for entry in entries.prefix(Self.keyLimit) {
      guard let key = key(entry, of: action) else { continue }
      keys.append(key)
      places.append(entry.node.place)
    }
    guard entries.isEmpty || !keys.isEmpty else { return nil }
    return WrittenKeys(
      setting: KeySetting(action, keys), namePlace: namePlace, keyPlaces: places)
  }

  /// A key and the place in which it counts.
  private mutating func key(_ setting: Setting, of action: Action) -> PlacedKey? {
    guard let text = reader.text(setting) else { return nil }
    var name = Substring(text)
    let isOnEmptyDraft = name.lowercased().hasSuffix(Self.emptyDraftSuffix)
    if isOnEmptyDraft {
      name = name.dropLast(Self.emptyDraftSuffix.count)
      while name.count > 1, name.last == " " { name.removeLast() }
    }
    let place = isOnEmptyDraft ? KeyPlace.emptyDraft : KeyMap.standard.place(of: action)
    guard let press = KeyPress(configured: String(name)) else {
      reader.note(unknownKey(String(name), path: setting.path), at: setting.node.place)
      return nil
    }
    if press.writesItself, press.modifiers == .shift {
      reader.note(
        "\(press.name) types a letter; write the letter itself, "
          + "\(quoted(press.typed + Self.emptyDraftSuffix)).", at: setting.node.place)
      return nil
    }
    guard press.isTold else {
      let told = press.settled
      reader.note(
        "\(press.name) and \(told.name) are one key to most terminals; write "
          + "\(quoted(told.name.lowercased())).", at: setting.node.place)
      return nil
    }
    guard !press.writesItself || place == .emptyDraft else {
      reader.note(
        "\(quoted(press.name)) is for writing. Where nothing is written yet it can be bound: "
          + "\(quoted(press.name + Self.emptyDraftSuffix)).", at: setting.node.place)
      return nil
    }
    return PlacedKey(press, in: place)
  }

  private func unknownKey(_ name: String, path: String) -> String {
    if name == Self.noKey { return "\(quoted(path)) has keys, so \(quoted(name)) does not fit." }
    let hint = KeyPress.near(to: name).map { "did you mean \(quoted($0))?" }
    return "\(quoted(name)) is no key; "
      + (hint ?? "keys are written 'ctrl-k', 'alt-enter', 'shift-tab', 'f6' or 'pageup'.")
  }

  // MARK: - What cannot be

  private mutating func tell(_ clash: ReboundKeys.Clash, _ written: [WrittenKeys]) {
    let first = written[clash.first]
    let second = written[clash.second]
    let key = second.setting.keys[clash.key]
    let whose =
      clash.first == clash.second
      ? "stands here already" : "is bound to \(quoted(first.setting.action.name)) already"
    let index = first.setting.keys.firstIndex { $0.press == key.press } ?? 0
    reader.note(
      "\(key.press.name) \(whose), in line \(first.keyPlaces[index].line); the first one counts.",
      at: second.keyPlaces[clash.key])
  }

  /// Only what one cannot do without is told: other actions lose their keys as it was wished.
  private mutating func tell(_ loss: ReboundKeys.Loss, _ written: [WrittenKeys]) {
    guard Self.needed.contains(loss.action) else { return }
    let taker = written[loss.setting]
    let index = taker.setting.keys.firstIndex { $0.press == loss.key } ?? 0
    let name = loss.action.name
    reader.note(
      "\(loss.key.name) was the only key left of \(quoted(name)), which has none now; give it another.",
      at: taker.keyPlaces[index])
  }

  /// Actions that hold a chat together.
  private static let needed: [Action] = [.send, .cancel, .interrupt, .quit]

  /// Tells what no key does any more because the user set it so.
  private mutating func tellMissing(_ keys: KeyMap, _ written: [WrittenKeys]) {
    func settingOf(_ actions: [Action]) -> WrittenKeys? {
      guard !actions.contains(where: keys.hasKey) else { return nil }
      return written.last { actions.contains($0.setting.action) }
    }
    let sendsNothing = !keys.bindings.contains {
      $0.action == .send && $0.place != .emptyDraft && !$0.keys.isEmpty
    }
    if sendsNothing, let setting = written.first(where: { $0.setting.action == .send }) {
      reader.note("No key sends a draft; give 'send' one.", at: setting.namePlace)
    }
    if let setting = settingOf([.cancel, .interrupt]) {
      reader.note(
        "No key stops a reply; give 'cancel' or 'interrupt' one. The command /stop does it.",
        at: setting.namePlace)
    }
    if let setting = settingOf([.interrupt, .quit]) {
      reader.note(
        "No key leaves Patter; give 'interrupt' or 'quit' one. The command /quit does it.",
        at: setting.namePlace)
    }
  }
}

extension KeyPress {
  /// Reads a key as people write it: `Ctrl-K` is the key without Shift, as it is everywhere on the screen.
  fileprivate init?(configured name: String) {
    self.init(name)
    let isHeld = !modifiers.isDisjoint(with: [.control, .alt])
    if case .character(let character) = key, isHeld, character.lowercased().count == 1 {
      key = .character(Character(character.lowercased()))
    }
  }

  /// Whether Patter can tell it from other keys.
  fileprivate var isTold: Bool { settled == self }

  /// Whether it is a character that is written where no row names it.
  fileprivate var writesItself: Bool {
    guard case .character = key else { return false }
    return modifiers.isDisjoint(with: [.control, .alt])
  }

  /// The name of what it types with Shift.
  fileprivate var typed: String {
    let word = KeyPress(key).name
    return word.count == 1 ? word.uppercased() : word
  }

  /// What people call keys and modifiers elsewhere.
  private static let otherNames = [
    "control": "ctrl", "strg": "ctrl", "c": "ctrl", "option": "alt", "opt": "alt", "meta": "alt",
    "m": "alt", "s": "shift", "return": "enter", "escape": "esc", "del": "delete", "ins": "insert",
    "bs": "backspace", "pgdown": "pagedown", "spacebar": "space",
  ]
  private static let words =
    [
      "enter", "tab", "esc", "backspace", "delete", "insert", "up", "down", "left", "right", "home",
      "end", "pageup", "pagedown", "space",
    ] + (1...24).map { "f\($0)" }

  /// The key that somebody may have meant by this, as it is written; nil when none is near.
  fileprivate static func near(to name: String) -> String? {
    guard name.count <= nearestWordLimit else { return nil }
    var parts = name.lowercased().split { "-+ ".contains($0) }.map(String.init)
    guard let last = parts.popLast() else { return nil }
    let held = parts.compactMap { word in
      otherNames[word] ?? nearest(to: word, among: ["ctrl", "alt", "shift"])
    }
    let key = otherNames[last].flatMap { words.contains($0) ? $0 : nil } ?? last
    let named = key.count == 1 ? key : nearest(to: key, among: words)
    guard held.count == parts.count, let named else { return nil }
    let written = (held + [named]).joined(separator: "-")
    return KeyPress(configured: written).map { $0.isTold && !$0.writesItself } == true
      ? written : nil
  }
}

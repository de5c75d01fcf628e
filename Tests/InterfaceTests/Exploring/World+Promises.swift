// What holds after every step, whatever came.

import Chat
import Terminal

@testable import Interface

/// What was promised and did not hold.
struct BrokenPromise: Error, CustomStringConvertible {
  let promise: String
  let details: String

  var description: String { "“\(promise)” does not hold: \(details.prefix(300).debugDescription)" }
}

func promise(
  _ sentence: String, _ holds: Bool, _ details: @autoclosure () -> String = ""
) throws {
  guard holds else { throw BrokenPromise(promise: sentence, details: details()) }
}

extension World {
  func checkState(_ step: Step) throws {
    let app = stage.app
    let stores = app.chats.ids.compactMap { app.chats[$0] }
    let active = stores.flatMap(\.lanes).compactMap(\.generation.activeStream)
    try promise("the open streams are the active ones", Set(active) == open, "\(open)")
    try promise(
      "several streams are a race's", stores.allSatisfy { $0.race != nil || $0.lanes.count == 1 })
    try promise("no more streams are open than may be", active.count <= app.chats.streamLimit)
    try promise("the mouse is heard while it is ours", hearsMouse == app.wantsMouse)
    try promise("one thing lies over the transcript", app.covers.count <= 1, "\(app.covers)")
    if case .themes = app.overlay {
    } else {
      try promise("a preview ends with its picker", previewed == nil, previewed ?? "")
    }
    try checkPlaceholders(app.composer.draft)
    if hasQuit { try promise("whoever quits leaves no stream", open.isEmpty, "\(open)") }
    var composer = app.composer
    composer.endEditing()
    try promise(
      "a draft is set aside while a prompt is edited, and at no other time",
      (composer != app.composer) == (app.editedPrompt != nil))
  }

  private func checkPlaceholders(_ draft: Draft) throws {
    let ranges = draft.placeholders.map(\.range)
    let ends = [0] + ranges.map(\.upperBound)
    let starts = ranges.map(\.lowerBound) + [draft.elements.count]
    try promise(
      "placeholders lie in the draft one behind the other",
      zip(ends, starts).allSatisfy { $0 <= $1 }, "\(ranges) of \(draft.elements.count)")
    try promise(
      "one placeholder is active at the most", draft.placeholders.count(where: \.isActive) <= 1)
    try promise(
      "what is selected is a placeholder, and the cursor is behind it",
      draft.selection.map { ranges.contains($0) && draft.cursor == $0.upperBound } ?? true)
  }

  /// Costs as much as everything that was said; so not after every step.
  mutating func checkMessages() throws {
    let stores = stage.app.chats.ids.compactMap { stage.app.chats[$0] }
    for message in stores.flatMap(\.conversation.allMessages) {
      if let before = messages[message.id] {
        let hasGrown = message.text.utf8.starts(with: before.text.utf8)
        try promise("a text only grows", hasGrown, "\(before.text), then \(message.text)")
        try promise(
          "what is settled never changes", before.ending == nil || message == before, "\(message)")
      }
      messages[message.id] = message
    }
  }

  /// The program ends when somebody asks for it, and never else.
  func checkQuit(_ step: Step) throws {
    let isAsked: Bool
    switch step.happening {
    case .event(.terminate), .event(.input(.hangup)): isAsked = true
    case .event(.input(.key(let key))):
      let app = step.before
      switch app.keys.action(for: key, in: app.keyPlace) {
      case let action where app.overlay?.question != nil:
        let isYes = app.overlay?.question?.isYesSelected == true && action == .send
        isAsked = isYes || key.name.lowercased() == "y"
      case .quit: isAsked = app.composer.isEmpty && app.heldPrompt == nil && app.store.queue.isEmpty
      case .interrupt:
        isAsked = app.isQuitArmed && app.layers.isEmpty && app.composer.isEmpty
      case .send, .sendOtherwise:
        let line = app.chosenLine ?? app.composer.text
        isAsked = app.commands.read(line) == .command(.quit, argument: "")
      default: isAsked = false
      }
    case .event(.input(.click)):
      let line = step.before.chosenLine ?? ""
      isAsked = step.before.commands.read(line) == .command(.quit, argument: "")
    case .event, .resize: isAsked = false
    }
    let app = step.before
    try promise(
      "nothing quits but what asks for it", isAsked,
      "\(step.happening), \(app.layers), “\(app.composer.text)”, \(app.chosenLine ?? "no row")")
  }

  /// From wherever somebody is, Esc leads back to the draft, a letter is written, Enter sends it, and Ctrl-C
  /// quits.
  func checkKeys() throws {
    var app = stage.app
    var now = stage.now
    func press(_ key: KeyPress, _ app: inout App) -> [AppEffect] {
      now = now.advanced(byMilliseconds: 600)
      return app.handle(.input(.key(key)), at: now).effects
    }
    for _ in 0..<12 where !app.layers.isEmpty { _ = press(KeyPress(.escape), &app) }
    try promise("Esc leads back to the draft", app.layers.isEmpty, "\(app.layers)")
    for _ in 0..<3 where !app.composer.isEmpty { _ = press(KeyPress("ctrl-c")!, &app) }
    try promise("Ctrl-C clears the draft", app.composer.isEmpty, app.composer.text)
    if case .command = app.composer.vi?.mode { _ = press(KeyPress(.character("i")), &app) }
    _ = press(KeyPress(.character("x")), &app)
    try promise("a letter is written", app.composer.text == "x", app.composer.text)
    var sent = app
    _ = press(KeyPress(.enter), &sent)
    let prompt = sent.store.conversation.lastPrompt.map { sent.store.conversation[$0].text }
    try promise("Enter sends", prompt == "x" || sent.heldPrompt?.text == "x", sent.composer.text)
    let quits = (0..<3).map { _ in press(KeyPress("ctrl-c")!, &app).contains(.quit) }
    try promise("Ctrl-C clears, warns and then quits", quits == [false, false, true], "\(quits)")
    let hasQuit = (0..<8).contains { _ in press(KeyPress("ctrl-c")!, &sent).contains(.quit) }
    try promise("Ctrl-C quits while a reply is live", hasQuit)
  }
}

extension App {
  /// The command that is chosen in the rows over the draft.
  var chosenLine: String? {
    guard let completing = shownCompletion, let chosen = completing.chosen else { return nil }
    return completing.completion.rows[chosen].line
  }
}

extension App.Overlay {
  fileprivate var question: Confirmation? {
    if case .confirm(let question) = self { question } else { nil }
  }
}

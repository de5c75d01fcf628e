// What Esc does, said a second time: the table of `App+Cancel.swift` as a list of layers. One Esc takes away
// the first of them and nothing else.

import Chat
import Terminal

@testable import Interface

/// What an Esc can end, in the order in which it does.
enum EscapeRow: CaseIterable {
  case bare, hints, search, overlay
  case completion
  case files, heldPrompt, reply
  case vi
  case filling
  case edit
  case race
  case queue

  func isThere(in app: App) -> Bool {
    switch self {
    case .bare: app.isBare
    case .hints: app.copying != nil
    case .search: app.search != nil
    case .overlay: app.overlay != nil
    case .completion:
      app.completing.map { !$0.isClosed && !$0.completion.isEmpty } ?? false
    case .vi: app.composer.isLeftByEscape
    case .filling: app.composer.isFilling
    case .files: app.awaitsFiles
    case .heldPrompt: app.heldPrompt != nil
    case .reply: app.store.isLive
    case .edit: app.editedPrompt != nil
    case .race: !app.armedRacers.isEmpty
    case .queue: !app.store.queue.isEmpty
    }
  }

  /// Whether it lies over the transcript.
  var isCover: Bool {
    switch self {
    case .bare, .hints, .search, .overlay: true
    case .completion, .files, .heldPrompt, .reply, .vi, .filling, .edit, .race, .queue: false
    }
  }

  /// Whether somebody waits for it.
  var isReply: Bool { self == .files || self == .heldPrompt || self == .reply }
}

extension App {
  var layers: [EscapeRow] { EscapeRow.allCases.filter { $0.isThere(in: self) } }
  var covers: [EscapeRow] { layers.filter(\.isCover) }

  /// How many questions that connect a model were answered; nil where none is asked.
  fileprivate var setupDepth: Int? {
    if case .setup(let setup) = overlay { setup.earlier.count } else { nil }
  }
}

/// What the next Esc has to do, from what the last one did.
struct EscapeModel {
  private enum Deed { case stopped, closed, nothing }
  private var last: (deed: Deed, time: Instant)?

  /// Holds a step against the model. Anything but an Esc that hands do makes the next Esc a first one.
  mutating func check(_ step: World.Step, after: App, at now: Instant) throws {
    guard case .event(.input(let input)) = step.happening else { return }
    let before = step.before
    guard case .key(let key) = input, before.keys.action(for: key, in: before.keyPlace) == .cancel
    else {
      switch input {
      case .key, .paste: last = nil
      case .wheel, .click, .focus, .hangup: break
      }
      return
    }
    let layers = before.layers
    let shown = "\(layers), then \(after.layers)"
    if isEcho(layers, at: now) {
      try promise("an Esc that belongs to the one before does nothing", after == before, shown)
      return
    }
    if let depth = before.setupDepth, depth > 0 {
      try promise(
        "Esc goes back by one question", after.setupDepth == depth - 1 && after.layers == layers,
        shown)
      last = (.closed, now)
      return
    }
    if let first = layers.first {
      let isOfDraft = first == .files || first == .heldPrompt || first == .edit || first == .queue
      // The press that stops a reply leaves vi's insert mode as well.
      let rest = layers.dropFirst().filter { !first.isReply || $0 != .vi }
      // What comes into the draft may be a command, and a draft that comes back begins in vi's insert mode.
      // A prompt that waited alone and went in the place of an earlier one is the edit of that again, and
      // one that was to be raced is that again. A draft keeps how far its placeholders are filled.
      let comes: [EscapeRow] =
        switch first {
        case .edit: [.completion, .vi, .filling]
        case .queue: [.completion, .edit, .race]
        case .files, .heldPrompt: [.completion, .filling]
        case .filling: [.completion]
        case .bare, .hints, .search, .overlay, .completion, .reply, .vi, .race: []
        }
      try promise(
        "Esc ends one thing, the first of its table",
        after.layers.filter { !comes.contains($0) } == rest.filter { !comes.contains($0) }, shown)
      let isSame = after.composer.elements == before.composer.elements
      try promise("Esc leaves the draft alone", isOfDraft || isSame, shown)
      let hasStopped = first.isReply && !rest.contains(where: \.isReply)
      last = (hasStopped ? .stopped : .closed, now)
    } else {
      let begins = isSecond(at: now) && before.store.conversation.lastPrompt != nil
      try promise(
        "the second Esc of two edits the last prompt, and no other does",
        after.layers.filter { $0 != .completion } == (begins ? [.edit] : []), shown)
      last = (begins ? .closed : .nothing, now)
    }
  }

  private func isEcho(_ layers: [EscapeRow], at now: Instant) -> Bool {
    guard let last else { return false }
    let gap = now.milliseconds(since: last.time)
    switch last.deed {
    case .stopped: return gap < 500 && !layers.contains(where: \.isReply)
    case .closed: return gap <= 20
    case .nothing: return false
    }
  }

  private func isSecond(at now: Instant) -> Bool {
    guard let last, last.deed == .nothing else { return false }
    return now.milliseconds(since: last.time) <= 500
  }
}

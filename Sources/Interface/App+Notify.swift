// Word of replies that have ended while nobody looked: in a conversation out of view, or in a terminal
// without the keyboard. What the user stopped or replaced himself he knows of.

import Chat

extension App {
  /// The longest name of a conversation in such a sentence, in graphemes.
  private static let notifiedNameLength = 60

  /// What the terminal is told of what has just been decided.
  func notices(of effects: [AppEffect]) -> [AppEffect] {
    guard notify.way != .off else { return [] }
    return effects.compactMap { effect in
      guard case .chat(.save(let id, let message)) = effect, let store = chats[id],
        store.endsReply(.save(id, message)), id != chats.inView || !hasFocus,
        let ended = message.times.ended,
        ended.milliseconds(since: message.times.created) >= notify.leastMilliseconds,
        let outcome = message.ending.flatMap(App.outcome)
      else { return nil }
      switch notify.way {
      case .off: return nil
      case .bell: return .ring
      case .osc9:
        return .notify("Patter: “\(name(of: store, length: App.notifiedNameLength))” \(outcome)")
      }
    }
  }

  private static func outcome(_ ending: Ending) -> String? {
    switch ending {
    case .complete: "has its reply."
    case .failed: "got no whole reply: it failed."
    case .cancelled, .superseded, .interrupted: nil
    }
  }
}

// vi's way to edit, among the other things that keys do.

import Chat
import Terminal

extension App {
  /// Leaves vi's insert mode and stops the reply, both with one press; where nothing is to be stopped and
  /// insert mode was left, that is all.
  mutating func escape(at now: Instant) -> [AppEffect] {
    let isStopping = awaitsFiles || heldPrompt != nil || store.isLive
    return composer.escape() && !isStopping ? [] : cancel(at: now)
  }

  /// Writes a letter, or does what it means to vi, where `/` looks for an earlier prompt.
  mutating func write(_ letter: Character) {
    if letter == "/", composer.vi?.typedCommand == "" { return openRecall() }
    if !composer.type(letter) { tellDraftIsFull() }
  }

  /// Keys that type nothing end a command of vi's that is being typed, and leave the cursor where one may
  /// go on from. Not Esc: where that has ended something else, the command is the next.
  mutating func settleEditing(after key: KeyPress) {
    composer.settle()
    if key.key == .escape { return }
    if case .character = key.key, key.modifiers.subtracting(.shift).isEmpty { return }
    composer.forgetCommand()
  }
}

// The last prompt is edited: it comes into the composer, and what is sent then takes its place. The draft
// that stood there is back afterwards.

import Chat

extension App {
  /// Brings the last prompt into the composer.
  mutating func beginEdit() {
    guard let prompt = store.conversation.lastPrompt else {
      notice = Notice("There is no prompt yet that could be edited.")
      return
    }
    editedPrompt = prompt
    composer.beginEditing(store.conversation[prompt].text)
  }

  /// Leaves the edit. What was written in it can be recalled.
  mutating func endEdit() {
    editedPrompt = nil
    composer.endEditing()
  }

  /// What the draft is, or why it cannot go out now; nil where there is nothing to say.
  var composerNote: String? {
    if store.sending == .isRefused {
      return "\(keys.name(of: .send) ?? "Sending") does nothing while a reply is live"
    }
    return editedPrompt == nil ? nil : "edits the last prompt"
  }

  /// What goes with the prompt that is edited, and with what takes its place.
  var editedAttachments: [Part] {
    guard let editedPrompt, store.conversation.has(editedPrompt) else { return [] }
    return store.conversation[editedPrompt].parts.filter { $0.kind != .text }
  }
}

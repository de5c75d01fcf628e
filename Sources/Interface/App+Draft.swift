// The draft goes out: as a prompt, or as a slash command.

import Chat

extension App {
  /// Sends the draft or does what it asks for.
  /// - Parameter policy: what becomes of a prompt while a reply is live; nil is the configuration's.
  mutating func submit(as policy: SendPolicy? = nil, at now: Instant) -> [AppEffect] {
    guard !composer.isBlank else { return [] }
    if composer.breakLineAtBackslash() { return [] }
    guard isFilled() else { return [] }
    let hasAttachments = composer.elements.contains { $0.attachment != nil }
    switch commands.read(hasAttachments ? composer.elements.promptText : composer.text) {
    case .prompt:
      guard mayBeSent(as: policy) else { return [] }
      return sendDraft(as: policy, at: now)
    case .command(.attach, let paths) where hasAttachments:
      // What is attached already stays.
      let attached = composer.elements.filter { $0.attachment != nil }
      composer.replace(0..<composer.elements.count, with: attached)
      return attach(paths)
    case .command where hasAttachments:
      notice = Notice(
        "A command takes no attachments. Take them out, or write // to send the line as it is.",
        kind: .error)
      return []
    case .command(let verb, let argument):
      _ = composer.take()
      editedPrompt = nil
      return perform(verb, argument: argument, at: now)
    case .unknown(let sentence):
      notice = Notice(sentence, kind: .error)
      return []
    }
  }

  /// Whether a prompt can go out now; a notice says why not.
  mutating func mayBeSent(as policy: SendPolicy?) -> Bool {
    guard store.sending(as: policy) == .isRefused else { return true }
    notice = Notice(
      "A reply is live, and the configuration lets none be replaced. "
        + "\(keys.name(of: .cancel) ?? "/stop") stops it; "
        + "\(keys.name(of: .sendOtherwise) ?? "/queue WORDS") lets the prompt wait for its end.")
    return false
  }

  /// Sends a prompt, or holds it until somebody is there to answer it.
  mutating func send(
    _ prompt: Prompt, as policy: SendPolicy? = nil, at now: Instant
  ) -> [AppEffect] {
    viewport.follow()
    switch answering {
    case .ready:
      if store.sending(as: policy) == .waits {
        notice = Notice("The prompt waits for the end of the reply.")
      }
      let event = ChatEvent.send(
        prompt.text, attachments: prompt.attachments, inPlaceOf: editedPrompt,
        racers: takeRacers(), policy: policy)
      editedPrompt = nil
      return chat(event, at: now)
    case .looking:
      editedPrompt = nil
      let earlier = heldPrompt.map { [$0] } ?? []
      heldPrompt = Prompt(
        (earlier + [prompt]).map(\.text).joined(separator: "\n"),
        attachments: (earlier + [prompt]).flatMap(\.attachments).eachOnce)
      return []
    case .missing:
      editedPrompt = nil
      heldPrompt = prompt
      answering = .looking
      return [.findModel(nil)]
    }
  }

  mutating func takeBackHeldPrompt() {
    guard let prompt = heldPrompt else { return }
    heldPrompt = nil
    composer.giveBack(prompt.draftElements)
  }
}

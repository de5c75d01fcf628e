// The user wants to leave. What is in view he sees; what is lost out of view he is asked about.

import Chat

extension App {
  /// Quits; but prompts that were never sent, or that wait for files, come back into the draft first, and where
  /// other conversations hold drafts, prompts or live replies there is a question.
  mutating func quit(at now: Instant) -> [AppEffect] {
    guard heldPrompt == nil, store.queue.isEmpty else {
      takeBackHeldPrompt()
      notice = Notice("What waited to be sent is in the draft again.")
      return takeBackQueue(at: now)
    }
    if awaitsFiles { return stopAwaitingFiles() }
    guard let loss = lossOutOfView else { return leave(at: now) }
    ask(Confirmation("\(loss) Leave all the same?", yes: "leaves", no: "stays", .leave))
    return []
  }

  /// What other conversations lose when the program ends, as a sentence; nil where they lose nothing.
  private var lossOutOfView: String? {
    let others = (chats.ids + chats.closed).filter { $0 != chats.inView }.compactMap { chats[$0] }
    let unsent = Set(composer.conversationsWithDrafts)
    let live = others.count { $0.isLive }
    let drafts = others.count { unsent.contains($0.id) || !$0.queue.isEmpty }
    let parts = [(live, "a live reply", "live replies"), (drafts, "a draft", "drafts")]
      .compactMap { count, one, many in
        count == 0 ? nil : count == 1 ? one : "\(count) \(many)"
      }
    guard !parts.isEmpty else { return nil }
    return "Other conversations hold \(parts.joined(separator: " and "))."
  }
}

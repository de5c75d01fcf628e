// The rest of a reply that was cut.

import Chat

extension App {
  /// Asks for the rest of the reply at the end of the page.
  mutating func continueReply(at now: Instant) -> [AppEffect] {
    guard !store.isLive else {
      notice = Notice("The reply is still live.")
      return []
    }
    guard case .ready = answering else {
      notice = Notice("Nobody answers yet.")
      return []
    }
    guard store.continuableReply != nil else {
      notice = Notice(
        "The reply at the end of the page was not cut; there is nothing to go on with.")
      return []
    }
    viewport.follow()
    return chat(.continueReply, at: now)
  }
}

// Prompts that wait for the end of a reply: they stand below the page, come back into the draft with Up, and
// are moved and taken back in a list. And what a prompt does that is sent the other way.

import Chat

extension App {
  /// What the key for the other thing does with one prompt: where Enter replaces the live reply it waits for
  /// it, and where Enter waits it replaces it. Where Enter does nothing it waits: that harms nobody.
  var otherPolicy: SendPolicy {
    switch store.sendPolicy {
    case .replace, .block: .queue
    case .queue: .replace
    }
  }

  /// Lays the list over the transcript.
  mutating func openWaiting() {
    guard !store.queue.isEmpty else {
      notice = Notice("No prompt waits for the end of a reply.")
      return
    }
    overlay = .waiting(WaitingPicker(store.queue))
  }

  /// Brings the list up to date with the prompts that wait.
  mutating func followWaiting() {
    guard case .waiting(var waiting) = overlay else { return }
    // One owner while it is changed.
    overlay = nil
    waiting.follow(store.queue)
    overlay = .waiting(waiting)
  }

  /// What a key does in the list alone; nil for what it does in every list.
  mutating func pressOverWaiting(_ action: Action, at now: Instant) -> Response? {
    guard case .waiting(let waiting) = overlay else { return nil }
    if action == .waiting {
      overlay = nil
      return Response()
    }
    let isDeletion = action == .text(.deleteForward)
    guard isDeletion || action == .messageUp || action == .messageDown else { return nil }
    guard let prompt = store.queue.first(where: { $0.number == waiting.selected }) else {
      return Response()
    }
    guard isDeletion else {
      let places = action == .messageUp ? -1 : 1
      return Response(chat(.movePrompt(prompt.number, by: places), at: now))
    }
    // It was remembered when it was sent, but that may be long ago.
    composer.remember(prompt.draftElements)
    let back = keys.name(of: .recall).map { " \($0) finds it again." } ?? ""
    notice = Notice("The prompt waits no longer.\(back)")
    return Response(chat(.takeBackPrompt(prompt.number), at: now))
  }

  /// Brings the prompt of this number back into the draft, to be changed and sent again.
  mutating func takeBackPrompt(_ number: UInt32, at now: Instant) -> [AppEffect] {
    guard let prompt = store.queue.first(where: { $0.number == number }) else { return [] }
    let effects = chat(.takeBackPrompt(number), at: now)
    resume([prompt])
    return effects
  }

  /// Brings the prompt that waits last back into the empty draft; nil where none waits.
  mutating func takeBackLast(at now: Instant) -> [AppEffect]? {
    guard composer.isEmpty, editedPrompt == nil, let last = store.queue.last else { return nil }
    return takeBackPrompt(last.number, at: now)
  }

  mutating func takeBackQueue(at now: Instant) -> [AppEffect] {
    let prompts = store.queue
    guard !prompts.isEmpty else { return [] }
    let effects = chat(.takeBack, at: now)
    resume(prompts)
    return effects
  }

  /// Puts prompts back into the draft. One alone is again what it was: the edit of an earlier
  /// one, or a race, if it was.
  private mutating func resume(_ prompts: [Prompt]) {
    if prompts.count == 1, prompts[0].racers.count > 1, armedRacers.isEmpty {
      racers[chats.inView] = prompts[0].racers
    }
    if prompts.count == 1, let replaced = prompts[0].inPlaceOf, editedPrompt == nil {
      editedPrompt = replaced
      composer.beginEditing(prompts[0].draftElements)
    } else {
      composer.giveBack(Array(prompts.map(\.draftElements).joined(separator: ["\n"])))
    }
  }

  /// What the list says around its rows.
  func words(for waiting: WaitingPicker) -> PickerView.Words {
    PickerView.Words(
      title: "Waiting",
      nothing: store.queue.isEmpty ? "No prompt waits." : "None has these letters.",
      notes: nil, marked: nil)
  }
}

// A prompt of the page is edited: it comes into the composer, and what is sent then stands beside it, as another
// branch. The draft that stood there is back afterwards.

import Chat

extension App {
  /// Brings a prompt into the composer, and into view: the last one of the page, or another.
  mutating func beginEdit(_ other: MessageID? = nil) {
    guard let prompt = other ?? store.conversation.lastPrompt else {
      notice = Notice("There is no prompt yet that could be edited.")
      return
    }
    editedPrompt = prompt
    composer.beginEditing(Prompt(of: store.conversation[prompt]).draftElements)
    let heads = layout.landmarks.map(\.landmark)
    let isInView = layout.reading == prompt || heads.contains(.message(prompt))
    editBeganAtEnd = !isInView && viewport.mode == .follow
    if !isInView { viewport.seek(.message(prompt)) }
  }

  /// Leaves the edit. What was written in it can be recalled.
  mutating func endEdit() {
    // Who has scrolled meanwhile reads something else.
    if editBeganAtEnd, layout.reading == editedPrompt { viewport.follow() }
    editBeganAtEnd = false
    editedPrompt = nil
    composer.endEditing()
  }

  /// What the draft is, or why it cannot go out now; nil where there is nothing to say.
  var composerNote: String? {
    if store.sending == .isRefused, overlay == nil {
      return "\(keys.name(of: .send) ?? "Sending") does nothing while a reply is live"
    }
    switch (editWords, raceNote) {
    case (nil, nil): return nil
    case (nil, let race?): return "the next prompt \(race)"
    case (let edit?, nil): return edit
    case (let edit?, let race?): return "\(edit), which \(race)"
    }
  }

  /// Edits the prompt that is read: at the end of the page the last one, else that of the turn in which the
  /// first visible row stands.
  mutating func editPromptRead() {
    let conversation = store.conversation
    let reading = viewport.mode == .follow ? nil : layout.reading.flatMap(messageOnPath)
    let place = reading.flatMap { conversation.path.lastIndex(of: $0) }
    beginEdit(
      place.flatMap { place in
        conversation.path[...place].last(where: conversation.isPrompt)
          ?? conversation.path[place...].first(where: conversation.isPrompt)
      })
  }

  /// Lays the prompts of the page under the transcript, to choose the one that is edited. A single one needs no
  /// choice.
  mutating func openPrompts() {
    let prompts = store.conversation.path.filter(store.conversation.isPrompt)
    guard prompts.count > 1 else { return beginEdit() }
    overlay = .prompts(PromptPicker(prompts, of: store.conversation))
  }

  /// What the picker says around its rows.
  func words(for prompts: PromptPicker) -> PickerView.Words {
    PickerView.Words(
      title: "Edit prompt", nothing: "No prompt of this page has these words.", notes: nil,
      marked: nil,
      preview: PickerView.Preview(mostRows: 6, leastListRows: 4) { length in
        let words = prompts.selected.map { store.conversation[$0].wordsOrLabels }
        return String((words ?? "").prefix(length))
      })
  }

  /// Which prompt is edited, in words; nil while none is.
  var editWords: String? {
    guard let editedPrompt else { return nil }
    let prompts = store.conversation.path.filter(store.conversation.isPrompt)
    guard let place = prompts.lastIndex(of: editedPrompt) else {
      return "edits a prompt of another branch"
    }
    return place == prompts.count - 1
      ? "edits the last prompt" : "edits prompt \(place + 1) of \(prompts.count)"
  }
}

extension Prompt {
  /// What was sent, to be sent again.
  init(of message: Message) {
    self.init(message.text, attachments: message.parts.filter { $0.attachmentKind != nil })
  }
}

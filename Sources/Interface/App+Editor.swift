// The draft goes out to the user's editor and comes back.

import Chat

extension App {
  /// Opens an editor with the draft, whole: what is folded in it is not folded there, and an attachment is its
  /// path behind an `@`.
  mutating func openEditor() -> [AppEffect] {
    // What is written there is not to be sent before it comes back.
    let stop = awaitsFiles ? stopAwaitingFiles() : []
    editorConversation = chats.inView
    return stop + [.openEditor(composer.text)]
  }

  /// Takes over what was written in the editor, as one step that can be undone. A draft that was not changed
  /// there stays as it is, with what is folded in it.
  mutating func take(edited text: String) {
    let conversation = editorConversation.flatMap { chats[$0]?.id } ?? chats.inView
    editorConversation = nil
    composer.turn(from: chats.inView, to: conversation)
    if text != composer.text {
      let elements = text.draftElements.attaching(composer.elements.compactMap(\.attachment))
      if !composer.rewrite(elements) { tellDraftIsFull() }
    }
    composer.settle()
    composer.turn(from: conversation, to: chats.inView)
  }
}

extension [DraftElement] {
  /// The text with these attachments where they still stand as they can be written.
  fileprivate func attaching(_ attachments: [Attachment]) -> [DraftElement] {
    guard !attachments.isEmpty else { return self }
    var unused = attachments.map { (written: $0.written.draftElements, attachment: $0) }
    var elements: [DraftElement] = []
    var place = 0
    while place < count {
      let found = unused.firstIndex { candidate in
        let end = place + candidate.written.count
        return self[place] == "@" && mayBeginPath(at: place)
          && self[place...].starts(with: candidate.written)
          && (end == count || self[end].isShellBlank)
      }
      if let found {
        elements.append(.attachment(unused[found].attachment))
        place += unused[found].written.count
        unused.remove(at: found)
      } else {
        elements.append(self[place])
        place += 1
      }
    }
    return elements
  }
}

// The draft goes out to the user's editor and comes back.

import Chat

extension App {
  /// Opens an editor with the draft, whole: what is folded in it is not folded there.
  mutating func openEditor() -> [AppEffect] {
    editorConversation = chats.inView
    return [.openEditor(composer.text)]
  }

  /// Takes over what was written in the editor, as one step that can be undone. A draft that was not changed
  /// there stays as it is, with what is folded in it.
  mutating func take(edited text: String) {
    let conversation = editorConversation.flatMap { chats[$0]?.id } ?? chats.inView
    editorConversation = nil
    composer.turn(from: chats.inView, to: conversation)
    if text != composer.text, !composer.replaceAll(with: text) { tellDraftIsFull() }
    composer.settle()
    composer.turn(from: conversation, to: chats.inView)
  }
}

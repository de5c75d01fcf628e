// The conversation as a tree over the transcript: opened where one reads, gone through, and left for a branch.
// Streams go on under it.

import Chat

extension App {
  /// Lays the tree over the transcript.
  mutating func openTree() {
    let conversation = store.conversation
    guard let leaf = conversation.leaf else {
      notice = Notice("Nothing is in this conversation yet.")
      return
    }
    let reading = viewport.mode == .follow ? leaf : layout.reading ?? leaf
    overlay = .tree(TreePicker(conversation, reading: conversation.has(reading) ? reading : leaf))
  }

  /// Takes over into the tree what has come, where it is open.
  mutating func followTree() {
    guard case .tree(var tree) = overlay else { return }
    // One owner while it is changed, so that what has not changed is not copied.
    overlay = nil
    tree.follow(store.conversation)
    overlay = .tree(tree)
  }

  /// Shows the branch of a message, from its head.
  mutating func go(to message: MessageID, at now: Instant) -> [AppEffect] {
    viewport.seek(.message(message))
    return chat(.choose(message), at: now)
  }

  /// Edits the selected prompt of the tree, or the one that the selected reply was asked for by.
  mutating func editSelected(at now: Instant) -> [AppEffect] {
    let conversation = store.conversation
    guard case .tree(let tree) = overlay, let selected = tree.selected,
      let prompt = conversation.path(to: selected).last(where: conversation.isPrompt)
    else { return [] }
    overlay = nil
    let effects = chat(.choose(selected), at: now)
    beginEdit(prompt)
    viewport.seek(.message(prompt))
    return effects
  }

  /// What the tree says around its rows.
  func words(for tree: TreePicker) -> PickerView.Words {
    PickerView.Words(
      title: "Tree", nothing: "No message has these words.", notes: nil, marked: nil,
      preview: PickerView.Preview(mostRows: 6, leastListRows: 10) { length in
        String((tree.selected.map { store.conversation[$0].text } ?? "").prefix(length))
      })
  }
}

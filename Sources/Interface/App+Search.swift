// The search in the conversation: opened, typed in, gone through, left. The draft below is untouched, and a
// live reply goes on.

import Chat

extension App {
  /// Opens a search, over nothing else.
  mutating func openSearch(_ words: String = "") {
    overlay = nil
    copying = nil
    let isFollowing = viewport.mode == .follow
    let last = layout.landmarks.compactMap { place -> MessageID? in
      if case .message(let id) = place.landmark { id } else { nil }
    }.last
    let from = isFollowing ? nil : last ?? layout.reading
    search = Search(from: from.flatMap(messageOnPath), didFollow: isFollowing)
    if !words.isEmpty { changeSearch { $0.type(words) } }
  }

  /// A message of the path, or of an earlier attempt the reply that took its place; nil where there is
  /// none.
  func messageOnPath(_ id: MessageID) -> MessageID? {
    let conversation = store.conversation
    guard conversation.has(id) else { return nil }
    return conversation.path.last { conversation[$0].parent == conversation[id].parent }
  }

  /// What a key does while a search is open; nil for the keys that reach through. Those that move the page
  /// leave the search open, those that do something else close it where it is.
  mutating func pressInSearch(_ action: Action) -> Response? {
    switch action {
    case .cancel: leaveSearch()
    case .send: search = nil
    case .search, .previous: goToHit { $0.goUp() }
    case .next: goToHit { $0.goDown() }
    case .text(.deleteBackward): changeSearch { $0.deleteBackward() }
    case .text(.deleteWordBackward), .text(.deleteToSpace):
      changeSearch { $0.deleteWordBackward() }
    case .text(.killToStart): changeSearch { $0.deleteAll() }
    case .sendOtherwise, .openEditor, .complete, .completeBackward, .text, .quit: break
    case .interrupt, .redraw, .suspend, .mouse, .pageUp, .pageDown, .top, .end, .messageUp,
      .messageDown, .attempts, .thoughts, .details:
      return nil
    case .waiting, .continueReply, .retry, .edit, .nextModel, .pickModel, .newConversation,
      .pickWinner,
      .conversations, .copy, .bare,
      .recall, .help, .previousSibling, .nextSibling, .tree, .nextFinished:
      search = nil
      return nil
    }
    return Response()
  }

  /// Types into the search; false when none is open.
  mutating func typeInSearch(_ text: String) -> Bool {
    guard search != nil else { return false }
    changeSearch { $0.type(text) }
    return true
  }

  /// Back to where it began.
  mutating func leaveSearch() {
    guard let search else { return }
    if search.didFollow { viewport.follow() } else { viewport.seek(.beforeSearch) }
    self.search = nil
  }

  /// Reads on where a search has not read everything.
  mutating func goOnSearching() {
    guard var search, !search.isDone else { return }
    let isOther = search.step(store.conversation)
    self.search = search
    if isOther { showHit() }
  }

  /// Takes in what has come of a live reply.
  mutating func searchInReply() {
    guard var search else { return }
    let isOther = search.hear(store.conversation)
    self.search = search
    if isOther { showHit() }
  }

  private mutating func changeSearch(_ change: (inout Search) -> Void) {
    guard var search else { return }
    change(&search)
    _ = search.step(store.conversation)
    self.search = search
    showHit()
  }

  private mutating func goToHit(_ move: (inout Search) -> Bool) {
    guard var search else { return }
    _ = move(&search)
    self.search = search
    showHit()
  }

  /// Brings the present hit into view. Where there is none, the view stays.
  private mutating func showHit() {
    guard let hit = search?.hit else { return }
    viewport.seek(.hit(hit))
  }
}

import Chat
import Interface

/// What a run came to, as text: each conversation with its replies and their endings, what is live and
/// what waits, every stream, the draft.
///
/// Nothing in it depends on the process, so that the digests of two runs can be compared.
struct FinalState: Hashable {
  private(set) var text = ""

  init(_ app: App) {
    for id in (app.chats.ids + app.chats.closed).sorted() {
      guard let store = app.chats[id] else { continue }
      let isOpen = !app.chats.closed.contains(id)
      add(store, place: id == app.chats.inView ? ", in view" : isOpen ? "" : ", closed")
    }
    add("answers", app.answering.words)
    if let prompt = app.heldPrompt { add("prompt that is held", prompt.digestWords) }
    add("draft", app.composer.text)
    for (id, text) in app.composer.otherDrafts where !text.isEmpty {
      add("draft of conversation \(id.number)", text)
    }
    if let prompt = app.editedPrompt { add("prompt that is edited", "\(prompt)") }
    if !app.armedRacers.isEmpty { add("the next prompt races", app.armedRacers.words) }
    if let notice = app.notice { add("notice", notice.text) }
    switch app.overlay {
    case .help: add("overlay", "help")
    case .trace: add("overlay", "trace")
    case .usage: add("overlay", "usage")
    case .models(let models): add("models", models.picker)
    case .themes(let themes): add("themes", themes.picker)
    case .choices(let choices): add("choices", choices.picker)
    case .recall(let recall): add("earlier prompts", recall.picker)
    case .waiting(let waiting): add("prompts that wait", waiting.picker)
    case .prompts(let prompts): add("prompts of the page", prompts.picker)
    case .tree(let tree): add("tree", tree.picker)
    case .conversations(let conversations): add("conversations", conversations.picker)
    case .confirm(let confirmation): add("asks", confirmation.question)
    case .ownTexts(let texts): add("\(texts.kind.word)s", texts.picker)
    case .setup(let setup): add("overlay", "setup, \(setup.step)")
    case nil: break
    }
    if let search = app.search {
      add("looks for", search.words)
      add("has found", search.summary)
    }
    if app.copying != nil { add("hints", "of what can be copied") }
    if app.isBare { add("page", "bare") }
    if app.isMouseGivenAway { add("mouse", "the terminal's") }
    switch app.viewport.mode {
    case .follow: add("view", "follows the end")
    case .hold(let top): add("view", "holds row \(top)")
    case .seek(.beforeSearch): add("view", "goes back to where a search began")
    case .seek(.message(let id)): add("view", "goes to message \(id)")
    case .seek(.fold(let fold, let row)):
      add("view", "goes to a fold in message \(fold.message), in row \(row)")
    case .seek(.hit(let hit)): add("view", "goes to \(hit.words), in message \(hit.message)")
    }
  }

  /// FNV-1a of the text's UTF-8 (Fowler, Noll and Vo, 64 bits), in 16 hexadecimal digits.
  var digest: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  // MARK: - A conversation

  private mutating func add(_ store: ChatStore, place: String) {
    text += "conversation \(store.id.number)\(place)\n\n"
    if let title = store.title { add("title", title) }
    let path = Set(store.conversation.path)
    for message in store.conversation.allMessages {
      var place = Place.onPage
      if !path.contains(message.id) {
        let isAttempt = message.role == .assistant && message.parent.map(path.contains) ?? false
        place = isAttempt ? .attempt : .replaced
      }
      add(message, place, isUnsaved: store.unsaved.contains(message.id))
    }
    if let prompt = store.conversation.systemPrompt { add("system prompt", prompt) }
    if let effort = store.effort { add("effort", word(of: effort)) }
    if let preset = store.preset { add("preset", "\(preset.name): \(preset.summary)") }
    add("asks", store.route.name)
    add("reply", store.generation.words)
    if let race = store.race {
      add("race", race.models.words)
      for lane in store.lanes { add("lane", lane.generation.words) }
    }
    if store.omittedMessageCount > 0 {
      add("messages left behind", String(store.omittedMessageCount))
    }
    for prompt in store.queue {
      let place = prompt.inPlaceOf.map { " in place of \($0)" } ?? ""
      add("prompt that waits\(place)", prompt.digestWords)
    }
    for row in StreamTable(store.streams).rows { add("stream \(row.stream)", row.sentence) }
    text += "\n"
  }

  /// Where a message of the tree stands.
  private enum Place: String {
    case onPage = ""
    case attempt = " (an earlier attempt)"
    /// It, or what it follows, was replaced by another prompt.
    case replaced = " (replaced)"
  }

  private mutating func add(_ message: Message, _ place: Place, isUnsaved: Bool) {
    text += "\(message.model?.description ?? "\(message.role)")\(place.rawValue)\n"
    for part in message.parts {
      switch part.kind {
      case .text: addLines(part.text)
      case .thinking: addLines("(thinks) \(part.text)")
      case .image(let type): addLines("(an image, \(type), \(part.data.count) bytes)")
      case .file(let name, let type): addLines("(the file \(name), \(type))")
      case .toolCall(_, let name): addLines("(asks for the tool \(name)) \(part.text)")
      case .toolResult: addLines("(the tool's answer) \(part.text)")
      }
    }
    if let ending = message.ending { addLines("■ \(ending.words)") }
    if isUnsaved { addLines("✗ not saved") }
    text += "\n"
  }

  private mutating func add(_ overlay: String, _ picker: Picker) {
    add("overlay", overlay)
    add("searches for", picker.query)
    add("selected", picker.selected?.id ?? "nothing")
  }

  // MARK: - Lines

  /// A fact; what has several lines stands below its name.
  private mutating func add(_ name: String, _ value: String) {
    if value.contains(where: \.isNewline) {
      text += "\(name):\n"
      addLines(value)
    } else {
      text += "\(name): \(value)\n"
    }
  }

  /// Set in, so that no text can be taken for a fact.
  private mutating func addLines(_ lines: String) {
    for line in lines.split(separator: "\n", omittingEmptySubsequences: false) {
      text += "  \(line)\n"
    }
  }
}

extension App.Answering {
  fileprivate var words: String {
    switch self {
    case .looking: "nobody yet"
    case .ready(let place): "a model (\(place))"
    case .missing(let reason): "nobody: \(reason)"
    }
  }
}

extension [ModelID] {
  fileprivate var words: String { map(\.description).joined(separator: ", ") }
}

extension Prompt {
  /// The words, and behind them how much is attached.
  fileprivate var digestWords: String {
    attachments.isEmpty
      ? text
      : "\(text)\n"
        + attachments.map { "(attached, \($0.data.count + $0.text.utf8.count) bytes)" }
        .joined(separator: "\n")
  }
}

extension Generation {
  fileprivate var words: String {
    switch self {
    case .idle: "none is live"
    case .saving: "waits for its prompt to be saved"
    case .queued: "waits for a free place"
    case .waiting(_, let stream): "\(stream) is asked"
    case .streaming(let call, let stream):
      call.finish == nil ? "\(stream) streams" : "\(stream) is whole and not over"
    case .backingOff(let call, until: _): "backs off before retry \(call.retriesMade)"
    }
  }
}

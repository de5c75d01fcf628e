// What slash commands do.

import Chat

extension App {
  mutating func perform(
    _ verb: SlashCommand.Verb, argument: String, at now: Instant
  ) -> [AppEffect] {
    switch verb {
    case .help: help(with: argument)
    case .keys: overlay = .help(.atTop)
    case .new: return openConversation()
    case .conversations: openConversations(at: now)
    case .rename: return rename(argument, at: now)
    case .close: return close(chats.inView, at: now)
    case .delete: return delete(chats.inView, back: "/restore", at: now)
    case .restore: return restore()
    case .system: return changeSystemPrompt(argument, at: now)
    case .think: return changeEffort(argument, at: now)
    case .edit: openPrompts()
    case .tree: openTree()
    case .continue: return continueReply(at: now)
    case .queue: return queue(argument, at: now)
    case .trace:
      // The newest stream, at the end, is the one that is asked about.
      overlay = .trace(Viewport())
    case .usage: overlay = .usage(.atTop)
    case .search: openSearch(argument)
    case .copy: return copy(argument)
    case .retry: return retry(at: now)
    case .stop: return stop(at: now)
    case .model: return argument.isEmpty ? openModels() : [.findModel(argument)]
    case .models: return openModels()
    case .race: return race(argument)
    case .theme: return argument.isEmpty ? openThemes() : [.useTheme(argument)]
    case .quit: return quit(at: now)
    case .preset: return preset(argument, at: now)
    case .snippet: return argument.isEmpty ? openOwnTexts(.snippet) : [.useSnippet(argument)]
    case .setup: return openSetup()
    case .attach: return attach(argument)
    }
    return []
  }

  /// Shows keys and commands, or says what one command does.
  private mutating func help(with name: String) {
    guard !name.isEmpty else {
      overlay = .help(.atTop)
      return
    }
    switch commands.find(name) {
    case .success(let command):
      let usage = ["/" + command.name, command.argument].filter { !$0.isEmpty }
      notice = Notice("\(usage.joined(separator: " ")): \(command.help).")
    case .failure(let unknown):
      notice = Notice(unknown.sentence, kind: .error)
      composer.giveBack("/help \(name)")
    }
  }

  /// Stops the reply, or the prompt that waits for its files, or for somebody to answer it.
  private mutating func stop(at now: Instant) -> [AppEffect] {
    if awaitsFiles { return stopAwaitingFiles() }
    if heldPrompt != nil {
      takeBackHeldPrompt()
      return []
    }
    if !store.isLive { notice = Notice("No reply is live.") }
    return chat(.cancel, at: now)
  }

  /// Sends words behind the reply; without words it lists what waits.
  private mutating func queue(_ words: String, at now: Instant) -> [AppEffect] {
    guard words.isEmpty else { return send(Prompt(words), as: .queue, at: now) }
    openWaiting()
    return []
  }

  /// Gives the conversation another standing instruction; without words the one it has comes into the draft,
  /// where it can be changed.
  private mutating func changeSystemPrompt(_ words: String, at now: Instant) -> [AppEffect] {
    switch words {
    case "":
      guard let prompt = store.conversation.systemPrompt else {
        notice = Notice("This conversation has no system prompt; /system WORDS gives it one.")
        return []
      }
      // A command is one line.
      let line = "/system " + prompt.map { $0.isNewline ? " " : String($0) }.joined()
      composer.bringBack(line.draftElements)
      return []
    case "none":
      notice = Notice("The system prompt is gone; the next prompt goes without one.")
      return chat(.setSystemPrompt(nil), at: now)
    default:
      notice = Notice("The system prompt is set; it goes with the next prompt.")
      return chat(.setSystemPrompt(words), at: now)
    }
  }

  /// Says how much models are to think; without a word one picks.
  private mutating func changeEffort(_ word: String, at now: Instant) -> [AppEffect] {
    guard !word.isEmpty else {
      overlay = .choices(.efforts(now: store.effort))
      return []
    }
    guard let choice = EffortChoice(rawValue: word.lowercased()) else {
      let names = EffortChoice.allCases.map(\.rawValue)
      notice = Notice("How much to think is one of \(names.joined(separator: ", ")).", kind: .error)
      composer.giveBack("/think \(word)")
      return []
    }
    return set(choice, at: now)
  }

  mutating func set(_ choice: EffortChoice, at now: Instant) -> [AppEffect] {
    notice = Notice(choice.sentence)
    return chat(.setEffort(choice.effort), at: now)
  }

}

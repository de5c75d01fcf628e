// What the user has decided beforehand, as far as the app goes by it. The program begins with it, and takes
// over another one when the configuration is saved.

public import Chat

/// What the app goes by.
public struct AppSettings: Hashable, Sendable {
  /// How prompts are sent and replies are made, in every conversation.
  public var chat = ChatSettings()
  /// The standing instruction that a new conversation begins with; nil where there is none.
  public var systemPrompt: String?
  /// Who was named to be asked: `PROVIDER/NAME`, or the name of a route. Nil where nobody was.
  public var model: String?
  /// How many streams may be open at once, at least 1.
  public var streamLimit = 4
  /// Which keys ask for what.
  public var keys = KeyMap.standard
  /// How the keys of the composer edit.
  public var editing = EditingStyle.emacs
  /// Whether and how the terminal is told of replies that nobody watched.
  public var notify = NotifyPolicy()
  /// What is seen before anybody shows or hides it.
  public var view = ViewOptions()

  public init() {}
}

/// What is seen of the page, and whose the mouse is.
public struct ViewOptions: Hashable, Sendable {
  /// Whether tokens, times and cost stand below replies.
  public var details = true
  /// Whether what models thought is shown in full.
  public var thoughts = false
  /// Whether the earlier attempts at a reply are shown in full.
  public var attempts = false
  /// Whether the wheel scrolls here; the terminal selects with the mouse where it does not.
  public var mouse = true

  public init() {}
}

extension App {
  /// Takes over other settings. What is the same in both is left as it is: somebody may have changed it here,
  /// and drafts, open conversations and live replies are nobody else's affair.
  mutating func adopt(_ new: AppSettings, at now: Instant) -> [AppEffect] {
    let old = settings
    let wantedMouse = wantsMouse
    settings = new
    var effects = chats.adopt(
      new.chat, insteadOf: old.chat, systemPrompt: new.systemPrompt, streamLimit: new.streamLimit,
      at: now
    ).map(AppEffect.chat)
    if new.editing != old.editing { composer.editing = new.editing }
    if new.notify.way == .off { hasFocus = true }
    show(new.view, insteadOf: old.view)
    if wantsMouse != wantedMouse { effects.append(.captureMouse(wantsMouse)) }
    return effects + look(for: new.model, insteadOf: old.model)
  }

  mutating func show(_ new: ViewOptions, insteadOf old: ViewOptions) {
    if new.details != old.details { showsDetails = new.details }
    if new.thoughts != old.thoughts, new.thoughts != folds.areThoughtsOpen {
      folds.toggleThoughts()
    }
    if new.attempts != old.attempts, new.attempts != folds.areAttemptsOpen {
      folds.toggleAttempts()
    }
    if new.mouse != old.mouse { isMouseGivenAway = !new.mouse }
  }

  /// Where nobody answers yet but the guide, whoever can be asked now is looked for. Else conversations go on
  /// with whom they ask, and another one that is named is asked in the next new one.
  private mutating func look(for new: String?, insteadOf old: String?) -> [AppEffect] {
    switch answering {
    case .looking: return []
    // Whoever has the guide answer although another was named wants that.
    case .ready where welcome == nil || !areAllAskedAlike || old != nil && new == old:
      if new != old { modelOfNext = new }
      return []
    case .ready, .missing:
      answering = .looking
      return [.findModel(nil)]
    }
  }

  private var areAllAskedAlike: Bool { chats.ids.allSatisfy { chats[$0]?.route == store.route } }
}

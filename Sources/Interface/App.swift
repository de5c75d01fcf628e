// What the user sees and may do, as one value: `handle(event) -> effects`. It holds the chat store, the
// draft, the viewport and what lies over them, and knows neither clock nor terminal.
//
// What Esc does stands in `App+Cancel.swift`.

public import Chat
import Terminal

/// The whole program as a value: the conversation, the draft, what is in view, what lies over it.
public struct App: Hashable, Sendable {
  /// What answers, and where it is known from.
  public enum Answering: Hashable, Sendable {
    /// Nobody knows yet; a prompt sent now waits.
    case looking
    /// `store.route` answers; the place is that of whoever was found last.
    case ready(place: String)
    /// Nothing answers; the next prompt looks again.
    case missing(String)
  }

  /// A reply that tells nothing new for this long, in milliseconds, is shown as silent, with what can be
  /// done about it.
  static let silenceShownMilliseconds: Int64 = 5_000

  /// The open conversations, of which one is in view.
  public internal(set) var chats: Conversations
  /// The draft.
  public internal(set) var composer = Composer()
  /// Which rows of the transcript are in view.
  public internal(set) var viewport = Viewport()
  /// What the last frame showed of the transcript.
  public internal(set) var layout = ScreenView.Layout(
    transcript: Viewport.Rows(content: 0, visible: 0, top: 0))
  /// What lies over the transcript; nil when nothing does.
  public internal(set) var overlay: Overlay?
  /// A sentence for the user, until the next key.
  public internal(set) var notice: Notice?
  /// Who answers the next prompt.
  public internal(set) var answering: Answering
  /// Where those run who were found, in the user's words.
  public internal(set) var places: [Route: String] = [:]
  /// What an empty page says of who answers, where name and place do not say enough.
  public internal(set) var welcome: String?
  /// A prompt that goes out as soon as it is known who answers.
  public internal(set) var heldPrompt: Prompt?
  /// What the user has decided beforehand.
  public internal(set) var settings: AppSettings
  /// The slash commands there are.
  public let commands: SlashCommands

  /// What of the transcript is folded.
  public internal(set) var folds = Folds()
  /// Whether tokens, times and cost stand below replies.
  public internal(set) var showsDetails = true
  /// What is known of models that may answer.
  public internal(set) var facts: [ModelID: ModelFacts] = [:]

  /// What somebody looks for; nil while nobody does.
  public internal(set) var search: Search?
  /// The hints of what can be copied; nil while there are none.
  public internal(set) var copying: Copying?
  /// Whether the transcript alone is shown, as it is written.
  public internal(set) var isBare = false
  /// Whether the mouse was left to the terminal.
  public internal(set) var isMouseGivenAway = false

  /// The prompt that what is sent takes the place of; nil while none is edited.
  public internal(set) var editedPrompt: MessageID?
  /// Whether the end was followed before the edit began, and is again when it is left.
  var editBeganAtEnd = false
  /// Those of other conversations.
  var editedPrompts: [ConversationID: MessageID] = [:]
  /// Who races for the next prompt of a conversation, of those where somebody asked for it.
  var racers: [ConversationID: [ModelID]] = [:]
  /// How far the replies of an open race were scrolled, side by side; those that are not named follow.
  public internal(set) var laneViewports: [MessageID: Viewport] = [:]
  /// Where other conversations were read.
  var readingPlaces: [ConversationID: ReadingPlace] = [:]
  /// Those that were in view before, the last one last.
  var viewedBefore: [ConversationID] = []
  /// Whether the terminal has the keyboard, as far as it told.
  var hasFocus = true
  /// Whose draft an editor was opened with; nil when none was.
  var editorConversation: ConversationID?
  /// What may become of the slash command in the draft; nil while there is none.
  public internal(set) var completing: Completing?
  /// The lists that arguments are completed from, as far as they were asked for.
  var listed = ListedValues()
  /// What was asked of files.
  var files = FileQuestions()

  /// Whether the next Ctrl-C quits.
  var isQuitArmed = false
  /// The message that was stepped to among its siblings, until another key.
  var steppedMessage: MessageID?
  /// What the last Esc did.
  var lastEscape: LastEscape?

  /// Who is to be asked in the next new conversation, where the settings named somebody since the last one.
  var modelOfNext: String?

  /// The keys as they are bound.
  public var keys: KeyMap { settings.keys }

  /// Whether and how the terminal is told of replies that nobody watched.
  public var notify: NotifyPolicy { settings.notify }

  /// The conversation in view and its live reply.
  public var store: ChatStore { chats.viewed }

  /// What models cost, of those whose price is known.
  var prices: [ModelID: Price] { facts.compactMapValues(\.price) }

  /// Who answers the next prompt, in short: the model's own name, or the chain's or pool's.
  var routeName: String {
    store.route.models.count > 1 ? store.route.name : store.route.models[0].name
  }

  /// Where that one runs; nil where it is not known.
  var placeOfRoute: String? { places[store.route] }

  /// An app with an empty draft that follows the end of the conversation.
  ///
  /// - Parameter settings: those that the conversations were made with.
  public init(
    chats: Conversations, answering: Answering, settings: AppSettings,
    commands: SlashCommands = .standard
  ) {
    self.chats = chats
    self.answering = answering
    self.settings = settings
    self.commands = commands
    if case .ready(let place) = answering { places[chats.viewed.route] = place }
    composer.editing = settings.editing
    show(settings.view, insteadOf: ViewOptions())
  }

  /// The same where little was decided beforehand.
  public init(
    chats: Conversations, answering: Answering, keys: KeyMap = .standard,
    commands: SlashCommands = .standard, editing: EditingStyle = .emacs,
    notify: NotifyPolicy = NotifyPolicy()
  ) {
    var settings = AppSettings()
    settings.keys = keys
    settings.editing = editing
    settings.notify = notify
    self.init(chats: chats, answering: answering, settings: settings, commands: commands)
  }

  /// What an event led to.
  public struct Response: Hashable, Sendable {
    /// To be carried out in this order.
    public var effects: [AppEffect]
    public var paint: Paint

    public init(_ effects: [AppEffect] = [], paint: Paint = .now) {
      self.effects = effects
      self.paint = paint
    }
  }

  /// Takes in one event and says what is to be done and seen.
  @discardableResult
  public mutating func handle(_ event: AppEvent, at now: Instant) -> Response {
    let before = previewedTheme
    let wasConnecting = overlay?.isSetup == true
    var response = decide(event, at: now)
    if wasConnecting, overlay?.isSetup != true { response.effects.append(.setup(.end)) }
    followTree()
    let after = previewedTheme
    if after != before { response.effects.append(.previewTheme(after)) }
    followWaiting()
    // There are many deltas, and none changes a draft, or what a list says.
    if case .stream = event {
      if response.paint == .now { refreshConversations(at: now) }
      return response
    }
    if response.paint != .never { refreshConversations(at: now) }
    response.effects += followDraft()
    return response
  }

  private mutating func decide(_ event: AppEvent, at now: Instant) -> Response {
    switch event {
    case .input(let input):
      return handle(input, at: now)
    case .prompt(let prompt):
      return Response(send(Prompt(prompt), at: now))
    case .stream(let id, let event):
      return receive(event, from: id, at: now)
    case .modelFound(let route, let place, let welcome):
      // Who is found first answers in every conversation, who is asked for later in the one in view.
      if case .ready = answering { chats.viewed.route = route } else { chats.routeAll(to: route) }
      self.welcome = welcome
      answering = .ready(place: place)
      places[route] = place
      guard let prompt = heldPrompt else { return Response() }
      heldPrompt = nil
      return Response(send(prompt, at: now))
    case .modelMissing(let reason):
      answering = .missing(reason)
      notice = Notice(reason, kind: .error)
      takeBackHeldPrompt()
      return Response()
    case .modelRefused(let reason):
      notice = Notice(reason, kind: .error)
      return Response()
    case .racersFound(let models):
      take(racers: models)
      return Response()
    case .modelsListed(let list):
      return Response(paint: take(list) ? .soon : .never)
    case .themesListed(let list):
      return Response(paint: take(list) ? .now : .never)
    case .described(let model, let facts):
      guard self.facts[model] != facts else { return Response(paint: .never) }
      self.facts[model] = facts
      return Response(paint: .soon)
    case .edited(let text):
      take(edited: text)
      return Response()
    case .notice(let notice):
      self.notice = notice
      return Response()
    case .laidOut(let layout):
      self.layout = layout
      viewport.measured(layout.transcript)
      if let rows = layout.overlay { overlay?.measured(rows) }
      copying?.see(layout)
      return Response(paint: .never)
    case .clock:
      let effects = chats.advance(to: now).map(AppEffect.chat)
      guard let search, !search.isDone else { return Response(effects) }
      goOnSearching()
      return Response(effects, paint: effects.isEmpty ? .soon : .now)
    case .saved(let conversation, let message):
      return Response(chat(.saved(message), in: conversation, at: now), paint: .soon)
    case .saveFailed(let conversation, let message, let reason):
      let effects = chat(.saveFailed(message), in: conversation, at: now)
      notice = Notice("Not saved: \(reason)", kind: .error)
      return Response(effects)
    case .terminate:
      return Response(leave(at: now))
    case .ownTextsListed(let list):
      return Response(paint: take(list) ? .now : .never)
    case .presetRead(let preset, let place, let isFirst):
      return Response(take(preset, place: place, isFirst: isFirst, at: now))
    case .snippetRead(let text):
      write(Snippet(text))
      return Response()
    case .setup(let event):
      return take(event, at: now)
    case .configured(let settings):
      return Response(adopt(settings, at: now))
    case .files(let news):
      return hear(news, at: now)
    case .placed(let route, let place):
      places[route] = place
      if case .ready = answering, route == store.route, let place {
        answering = .ready(place: place)
      }
      return Response()
    }
  }

  /// When the screen changes by itself, or the conversation does: each second while a reply is live, when a
  /// reply has backed off long enough, and at once while a search has not read everything. Otherwise never.
  public func deadline(after now: Instant) -> Instant? {
    if let search, !search.isDone { return now }
    return [nextSecond(after: now), setupDeadline(after: now), chats.deadline]
      .compactMap(\.self).min()
  }

  /// When there is another number of seconds to show, in any lane that something is told of.
  private func nextSecond(after now: Instant) -> Instant? {
    guard case .conversations = overlay else { return nextSecond(of: store, after: now) }
    return chats.ids.compactMap { chats[$0].flatMap { nextSecond(of: $0, after: now) } }.min()
  }

  private func nextSecond(of store: ChatStore, after now: Instant) -> Instant? {
    store.lanes.compactMap { lane in
      switch lane.generation {
      case .idle:
        return nil
      case .backingOff(_, let until):
        let left = until.milliseconds(since: now)
        return until.advanced(byMilliseconds: -(max(0, left - 1) / 1000 * 1000))
      case .saving, .queued, .waiting, .streaming:
        guard let began = store.silentSince(lane.generation) else { return nil }
        return began.advanced(byMilliseconds: (now.milliseconds(since: began) / 1000 + 1) * 1000)
      }
    }
    .min()
  }

  /// When the stream last told anything, or when its request left, or when it was asked for.
  var silentSince: Instant? { store.silentSince(store.generation) }

  // MARK: - The stream

  private mutating func receive(
    _ event: StreamEvent, from id: StreamID, at now: Instant
  ) -> Response {
    let lane = store.lanes.firstIndex { $0.generation.activeStream == id } ?? store.shownLane
    let before = store.lanes[lane].generation
    var effects = chat(.stream(id, event), in: id.conversation, at: now)
    effects += notices(of: effects)
    let isSame = store.lanes.indices.contains(lane) && store.lanes[lane].generation == before
    guard before.activeStream == id else {
      // The end of another conversation's reply may be what the one in view has waited for, and the marks of
      // those out of view are.
      if !isSame || !effects.isEmpty { return Response(effects) }
      if case .trace = overlay { return Response(effects, paint: .soon) }
      // The list shows the last words of the one that is selected.
      if case .conversations(let list) = overlay, list.selected == id.conversation {
        return Response(effects, paint: .soon)
      }
      return Response(effects, paint: .never)
    }
    searchInReply()
    return Response(effects, paint: isSame ? .soon : .now)
  }

  /// Tells the conversation in view, or another, what happened.
  mutating func chat(
    _ event: ChatEvent, in conversation: ConversationID? = nil, at now: Instant
  ) -> [AppEffect] {
    chats.handle(event, in: conversation ?? chats.inView, at: now).map(AppEffect.chat)
  }

  /// Ends every live reply, and then the program.
  mutating func leave(at now: Instant) -> [AppEffect] {
    chats.ids.flatMap { chat(.leave, in: $0, at: now) } + [.quit]
  }
}

extension ChatStore {
  /// When the stream of a live reply last told anything, or when its request left, or when it was asked for.
  func silentSince(_ generation: Generation) -> Instant? {
    guard let call = generation.call else { return nil }
    guard let stream = generation.activeStream, let record = record(of: stream) else {
      return conversation[call.message].times.created
    }
    return record.lastEvent ?? record.started
  }
}

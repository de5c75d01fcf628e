// What the user sees and may do, as one value: `handle(event) -> effects`. It holds the chat store, the
// draft, the viewport and what lies over them, and knows neither clock nor terminal.
//
// Esc obeys layers: an overlay eats it first, then a prompt that waits for a model, then the live reply;
// idle, it does nothing.

public import Chat
import Terminal

/// The whole program as a value: the conversation, the draft, what is in view, what lies over it.
public struct App: Hashable, Sendable {
  /// What answers, and where it is known from.
  public enum Answering: Hashable, Sendable {
    /// Nobody knows yet; a prompt sent now waits.
    case looking
    /// `store.model` answers; the place is shown beside it.
    case ready(place: String)
    /// Nothing answers; the next prompt looks again.
    case missing(String)
  }

  /// What lies over the transcript; one at a time.
  public enum Overlay: Hashable, Sendable {
    /// Keys and commands, scrolled by so many rows.
    case help(top: Int)
  }

  /// What is counted of the live reply, for the status line.
  public struct Meter: Hashable, Sendable {
    /// Events that brought more of the reply.
    public internal(set) var deltaCount = 0
  }

  /// The conversation and its live reply.
  public private(set) var store: ChatStore
  /// The draft.
  public private(set) var composer = Composer()
  /// Which rows of the transcript are in view.
  public private(set) var viewport = Viewport()
  /// What lies over the transcript; nil when nothing does.
  public private(set) var overlay: Overlay?
  /// A sentence for the user, until the next key.
  public private(set) var notice: Notice?
  /// Who answers the next prompt.
  public private(set) var answering: Answering
  /// Counts of the live reply, or of the last one.
  public private(set) var meter = Meter()
  /// A prompt that goes out as soon as it is known who answers.
  public private(set) var heldPrompt: String?
  /// The keys as they are bound.
  public let keys: KeyMap
  /// The slash commands there are.
  public let commands: SlashCommands

  /// Whether the next Ctrl-C quits.
  private var isQuitArmed = false

  /// An app with an empty draft that follows the end of the conversation.
  public init(
    store: ChatStore, answering: Answering, keys: KeyMap = .standard,
    commands: SlashCommands = .standard
  ) {
    self.store = store
    self.answering = answering
    self.keys = keys
    self.commands = commands
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
    switch event {
    case .input(let input):
      return handle(input, at: now)
    case .stream(let id, let event):
      return receive(event, from: id, at: now)
    case .modelFound(let model, let place):
      store.model = model
      answering = .ready(place: place)
      guard let prompt = heldPrompt else { return Response() }
      heldPrompt = nil
      return Response(send(prompt, at: now))
    case .modelMissing(let reason):
      answering = .missing(reason)
      notice = Notice(reason, kind: .error)
      takeBackHeldPrompt()
      return Response()
    case .notice(let notice):
      self.notice = notice
      return Response()
    case .laidOut(let contentRows, let visibleRows, let top):
      viewport.measured(contentRows: contentRows, visibleRows: visibleRows, top: top)
      return Response(paint: .never)
    case .clock:
      return Response()
    case .terminate:
      return Response(chat(.cancel, at: now) + [.quit])
    }
  }

  /// When the screen changes by itself: each second while a reply is live, and otherwise never.
  public func deadline(after now: Instant) -> Instant? {
    guard let live = store.generation.live else { return nil }
    let begun = store.conversation[live.message].times.created
    let nextSecond = (now.milliseconds(since: begun) / 1000 + 1) * 1000
    return begun.advanced(byMilliseconds: nextSecond)
  }

  // MARK: - The stream

  private mutating func receive(
    _ event: StreamEvent, from id: StreamID, at now: Instant
  ) -> Response {
    let before = store.generation
    guard before.live?.stream == id else {
      _ = store.handle(.stream(id, event), at: now)
      return Response(paint: .never)
    }
    meter.deltaCount += event.isDelta ? 1 : 0
    let effects = chat(.stream(id, event), at: now)
    return Response(effects, paint: store.generation == before ? .soon : .now)
  }

  private mutating func chat(_ event: ChatEvent, at now: Instant) -> [AppEffect] {
    let before = store.generation.live?.stream
    let effects = store.handle(event, at: now).map(AppEffect.chat)
    if let live = store.generation.live, live.stream != before { meter = Meter() }
    return effects
  }

  /// Sends a prompt, or holds it until somebody is there to answer it.
  private mutating func send(_ prompt: String, at now: Instant) -> [AppEffect] {
    viewport.follow()
    switch answering {
    case .ready:
      return chat(.send(prompt), at: now)
    case .looking:
      heldPrompt = [heldPrompt, prompt].compactMap(\.self).joined(separator: "\n")
      return []
    case .missing:
      heldPrompt = prompt
      answering = .looking
      return [.findModel(nil)]
    }
  }

  private mutating func takeBackHeldPrompt() {
    guard let prompt = heldPrompt else { return }
    heldPrompt = nil
    composer.giveBack(prompt)
  }

  // MARK: - The person

  private mutating func handle(_ input: TerminalInput, at now: Instant) -> Response {
    switch input {
    case .key(let key):
      return press(key, at: now)
    case .paste(let text):
      notice = nil
      isQuitArmed = false
      insert(text)
      return Response()
    case .wheel(let notches):
      scroll(by: notches * 3)
      return Response()
    case .hangup:
      return handle(.terminate, at: now)
    }
  }

  private mutating func press(_ key: KeyPress, at now: Instant) -> Response {
    notice = nil
    let wasQuitArmed = isQuitArmed
    isQuitArmed = false
    guard let action = keys.action(for: key) else {
      if overlay == nil { type(key) }
      return Response()
    }
    if overlay != nil, let response = pressOverOverlay(action) { return response }
    return Response(perform(action, key: key, wasQuitArmed: wasQuitArmed, at: now))
  }

  /// What a key does while something lies over the transcript; nil for the keys that reach through.
  private mutating func pressOverOverlay(_ action: Action) -> Response? {
    switch action {
    case .cancel, .help, .send:
      overlay = nil
    case .pageUp, .previous, .top:
      scroll(by: action == .previous ? -1 : action == .pageUp ? -10 : -1000)
    case .pageDown, .next, .end:
      scroll(by: action == .next ? 1 : action == .pageDown ? 10 : 1000)
    case .interrupt, .redraw, .suspend:
      return nil
    case .retry, .newline, .left, .right, .wordLeft, .wordRight, .lineStart, .lineEnd,
      .deleteBackward, .deleteForward, .deleteWordBackward, .deleteWordForward, .killToEnd,
      .killToStart, .yank:
      break
    }
    return Response()
  }

  /// A key that no row names writes itself.
  private mutating func type(_ key: KeyPress) {
    guard case .character(let character) = key.key, key.modifiers.subtracting(.shift).isEmpty else {
      return
    }
    if character == "?", composer.isEmpty {
      overlay = .help(top: 0)
    } else {
      insert(String(character))
    }
  }

  private mutating func insert(_ text: String) {
    guard !composer.insert(text) else { return }
    notice = Notice(
      "A draft holds \(Composer.longestDraft) characters at the most; the rest was left out.",
      kind: .error)
  }

  private mutating func scroll(by rows: Int) {
    switch overlay {
    case .help(let top): overlay = .help(top: max(0, top + rows))
    case nil: viewport.scroll(by: rows)
    }
  }

  private mutating func perform(
    _ action: Action, key: KeyPress, wasQuitArmed: Bool, at now: Instant
  ) -> [AppEffect] {
    switch action {
    case .send: return submit(at: now)
    case .cancel: return cancel(at: now)
    case .interrupt: return interrupt(wasQuitArmed: wasQuitArmed, at: now)
    case .retry: return retry(at: now)
    case .pageUp: viewport.scroll(by: -viewport.pageRows)
    case .pageDown: viewport.scroll(by: viewport.pageRows)
    case .top: viewport.scrollToTop()
    case .end: viewport.follow()
    case .newline: insert("\n")
    case .left: composer.moveLeft()
    case .right: composer.moveRight()
    case .wordLeft: composer.moveWordLeft()
    case .wordRight: composer.moveWordRight()
    case .lineStart where composer.isEmpty: viewport.scrollToTop()
    case .lineStart: composer.moveToLineStart()
    case .lineEnd where composer.isEmpty: viewport.follow()
    case .lineEnd: composer.moveToLineEnd()
    case .previous: composer.moveUp()
    case .next: composer.moveDown()
    case .deleteBackward: composer.deleteBackward()
    case .deleteForward where composer.isEmpty && key.modifiers == .control:
      return chat(.cancel, at: now) + [.quit]
    case .deleteForward: composer.deleteForward()
    case .deleteWordBackward: composer.cutWordBackward()
    case .deleteWordForward: composer.cutWordForward()
    case .killToEnd: composer.cutToLineEnd()
    case .killToStart: composer.cutToLineStart()
    case .yank: composer.putBack()
    case .help: overlay = .help(top: 0)
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    }
    return []
  }

  private mutating func cancel(at now: Instant) -> [AppEffect] {
    if heldPrompt != nil {
      takeBackHeldPrompt()
      return []
    }
    return chat(.cancel, at: now)
  }

  private mutating func interrupt(wasQuitArmed: Bool, at now: Instant) -> [AppEffect] {
    if heldPrompt != nil || store.generation.live != nil { return cancel(at: now) }
    if overlay != nil {
      overlay = nil
      return []
    }
    if !composer.isEmpty {
      composer.clear()
      let back = keys.name(of: .previous).map { " \($0) brings it back." } ?? ""
      notice = Notice("The draft is cleared.\(back)")
      return []
    }
    if wasQuitArmed { return [.quit] }
    isQuitArmed = true
    notice = Notice("Press \(keys.name(of: .interrupt) ?? "it") again to quit.")
    return []
  }

  private mutating func retry(at now: Instant) -> [AppEffect] {
    guard case .ready = answering else { return [] }
    guard store.conversation.lastPrompt != nil else {
      notice = Notice("There is no prompt yet that could be sent again.")
      return []
    }
    viewport.follow()
    return chat(.retry, at: now)
  }

  // MARK: - The draft goes out

  private mutating func submit(at now: Instant) -> [AppEffect] {
    guard composer.characters.contains(where: { !$0.isWhitespace }) else { return [] }
    switch commands.read(composer.text) {
    case .prompt(let prompt):
      _ = composer.take()
      return send(prompt, at: now)
    case .command(let verb, let argument):
      _ = composer.take()
      return perform(verb, argument: argument, at: now)
    case .unknown(let sentence):
      notice = Notice(sentence, kind: .error)
      return []
    }
  }

  private mutating func perform(
    _ verb: SlashCommand.Verb, argument: String, at now: Instant
  ) -> [AppEffect] {
    switch verb {
    case .help:
      overlay = .help(top: 0)
      return []
    case .retry:
      return retry(at: now)
    case .stop:
      return cancel(at: now)
    case .model:
      guard !argument.isEmpty else {
        notice = Notice("\(store.model) answers. /model PROVIDER/NAME asks another one.")
        return []
      }
      return [.findModel(argument)]
    case .quit:
      return chat(.cancel, at: now) + [.quit]
    }
  }
}

extension StreamEvent {
  /// Whether it brings more of the reply to the page.
  fileprivate var isDelta: Bool {
    switch self {
    case .text, .thinking, .refusal, .toolCall: true
    case .started, .usage, .completed, .failed: false
    }
  }
}

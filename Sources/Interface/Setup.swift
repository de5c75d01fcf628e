// The screen that connects a model, as a value. It walks through a few questions; Esc goes back by one, and out
// of the first.
//
//   provider ──▶ (address) ──▶ (key) ──▶ model ──▶ test ──▶ save ──▶ the model answers
//       └───────────── can be asked as it is ─────────▲
//
// A key that is refused leads back to the key, and a server that cannot be reached to its address; the second time
// it leaves room to write the name of a model. Nothing is written before the last Enter.

import Chat

/// What is asked and what was answered so far.
public struct Setup: Hashable, Sendable {
  /// The questions, in their order.
  public enum Step: Hashable, Sendable {
    case provider, address, key, model, test, save
  }

  /// What has come of asking for the models.
  enum Listing: Hashable, Sendable {
    case idle
    case asked(since: Instant)
    case listed
    case failed(String)
  }

  /// What has come of the test.
  enum Test: Hashable, Sendable {
    /// Nothing was sent.
    case ready
    case asked(since: Instant)
    case answering(since: Instant, first: Instant)
    case done(since: Instant, first: Instant, ended: Instant)
    case failed(String)
  }

  enum Saving: Hashable, Sendable {
    case ready
    case asked
    case failed(String)
  }

  /// What is sent as a test.
  static let prompt = "Say hello in one short sentence."
  /// The longest address, in characters; what is written past it is left out.
  static let addressLimit = 512
  /// Of the reply this many characters are shown.
  static let replyLimit = 2_000
  /// The row that closes the screen.
  static let guideRow = "go on with the guide"

  public internal(set) var step = Step.provider
  /// The steps that lead here, the first one first.
  var earlier: [Step] = []
  /// Those who may answer, as rows.
  var providers = Picker()
  /// Whether somebody has moved in that list, or searched it: what is selected then stays.
  var isSelectionTheirs = false
  var offers: [SetupOffer] = []
  var isLooking = true
  /// Who was chosen.
  var offer: SetupOffer?
  var address = ""
  /// The address that could not be reached last; nil where none was asked in vain.
  var deadAddress: String?
  var key = KeyShape.empty
  /// What is wrong with what stands in the field, or what came of it.
  var fault: String?
  var models = Picker()
  var listing = Listing.idle
  var model = ""
  var test = Test.ready
  var reply = ""
  var usage = Usage()
  var plan: SetupPlan?
  var saving = Saving.ready
  /// Which rows of a text are in view.
  var viewport = Viewport.atTop
  /// Whether somebody has moved in that text: it then stays where it is.
  var isTextMoved = false

  public init() {}

  /// Whether the rows of a list are chosen from.
  var isPicking: Bool {
    switch step {
    case .provider, .model: true
    case .address, .key, .test, .save: false
    }
  }

  /// Since when somebody is waited for, whose seconds are counted.
  var askedSince: Instant? {
    switch step {
    case .model: if case .asked(let since) = listing { return since }
    case .test:
      switch test {
      case .asked(let since): return since
      case .answering(_, let first): return reply.isEmpty ? first : nil
      case .ready, .done, .failed: return nil
      }
    case .provider, .address, .key, .save: break
    }
    return nil
  }

  /// Who is tried as things were answered.
  var trial: SetupTrial {
    var trial = SetupTrial(provider: offer?.id ?? "")
    if earlier.contains(.address) || step == .address, !isKnownAddress { trial.address = address }
    guard earlier.contains(.key) || step == .key else { return trial }
    switch key {
    case .empty: break
    case .variable(let name, isSet: _): trial.key = .variable(name)
    case .hidden: trial.key = .written
    }
    return trial
  }

  /// Whether what is written is where the provider would have been asked anyway, with the key that it has there.
  private var isKnownAddress: Bool { offer?.isReady == true && offer?.address == address }

  // MARK: - What somebody does

  /// What Enter or Esc led to.
  struct Move {
    var effects: [SetupEffect] = []
    /// Whether the screen is done.
    var isOver = false
  }

  /// Goes on with what is selected or written.
  mutating func enter(at now: Instant) -> Move {
    switch step {
    case .provider: return chooseProvider(at: now)
    case .address:
      address = address.filter { !$0.isWhitespace }
      guard !address.isEmpty else {
        fault = "An address begins with http:// or https://."
        return Move()
      }
      let wantsKey = offer?.needsKey == true && !isKnownAddress
      if wantsKey { go(to: .key) } else { return list(at: now) }
    case .key: return takeKey(at: now)
    case .model: return takeModel(at: now)
    case .test:
      switch test {
      case .ready, .failed: return send(at: now)
      case .asked, .answering: break
      case .done: return showPlan()
      }
    case .save:
      if plan?.refusal != nil { return Move(isOver: true) }
      guard plan != nil, saving != .asked else { return Move() }
      saving = .asked
      return Move(effects: [.save(trial, model: model)])
    }
    return Move()
  }

  /// Goes one step back, or out of the first one.
  mutating func back() -> Move {
    guard let last = earlier.popLast() else { return Move(isOver: true) }
    if step == .model { listing = .idle }
    // What was under way is closed; what still comes of it is nobody's.
    if step == .test { test = .ready }
    step = last
    fault = nil
    viewport = .atTop
    if last == .test {
      // What it came to stands behind the words.
      if case .done = test { viewport = Viewport() }
      return Move()
    }
    return Move(effects: [.stop])
  }

  /// Writes a letter, or does what it stands for, where no list is typed in.
  mutating func type(_ character: Character, at now: Instant) -> Move {
    switch (step, test, character) {
    case (.test, .done, "r"), (.test, .done, "R"): return send(at: now)
    case (.test, .ready, "s"), (.test, .ready, "S"), (.test, .failed, "s"), (.test, .failed, "S"):
      return showPlan()
    case (.address, _, _):
      insert(String(character))
    default: break
    }
    return Move()
  }

  /// Puts text behind the address.
  mutating func insert(_ text: String) {
    fault = nil
    let visible = text.filter { !$0.isNewline && !$0.isWhitespace }
    address += visible.prefix(max(0, Setup.addressLimit - address.count))
  }

  mutating func deleteBackward() {
    fault = nil
    if !address.isEmpty { address.removeLast() }
  }

  mutating func deleteAll() {
    fault = nil
    address = ""
  }

  private mutating func chooseProvider(at now: Instant) -> Move {
    guard let id = providers.selected?.id else { return Move() }
    guard let chosen = offers.first(where: { $0.id == id }) else { return Move(isOver: true) }
    var effects: [SetupEffect] = []
    if chosen.id != offer?.id {
      // What was written for somebody else is forgotten.
      effects = [.end]
      key = .empty
      address = chosen.address
    }
    offer = chosen
    deadAddress = nil
    if chosen.isReady {
      var move = list(at: now)
      move.effects = effects + move.effects
      return move
    }
    go(to: chosen.asksAddress ? .address : .key)
    return Move(effects: effects)
  }

  private mutating func takeKey(at now: Instant) -> Move {
    switch key {
    case .empty:
      guard offer?.needsKey != true else {
        fault = "Paste the key, or name a variable that holds it: $\(offer?.variable ?? "NAME")."
        return Move()
      }
    case .variable(let name, isSet: false):
      fault = "\(name) is not set where Patter was started."
      return Move()
    case .variable, .hidden:
      // What is wrong with it stands there already.
      if fault != nil { return Move() }
    }
    return list(at: now)
  }

  private mutating func list(at now: Instant) -> Move {
    go(to: .model)
    return askForModels(at: now)
  }

  private mutating func send(at now: Instant) -> Move {
    test = .asked(since: now)
    reply = ""
    usage = Usage()
    viewport = .atTop
    return Move(effects: [.test(trial, model: model, prompt: Setup.prompt)])
  }

  private mutating func showPlan() -> Move {
    plan = nil
    saving = .ready
    go(to: .save)
    return Move(effects: [.plan(trial, model: model)])
  }

  mutating func go(to next: Step) {
    earlier.append(step)
    step = next
    fault = nil
    viewport = .atTop
    isTextMoved = false
  }
}

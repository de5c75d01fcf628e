// A world around the app, at random and always the same for a seed: a terminal of any size, a clock, streams
// that are late for ever, a disk that fails, lists that come when nobody asks for them any more, and hands
// on the keys. `World+Events` says what may happen, `World+Promises` what has to hold after each step.

import Chat
import Support
import Terminal

@testable import Interface

/// One thing that happens.
enum Happening: CustomStringConvertible {
  case event(AppEvent)
  case resize(Size)

  var description: String {
    switch self {
    case .event(.input(.key(let key))): key.name
    case .event(.input(.paste(let text))) where text.count > 60:
      "a paste of \(text.count) characters"
    case .event(.laidOut): "some layout"
    case .event(.modelsListed(let list)): "models of \(list.id)"
    case .event(.files(.read(let number, let place, _))): "file \(place) of question \(number)"
    case .event(.themesListed): "themes"
    case .event(.ownTextsListed(let list)): "\(list.kind.word)s"
    case .event(let event): "\(event)"
    case .resize(let size): "\(size.columns)x\(size.rows)"
    }
  }
}

extension Happening {
  var isClick: Bool {
    if case .event(.input(.click)) = self { true } else { false }
  }
}

/// The app and all that is outside of it.
struct World {
  /// What happened once, and the app before it.
  struct Step {
    let happening: Happening
    let before: App
    let effects: [AppEffect]
    let paint: Paint
  }

  var random: Seeded
  var stage: Stage
  /// Streams as the world knows them: open, and ever started.
  var open: Set<StreamID> = []
  var started: [StreamID] = []
  /// What the world owes the app: saves, models, themes. They come in any order.
  var answers: [AppEvent] = []
  /// What is about to be pressed.
  var script: [TerminalInput] = []
  var previewed: String?
  var hearsMouse = true
  /// What stands in the editor that has the terminal; nil while Patter has it.
  var inEditor: String?
  var hasQuit = false
  var escapes = EscapeModel()
  var texts = TextLedger()
  var messages: [MessageID: Message] = [:]
  /// Whether every step is drawn, or a few.
  let drawsAlways: Bool
  var stepCount = 0
  /// The last steps, for who has to repeat them.
  var steps: [String] = []

  init(seed: UInt64) {
    random = Seeded(state: seed)
    drawsAlways = Int.random(in: 0..<6, using: &random) == 0
    let editing: EditingStyle = Int.random(in: 0..<3, using: &random) == 0 ? .vi : .emacs
    let models = ["m", "n", "o"].map { ModelID(provider: "test", name: $0) }
    var settings = ChatSettings()
    settings.sendPolicy = SendPolicy.allCases.randomElement(using: &random) ?? .replace
    let store = ChatStore(
      route: Route("careful", .chain, models) ?? Route(models[0]), settings: settings,
      messageIDs: MessageIDSource(seed: MessageID(high: 1, low: 2)))
    let answering: [App.Answering] = [.ready(place: "a test"), .looking, .missing("None is here.")]
    let isReady = Int.random(in: 0..<4, using: &random) > 0
    let chats = Conversations(store, streamLimit: Int.random(in: 1...3, using: &random))
    let app = App(
      chats: chats,
      answering: isReady ? answering[0] : answering.randomElement(using: &random) ?? answering[0],
      keys: World.keys, editing: editing)
    if app.answering == .looking { answers = [World.found] }
    stage = Stage(app, rows: 24, columns: 80)
  }

  static let found = AppEvent.modelFound(
    Route(ModelID(provider: "test", name: "m")), place: "a test")

  /// The standard keys, and one besides for every action that has none.
  static let keys: KeyMap = {
    var number = 12
    return KeyMap(
      KeyMap.standard.bindings.map { row in
        guard row.keys.isEmpty else { return row }
        number += 1
        return KeyBinding([KeyPress(.function(number))], in: row.place, row.action, row.help)
      })
  }()

  /// Lets one thing happen, and looks whether everything that is promised holds.
  mutating func step() throws {
    stage.now = stage.now.advanced(byMilliseconds: pause())
    let happening = next()
    stepCount += 1
    steps.append("\(stage.now.milliseconds(since: origin)) ms: \(happening)")
    if steps.count > 40 { steps.removeFirst() }
    let isDrawn = drawsAlways || Int.random(in: 0..<16, using: &random) == 0
    let shown = isDrawn ? drawAll() : nil
    let layout = stage.app.layout
    let before = stage.app
    var response = App.Response(paint: .now)
    switch happening {
    case .event(let event): response = stage.app.handle(event, at: stage.now)
    case .resize(let size): stage.size = size
    }
    let step = Step(
      happening: happening, before: before, effects: response.effects, paint: response.paint)
    try carryOut(step)
    try checkState(step)
    try escapes.check(step, after: stage.app, at: stage.now)
    try texts.check(step, after: stage.app)
    if let shown { try checkFrames(step, before: shown, layout: layout) }
    if stepCount % 8 == 0 { try checkMessages() }
    if stepCount % 100 == 0 { try checkKeys() }
  }

  /// Draws until there is nothing new to be told of a frame.
  private mutating func drawAll() -> Frame {
    var frame = stage.draw()
    for _ in 0..<3 {
      let app = stage.app
      frame = stage.draw()
      if app == stage.app { break }
    }
    return frame
  }

  /// Does what the app asks for; later, or never, or wrongly.
  private mutating func carryOut(_ step: Step) throws {
    if case .event(.stream(let id, let event)) = step.happening, event.isEnd { open.remove(id) }
    for effect in step.effects {
      switch effect {
      case .chat(.start(let id, let outgoing)):
        try promise("a stream starts once", !started.contains(id), "\(id)")
        try promise("a request ends with a prompt", outgoing.messages.last?.role == .user)
        open.insert(id)
        started.append(id)
      case .chat(.abort(let id)):
        try promise("only what is open is aborted", open.remove(id) != nil, "\(id), \(open)")
      case .chat(.save(let conversation, let message)):
        let fails = Int.random(in: 0..<8, using: &random) == 0
        answers.append(
          fails
            ? .saveFailed(conversation, message.id, reason: "the disk is full")
            : .saved(conversation, message.id))
      case .findModel(nil):
        answers.append(coin() ? World.found : .modelMissing("Nobody answers here."))
      case .findModel(let name?):
        answers.append(coin() ? World.found : .modelRefused("\(name) is unknown."))
      case .findRacers(let names):
        let models = ["m", "n", "o"].map { ModelID(provider: "test", name: $0) }
        let found = models.prefix(Int.random(in: 2...3, using: &random))
        answers.append(
          coin() ? .racersFound(Array(found)) : .modelRefused("\(names[0]) is unknown."))
      case .listModels: answers += (0..<3).map { _ in .modelsListed(list()) }
      case .listThemes: answers.append(.themesListed(ThemeList(items: list().items, inUse: "a/1")))
      case .previewTheme(let name): previewed = name
      case .captureMouse(let isHeard):
        try promise("the mouse changes hands once", hearsMouse != isHeard)
        hearsMouse = isHeard
      case .openEditor(let text): inEditor = text
      case .quit:
        try checkQuit(step)
        hasQuit = true
      case .useTheme(let name): answers.append(.notice(Notice("The theme is \(name).")))
      case .copy(_, let what): answers.append(.notice(Notice("Copied \(what).")))
      case .files(let request): answers += answer(to: request)
      case .ring, .notify, .redraw, .suspend: break
      case .listOwnTexts(let kind): answers.append(.ownTextsListed(ownTexts(kind)))
      case .usePreset(let name): answers.append(preset(name))
      case .useSnippet: answers.append(.snippetRead(snippet()))
      case .setup(let effect): answers += setupAnswers(effect).map(AppEvent.setup)
      }
    }
  }

  mutating func coin() -> Bool { Bool.random(using: &random) }
}

extension StreamEvent {
  /// Whether nothing follows it.
  fileprivate var isEnd: Bool {
    switch self {
    case .completed, .failed: true
    case .started, .text, .thinking, .refusal, .toolCall, .toolArguments, .finished, .usage: false
    }
  }
}

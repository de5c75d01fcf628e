// What may happen: what hands do, what streams bring, what is answered late, what becomes of the screen.

import Chat
import Support
import Terminal

@testable import Interface

private let replyTexts = [
  "word ", "日本 ", "\n", "\n\n", "```\n", "- ", "| a |\n|---|\n", "e\u{301}", "\u{1B}[31m", "> ",
  "A longer sentence that says something about alpha and takes some more room than a word. ",
]

/// What is written: by letters of one, two and three bytes, wide ones, marks, and what runs the other way.
private let sentences = [
  "What is blue?", "alpha beta gamma", "日本語はどうですか", "naïve café, très bien", "one\\", "שלום עולם",
  "e\u{301}e\u{301} 👩‍👩‍👧 flag 🇩🇪 end", "/etc/hosts is a file", "//theme is a word", "/modle x",
  "tabs\tand more", "x",
]

/// Paths, of which some are there and some are not.
private let paths = [
  "notes.txt", "src/", "photo.png", "src/main.swift", "nobody", "日本.pdf", "a\\ b.txt",
]

private let arguments = [
  "", "", "notes.txt", "src/main.swift nobody", "high", "none", "2", "all", "alpha", "test/m",
  "Be brief and kind.",
  "test/m test/n",
]

/// Keys that no row names, or that only write.
private let otherKeys = [
  "a", "b", "?", "/", "é", "日", "space", "tab", "shift-tab", "insert", "f9", "ctrl-q", "alt-z", "i",
  "0", "$", "d", "w", "shift-left", "j", "k", "n", "ctrl-alt-x",
].compactMap { KeyPress($0) }

private let coveredKeys = [
  "esc", "enter", "up", "down", "pagedown", "home", "a", "m", "n", "backspace", "ctrl-c", "ctrl-w",
  "delete", "ctrl-k", "ctrl-_",
].compactMap { KeyPress($0) }

private let boundKeys = World.keys.bindings.flatMap(\.keys)

extension World {
  /// How long it takes until the next thing happens, in milliseconds. Some keys come in one read.
  mutating func pause() -> Int64 {
    let longest = [0, 0, 15, 30, 60, 200, 700, 700, 3_000].randomElement(using: &random) ?? 0
    return Int64.random(in: 0...Int64(longest), using: &random)
  }

  mutating func next() -> Happening {
    if let text = inEditor, Int.random(in: 0..<4, using: &random) == 0 {
      inEditor = nil
      return .event(edited(text))
    }
    // A disk answers soon.
    if let place = answers.firstIndex(where: \.isOfFiles), coin() {
      return .event(answers.remove(at: place))
    }
    // Somebody who writes does it faster than anything else comes.
    if inEditor == nil, !script.isEmpty, coin() { return .event(.input(deed())) }
    let limit = inEditor == nil ? 0 : 50
    return switch Int.random(in: limit..<100, using: &random) {
    case 0..<50: .event(.input(deed()))
    case 50..<76: .event(news())
    case 76..<88: .event(answer())
    case 88..<92: .event(.clock)
    case 92..<98: .resize(size())
    case 98: .event(.laidOut(layout()))
    default: .event(rarity())
    }
  }

  private mutating func rarity() -> AppEvent {
    switch Int.random(in: 0..<60, using: &random) {
    case 0: .terminate
    case 1..<20: .configured(settings())
    default:
      .described(
        ModelID(provider: "test", name: coin() ? "m" : "x"),
        ModelFacts(windowTokens: Int.random(in: 0...200_000, using: &random)))
    }
  }

  /// What a save of the configuration may change. No more streams are open than may be only where that is not
  /// less than it was.
  private mutating func settings() -> AppSettings {
    var settings = stage.app.settings
    settings.streamLimit = max(stage.app.chats.streamLimit, Int.random(in: 1...5, using: &random))
    settings.chat.sendPolicy = SendPolicy.allCases.randomElement(using: &random) ?? .replace
    settings.chat.retryPolicy.retries = Int.random(in: 0...3, using: &random)
    settings.systemPrompt = coin() ? "Be brief." : nil
    settings.model = coin() ? "test/m" : nil
    settings.notify.way = NotifyPolicy.Way.allCases.randomElement(using: &random) ?? .off
    settings.view.details = coin()
    settings.view.thoughts = coin()
    settings.view.mouse = coin()
    return settings
  }

  private mutating func deed() -> TerminalInput {
    if script.isEmpty { script = intent() }
    // Hands are interrupted now and then, and go on.
    guard !script.isEmpty, Int.random(in: 0..<12, using: &random) > 0 else { return single() }
    return script.removeFirst()
  }

  /// What somebody wants, as the keys that it takes.
  private mutating func intent() -> [TerminalInput] {
    switch Int.random(in: 0..<16, using: &random) {
    case 14:
      let tab = TerminalInput.key(KeyPress(.tab))
      let end = [tab, .key(KeyPress(.enter))].randomElement(using: &random) ?? tab
      return letters((coin() ? "" : "see ") + "@" + path()) + (coin() ? [] : [end])
        + (coin() ? [] : [.key(KeyPress(.enter)), .key(KeyPress(.enter))])
    case 15:
      let dropped = (0...Int.random(in: 0...2, using: &random)).map { _ in "/tmp/" + path() }
      return [.paste(dropped.joined(separator: coin() ? " " : "\n"))]
    case 0, 1: return letters(sentence())
    case 2: return letters(sentence()) + [.key(KeyPress(.enter))]
    case 3, 4, 7: return line() + letters(command()) + [.key(KeyPress(.enter))]
    case 8: return line() + letters(command())
    case 9, 10:
      // Opened, and closed or used at once.
      let keys = ["alt-m", "ctrl-r", "ctrl-s", "alt-c", "alt-g", "f1", "f3"].compactMap {
        KeyPress($0)
      }
      let first = keys.randomElement(using: &random) ?? KeyPress(.function(1))
      let then = coveredKeys.randomElement(using: &random) ?? KeyPress(.escape)
      return [.key(first), .key(coin() ? KeyPress(.escape) : then)]
    case 5:
      let escape = TerminalInput.key(KeyPress(.escape))
      let count = Int.random(in: 1...4, using: &random)
      return Array(repeating: escape, count: count) + (coin() ? [] : [single(), escape])
    case 6: return [.paste(paste())]
    default: return []
    }
  }

  /// A draft on whose first line nothing stands any more: what was there is sent, or cut.
  private mutating func line() -> [TerminalInput] {
    let names = coin() ? ["enter"] : ["ctrl-e", "ctrl-u"]
    return names.compactMap { KeyPress($0).map(TerminalInput.key) }
  }

  private mutating func single() -> TerminalInput {
    // What lies over the transcript has keys of its own, which many others would close at once.
    if !stage.app.covers.isEmpty, coin() {
      return .key(coveredKeys.randomElement(using: &random) ?? KeyPress(.escape))
    }
    return switch Int.random(in: 0..<20, using: &random) {
    case 0..<13: .key(boundKey())
    case 13..<17: .key(otherKeys.randomElement(using: &random) ?? KeyPress(.tab))
    case 17: .wheel(Int.random(in: -4...4, using: &random))
    case 18: .click(place())
    default: Int.random(in: 0..<60, using: &random) == 0 ? .hangup : .paste(sentence())
    }
  }

  /// Who quits sees no more of this world.
  private mutating func boundKey() -> KeyPress {
    let key = boundKeys.randomElement(using: &random) ?? KeyPress(.enter)
    let app = stage.app
    let quits = app.keys.action(for: key, in: app.keyPlace) == .quit
    return quits && Int.random(in: 0..<8, using: &random) > 0 ? KeyPress(.enter) : key
  }

  private mutating func sentence() -> String {
    let sentence = sentences.randomElement(using: &random) ?? ""
    // So that no two are alike, and one that is lost is missed.
    return coin() ? "\(sentence) \(Int.random(in: 100...999, using: &random))" : sentence
  }

  private mutating func letters(_ text: String) -> [TerminalInput] {
    text.map { .key(KeyPress(.character($0))) }
  }

  private mutating func command() -> String {
    let row = stage.app.commands.commands.randomElement(using: &random)
    let names = [row?.name ?? ""] + (row?.aliases ?? [])
    let name = names.randomElement(using: &random) ?? ""
    guard row?.verb != .quit || Int.random(in: 0..<8, using: &random) == 0 else { return "/new" }
    let argument = arguments.randomElement(using: &random) ?? ""
    return "/\(name)" + (argument.isEmpty || row?.argument == "" ? "" : " \(argument)")
  }

  private mutating func paste() -> String {
    let line = sentence() + "\n"
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return String(repeating: line, count: Int.random(in: 11...40, using: &random))
    case 1: return String(repeating: "long ", count: 500)
    case 2: return ""
    default: return line + sentence()
    }
  }

  private mutating func path() -> String { paths.randomElement(using: &random) ?? "" }

  /// What is told of files: what is there, what is not, and what was not asked for.
  mutating func answer(to request: FileRequest) -> [AppEvent] {
    switch request {
    case .list(let folder):
      return [
        .files(
          .listed(
            FolderListing(folder, folders: ["src", ".git"], files: ["notes.txt", "日本.pdf", ".x"])))
      ]
    case .inspect(let number, let paths, _):
      return [.files(.inspected(number, paths.map { finding($0) }))]
    case .read(let number, let paths, _):
      return paths.enumerated().map { place, path in
        let part = Part(.file(name: path, mediaType: "text/plain"), text: "all of \(path)")
        let facts = FileFacts(.text, byteCount: Int.random(in: 0..<8, using: &random) == 0 ? 9 : 8)
        let isThere = Int.random(in: 0..<8, using: &random) > 0
        return .files(
          .read(
            number, place: place,
            isThere ? .part(part, facts, remark: nil) : .refused("\(path) is gone.")))
      }
    case .stop: return []
    }
  }

  private mutating func finding(_ path: String) -> FileFinding {
    if path.contains("nobody") { return .missing }
    if path.hasSuffix("/") { return .folder }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return .refused("\(path) is empty.")
    case 1: return .missing
    default: return .file(FileFacts(.text, byteCount: 8), remark: coin() ? nil : "It is a text.")
    }
  }

  private mutating func place() -> Position {
    let marks = stage.app.layout.landmarks.map(\.row)
    let row = coin() ? marks.randomElement(using: &random) : nil
    return Position(
      row: row ?? Int.random(in: 0...60, using: &random),
      column: Int.random(in: 0...200, using: &random))
  }

  /// An editor gives back what stands in it, or fails.
  private mutating func edited(_ text: String) -> AppEvent {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: .edited("")
    case 1: .edited(text)
    case 2: .edited(sentence())
    case 3: .edited(text + paste())
    default: .notice(Notice("The editor failed.", kind: .error))
    }
  }

  /// Something from a stream: of those that are open, or of those that were aborted long ago.
  private mutating func news() -> AppEvent {
    let live = open.sorted { ($0.conversation, $0.attempt) < ($1.conversation, $1.attempt) }
      .randomElement(using: &random)
    guard
      let id = Int.random(in: 0..<5, using: &random) > 0
        ? live : started.randomElement(using: &random)
    else { return .clock }
    let text = replyTexts.randomElement(using: &random) ?? ""
    switch Int.random(in: 0..<24, using: &random) {
    case 0, 1: return .stream(id, .completed(coin() ? .stop : .length))
    case 2: return .stream(id, .failed(StreamFailure(.truncated, "It broke.")))
    case 3: return .stream(id, .failed(StreamFailure(.serverFailed, "It failed.")))
    case 4, 5: return .stream(id, .thinking(text))
    case 6:
      return .stream(id, coin() ? .toolCall(name: "t", id: "1") : .toolArguments("{}", id: "1"))
    case 7: return .stream(id, .usage(Usage(inputTokens: 8, outputTokens: 1204)))
    case 8: return .stream(id, .finished(.stop))
    case 9: return .stream(id, coin() ? .started(model: "m") : .refusal(text))
    default: return .stream(id, .text(text))
    }
  }

  private mutating func answer() -> AppEvent {
    guard !answers.isEmpty else {
      return coin() ? .modelsListed(list()) : .notice(Notice("Something is so."))
    }
    let answer = answers.remove(at: Int.random(in: 0..<answers.count, using: &random))
    // What was told once may be told again.
    if Int.random(in: 0..<20, using: &random) == 0, case .saved = answer { answers.append(answer) }
    return answer
  }

  private mutating func size() -> Size {
    let (rows, columns) =
      [(3, 12), (8, 30), (30, 100), (100, 300)].randomElement(using: &random) ?? (1, 1)
    return Size(
      rows: Int.random(in: 1...rows, using: &random),
      columns: Int.random(in: 1...columns, using: &random))
  }

  /// A list that a picker may show, or an earlier one that has changed.
  mutating func list() -> ModelList {
    let id = ["a", "b", "c"].randomElement(using: &random) ?? "a"
    let items = (0..<Int.random(in: 0...20, using: &random)).map { number in
      PickerItem(
        "\(id)/\(Int.random(in: 0...50, using: &random))",
        title: "\(number)" + (replyTexts.randomElement(using: &random) ?? ""),
        details: [[], ["8k"], ["128k", "$0.15 in"]].randomElement(using: &random) ?? [])
    }
    let states: [ModelList.State] = [.looking, .listed, .failed("It broke.")]
    return ModelList(
      id: id, name: id, items: items, state: states.randomElement(using: &random) ?? .listed)
  }

  /// The presets or snippets there may be.
  mutating func ownTexts(_ kind: OwnTextKind) -> OwnTextList {
    let rows = (0..<Int.random(in: 0...8, using: &random)).map { number in
      OwnTextList.Row(
        name: "text \(number)", description: coin() ? "" : "What it is for.",
        preview: replyTexts.randomElement(using: &random) ?? "")
    }
    return OwnTextList(
      kind: kind, rows: rows, folder: coin() ? "/a/folder" : nil,
      notes: coin() ? [] : ["One is left out."])
  }

  mutating func preset(_ name: String) -> AppEvent {
    guard Int.random(in: 0..<5, using: &random) > 0 else {
      return .notice(Notice("No preset is called so.", kind: .error))
    }
    let model = ModelID(provider: "test", name: coin() ? "m" : "x")
    let preset = Preset(
      name, systemPrompt: coin() ? nil : "Be kind.", route: coin() ? nil : Route(model),
      options: ReplyOptions(effort: coin() ? nil : .high),
      sendPolicy: coin() ? nil : SendPolicy.allCases.randomElement(using: &random))
    return .presetRead(
      preset, place: preset.route.map { _ in "a test" },
      isFirst: Int.random(in: 0..<8, using: &random) == 0)
  }

  mutating func snippet() -> String {
    let pieces = [
      "{{name}}", "{{tone:friendly}}", "{{name}} ", "{{x:}}", "Dear ", "\n", "日本", "{{", "}}",
      "/help ",
      "{{a longer name:and what stands there at first}}",
    ]
    return (0...Int.random(in: 0...8, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? ""
    }.joined()
  }

  /// What a trace may tell of a frame: nothing of it need be so.
  private mutating func layout() -> ScreenView.Layout {
    let id = MessageID(high: 5, low: 6)
    let landmarks: [Landmark] = [
      .message(id), .fold(.thinking(id, part: count())), .fold(.attempt(id)),
      .code(id, index: count()),
    ]
    return ScreenView.Layout(
      transcript: rows(), overlay: coin() ? rows() : nil, reading: id,
      landmarks: landmarks.map { LandmarkRow($0, row: count()) })
  }

  private mutating func rows() -> Viewport.Rows {
    Viewport.Rows(content: count(), visible: count(), top: count(), seen: count())
  }

  private mutating func count() -> Int {
    let limit = [1, 30, 1_000_000_000_000].randomElement(using: &random) ?? 1
    return Int.random(in: 0...limit, using: &random)
  }
}

extension AppEvent {
  fileprivate var isOfFiles: Bool {
    if case .files = self { true } else { false }
  }
}

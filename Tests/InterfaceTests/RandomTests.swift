// Random keys, random streams that may be late, random sizes: whatever comes, the promises hold.

import Chat
import Interface
import Support
import Terminal
import Testing

@Suite struct `Whatever comes` {
  private static let texts = [
    "word ", "日本 ", "\n", "\n\n", "```\n", "- ", "| a |\n|---|\n", "e\u{301}", "\u{1B}[31m", "> ",
  ]

  private static let keys: [KeyPress] =
    KeyMap.standard.bindings.flatMap(\.keys)
    + ["alt-m", "alt-m", "a", "?", "/", "é", "日", "space", "enter", "enter"].compactMap {
      KeyPress($0)
    }

  @Test(arguments: 1...12)
  func `one stream is open at the most, no frame leaves its bounds, no partial shrinks`(
    seed: UInt64
  ) throws {
    var random = Seeded(state: seed)
    var stage = Stage(readyApp(), rows: 24, columns: 80)
    var open: Set<StreamID> = []
    var started: [StreamID] = []
    var texts: [MessageID: String] = [:]
    var previewed: String?

    for step in 0..<1500 {
      let event = event(&random, started: started)
      if case .stream(let id, .completed) = event { open.remove(id) }
      if case .stream(let id, .failed) = event { open.remove(id) }
      for effect in stage.app.take(event, at: stage.now).effects {
        switch effect {
        case .chat(.start(let id, let outgoing)):
          try #require(open.isEmpty, "step \(step): \(id) started beside \(open)")
          try #require(outgoing.messages.last?.role == .user)
          open.insert(id)
          started.append(id)
        case .chat(.abort(let id)):
          try #require(open.remove(id) != nil, "step \(step): \(id) was not open")
        case .previewTheme(let name):
          previewed = name
        case .chat(.save), .findModel, .listModels, .listThemes, .useTheme, .copy, .openEditor,
          .captureMouse, .redraw, .suspend, .quit:
          break
        }
      }
      try #require(Set(stage.app.store.generation.activeStream.map { [$0] } ?? []) == open)
      for message in stage.app.store.conversation.allMessages {
        try #require(message.text.hasPrefix(texts[message.id] ?? ""))
        texts[message.id] = message.text
      }
      if case .themes = stage.app.overlay {} else { try #require(previewed == nil) }
      if step % 10 == 0 {
        stage.size = Size(
          rows: Int.random(in: 0...30, using: &random),
          columns: Int.random(in: 0...90, using: &random))
      }
      stage.now = stage.now.advanced(byMilliseconds: Int64.random(in: 0...700, using: &random))
      let frame = stage.draw()
      try #require(frame.rows.count == stage.size.rows)
      try #require(frame.rows.allSatisfy { $0.count == stage.size.columns })
    }
  }

  /// A list that a picker may show, or an earlier one that has changed.
  private func list(_ random: inout Seeded) -> ModelList {
    let id = ["a", "b", "c"].randomElement(using: &random) ?? "a"
    let items = (0..<Int.random(in: 0...40, using: &random)).map { number in
      PickerItem(
        "\(id)/\(Int.random(in: 0...50, using: &random))",
        title: "\(number)" + (Self.texts.randomElement(using: &random) ?? ""),
        details: [[], ["8k"], ["128k", "$0.15 in"]].randomElement(using: &random) ?? [])
    }
    return ModelList(
      id: id, name: id, items: items,
      state: [.looking, .listed, .failed("It broke.")].randomElement(using: &random) ?? .listed)
  }

  /// What a trace may tell of a frame: nothing of it need be so.
  private func layout(_ random: inout Seeded) -> ScreenView.Layout {
    func count() -> Int {
      let limit = [1, 30, 1_000_000_000_000].randomElement(using: &random) ?? 1
      return Int.random(in: 0...limit, using: &random)
    }
    func rows() -> Viewport.Rows {
      Viewport.Rows(content: count(), visible: count(), top: count(), seen: count())
    }
    let id = MessageID(high: 5, low: 6)
    let landmarks: [Landmark] = [
      .message(id), .fold(.thinking(id, part: count())), .fold(.attempt(id)),
      .code(id, index: count()),
    ]
    return ScreenView.Layout(
      transcript: rows(), overlay: Bool.random(using: &random) ? rows() : nil, reading: id,
      landmarks: landmarks.map { LandmarkRow($0, row: count()) },
      listRow: Bool.random(using: &random) ? count() : nil)
  }

  private func event(_ random: inout Seeded, started: [StreamID]) -> AppEvent {
    switch Int.random(in: 0..<16, using: &random) {
    case 15:
      return .edited(Self.texts.randomElement(using: &random) ?? "")
    case 14:
      return .laidOut(layout(&random))
    case 13:
      return .input(
        .click(
          Position(
            row: Int.random(in: 0...60, using: &random),
            column: Int.random(in: 0...200, using: &random))))
    case 12:
      return .input(.paste("/theme"))
    case 11:
      return .themesListed(ThemeList(items: list(&random).items, inUse: "a/1"))
    case 10:
      return .modelsListed(list(&random))
    case 0..<4:
      return .input(.key(Self.keys.randomElement(using: &random) ?? KeyPress(.enter)))
    case 4:
      return .input(.paste(Self.texts.randomElement(using: &random) ?? ""))
    case 5:
      return .input(.wheel(Int.random(in: -3...3, using: &random)))
    case 6:
      return .clock
    default:
      guard let id = started.suffix(4).randomElement(using: &random) else { return .clock }
      let text = Self.texts.randomElement(using: &random) ?? ""
      switch Int.random(in: 0..<12, using: &random) {
      case 0: return .stream(id, .completed(.stop))
      case 1: return .stream(id, .failed(StreamFailure(.truncated, "It broke.")))
      case 2: return .stream(id, .thinking(text))
      case 3:
        return .stream(
          id,
          Bool.random(using: &random)
            ? .toolCall(name: "t", id: "1") : .toolArguments("{}", id: "1"))
      default: return .stream(id, .text(text))
      }
    }
  }
}

// What a long conversation costs on the page: the first frame of it, scrolling, another width. No terminal: a
// frame is counted up to its cells. It runs in a process of its own, so that its memory is its own.

import CLinux
import Chat
import Glibc
import Interface
import Support
import Terminal

extension Measurement {
  /// A conversation of so many messages on a screen of 80×24.
  static func paging(_ count: Int) -> Measurement {
    let what = "\(count) messages"
    return Measurement(
      figures: [
        Figure(name: "\(what): first frame", unit: .milliseconds, goal: "100 ms"),
        Figure(name: "\(what): a page up, from end to start", unit: .milliseconds),
        Figure(name: "\(what): a notch of the wheel", unit: .milliseconds),
        Figure(name: "\(what): another width", unit: .milliseconds),
        Figure(name: "\(what): memory of the view, scrolled through", unit: .mebibytes),
      ],
      programs: [.patter], roundCount: 3, isWarmedUp: false
    ) { _ in
      { try numbers(of: "--page", "\(count)").map { [$0] } }
    }
  }

  /// One more delta of a long reply, from the event to the cells of a frame of its own.
  static let tail = Measurement(
    figures: [1, 10].flatMap { size in
      [
        Figure(
          name: "a delta behind \(size)00 KB, event to cells: processor", unit: .microseconds,
          goal: "100 µs")
      ]
    },
    programs: [.patter], roundCount: 3, isWarmedUp: false
  ) { _ in
    {
      try [100_000, 1_000_000].map { try numbers(of: "--tail", "\($0)") }
    }
  }

  /// What the bench itself prints when it is started with these words.
  static func numbers(of words: String...) throws -> [Double] {
    let program = try PipedProgram(BuiltProgram.path("Bench"), words, home: TestHome())
    guard try program.waitForExit() == .exited(0) else {
      throw HarnessError("\(words.joined(separator: " ")) failed: \(program.diagnostics)")
    }
    return program.output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
  }
}

/// A long reply that is still live, and a view of it.
struct Tail {
  private static let deltaCount = 1_000

  private var app: App
  private var view = ScreenView.measured
  private let now = Instant(uptimeNanoseconds: 0)
  private let byteCount: Int

  /// - Parameter words: the bytes that are there, as they stand behind `--tail`.
  init?(_ words: [String]) {
    guard words.count == 1, let byteCount = Int(words[0]), byteCount > 0 else { return nil }
    setlocale(LC_CTYPE, "C.UTF-8")
    self.byteCount = byteCount
    let store = ChatStore(
      route: Route(ModelID(provider: "bench", name: "m")),
      messageIDs: MessageIDSource(seed: MessageID(high: 1, low: 2)))
    app = App(chats: Conversations(store), answering: .ready(place: "the bench"))
  }

  /// Prints microseconds of processor for a delta and its frame.
  mutating func run() {
    for effect in app.handle(.prompt("go"), at: now).effects {
      guard case .chat(.save(let conversation, let message)) = effect else { continue }
      app.handle(.saved(conversation, message.id), at: now)
    }
    let pieces = Reply.pieces
    var sent = 0
    var number = 0
    func next() -> StreamEvent {
      let piece = pieces[number % pieces.count]
      number += 1
      sent += piece.utf8.count
      return .text(piece)
    }
    while sent < byteCount {
      app.handle(.stream(StreamID(1), next()), at: now)
      if number % 100 == 0 { draw() }
    }
    draw()
    let began = Processor.nanoseconds
    for _ in 0..<Self.deltaCount {
      app.handle(.stream(StreamID(1), next()), at: now)
      draw()
    }
    print(Double(Processor.nanoseconds - began) / 1e3 / Double(Self.deltaCount))
  }

  private mutating func draw() {
    let drawn = view.draw(
      app, theme: .standard(for: .dark), size: Size(rows: 24, columns: 80), at: now)
    app.handle(.laidOut(drawn.layout), at: now)
  }
}

extension ScreenView {
  /// With the widths of the C library.
  fileprivate static var measured: ScreenView {
    ScreenView(widths: WidthTable { Int(wcwidth(wchar_t(truncatingIfNeeded: $0))) })
  }
}

/// A conversation that was had long ago, and a view of it.
struct Paging {
  private var app: App
  private var view = ScreenView.measured
  private var size = Size(rows: 24, columns: 80)
  private let now = Instant(uptimeNanoseconds: 0)

  /// - Parameter words: the number of messages, as it stands behind `--page`.
  init?(_ words: [String]) {
    guard words.count == 1, let count = Int(words[0]), count > 0 else { return nil }
    setlocale(LC_CTYPE, "C.UTF-8")
    let model = ModelID(provider: "bench", name: "m")
    let store = ChatStore(
      route: Route(model), conversation: Paging.conversation(count, model),
      messageIDs: MessageIDSource(seed: MessageID(high: 1, low: 2)))
    app = App(chats: Conversations(store), answering: .ready(place: "the bench"))
  }

  /// Prints milliseconds of processor for the first frame, a page, a notch and a width, and how many MiB more
  /// were held at the most than before the first frame.
  mutating func run() throws {
    try Processor.forgetPeak()
    let memory = processStatus("VmRSS:", of: getpid())
    let first = Self.milliseconds { draw() }
    // From the end to the start, as far as 2,000 pages reach, in the middle too.
    var pages = 0
    let paging = Self.milliseconds {
      while pages < 2_000, app.layout.transcript.top > 0 {
        press("pageup")
        pages += 1
      }
    }
    press("ctrl-home")
    let notches = Self.milliseconds {
      for _ in 0..<200 {
        app.handle(.input(.wheel(1)), at: now)
        draw()
      }
    }
    let widths = Self.milliseconds {
      for columns in 60..<80 {
        size.columns = columns
        draw()
      }
    }
    let grown = (processStatus("VmHWM:", of: getpid()) - memory) / 1024
    print(first, paging / Double(max(1, pages)), notches / 200, widths / 20, grown)
  }

  private mutating func draw() {
    let drawn = view.draw(app, theme: .standard(for: .dark), size: size, at: now)
    app.handle(.laidOut(drawn.layout), at: now)
  }

  private mutating func press(_ name: String) {
    guard let key = KeyPress(name) else { return }
    app.handle(.input(.key(key)), at: now)
    draw()
  }

  private static func milliseconds(_ work: () -> Void) -> Double {
    let began = Processor.nanoseconds
    work()
    return Double(Processor.nanoseconds - began) / 1e6
  }

  /// Prompts of a line, replies of half a screen.
  private static func conversation(_ count: Int, _ model: ModelID) -> Conversation {
    var ids = MessageIDSource(seed: MessageID(high: 3, low: 4))
    let created = Instant(uptimeNanoseconds: 0)
    var messages: [Message] = []
    messages.reserveCapacity(count)
    for number in 0..<count {
      let isPrompt = number % 2 == 0
      let text =
        isPrompt
        ? "What of number \(number)?"
        : "It is **number \(number)**.\n\n- one\n- two `and`\n\n```\nlet a = \(number)\n```\n\n"
          + String(repeating: "The tide turns twice a day and nobody asks why. ", count: number % 9)
      messages.append(
        Message(
          id: ids.next(), parent: messages.last?.id, role: isPrompt ? .user : .assistant,
          parts: [.text(text)], model: isPrompt ? nil : model, created: created,
          ending: isPrompt ? nil : .complete(.stop)))
    }
    return Conversation(messages: messages)
  }
}

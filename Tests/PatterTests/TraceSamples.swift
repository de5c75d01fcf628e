// Events of every kind: one of each, written out, and as many random ones as a test wants.

import Chat
import Interface
import Support
import Terminal

@testable import Patter

enum TraceSamples {
  private static let message = MessageID(high: 0x0123_4567_89AB_CDEF, low: 0xF)
  private static let stream = StreamID(ConversationID(2), attempt: 7)

  /// One event of each kind as it stands in the file, without its time.
  static let all: [(event: AppEvent, line: String)] = [
    (.input(.key(KeyPress(.character("c"), .control))), #""key":{"name":"ctrl-c"}"#),
    (.input(.paste("a\n\t\"b\"")), #""paste":{"text":"a\n\t\"b\""}"#),
    (.input(.wheel(-2)), #""wheel":{"notches":-2}"#),
    (.input(.click(Position(row: 3, column: 14))), #""click":{"column":14,"row":3}"#),
    (.input(.focus(false)), #""focus":{"isHere":false}"#),
    (.input(.hangup), #""hangup":{}"#),
    (.prompt("why?"), #""prompt":{"text":"why?"}"#),
    (.stream(stream, .started(model: "m")), #""started":{"model":"m","stream":"2.7"}"#),
    (
      .stream(stream, .started(model: nil, requestID: "r")),
      #""started":{"requestID":"r","stream":"2.7"}"#
    ),
    (.stream(stream, .text("Hel")), #""text":{"delta":"Hel","stream":"2.7"}"#),
    (.stream(stream, .thinking("Hm")), #""thinking":{"delta":"Hm","stream":"2.7"}"#),
    (.stream(stream, .refusal("No")), #""refusal":{"delta":"No","stream":"2.7"}"#),
    (
      .stream(stream, .toolCall(name: "t", id: "c")),
      #""toolCall":{"id":"c","name":"t","stream":"2.7"}"#
    ),
    (
      .stream(stream, .toolArguments("{}", id: "c")),
      #""toolArguments":{"delta":"{}","id":"c","stream":"2.7"}"#
    ),
    (
      .stream(stream, .finished(.contentFilter)),
      #""finished":{"reason":"contentFilter","stream":"2.7"}"#
    ),
    (
      .stream(stream, .usage(Usage(inputTokens: 3, cachedTokens: 0))),
      #""usage":{"stream":"2.7","tokens":{"cached":0,"input":3}}"#
    ),
    (
      .stream(stream, .completed(.other("max_time"))),
      #""completed":{"reason":"other: max_time","stream":"2.7"}"#
    ),
    (
      .stream(
        stream,
        .failed(
          StreamFailure(
            .rateLimited, "Slow down.", requestID: "r", retryAfterMilliseconds: 3,
            remedy: .never))),
      #""failed":{"failure":{"kind":"rateLimited","message":"Slow down.","remedy":"never","#
        + #""requestID":"r","retryAfterMilliseconds":3},"stream":"2.7"}"#
    ),
    (
      .saved(ConversationID(2), message),
      #""saved":{"conversation":2,"message":"0123456789abcdef000000000000000f"}"#
    ),
    (
      .saveFailed(ConversationID(2), message, reason: "full"),
      #""saveFailed":{"conversation":2,"message":"0123456789abcdef000000000000000f","reason":"full"}"#
    ),
    (
      .modelFound(
        Route("careful", .chain, [ModelID(provider: "a", name: "b/c"), ModelID("d/e")!])!,
        place: "here"),
      #""modelFound":{"place":"here","route":{"models":[{"name":"b/c","provider":"a"},"#
        + #"{"name":"e","provider":"d"}],"name":"careful","order":"chain"}}"#
    ),
    (.modelMissing("none"), #""modelMissing":{"reason":"none"}"#),
    (.modelRefused("not that"), #""modelRefused":{"reason":"not that"}"#),
    (
      .racersFound([ModelID(provider: "a", name: "b/c"), ModelID(provider: "d", name: "e")]),
      #""racersFound":{"models":[{"name":"b/c","provider":"a"},{"name":"e","provider":"d"}]}"#
    ),
    (
      .modelsListed(
        ModelList(
          id: "a", name: "A",
          items: [PickerItem("a/b", details: ["8k", "$1.00 in"]), PickerItem("c", title: "c: d")],
          state: .listed)),
      #""modelsListed":{"list":{"id":"a","items":[{"details":["8k","$1.00 in"],"id":"a/b","#
        + #""title":"a/b"},{"details":[],"id":"c","title":"c: d"}],"name":"A","state":"listed"}}"#
    ),
    (
      .modelsListed(ModelList(id: "a", name: "A", items: [], state: .looking)),
      #""modelsListed":{"list":{"id":"a","items":[],"name":"A","state":"looking"}}"#
    ),
    (
      .modelsListed(ModelList(id: "a", name: "A", items: [], state: .failed("No."))),
      #""modelsListed":{"list":{"id":"a","items":[],"name":"A","reason":"No.","state":"failed"}}"#
    ),
    (
      .files(.listed(FolderListing("src/", folders: ["a"], files: ["b \"c\""]))),
      #""folderListed":{"files":["b \"c\""],"folder":"src/","folders":["a"]}"#
    ),
    (
      .files(
        .inspected(
          3,
          [
            .file(
              FileFacts(.picture(mediaType: "image/png"), byteCount: 7, modified: 9), remark: "r"),
            .missing, .folder, .refused("No."),
          ])),
      #""filesInspected":{"findings":[{"facts":{"bytes":7,"mediaType":"image/png","modified":9},"#
        + #""found":"file","remark":"r"},{"found":"missing"},{"found":"folder"},"#
        + #"{"found":"refused","reason":"No."}],"number":3}"#
    ),
    (
      .files(
        .read(
          3, place: 1,
          .part(
            Part(.image(mediaType: "image/png"), data: [0, 255, 16], pictureName: "a.png"),
            FileFacts(.picture(mediaType: "image/png"), byteCount: 3, modified: 9), remark: nil))),
      #""fileRead":{"number":3,"place":1,"reading":{"data":"AP8Q","facts":{"bytes":3,"#
        + #""mediaType":"image/png","modified":9},"name":"a.png"}}"#
    ),
    (
      .files(
        .read(
          3, place: 0,
          .part(
            Part(.file(name: "n", mediaType: "text/plain"), text: "words\n"),
            FileFacts(.text, byteCount: 6), remark: "mended"))),
      #""fileRead":{"number":3,"place":0,"reading":{"facts":{"bytes":6,"mediaType":"text/plain","#
        + #""modified":0},"name":"n","remark":"mended","text":"words\n"}}"#
    ),
    (
      .files(.read(3, place: 0, .refused("Gone."))),
      #""fileRead":{"number":3,"place":0,"reading":{"reason":"Gone."}}"#
    ),
    (
      .files(.given(["a", "b"], prompt: "why?")),
      #""filesGiven":{"paths":["a","b"],"prompt":"why?"}"#
    ),
    (
      .themesListed(
        ThemeList(items: [PickerItem("nord", details: ["Nord", "dark"])], inUse: "./my.yaml")),
      #""themesListed":{"inUse":"./my.yaml","items":[{"details":["Nord","dark"],"id":"nord","#
        + #""title":"nord"}]}"#
    ),
    (
      .described(
        ModelID(provider: "a", name: "b/c"),
        ModelFacts(
          price: Price(input: 0.15, output: 0.6, cachedInput: 0.075, promptLimit: 200_000),
          windowTokens: 128_000)),
      #""described":{"facts":{"price":{"cached":0.075,"input":0.15,"output":0.6,"#
        + #""promptLimit":200000},"window":128000},"model":{"name":"b/c","provider":"a"}}"#
    ),
    (
      .described(ModelID(provider: "a", name: "b"), ModelFacts(price: Price(input: 1, output: 2))),
      #""described":{"facts":{"price":{"input":1,"output":2}},"model":{"name":"b","provider":"a"}}"#
    ),
    (
      .described(ModelID(provider: "a", name: "b"), ModelFacts()),
      #""described":{"facts":{},"model":{"name":"b","provider":"a"}}"#
    ),
    (.setup(.offered), #""setup":{"event":{"offered":{}}}"#),
    (
      .setup(
        .providers(
          [
            SetupOffer(
              id: "a", name: "A", detail: "needs a key", needsKey: true, variable: "A_KEY",
              address: "https://a")
          ], isLooking: true)),
      #""setup":{"event":{"providers":{"isLooking":true,"offers":[{"address":"https://a","#
        + #""asksAddress":false,"detail":"needs a key","id":"a","isReady":false,"name":"A","#
        + #""needsKey":true,"variable":"A_KEY"}]}}}"#
    ),
    (.setup(.keyWritten(.empty, fault: nil)), #""setup":{"event":{"key":{"count":0}}}"#),
    (
      .setup(.keyWritten(.variable("K", isSet: true), fault: nil)),
      #""setup":{"event":{"key":{"count":0,"isSet":true,"variable":"K"}}}"#
    ),
    (
      .setup(.keyWritten(.hidden(count: 51, end: ""), fault: "No.")),
      #""setup":{"event":{"key":{"count":51,"fault":"No."}}}"#
    ),
    (.setup(.pastedEarly), #""setup":{"event":{"pastedEarly":{}}}"#),
    (.setup(.refused("No.")), #""setup":{"event":{"refused":{"reason":"No."}}}"#),
    (
      .setup(.models([PickerItem("m", details: ["8k"])])),
      #""setup":{"event":{"models":{"items":[{"details":["8k"],"id":"m","title":"m"}]}}}"#
    ),
    (
      .setup(.modelsFailed("No.", isKeyRefused: true)),
      #""setup":{"event":{"modelsFailed":{"isKeyRefused":true,"reason":"No."}}}"#
    ),
    (
      .setup(.modelsFailed("No.", isKeyRefused: false, isUnreachable: true)),
      #""setup":{"event":{"modelsFailed":{"isKeyRefused":false,"isUnreachable":true,"reason":"No."}}}"#
    ),
    (
      .setup(.answered(.text("Hel"))),
      #""text":{"delta":"Hel","stream":"4294967294.1"}"#
    ),
    (
      .setup(
        .planned(
          SetupPlan(
            files: [SetupPlan.File(path: "~/c", lines: ["model: a/m"])], notes: ["n"],
            refusal: "No."))),
      #""setup":{"event":{"planned":{"files":[{"lines":["model: a/m"],"path":"~/c"}],"#
        + #""notes":["n"],"refusal":"No."}}}"#
    ),
    (.setup(.saved("Yes.")), #""setup":{"event":{"saved":{"text":"Yes."}}}"#),
    (.setup(.saveFailed("No.")), #""setup":{"event":{"saveFailed":{"reason":"No."}}}"#),
    (.edited("two\nlines"), #""edited":{"text":"two\nlines"}"#),
    (.notice(Notice("hear", kind: .error)), #""notice":{"kind":"error","text":"hear"}"#),
    (
      .laidOut(ScreenView.Layout(transcript: .init(content: 30, visible: 20, top: 10))),
      #""laidOut":{"transcript":{"content":30,"seen":30,"top":10,"visible":20}}"#
    ),
    (
      .laidOut(
        ScreenView.Layout(
          transcript: .init(content: 30, visible: 20, top: 10, seen: 25),
          reading: MessageID(high: 1, low: 2),
          landmarks: [
            LandmarkRow(.message(MessageID(high: 1, low: 2)), row: 0),
            LandmarkRow(.fold(.thinking(MessageID(high: 1, low: 2), part: 0)), row: 1),
            LandmarkRow(.fold(.attempt(MessageID(high: 1, low: 3))), row: 2),
            LandmarkRow(.code(MessageID(high: 1, low: 2), index: 4), row: 3),
          ], listRow: 17)),
      #""laidOut":{"landmarks":[{"kind":"message","message":"00000000000000010000000000000002","row":0},{"kind":"thinking","message":"00000000000000010000000000000002","number":0,"row":1},{"kind":"attempt","message":"00000000000000010000000000000003","row":2},{"kind":"code","message":"00000000000000010000000000000002","number":4,"row":3}],"listRow":17,"reading":"00000000000000010000000000000002","transcript":{"content":30,"seen":25,"top":10,"visible":20}}"#
    ),
    (
      .laidOut(
        ScreenView.Layout(
          transcript: .init(content: 3, visible: 2, top: 1),
          lane: .init(content: 9, visible: 5, top: 4), pageRow: 1)),
      #""laidOut":{"lane":{"content":9,"seen":9,"top":4,"visible":5},"pageRow":1,"#
        + #""transcript":{"content":3,"seen":3,"top":1,"visible":2}}"#
    ),
    (.clock, #""clock":{}"#),
    (.terminate, #""terminate":{}"#),
    (
      .ownTextsListed(
        OwnTextList(
          kind: .snippet,
          rows: [OwnTextList.Row(name: "bug", description: "A report.", preview: "It {{what}}.")],
          folder: "/h/snippets", notes: ["One is left out."])),
      #""ownTextsListed":{"folder":"/h/snippets","kind":"snippet","notes":["One is left out."],"#
        + #""rows":[{"description":"A report.","name":"bug","preview":"It {{what}}."}]}"#
    ),
    (
      .presetRead(
        Preset(
          "terse", systemPrompt: "Be terse.", route: Route(ModelID(provider: "a", name: "b")),
          options: ReplyOptions(temperature: 0.5, effort: .low), sendPolicy: .queue,
          cutReplyPolicy: .drop), place: "here", isFirst: true),
      #""presetRead":{"isFirst":true,"place":"here","preset":{"cutReplies":"drop","name":"terse","#
        + #""options":{"effort":"low","temperature":0.5},"route":{"models":[{"name":"b","#
        + #""provider":"a"}],"name":"a/b","order":"chain"},"send":"queue","systemPrompt":"Be terse."}}"#
    ),
    (
      .presetRead(Preset("empty"), place: nil),
      #""presetRead":{"isFirst":false,"preset":{"name":"empty","options":{}}}"#
    ),
    (
      .placed(Route(ModelID(provider: "a", name: "b")), place: "there"),
      #""placed":{"place":"there","route":{"models":[{"name":"b","provider":"a"}],"name":"a/b","#
        + #""order":"chain"}}"#
    ),
    (
      .placed(Route(ModelID(provider: "a", name: "b")), place: nil),
      #""placed":{"route":{"models":[{"name":"b","provider":"a"}],"name":"a/b","order":"chain"}}"#
    ),
    (.snippetRead("It {{what}}."), #""snippetRead":{"text":"It {{what}}."}"#),
    (
      .configured(settings),
      #""configured":{"settings":{"chat":{"cutReplies":"keep","modelOptions":[],"#
        + #""options":{"effort":"low"},"retry":{"baseMilliseconds":500,"capMilliseconds":8000,"#
        + #""longestRetryAfterMilliseconds":60000,"retries":2,"totalMilliseconds":90000},"#
        + #""send":"replace","windows":[]},"editing":"emacs","keys":[],"model":"fast","#
        + #""notify":{"leastMilliseconds":10000,"way":"bell"},"streamLimit":4,"systemPrompt":"Be brief.","#
        + #""view":{"attempts":false,"details":true,"mouse":false,"thoughts":true}}}"#
    ),
  ]

  private static var settings: AppSettings {
    var settings = AppSettings()
    settings.chat.options.effort = .low
    settings.systemPrompt = "Be brief."
    settings.model = "fast"
    settings.keys = KeyMap([])
    settings.notify = NotifyPolicy(way: .bell)
    settings.view.thoughts = true
    settings.view.mouse = false
    return settings
  }

  /// Words that have to stay in the file what they are.
  static let words: [(written: String, kind: StreamFailure.Kind)] = [
    ("unreachable", .unreachable), ("insecure", .insecure), ("unauthorized", .unauthorized),
    ("notFound", .notFound), ("rateLimited", .rateLimited), ("quotaExhausted", .quotaExhausted),
    ("tooLong", .tooLong), ("refused", .refused), ("serverFailed", .serverFailed),
    ("notUnderstood", .notUnderstood), ("truncated", .truncated), ("stalled", .stalled),
    ("empty", .empty),
  ]

  // MARK: - Random ones

  private static let texts = [
    "", "word", "\"\\/\u{8}\u{C}\n\r\t", "\0", "\u{1B}[31m", "\u{7F}\u{85}\u{2028}", "e\u{301}",
    "\u{301}", "日本", "👩‍👩‍👧", "\u{FEFF}", "\u{FFFF}", "\u{10FFFF}", "/", "a b", "\r\n", "null", "-",
  ]
  private static let characters: [Character] = [
    "a", "é", "e\u{301}", "\u{301}", "-", "\"", "\\", " ", "日", "👩‍👩‍👧", "f", "\0", "\r\n", "/",
  ]
  private static let counts = [0, 1, 2, 80, 1_000_000_000_000]

  /// Any event; streams and messages are among the first that an app makes, so that it may heed them.
  static func event(_ random: inout Seeded) -> AppEvent {
    let text = text(&random)
    let id = StreamID(
      ConversationID([0, 0, 0, .max].randomElement(using: &random)!),
      attempt: [0, 1, 2, 3, 4, .max].randomElement(using: &random)!)
    let conversation = id.conversation
    switch Int.random(in: 0..<38, using: &random) {
    case 37: return .placed(route(&random), place: maybe(text, &random))
    case 34: return .snippetRead("{{a}}\(text){{a:b}}")
    case 33:
      return .presetRead(
        Preset(
          text, systemPrompt: maybe(text, &random), route: maybe(route(&random), &random),
          options: options(&random),
          sendPolicy: SendPolicy.allCases.randomElement(using: &random),
          cutReplyPolicy: CutReplyPolicy.allCases.randomElement(using: &random)),
        place: maybe(text, &random), isFirst: Bool.random(using: &random))
    case 32:
      return .ownTextsListed(
        OwnTextList(
          kind: OwnTextKind.allCases.randomElement(using: &random)!,
          rows: [OwnTextList.Row(name: text, description: text, preview: text)],
          folder: maybe(text, &random), notes: [text]))
    case 31: return .files(.given([text], prompt: maybe(text, &random)))
    case 30:
      let facts = FileFacts(
        .pdf, byteCount: counts.randomElement(using: &random)!, modified: .min)
      let part = Part(.file(name: text, mediaType: "application/pdf"), data: Array(text.utf8) + [0])
      let readings: [FileReading] = [
        .part(part, facts, remark: maybe(text, &random)), .refused(text),
      ]
      return .files(.read(7, place: 2, readings.randomElement(using: &random)!))
    case 29:
      let listing = FolderListing(text, folders: [text], files: ["a", text])
      let finding = FileFinding.file(FileFacts(.text, byteCount: 0), remark: nil)
      return .files(
        Bool.random(using: &random) ? .listed(listing) : .inspected(0, [finding, .refused(text)]))
    case 35:
      let events: [SetupEvent] = [
        .offered, .keyWritten(.hidden(count: 3, end: ""), fault: maybe(text, &random)),
        .keyWritten(.variable(text, isSet: true), fault: nil), .answered(.text(text)),
        .models([PickerItem(text)]), .modelsFailed(text, isKeyRefused: true), .saved(text),
        .providers([SetupOffer(id: text, name: text, isReady: true)], isLooking: false),
      ]
      return .setup(events.randomElement(using: &random)!)
    case 28: return .racersFound((0...3).map { _ in model(&random) })
    case 27: return .input(.focus(Bool.random(using: &random)))
    case 26:
      return .described(
        model(&random),
        ModelFacts(
          price: maybe(Price(input: 0.25, output: 2, promptLimit: maybe(9, &random)), &random),
          windowTokens: count(&random)))
    case 25:
      return .input(.click(Position(row: counts.randomElement(using: &random)!, column: 0)))
    case 0: return .input(.key(key(&random)))
    case 1: return .input(.paste(text))
    case 2: return .input(.wheel([-1_000_000, -1, 0, 1, 1_000_000].randomElement(using: &random)!))
    case 3: return .input(.hangup)
    case 4: return .prompt(text)
    case 5: return .stream(id, .started(model: maybe(text, &random)))
    case 6: return .stream(id, .text(text))
    case 7: return .stream(id, .thinking(text))
    case 8: return .stream(id, .refusal(text))
    case 9:
      return .stream(
        id,
        Bool.random(using: &random)
          ? .toolCall(name: text, id: text) : .toolArguments(text, id: text))
    case 10: return .stream(id, .finished(reason(&random)))
    case 11:
      return .stream(
        id,
        .usage(
          Usage(
            inputTokens: count(&random), outputTokens: count(&random),
            reasoningTokens: count(&random), cachedTokens: count(&random))))
    case 12: return .stream(id, .completed(reason(&random)))
    case 13: return .stream(id, .failed(failure(&random)))
    case 14: return .saved(conversation, message(&random))
    case 15: return .saveFailed(conversation, message(&random), reason: text)
    case 16: return .modelFound(route(&random), place: text, welcome: maybe(text, &random))
    case 17: return .modelMissing(text)
    case 18: return .modelRefused(text)
    case 19:
      return .notice(Notice(text, kind: Notice.Kind.allCases.randomElement(using: &random)!))
    case 20:
      return .laidOut(
        ScreenView.Layout(
          transcript: rows(&random), overlay: maybe(rows(&random), &random),
          reading: maybe(message(&random), &random),
          landmarks: (0..<Int.random(in: 0...3, using: &random)).map { row in
            LandmarkRow(landmark(&random), row: row)
          }, listRow: maybe(Int.random(in: 0...60, using: &random), &random),
          lane: maybe(rows(&random), &random), pageRow: Int.random(in: 0...1, using: &random)))
    case 21: return .clock
    case 22:
      return .modelsListed(
        ModelList(
          id: text, name: text, items: [PickerItem(text, details: [text])],
          state: [.looking, .listed, .failed(text)].randomElement(using: &random)!))
    case 23:
      return .themesListed(
        ThemeList(
          items: [PickerItem("a"), PickerItem(text, details: [text])],
          inUse: ["a", text].randomElement(using: &random)!))
    case 24: return .edited(text)
    case 36: return .configured(settings(&random))
    default: return .terminate
    }
  }

  static func beginning(_ random: inout Seeded) -> Beginning {
    Beginning(
      seed: message(&random), route: route(&random), settings: settings(&random))
  }

  private static func settings(_ random: inout Seeded) -> AppSettings {
    func time(_ random: inout Seeded) -> Int64 { Int64(count(&random) ?? 500) }
    var settings = AppSettings()
    settings.chat = ChatSettings(
      sendPolicy: SendPolicy.allCases.randomElement(using: &random)!,
      cutReplyPolicy: CutReplyPolicy.allCases.randomElement(using: &random)!,
      retryPolicy: RetryPolicy(
        retries: count(&random) ?? 2, baseMilliseconds: time(&random),
        capMilliseconds: time(&random), longestRetryAfterMilliseconds: time(&random),
        totalMilliseconds: time(&random)),
      windows: [model(&random): 256, model(&random): 1_000_000_000_000],
      options: options(&random), modelOptions: [model(&random): options(&random)])
    settings.systemPrompt = maybe(text(&random), &random)
    settings.model = maybe(text(&random), &random)
    settings.streamLimit = [1, 4, 1000].randomElement(using: &random)!
    settings.editing = EditingStyle.allCases.randomElement(using: &random)!
    settings.notify = [
      NotifyPolicy(), NotifyPolicy(way: .bell), NotifyPolicy(way: .osc9, leastMilliseconds: 0),
    ].randomElement(using: &random)!
    settings.view.details = Bool.random(using: &random)
    settings.view.thoughts = Bool.random(using: &random)
    settings.view.attempts = Bool.random(using: &random)
    settings.view.mouse = Bool.random(using: &random)
    return settings
  }

  private static func options(_ random: inout Seeded) -> ReplyOptions {
    ReplyOptions(
      maxTokens: count(&random), temperature: maybe(0.7, &random), topP: maybe(1, &random),
      stop: maybe([text(&random)], &random) ?? [], seed: maybe(-7, &random),
      effort: ReasoningEffort.allCases.randomElement(using: &random))
  }

  static func instant(_ random: inout Seeded) -> Instant {
    Instant(
      uptimeNanoseconds: [0, 1, 81_250_041, 1_000_000_000_000_000_000].randomElement(
        using: &random)!,
      unixMilliseconds: [-1_000_000_000_000_000, 0, 1_763_700_000_123, 1_000_000_000_000_000]
        .randomElement(using: &random)!,
      asleepNanoseconds: [-312, 0, 7, 1_000_000_000_000_000_000].randomElement(using: &random)!)
  }

  private static func text(_ random: inout Seeded) -> String {
    texts.randomElement(using: &random)! + texts.randomElement(using: &random)!
  }

  private static func maybe<Value>(_ value: Value, _ random: inout Seeded) -> Value? {
    Bool.random(using: &random) ? value : nil
  }

  private static func count(_ random: inout Seeded) -> Int? {
    maybe(counts.randomElement(using: &random)!, &random)
  }

  private static func key(_ random: inout Seeded) -> KeyPress {
    let key: KeyPress.Key =
      switch Int.random(in: 0..<3, using: &random) {
      case 0: .character(characters.randomElement(using: &random)!)
      case 1: .function(Int.random(in: 1...63, using: &random))
      default: TracedEvent.namedKeys.randomElement(using: &random)!
      }
    return KeyPress(key, KeyPress.Modifiers(rawValue: UInt8.random(in: 0...7, using: &random)))
  }

  private static func reason(_ random: inout Seeded) -> StopReason {
    [.stop, .length, .contentFilter, .refusal, .toolCalls, .other(text(&random))]
      .randomElement(using: &random)!
  }

  private static func failure(_ random: inout Seeded) -> StreamFailure {
    StreamFailure(
      StreamFailure.Kind.allCases.randomElement(using: &random)!, text(&random),
      requestID: maybe(text(&random), &random), retryAfterMilliseconds: count(&random),
      remedy: StreamFailure.Remedy.allCases.randomElement(using: &random)!)
  }

  private static func message(_ random: inout Seeded) -> MessageID {
    MessageID(high: random.next() >> UInt64.random(in: 0...63, using: &random), low: random.next())
  }

  private static func model(_ random: inout Seeded) -> ModelID {
    ModelID(provider: text(&random), name: text(&random))
  }

  private static func route(_ random: inout Seeded) -> Route {
    let models = (0...Int.random(in: 0...3, using: &random)).map { _ in model(&random) }
    return Route(text(&random), Route.Order.allCases.randomElement(using: &random)!, models)!
  }

  private static func rows(_ random: inout Seeded) -> Viewport.Rows {
    Viewport.Rows(
      content: counts.randomElement(using: &random)!,
      visible: counts.randomElement(using: &random)!, top: counts.randomElement(using: &random)!,
      seen: counts.randomElement(using: &random)!)
  }

  private static func landmark(_ random: inout Seeded) -> Landmark {
    let id = message(&random)
    let number = counts.randomElement(using: &random)!
    switch Int.random(in: 0...3, using: &random) {
    case 0: return .message(id)
    case 1: return .fold(.thinking(id, part: number))
    case 2: return .fold(.attempt(id))
    default: return .code(id, index: number)
    }
  }
}

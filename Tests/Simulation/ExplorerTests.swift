import Chat
import Testing

/// What streams say.
enum Reply {
  static let whole: [StreamEvent] = [.text("a"), .text("b"), .completed(.stop)]
  static let short: [StreamEvent] = [.text("a"), .completed(.stop)]
  static let long: [StreamEvent] = [
    .started(model: nil), .text("a"), .finished(.stop), .usage(Usage(outputTokens: 1)),
    .completed(.stop),
  ]
  static let refused: [StreamEvent] = [
    .started(model: nil), .failed(StreamFailure(.serverFailed, "500")),
  ]
  static let cut: [StreamEvent] = [.text("c"), .failed(StreamFailure(.truncated, "cut"))]
  static let unauthorized: [StreamEvent] = [.failed(StreamFailure(.unauthorized, "401"))]
}

/// A script and the world it runs in.
struct Scenario: Sendable, CustomTestStringConvertible {
  let name: String
  let script: [UserStep]
  var plan: Plan

  var testDescription: String { name }

  init(_ name: String, _ script: [UserStep], _ plan: Plan) {
    self.name = name
    self.script = script
    self.plan = plan
  }

  private static func settings(
    _ policy: SendPolicy = .replace, retries: Int = 2, cut: CutReplyPolicy = .keep
  ) -> ChatSettings {
    ChatSettings(
      sendPolicy: policy, cutReplyPolicy: cut, retryPolicy: RetryPolicy(retries: retries))
  }

  private static let patient = Preset(
    "patient", systemPrompt: "be patient", options: ReplyOptions(temperature: 0.5, effort: .high),
    sendPolicy: .queue)
  private static let terse = Preset("terse", systemPrompt: "be terse", cutReplyPolicy: .drop)

  private static let three: [UserStep] = [.send("one"), .send("two"), .send("three")]

  static let all: [Scenario] =
    SendPolicy.allCases.map { policy in
      Scenario(
        "three prompts, policy \(policy)", three,
        Plan(settings: settings(policy), replies: ["a": [Reply.whole]]))
    } + [
      Scenario(
        "three prompts, a disk that fails", three,
        Plan(disk: .failing, replies: ["a": [Reply.short]])),
      Scenario(
        "stop and send again", [.send("one"), .cancel, .send("two"), .cancel],
        Plan(replies: ["a": [Reply.long]])),
      Scenario(
        "retry again and again", [.send("one"), .retry, .retry, .cancel],
        Plan(replies: ["a": [Reply.whole]])),
      Scenario(
        "keys when there is nothing to do",
        [.cancel, .retry, .nextModel, .takeBack, .send("one"), .cancel, .cancel, .takeBack],
        Plan(replies: ["a": [Reply.whole]])),
      Scenario(
        "replies that break in the middle", [.send("one"), .retry, .send("two"), .cancel],
        Plan(settings: settings(cut: .drop), replies: ["a": [Reply.cut]])),
      Scenario(
        "replies of nothing to read", [.send("one"), .send("two"), .cancel, .send("three")],
        Plan(
          settings: settings(cut: .note),
          replies: ["a": [[.text(" \n"), .completed(.stop)], [.thinking("x")]]])),
      Scenario(
        "back-off with keys", [.send("one"), .retry, .cancel],
        Plan(
          settings: settings(retries: 2),
          replies: ["a": [Reply.refused, Reply.refused, Reply.whole]])),
      Scenario(
        "back-off and another prompt", [.send("one"), .send("two"), .cancel],
        Plan(settings: settings(retries: 1), replies: ["a": [Reply.refused, Reply.whole]])),
      Scenario(
        "back-off to the end", [.send("one"), .send("two")],
        Plan(settings: settings(retries: 2), replies: ["a": [Reply.refused]])),
      Scenario(
        "fallback", [.send("one"), .nextModel, .cancel, .send("two")],
        Plan(
          settings: settings(retries: 1), models: ["a", "b"],
          replies: ["a": [Reply.refused, Reply.unauthorized], "b": [Reply.whole, Reply.cut]])),
      Scenario(
        "queue, stopped and taken back",
        [.send("one"), .send("two"), .send("three"), .cancel, .takeBack, .retry],
        Plan(settings: settings(.queue), disk: .quick, replies: ["a": [Reply.whole, Reply.cut]])),
      Scenario(
        "queue over replies that fail", [.send("one"), .send("two"), .retry, .send("three")],
        Plan(
          settings: settings(.queue, retries: 1), disk: .quick,
          replies: ["a": [Reply.refused, Reply.whole, Reply.cut]])),
      Scenario(
        "two conversations at once",
        [.send("one"), .open, .send("two"), .show(1), .send("three"), .cancel],
        Plan(disk: .quick, replies: ["a": [Reply.whole]])),
      Scenario(
        "two conversations and one place",
        [.send("one"), .open, .send("two"), .cancel, .show(1), .send("three")],
        Plan(
          settings: settings(retries: 1), streamLimit: 1,
          replies: ["a": [[.text("a"), .completed(.stop)], Reply.refused]])),
      Scenario(
        "a conversation is deleted", [.send("one"), .open, .send("two"), .delete(1), .leave],
        Plan(disk: .failing, replies: ["a": [Reply.short]])),
      Scenario(
        "edits of the last prompt", [.send("one"), .edit(0, "two"), .edit(1, "three"), .cancel],
        Plan(replies: ["a": [Reply.whole, Reply.cut]])),
      Scenario(
        "edits of earlier prompts",
        [.send("one"), .send("two"), .edit(0, "three"), .edit(1, "four"), .edit(9, "five")],
        Plan(disk: .quick, replies: ["a": [Reply.short]])),
      Scenario(
        "edits that wait",
        [.send("one"), .send("two"), .edit(0, "three"), .edit(0, "four"), .cancel, .send("five")],
        Plan(settings: settings(.queue), disk: .quick, replies: ["a": [Reply.whole]])),
      Scenario(
        "an edit while backing off", [.send("one"), .edit(0, "two"), .retry, .takeBack],
        Plan(settings: settings(retries: 1), replies: ["a": [Reply.refused, Reply.whole]])),
      Scenario(
        "one prompt otherwise than the rest",
        [
          .send("one"), .send("two", as: .queue), .send("three", as: .block),
          .edit(0, "four", as: .queue), .send("five", as: .replace),
        ],
        Plan(disk: .quick, replies: ["a": [Reply.whole, Reply.cut]])),
      Scenario(
        "replaced and not queued", [.send("one"), .send("two"), .edit(0, "three", as: .replace)],
        Plan(settings: settings(.queue), replies: ["a": [Reply.whole]])),
      Scenario(
        "another instruction and other effort",
        [
          .setEffort(.high), .send("one"), .setSystemPrompt("be kind"), .open, .setEffort(nil),
          .send("two"), .setSystemPrompt(" \n"), .show(1), .retry,
        ],
        Plan(
          settings: ChatSettings(
            retryPolicy: RetryPolicy(retries: 1), options: ReplyOptions(effort: .low)),
          systemPrompt: "be brief", disk: .quick,
          replies: ["a": [Reply.refused, [.text("a"), .completed(.stop)]]])),
      Scenario(
        "presets that come and go",
        [
          .usePreset(patient), .send("one"), .usePreset(terse), .send("two"),
          .setSystemPrompt("be brave"), .open, .send("three"), .show(1), .usePreset(nil), .retry,
        ],
        Plan(
          settings: settings(retries: 1), systemPrompt: "be brief", disk: .quick,
          replies: ["a": [Reply.refused, [.text("a"), .completed(.stop)]]])),
      Scenario(
        "another branch while a reply is live",
        [.send("one"), .retry, .choose(1), .cancel, .send("two"), .choose(2), .send("three")],
        Plan(disk: .quick, replies: ["a": [Reply.whole]])),
      Scenario(
        "another branch while a reply backs off",
        [.send("one"), .retry, .choose(1), .retry, .choose(0), .nextModel],
        Plan(
          settings: settings(retries: 1), models: ["a", "b"], disk: .quick,
          replies: ["a": [Reply.refused, Reply.short], "b": [Reply.cut]])),
      Scenario(
        "another branch while prompts wait",
        [.send("one"), .retry, .send("two"), .edit(0, "uno"), .choose(1), .send("three")],
        Plan(settings: settings(.queue), disk: .quick, replies: ["a": [Reply.whole, Reply.cut]])),
      Scenario(
        "the rest of a reply that was cut",
        [.send("one"), .cancel, .continueReply, .cancel, .continueReply, .send("two")],
        Plan(
          settings: settings(retries: 1), replies: ["a": [Reply.whole, Reply.refused, Reply.cut]])),
      Scenario(
        "the rest, told again from the start",
        [.send("one"), .continueReply, .continueReply, .choose(1), .continueReply],
        Plan(
          disk: .quick,
          replies: [
            "a": [
              [.text("the quick brown fox"), .failed(StreamFailure(.truncated, "cut"))],
              [.text("the quick br"), .text("own fox jumps"), .completed(.length)],
              [.text("brown fox jumps"), .text(" over"), .completed(.stop)],
            ]
          ])),
      Scenario(
        "prompts that wait are moved and taken back",
        [
          .send("one"), .send("two"), .send("three"), .edit(0, "four"), .movePrompt(2, by: -1),
          .takeBackPrompt(1), .movePrompt(0, by: 5), .cancel, .takeBackPrompt(0), .send("five"),
        ],
        Plan(settings: settings(.queue), disk: .quick, replies: ["a": [Reply.whole]])),
      Scenario(
        "a race that is decided", [.race("one"), .choose(2), .pickWinner, .send("two")],
        Plan(replies: ["a": [Reply.whole], "b": [Reply.whole]])),
      Scenario(
        "a race that is stopped, and decided then",
        [.race("one"), .cancel, .choose(2), .pickWinner, .continueReply, .pickWinner],
        Plan(disk: .quick, replies: ["a": [Reply.whole], "b": [Reply.cut, Reply.whole]])),
      Scenario(
        "a race in which one breaks", [.race("one"), .choose(2), .retry],
        Plan(
          settings: settings(retries: 1), disk: .quick,
          replies: ["a": [Reply.short], "b": [Reply.refused, Reply.short]])),
      Scenario(
        "a race after another", [.race("one"), .race("two"), .nextModel, .choose(0)],
        Plan(
          settings: settings(retries: 1), models: ["a", "b"], disk: .quick,
          replies: ["a": [Reply.short], "b": [Reply.unauthorized]])),
      Scenario(
        "a race and prompts that wait", [.race("one"), .send("two"), .race("three"), .pickWinner],
        Plan(
          settings: settings(.queue), disk: .quick,
          replies: ["a": [Reply.whole], "b": [[.text("b"), .completed(.stop)]]])),
      Scenario(
        "a race for one place",
        [.race("one"), .open, .send("two"), .cancel, .show(1), .pickWinner, .cancel],
        Plan(
          streamLimit: 1, disk: .quick,
          replies: [
            "a": [Reply.short], "b": [[.text("b"), .completed(.stop)]],
          ])
      ),
      Scenario(
        "conversations are deleted and brought back",
        [.send("one"), .open, .send("two"), .delete(1), .delete(2), .restore, .retry],
        Plan(disk: .quick, replies: ["a": [Reply.short]])),
      Scenario(
        "a conversation is deleted before the disk has answered",
        [.send("one"), .delete(1), .restore, .retry],
        Plan(disk: .failing, replies: ["a": [[.completed(.stop)]]])),
      Scenario(
        "conversations are closed and opened again",
        [.send("one"), .open, .send("two"), .close(1), .show(1), .retry, .close(1), .close(2)],
        Plan(
          settings: settings(retries: 1), streamLimit: 1, disk: .quick,
          replies: ["a": [[.text("a"), .completed(.stop)], Reply.refused]])),
      Scenario(
        "three conversations and two places",
        [.send("one"), .open, .send("two"), .open, .send("three"), .show(2), .cancel, .leave],
        Plan(streamLimit: 2, disk: .quick, replies: ["a": [Reply.short]])),
      Scenario(
        "the program ends", [.send("one"), .open, .send("two"), .leave],
        Plan(replies: ["a": [Reply.refused, Reply.whole]])),
    ]
}

@Suite struct `Every interleaving` {
  @Test(arguments: Scenario.all)
  func `of a script keeps every promise`(scenario: Scenario) {
    let exploration = Exploration(scenario.script, scenario.plan)
    print("explored \(exploration.stateCount) states: \(scenario.name)")
    #expect(exploration.broken == nil, "\(String(describing: exploration.broken))")
    #expect(exploration.stateCount > 20)
  }
}

// The guide with tables of a size to be read at a glance, and how the tests ask it.

import Chat
import Providers

enum GuideAsking {
  typealias Row = GuideTables.Row

  /// Tables as the executable makes them, fewer rows, and some that no real table has.
  static let tables = GuideTables(
    keys: [
      Row(name: "Enter", help: "send the draft; while a reply is live, replace it"),
      Row(name: "Esc", help: "close what is open, else stop the reply"),
      Row(name: "Ctrl-C", help: "stop the reply, else clear the draft, else quit (twice)"),
      Row(name: "Alt-R, F5", help: "send the last prompt again"),
      Row(name: "PgUp", help: "scroll up"),
      Row(name: "Ctrl-J, Alt-Enter, Shift-Enter", help: "new line in the draft"),
      Row(name: "Up", help: "line above, else the earlier prompt"),
      Row(name: "Ctrl-B, Left", help: "one to the left | or not"),
    ],
    commands: [
      Row(name: "/model PROVIDER/NAME", help: "ask this model from now on"),
      Row(name: "/theme NAME", help: "draw in this theme"),
      Row(name: "/retry, /r", help: "send the last prompt again"),
      Row(name: "/quit", help: "leave Patter"),
    ],
    providers: [
      Row(
        name: "OpenAI", help: "set `OPENAI_API_KEY`",
        commandLines: ["export OPENAI_API_KEY=…", "patter -m openai/NAME"]),
      Row(name: "llama.cpp", help: "found by itself", commandLines: ["llama-server -m FILE"]),
      Row(name: "Zebra", help: "stripes needed", commandLines: ["patter -m zebra/NAME"]),
    ],
    places: [
      Row(name: "~/.config/patter/themes", help: "your themes"),
      Row(name: "PATTER_DISCOVER", help: "`0` looks for no server"),
    ],
    version: "9.8.7")

  static func answer(
    _ prompts: [String], later: Bool = false, tables given: GuideTables = tables
  ) -> String {
    var messages: [Outgoing.Message] = []
    if later {
      messages.append(.init(role: .user, parts: [.text("hello")]))
      messages.append(.init(role: .assistant, parts: [.text("Hello!")]))
    }
    messages.append(.init(role: .user, parts: prompts.map { .text($0) }))
    let model = ModelID(provider: "guide", name: "guide")
    return Guide(given).answer(to: Outgoing(model: model, messages: messages))
  }

  static func later(_ prompt: String, tables given: GuideTables = tables) -> String {
    answer([prompt], later: true, tables: given)
  }

  /// One phrasing for each answer the guide has, and some it has none for.
  static let prompts = [
    "hello", "who are you", "help", "keys", "commands", "connect a model", "configuration",
    "themes", "how do I stop", "resend", "quit", "scroll", "new line", "something long",
    "markdown", "unicode", "thanks", "bye", "What is the capital of France?",
    "what does esc do", "ctrl-q", "/model", "",
  ]
}

import Providers
import Testing

@Suite struct `The guide, asked about Patter` {
  @Test(arguments: ["keys", "Which shortcuts are there?", "show me the KEYBOARD", "key bindings"])
  func `lists every key`(prompt: String) {
    let text = GuideAsking.later(prompt)
    for row in GuideAsking.tables.keys { #expect(text.contains("`\(row.name)`")) }
  }

  @Test(arguments: [
    "what does esc do", "Esc", "escape?", "What happens when I press the escape key?",
  ])
  func `says what one key does, from its row`(prompt: String) {
    let text = GuideAsking.later(prompt)
    #expect(text.contains("- `Esc`: close what is open, else stop the reply"))
    #expect(!text.contains("Alt-R"))
  }

  @Test(arguments: [
    ("ctrl-c", "Ctrl-C"), ("what is Ctrl+C for", "Ctrl-C"), ("^C", "Ctrl-C"),
    ("control c", "Ctrl-C"), ("what does F5 do?", "Alt-R, F5"), ("page up", "PgUp"),
    ("pageup", "PgUp"), ("what does up do", "Up"), ("the enter key", "Enter"),
    ("shift-enter", "Ctrl-J, Alt-Enter, Shift-Enter"), ("what's alt+return", "Ctrl-J, Alt-Enter"),
  ])
  func `knows a key however it is spelled`(prompt: String, name: String) {
    #expect(GuideAsking.later(prompt).hasPrefix("- `\(name)"))
  }

  @Test func `answers for each of several keys`() {
    let text = GuideAsking.later("what do ctrl-c and esc do?")
    #expect(text.hasPrefix("- `Ctrl-C`: stop"))
    #expect(text.contains("\n- `Esc`: close"))
  }

  @Test(arguments: [
    ("ctrl-q", "Ctrl-Q"), ("what does alt shift x do", "Alt-Shift-X"), ("f9", "F9"),
  ])
  func `says that nothing is bound to a key without a row`(prompt: String, name: String) {
    #expect(GuideAsking.later(prompt).contains("`\(name)`: nothing is bound to it"))
  }

  @Test(arguments: [
    "is this the end of the world?", "where did they go up to", "a vitamin c tablet",
  ])
  func `takes no plain word for a key`(prompt: String) {
    #expect(GuideAsking.later(prompt).hasPrefix("I cannot think about that"))
  }

  @Test func `answers with the rows it was given and no others`() {
    var changed = GuideAsking.tables
    changed.keys = [GuideTables.Row(name: "F7", help: "stop the reply at once")]
    #expect(GuideAsking.later("f7", tables: changed).contains("`F7`: stop the reply at once"))
    #expect(
      GuideAsking.later("how do I stop?", tables: changed).contains("`F7`: stop the reply at once"))
    #expect(
      GuideAsking.later("something long", tables: changed).contains("`F7`: stop the reply at once"))
    #expect(
      GuideAsking.later("what does esc do", tables: changed).contains(
        "`Esc`: nothing is bound to it"))
    for prompt in ["keys", "stop", "resend", "quit", "scroll", "help", "hello", "who are you"] {
      #expect(!GuideAsking.later(prompt, tables: changed).contains("Esc"))
    }
  }

  @Test(arguments: [
    "slash commands", "Which commands do you know?", "what can I type after a slash",
  ])
  func `lists every command`(prompt: String) {
    let text = GuideAsking.later(prompt)
    for row in GuideAsking.tables.commands {
      #expect(text.contains("| `\(row.name)` | \(row.help) |"))
    }
  }

  @Test(arguments: ["what does /r do", "/retry", "explain `/retry`, please"])
  func `says what one command does`(prompt: String) {
    #expect(GuideAsking.later(prompt).hasPrefix("- `/retry, /r`: send the last prompt again"))
  }

  @Test func `takes no path for a command`() {
    #expect(!GuideAsking.later("what is in /r/hosts").contains("/retry, /r"))
  }

  @Test func `keeps a bar of a row inside its cell`() {
    #expect(GuideAsking.later("keys").contains("| one to the left \\| or not |"))
  }

  @Test(arguments: [
    "How do I connect a model?", "providers", "where does my API key go", "can I use Mistral here",
    "I want to talk to a real model", "use my own server",
  ])
  func `shows how each provider is connected`(prompt: String) {
    let text = GuideAsking.later(prompt)
    for row in GuideAsking.tables.providers {
      #expect(text.contains("- **\(row.name)**: \(row.help)"))
      #expect(text.contains((["# \(row.name)"] + row.commandLines).joined(separator: "\n")))
    }
    #expect(text.contains("`/model PROVIDER/NAME`"))
  }

  @Test func `gives many providers a line each, and says where there is more`() {
    var many = GuideAsking.tables
    many.providers += (1...17).map { number in
      GuideTables.Row(
        name: "Herd \(number)", help: "help \(number)",
        commandLines: ["export HERD\(number)_KEY=…", "patter -m herd\(number)/NAME"])
    }
    let text = GuideAsking.later("connect a model", tables: many)
    #expect(text.contains("| Herd 9 | `export HERD9_KEY=…`, `patter -m herd9/NAME` |"))
    #expect(!text.contains("help 9"))
    #expect(text.contains("by its name"))
    #expect(text.contains("`/model PROVIDER/NAME`"))
    #expect(GuideAsking.later("herd 9", tables: many).contains("- **Herd 9**: help 9"))
    let unknown = GuideAsking.later("why?", tables: many)
    #expect(unknown.contains("(OpenAI, llama.cpp, Zebra, Herd 1, Herd 2, Herd 3 and 14 more)"))
  }

  @Test(arguments: [
    ("how about Llama.cpp?", "llama.cpp"), ("zebra", "Zebra"), ("openai", "OpenAI"),
  ])
  func `shows one provider when it is named`(prompt: String, name: String) {
    let text = GuideAsking.later(prompt)
    for row in GuideAsking.tables.providers {
      #expect(text.contains("**\(row.name)**") == (row.name == name))
    }
  }

  @Test(arguments: ["configuration", "Where are my settings?", "which environment variables"])
  func `lists the places`(prompt: String) {
    let text = GuideAsking.later(prompt)
    for row in GuideAsking.tables.places { #expect(text.contains("- `\(row.name)`: \(row.help)")) }
  }

  @Test(arguments: ["themes", "change the colours", "is there a dark mode?"])
  func `lists the places of themes`(prompt: String) {
    let text = GuideAsking.later(prompt)
    #expect(text.contains("`~/.config/patter/themes`"))
    #expect(text.contains("`/theme NAME`"))
    #expect(!text.contains("PATTER_DISCOVER"))
  }

  @Test(arguments: ["How do I stop you?", "cancel", "can I interrupt a reply"])
  func `shows all that stops a reply`(prompt: String) {
    let text = GuideAsking.later(prompt)
    #expect(text.contains("`Esc`"))
    #expect(text.contains("`Ctrl-C`"))
    #expect(!text.contains("`PgUp`"))
  }

  @Test(arguments: ["resend", "How do I retry?", "replace a reply", "ask the same thing again"])
  func `shows all that sends again`(prompt: String) {
    let text = GuideAsking.later(prompt)
    for name in ["Enter", "Alt-R, F5", "/retry, /r"] { #expect(text.contains("- `\(name)`:")) }
    #expect(!text.contains("`Esc`"))
  }

  @Test(arguments: ["how do I quit", "exit", "bye"])
  func `shows all that leaves`(prompt: String) {
    let text = GuideAsking.later(prompt)
    for name in ["Ctrl-C", "/quit"] { #expect(text.contains("- `\(name)`:")) }
  }

  @Test func `shows how to scroll and how to begin a line`() {
    #expect(GuideAsking.later("how do I scroll?").contains("`PgUp`"))
    #expect(GuideAsking.later("how do I type a new line").contains("Shift-Enter"))
  }
}

// How the words of a command line are read.

import Chat
import Interface
import Providers
import Testing

@testable import Patter

struct ArgumentsTests {
  @Test func `replays the file that stands alone behind replay`() throws {
    #expect(try Arguments(["replay", "run.trace"]).wish == .replay("run.trace"))
    #expect(try Arguments(["replay", "run.trace"]).prompt == nil)
  }

  @Test(arguments: [
    (["replay", "the", "scene"], "replay the scene"), (["--", "replay"], "replay"),
    (["--", "replay", "it"], "replay it"), (["--trace", "file", "replay", "it"], "replay it"),
    (["Replay", "it"], "Replay it"), (["replay it"], "replay it"),
  ])
  func `takes other lines with that word for prompts`(words: [String], prompt: String) throws {
    let arguments = try Arguments(words)
    #expect(arguments.wish == .chat)
    #expect(arguments.prompt == prompt)
  }

  @Test(arguments: [["models"], ["models", "openai"]])
  func `lists models where the word stands alone or with a provider`(words: [String]) throws {
    #expect(try Arguments(words).wish == .models(words.count > 1 ? words[1] : nil))
    #expect(try Arguments(words).prompt == nil)
  }

  @Test(arguments: [
    (["models", "of", "the", "moon"], "models of the moon"), (["--", "models"], "models"),
    (["--", "models", "openai"], "models openai"), (["models openai"], "models openai"),
    (["-m", "a/b", "models"], "models"), (["Models"], "Models"),
  ])
  func `takes other lines with models for prompts`(words: [String], prompt: String) throws {
    let arguments = try Arguments(words)
    #expect(arguments.wish == .chat)
    #expect(arguments.prompt == prompt)
  }

  @Test func `prints the keys where the word stands alone, and looks at them with --probe`() throws
  {
    #expect(try Arguments(["keys"]).wish == .keys)
    #expect(try Arguments(["keys", "--probe"]).wish == .probeKeys)
    #expect(try Arguments(["keys", "--help"]).wish == .help)
    #expect(throws: Arguments.Fault.self) { try Arguments(["--probe", "keys"]) }
  }

  @Test(arguments: [
    (["keys", "of", "a", "piano"], "keys of a piano"), (["keys", "please"], "keys please"),
    (["--", "keys"], "keys"), (["--", "keys", "--probe"], "keys --probe"), (["Keys"], "Keys"),
  ])
  func `takes other lines with keys for prompts`(words: [String], prompt: String) throws {
    let arguments = try Arguments(words)
    #expect(arguments.wish == .chat)
    #expect(arguments.prompt == prompt)
  }

  @Test func `shows the help of models as that of everything`() throws {
    #expect(try Arguments(["models", "--help"]).wish == .help)
  }

  @Test func `shows the help of replay as that of everything`() throws {
    #expect(try Arguments(["replay", "--help"]).wish == .help)
  }

  @Test func `takes the name of a trace`() throws {
    #expect(try Arguments(["--trace", "a"]).trace == "a")
    #expect(try Arguments(["--trace=a b", "hello"]).trace == "a b")
    #expect(try Arguments(["hello"]).trace == nil)
  }

  @Test func `takes what is asked of replies, for a chat and for one reply`() throws {
    for print in [[], ["-p"]] {
      let arguments = try Arguments(
        print + ["-s", "Be brief.", "--max-tokens=100", "--temperature", "0.5", "hi"])
      #expect(arguments.systemPrompt == "Be brief.")
      #expect(arguments.options == ReplyOptions(maxTokens: 100, temperature: 0.5))
      #expect(arguments.prompt == "hi")
    }
    #expect(try Arguments(["--system", ""]).systemPrompt == "")
  }

  @Test func `takes files for a chat as well`() throws {
    let arguments = try Arguments(["-f", "a", "why?"])
    #expect(arguments.wish == .chat)
    #expect(arguments.files == ["a"])
    #expect(arguments.prompt == "why?")
  }

  @Test func `takes what goes with -p, wherever that stands`() throws {
    let arguments = try Arguments([
      "--json", "-f", "a", "--no-stream", "--file", "b", "--timeout", "90", "--idle-timeout=500 ms",
      "hi", "-p",
    ])
    #expect(arguments.wish == .print)
    #expect(arguments.files == ["a", "b"])
    #expect(
      arguments.printing
        == Arguments.Printing(
          form: PrintedForm(isJSON: true, isWhole: true),
          timeoutMilliseconds: 90_000, idleTimeoutMilliseconds: 500))
  }

  @Test func `what the command line asks goes before what is configured, for every model`() throws {
    let model = ModelID(provider: "openai", name: "test")
    var configuration = Configuration()
    configuration.systemPrompt = "Be long."
    configuration.options = ReplyOptions(maxTokens: 1, seed: 7)
    configuration.modelOptions = [model: ReplyOptions(temperature: 1, topP: 0.5)]
    configuration.take(try Arguments([]))
    #expect(configuration.systemPrompt == "Be long.")
    #expect(configuration.options == ReplyOptions(maxTokens: 1, seed: 7))

    configuration.take(
      try Arguments([
        "-p", "-s", "Be brief.", "--max-tokens", "100", "--temperature", "0", "--idle-timeout", "3",
      ]))
    #expect(configuration.systemPrompt == "Be brief.")
    #expect(configuration.options == ReplyOptions(maxTokens: 100, temperature: 0, seed: 7))
    #expect(
      configuration.modelOptions == [
        model: ReplyOptions(maxTokens: 100, temperature: 0, topP: 0.5)
      ])
    #expect(configuration.limits.silenceMilliseconds == 3000)
    #expect(configuration.limits.progressMilliseconds == 3000)
    let settings = AppSettings(configuration)
    #expect(settings.chat.options == configuration.options)
    #expect(settings.chat.modelOptions == configuration.modelOptions)
    #expect(settings.systemPrompt == "Be brief.")

    configuration.take(try Arguments(["-s", " "]))
    #expect(configuration.systemPrompt == nil)
  }
}

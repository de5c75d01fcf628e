// How the words of a command line are read.

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
}

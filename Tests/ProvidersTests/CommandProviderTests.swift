// What a program of this machine is started with and given to read.

import Chat
import Testing
import Wire

@testable import Providers

private let picture = Part(.image(mediaType: "image/png"), data: [1, 2, 255])
private let notes = Part(.file(name: "notes.txt", mediaType: "text/plain"), text: "buy milk")

/// A talk whose last prompt has these parts.
private func talk(_ parts: Part...) -> Outgoing {
  var talk = Outgoing(
    model: ModelID(provider: "say", name: "m/1"), systemPrompt: "Be brief.",
    messages: [
      .init(role: .user, parts: [.text("Hi")]),
      .init(role: .assistant, parts: [Part(.thinking, text: "hidden"), .text("Yes")]),
      .init(role: .user, parts: parts),
    ])
  talk.options = ReplyOptions(maxTokens: 100, temperature: 0.5, effort: .max)
  return talk
}

struct `A program as a provider` {
  private func input(_ kind: CommandProvider.Input, _ outgoing: Outgoing) throws -> String {
    let command = try CommandProvider(["say"], input: kind).command(for: outgoing)
    return String(decoding: command.input, as: UTF8.self)
  }

  @Test func `is started with its arguments and told the model's name`() throws {
    let command = try CommandProvider(["say", "-n"]).command(for: talk(.text("Why?")))
    #expect(command.arguments == ["say", "-n"])
    #expect(command.environment == ["PATTER_MODEL": "m/1"])
  }

  @Test func `reads the last prompt and nothing else`() throws {
    #expect(try input(.prompt, talk(.text("Why?"))) == "Why?")
  }

  @Test func `reads text files before the prompt`() throws {
    #expect(
      try input(.prompt, talk(notes, .text("What?")))
        == "<file name=\"notes.txt\">\nbuy milk\n</file>\n\nWhat?")
  }

  @Test func `that reads a prompt is not started for a picture`() {
    #expect {
      try input(.prompt, talk(picture, .text("What?")))
    } throws: { error in
      let failure = error as? StreamFailure
      return failure?.kind == .refused
        && failure?.message
          == "say cannot be given a picture of the type image/png; nothing was sent. It takes text, or "
          + "anything where its configuration says 'input: json'."
    }
  }

  @Test func `reads the whole talk as one line of JSON`() throws {
    #expect(
      try input(.json, talk(.text("Why?\nNow."), notes))
        == #"{"messages":[{"content":"Hi","role":"user"},{"content":"Yes","role":"assistant"},"#
        + #"{"content":"Why?\nNow.\n\n<file name=\"notes.txt\">\nbuy milk\n</file>","role":"user"}],"#
        + #""model":"m/1","options":{"max_tokens":100,"reasoning_effort":"max","temperature":0.5},"#
        + #""system":"Be brief."}"# + "\n")
  }

  @Test func `reads pictures and files as Base64 in their order`() throws {
    let pdf = Part(.file(name: "a\n.pdf", mediaType: "application/pdf"), data: [1, 2, 255])
    let text = try input(.json, talk(picture, pdf, notes, .text("What?")))
    #expect(
      text.contains(
        #"{"content":[{"data":"AQL/","media_type":"image/png","type":"image"},"#
          + #"{"data":"AQL/","media_type":"application/pdf","name":"a .pdf","type":"file"},"#
          + #"{"text":"<file name=\"notes.txt\">\nbuy milk\n</file>","type":"text"},"#
          + #"{"text":"What?","type":"text"}],"role":"user"}"#))
    #expect(text.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
  }

  @Test func `reads no system prompt that is blank, and options only where there are any`() throws {
    var bare = talk(.text("Why?"))
    bare.systemPrompt = " \n"
    bare.options = ReplyOptions()
    bare.messages.removeFirst(2)
    #expect(
      try input(.json, bare)
        == #"{"messages":[{"content":"Why?","role":"user"}],"model":"m/1","options":{}}"# + "\n")
  }

  @Test func `lies in the user's home where its words say so`() {
    let words = ["~/bin/say", "~/voice", "~", "a~/b", "~other/c"]
    func found(_ environment: [String: String]) -> ModelFinder.Source? {
      var finder = ModelFinder(
        .standard, environment: environment, wanted: nil,
        commands: ["say": CommandProvider(words, input: .json)], userAgent: agent)
      _ = finder.find(named: "say/x")
      return finder.source(of: ModelID(provider: "say", name: "x"))
    }
    #expect(
      found(["HOME": "/home/me"])
        == .command(
          CommandProvider(
            ["/home/me/bin/say", "/home/me/voice", "~", "a~/b", "~other/c"], input: .json)))
    for environment in [[:], ["HOME": ""], ["HOME": "me"]] {
      #expect(found(environment) == .command(CommandProvider(words, input: .json)))
    }
  }
}

// Genuine streams, where there are any: PATTER_STREAMS names directories, parted by colons as in PATH, with
// recordings and their `index.json`. The same claims are proved on fixtures of our own in `ConformanceTests`.

import Chat
import FoundationEssentials
import Glibc
import Testing

@testable import Providers

private let directories: [String] =
  getenv("PATTER_STREAMS").map { String(cString: $0) }?.split(separator: ":").map(String.init) ?? []

/// A recording and what it says.
struct Recording: Decodable, Sendable, CustomTestStringConvertible {
  struct Expected: Decodable, Sendable {
    struct Tokens: Decodable, Sendable {
      let input: Int?
      let output: Int?
      /// What Gemini counts beside the output, and bills with it.
      let thoughts: Int?

      var allOutput: Int? { output.map { $0 + (thoughts ?? 0) } }
    }
    struct Call: Decodable, Sendable {
      let name: String
      let arguments: String
    }
    struct Problem: Decodable, Sendable {
      let message: String
    }

    let text: String
    let reasoning: String
    let finish: String?
    let usage: Tokens?
    let model: String?
    let toolCalls: [Call]
    let error: Problem?

    private enum CodingKeys: String, CodingKey {
      case text
      case reasoning
      case finish
      case usage
      case model
      case toolCalls = "tool_calls"
      case error
    }
  }

  let file: String
  /// Where it lies; not in the index.
  var directory = ""
  let api: String
  let contentType: String
  let expected: Expected

  private enum CodingKeys: String, CodingKey {
    case file
    case api
    case contentType = "content_type"
    case expected
  }

  var testDescription: String { file }

  /// The provider whose dialect the recording is in.
  var provider: String {
    get throws {
      try #require(
        [
          "openai-chat": "openai", "openai-responses": "openai-responses",
          "anthropic-messages": "anthropic", "gemini-generate": "gemini", "ollama-chat": "ollama",
        ][api], "a dialect that nobody here speaks: \(api)")
    }
  }

  var endpoint: Endpoint {
    get throws { try ProvidersTests.endpoint(try provider, key: "k-recording") }
  }

  /// The wire's word for why the reply stopped, as it stands in the body.
  private func finishMember(_ word: String) throws -> String {
    switch try provider {
    case "openai": #""finish_reason":"\#(word)""#
    case "openai-responses": #""type":"response.\#(word)""#
    case "anthropic": #""stop_reason":"\#(word)""#
    case "gemini": #""finishReason": "\#(word)""#
    default: #""done_reason":"\#(word)""#
    }
  }

  /// What the wire's word means.
  func reason() throws -> StopReason {
    switch try #require(expected.finish) {
    case "tool_calls", "tool_use": .toolCalls
    case "refusal": .refusal
    default: .stop
    }
  }

  func body() throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: "\(directory)/\(file)")))
  }

  /// How many bytes it takes until the provider has said that it is done.
  func finishOffset(in body: [UInt8]) throws -> Int {
    let isLines = api == "ollama-chat"
    let member = try finishMember(try #require(expected.finish))
    let word = try #require(body.firstRange(of: Array(member.utf8)))
    let tail = body[word.upperBound...]
    let usesCRLF = body.contains(UInt8(ascii: "\r"))
    let end = isLines ? "}\n" : usesCRLF ? "\r\n\r" : "\n\n"
    let found = try #require(tail.firstRange(of: Array(end.utf8)))
    // A last JSON line counts without its LF; an event needs its empty line.
    return isLines ? found.upperBound - 1 : found.upperBound
  }
}

private struct Index: Decodable {
  let streams: [Recording]
}

private func recordings() -> [Recording] {
  directories.flatMap { directory in
    guard let data = try? Data(contentsOf: URL(filePath: "\(directory)/index.json")),
      let index = try? JSONDecoder().decode(Index.self, from: data)
    else { return [Recording]() }
    return index.streams.map { recording in
      var recording = recording
      recording.directory = directory
      return recording
    }
  }
}

@Suite(.enabled(if: !directories.isEmpty, "PATTER_STREAMS names no directory of recordings"))
struct `Genuine recordings` {
  @Test func `are there, in every directory that is named`() {
    for directory in directories {
      #expect(recordings().contains { $0.directory == directory }, "\(directory)")
    }
  }

  @Test(arguments: recordings())
  func `T42 T43 T44 say what their index says`(_ recording: Recording) throws {
    let events = events(
      of: try recording.body(), contentType: recording.contentType,
      endpoint: try recording.endpoint)
    let expected = recording.expected
    #expect(events.joinedText == expected.text)
    // Between two parts of a summary stands a blank line, which is not on the wire.
    let blankLine = recording.api == "openai-responses" ? "\n\n" : "\0"
    #expect(
      events.joinedThinking.replacing(blankLine, with: "")
        == expected.reasoning.replacing(blankLine, with: ""))
    #expect(events.toolCalls == expected.toolCalls.map { ToolCall($0.name, $0.arguments) })
    #expect(events.model == expected.model)
    #expect(events.usage?.inputTokens == expected.usage?.input)
    #expect(events.usage?.outputTokens == expected.usage?.allOutput)
    #expect(events.endCount == 1)
    if let problem = expected.error {
      let message = try #require(events.failure?.message)
      #expect(message.contains(problem.message.prefix(80)))
    } else {
      #expect(events.stopReason == (try recording.reason()))
    }
  }

  @Test(arguments: recordings())
  func `T47 give the same events however they are cut`(_ recording: Recording) throws {
    let (body, endpoint) = (try recording.body(), try recording.endpoint)
    let whole = events(of: body, contentType: recording.contentType, endpoint: endpoint)
    var dice = Dice(UInt64(body.count))
    let isSmall = body.count < 5_000
    let cuts = isSmall ? Array(1..<body.count) : (0..<30).map { _ in dice.roll(1..<body.count) }
    for cut in cuts {
      let parts = events(
        of: body, cutAt: [cut], contentType: recording.contentType, endpoint: endpoint)
      try #require(parts == whole, "cut at \(cut)")
    }
    for _ in 0..<30 {
      let cuts = (0..<dice.roll(2..<200)).map { _ in dice.roll(1..<body.count) }
      let parts = events(
        of: body, cutAt: cuts, contentType: recording.contentType, endpoint: endpoint)
      try #require(parts == whole, "cut at \(cuts)")
    }
    let single = events(
      of: body, cutAt: Array(1..<body.count), contentType: recording.contentType,
      endpoint: endpoint)
    #expect(single == whole)
  }

  @Test(arguments: recordings().filter { $0.expected.error == nil })
  func `T47 are truncated before their finish, whole after it, and say no more than they say`(
    _ recording: Recording
  ) throws {
    let (body, endpoint) = (try recording.body(), try recording.endpoint)
    let finish = try recording.finishOffset(in: body)
    var dice = Dice(UInt64(body.count))
    let isSmall = body.count < 5_000
    let some = (0..<30).map { _ in dice.roll(0..<body.count) }
    let lengths = isSmall ? Array(0...body.count) : some + [finish - 1, finish]
    for length in lengths {
      let events = events(
        of: Array(body[..<length]), contentType: recording.contentType, endpoint: endpoint)
      try #require(events.endCount == 1)
      try #require(recording.expected.text.utf8.starts(with: events.joinedText.utf8))
      if length < finish {
        try #require(events.failure?.kind == .truncated, "cut after \(length) of \(body.count)")
      } else {
        try #require(events.stopReason != nil, "cut after \(length) of \(body.count)")
      }
    }
  }
}

// A server that refuses a member is asked once more without it: the user sees nothing of that, and may stop
// it at any moment.

import Chat
import Testing
import Wire

@testable import Providers

struct Concessions {
  private static let noUsage =
    #"{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","stream_options"]}]}}"#
  private static let noLimit =
    #"{"error":{"message":"Unsupported parameter: 'max_completion_tokens' is not supported."}}"#
  private static let noOldLimit =
    #"{"error":{"message":"Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."}}"#

  /// The one stream, and what it was asked with so far.
  private struct Asked {
    var registry = StreamRegistry(userAgent: agent)
    var deeds: [String] = []
    var bodies: [String] = []
    var events: [StreamEvent] = []

    mutating func start(
      _ number: UInt32 = 1, to endpoint: Endpoint, maxTokens: Int? = nil, at now: Instant = time(0)
    ) {
      var outgoing = outgoing()
      outgoing.options.maxTokens = maxTokens
      registry.start(attempt(number), outgoing, endpoint: endpoint, at: now)
      take()
    }

    mutating func hear(_ all: TransferEvent..., on number: UInt32 = 1, at now: Instant = time(0)) {
      for event in all { registry.receive(event, from: attempt(number).transfer, at: now) }
      take()
    }

    mutating func refuse(_ body: String, status: Int = 400, on number: UInt32 = 1) {
      hear(head(status, "application/json"), bytes(body), .ended(nil), on: number)
    }

    mutating func take() {
      let output = registry.takeOutput()
      deeds += output.deeds
      events += output.streamEvents
      for case .open(_, let request) in output.effects {
        bodies.append(String(decoding: request.body, as: UTF8.self))
      }
    }
  }

  private func server(_ path: String = "") throws -> Endpoint {
    try endpoint("openai", at: "https://chat.test\(path)", key: "k")
  }

  @Test(arguments: [400, 422], [noUsage, #"{"detail":"unknown field INCLUDE_USAGE"}"#])
  func `a server that refuses to tell the usage is asked again without that question`(
    status: Int, refusal: String
  ) throws {
    var asked = Asked()
    asked.start(to: try server())
    asked.refuse(refusal, status: status)
    #expect(asked.deeds == ["open 0.1", "open 0.1"])
    #expect(asked.events == [])
    #expect(asked.bodies.map { $0.contains("stream_options") } == [true, false])
    asked.hear(head(), bytes(Sent.hel + Sent.finish + Sent.lastWord))
    #expect(asked.events.joinedText == "Hel")
    #expect(asked.events.stopReason == .stop)
    #expect(asked.events.endCount == 1)
    #expect(asked.registry.droppedEventCount == 0)
  }

  @Test func `what a server refused is remembered for it and for no other`() throws {
    var asked = Asked()
    asked.start(to: try server())
    asked.refuse(Self.noUsage)
    asked.hear(head(), bytes(Sent.hel + Sent.finish), .ended(nil))
    asked.start(2, to: try server())
    asked.start(3, to: try server("/other"))
    #expect(asked.bodies.map { $0.contains("stream_options") } == [true, false, false, true])
  }

  @Test func `what did not help is not remembered`() throws {
    var asked = Asked()
    asked.start(to: try server())
    asked.refuse(Self.noUsage)
    asked.refuse(#"{"error":{"message":"no such model"}}"#)
    #expect(asked.events.failure?.message.contains("no such model") == true)
    asked.start(2, to: try server())
    #expect(asked.bodies.map { $0.contains("stream_options") } == [true, false, true])
  }

  @Test func `a member is given up once, and then the refusal is told`() throws {
    var asked = Asked()
    asked.start(to: try server())
    asked.refuse(Self.noUsage)
    asked.refuse(Self.noUsage, status: 422)
    #expect(asked.deeds == ["open 0.1", "open 0.1"])
    #expect(asked.events.failure?.kind == .refused)
    #expect(asked.events.endCount == 1)
  }

  @Test func `the longest reply goes under its other name where the server wants it so`() throws {
    var asked = Asked()
    asked.start(to: try server(), maxTokens: 5)
    asked.refuse(Self.noOldLimit)
    #expect(asked.bodies.map { $0.contains(#""max_tokens":5"#) } == [true, false])
    #expect(asked.bodies.map { $0.contains(#""max_completion_tokens":5"#) } == [false, true])
    // The other way round as well: another model of the server may know the old name alone.
    asked.hear(head(), bytes(Sent.hel + Sent.finish), .ended(nil))
    asked.start(2, to: try server(), maxTokens: 5)
    asked.refuse(Self.noLimit, on: 2)
    #expect(asked.bodies.suffix(2).map { $0.contains(#""max_tokens":5"#) } == [false, true])
  }

  @Test func `both names refused are a failure after two requests`() throws {
    var asked = Asked()
    asked.start(to: try server(), maxTokens: 5)
    asked.refuse(Self.noOldLimit)
    asked.refuse(Self.noLimit)
    #expect(asked.deeds.count == 2)
    #expect(asked.events.failure?.kind == .refused)
  }

  @Test func `each member may be refused in its turn`() throws {
    var asked = Asked()
    asked.start(to: try server(), maxTokens: 5)
    asked.refuse(Self.noUsage)
    asked.refuse(Self.noOldLimit)
    asked.hear(head(), bytes(Sent.hel + Sent.finish + Sent.lastWord))
    #expect(asked.bodies.count == 3)
    #expect(asked.events.stopReason == .stop)
    asked.start(2, to: try server(), maxTokens: 5)
    #expect(asked.bodies[3] == asked.bodies[2])
  }

  @Test(arguments: [
    (400, #"{"error":{"message":"max_tokens is too large: 5"}}"#),
    (400, #"{"error":{"message":"no such model"}}"#), (400, ""),
    (401, noUsage), (429, noUsage), (500, noUsage), (404, noUsage),
  ])
  func `another refusal is told at once`(status: Int, body: String) throws {
    var asked = Asked()
    asked.start(to: try server(), maxTokens: 5)
    asked.refuse(body, status: status)
    #expect(asked.deeds == ["open 0.1"])
    #expect(asked.events.endCount == 1)
  }

  @Test func `what was not sent is not taken back`() throws {
    var asked = Asked()
    asked.start(to: try endpoint("mistral", key: "k"))
    asked.refuse(Self.noUsage)
    asked.start(2, to: try server())
    asked.refuse(Self.noOldLimit, on: 2)
    #expect(asked.deeds == ["open 0.1", "open 0.2"])
    #expect(asked.events.endCount == 2)
  }

  @Test func `a refusal that does not end is closed before the server is asked again`() throws {
    var asked = Asked()
    asked.start(to: try server())
    asked.hear(head(400, "application/json"), bytes(Self.noUsage))
    #expect(asked.deeds == ["open 0.1"])
    asked.registry.advance(to: try #require(asked.registry.deadline))
    asked.take()
    #expect(asked.deeds == ["open 0.1", "close 0.1", "open 0.1"])
    #expect(asked.events == [])
  }

  @Test func `a refusal as long as a page is not waited for`() throws {
    var asked = Asked()
    asked.start(to: try server())
    let long = Self.noUsage + String(repeating: " ", count: ErrorBody.limitBytes)
    asked.hear(head(400, "application/json"), bytes(long))
    #expect(asked.deeds == ["open 0.1", "close 0.1"])
    #expect(asked.events.failure?.kind == .refused)
  }

  @Test func `S16 an abort at any moment leaves nothing open and nothing to tell`() throws {
    for step in 0...5 {
      var stream = try Streams(at: "https://chat.test")
      let id = attempt(1)
      var open = 0
      func take() {
        for effect in stream.take().effects {
          switch effect {
          case .open: open += 1
          case .close: open -= 1
          case .spawn, .terminate, .kill: Issue.record("no program")
          }
        }
      }
      stream.ask(id)
      if step > 0 { take() }
      if step > 1 { stream.hear(head(400, "application/json"), on: id) }
      if step > 2 { stream.hear(bytes(Self.noUsage), on: id) }
      if step > 3 {
        stream.hear(.ended(nil), on: id)
        open -= 1
      }
      if step > 4 { take() }
      stream.abort(id)
      let rest = stream.take()
      #expect(rest.events == [])
      for effect in rest.effects {
        switch effect {
        case .open: open += 1
        case .close: open -= 1
        case .spawn, .terminate, .kill: Issue.record("no program")
        }
      }
      #expect(open == 0, "after step \(step)")
      #expect(stream.registry.isSettled)
    }
  }

  @Test func `S16 an abort after the time of a refusal takes back the second request alone`() throws
  {
    var stream = try Streams(at: "https://chat.test")
    let id = attempt(1)
    stream.ask(id)
    _ = stream.take()
    stream.hear(head(400, "application/json"), bytes(Self.noUsage), on: id)
    stream.registry.advance(to: time(try #require(stream.due)))
    stream.abort(id)
    #expect(stream.take().deeds == ["close 0.1"])
  }

  @Test func `the second request has all the time of the first`() throws {
    var asked = Asked()
    asked.start(to: try server())
    let limit = try #require(asked.registry.deadline?.milliseconds(since: time(0)))
    asked.hear(head(400, "application/json"), bytes(Self.noUsage), at: time(1_000))
    asked.hear(.ended(nil), at: time(3_000))
    #expect(asked.registry.deadline == time(3_000 + limit))
  }
}

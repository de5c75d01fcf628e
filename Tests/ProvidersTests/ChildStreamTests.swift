// A program's output is a reply: text as it comes, and one end.

import Chat
import Testing
import Wire

@testable import Providers

/// A registry with one live program.
private struct OneChild {
  static let id = attempt(1)

  var registry: StreamRegistry
  let effects: [RegistryEffect]

  init(
    _ command: ChildCommand = ChildCommand(["say"]), named name: String = "command/say",
    limits: StreamLimits = StreamLimits()
  ) {
    registry = StreamRegistry(userAgent: agent, limits: limits)
    registry.start(Self.id, command: command, named: name, at: time(0))
    effects = registry.takeOutput().effects
  }

  mutating func feed(_ events: ChildEvent..., at milliseconds: Int64 = 0) -> RegistryOutput {
    for event in events { registry.receive(event, from: Self.id.transfer, at: time(milliseconds)) }
    return registry.takeOutput()
  }
}

private let advice = "Check its command."

struct `A program that answers` {
  @Test func `is started with all that it was given`() {
    let command = ChildCommand(["say", "--loud"], environment: ["A": "b"], input: [1, 2])
    #expect(OneChild(command).effects == [.spawn(OneChild.id.transfer, command)])
  }

  @Test func `is told as it prints, and is complete when it leaves with 0`() {
    var child = OneChild()
    #expect(child.feed(output("Hel")).streamEvents == [.started(model: nil), .text("Hel")])
    #expect(child.feed(output("lo\n"), diagnostics("warming up")).streamEvents == [.text("lo\n")])
    let output = child.feed(.ended(.exited(0)))
    #expect(output == RegistryOutput(events: [.init(OneChild.id, .completed(.stop))]))
    #expect(child.registry.isSettled)
  }

  @Test func `keeps every scalar whole, wherever its output is cut`() throws {
    // Every length of a scalar, a mark that joins the letter before it, and what is no UTF-8: a stray
    // continuation, an overlong form, half a surrogate, beyond the last scalar, scalars cut short.
    let text = Array("aé€😀e\u{301}\r\n👩‍👧\u{FEFF}".utf8)
    let wrong: [UInt8] = [
      0x80, 0x61, 0xC0, 0xAF, 0xE0, 0x80, 0x62, 0xED, 0xA0, 0x80, 0xF4, 0x90, 0x80, 0x80, 0xE2,
      0x82,
      0x63, 0xF0, 0x9F, 0x98, 0xF0, 0x9F, 0x98, 0x80, 0xFF, 0xC3,
    ]
    let body = text + wrong + text + [0xF0, 0x9F, 0x98]
    let whole = String(decoding: body, as: UTF8.self)
    func told(cutAt cuts: [Int]) -> [StreamEvent] {
      var child = OneChild()
      var (events, start) = ([StreamEvent](), 0)
      for cut in cuts + [body.count] {
        events += child.feed(.output(Array(body[start..<cut]))).streamEvents
        start = cut
      }
      return events + child.feed(.ended(.exited(0))).streamEvents
    }
    for first in 0...body.count {
      for second in first...body.count {
        let events = told(cutAt: [first, second])
        try #require(
          events.joinedText.unicodeScalars.elementsEqual(whole.unicodeScalars),
          "cut at \(first) and \(second)")
        try #require(events.stopReason == .stop)
      }
    }
    #expect(told(cutAt: Array(1..<body.count)).joinedText == whole)
  }

  @Test func `T07 is aborted in the middle of a scalar without a sign of it`() {
    var child = OneChild()
    var told = child.feed(.output(Array("a€".utf8.dropLast()))).text
    child.registry.abort(OneChild.id, at: time(0))
    told += child.feed(.ended(.signalled(15))).text
    #expect(told == "a")
  }

  @Test func `has said nothing while the first scalar is not whole`() {
    var child = OneChild()
    #expect(child.feed(.output([0xE2, 0x82])) == RegistryOutput())
    #expect(child.feed(.output([0xAC])).text == "€")
  }

  @Test func `thinks in silence for longer than a server may`() {
    var child = OneChild()
    #expect(child.registry.deadline == time(600_000))
    #expect(child.registry.output(at: time(599_999)) == RegistryOutput())
    #expect(child.feed(output("a"), at: 599_999).text == "a")
    #expect(child.registry.deadline == time(1_199_999))
  }

  @Test func `T33 is ended after ten minutes without output, whatever it writes beside`() {
    var child = OneChild()
    _ = child.feed(diagnostics("still loading\n"), .output([0xE2]), at: 590_000)
    let output = child.registry.output(at: time(600_000))
    #expect(
      output.failure
        == StreamFailure(
          .stalled,
          "command/say printed nothing for 600 s and was ended."))
    #expect(output.effects == [.terminate(OneChild.id.transfer)])
    #expect(!child.registry.isSettled)
  }

  @Test func `is ended when it does not stop talking`() {
    var child = OneChild(limits: StreamLimits(bodyBytes: 5))
    #expect(child.feed(output("12345")).text == "12345")
    let output = child.feed(output("6"), output("7"))
    #expect(output.text == "")
    #expect(output.failure?.kind == .truncated)
    #expect(output.effects == [.terminate(OneChild.id.transfer)])
    var other = OneChild(limits: StreamLimits(bodyBytes: 5))
    #expect(other.feed(ChildEvent.output(Array("123456789".utf8))).text == "12345")
  }
}

struct `A program that fails` {
  private func failure(
    _ events: ChildEvent..., command: ChildCommand = ChildCommand(["say"])
  ) throws -> StreamFailure {
    var child = OneChild(command)
    for event in events {
      child.registry.receive(event, from: OneChild.id.transfer, at: time(0))
    }
    let output = child.registry.takeOutput()
    #expect(output.streamEvents.endCount == 1)
    #expect(output.effects == [])
    return try #require(output.failure)
  }

  @Test func `says with which exit code, and what it said last`() throws {
    let failure = try failure(
      diagnostics("Traceback:\n  line 1\n"), diagnostics("ValueError: no model.\n"),
      .ended(.exited(3)))
    #expect(
      failure
        == StreamFailure(
          .serverFailed,
          "command/say failed (exit code 3: Traceback: line 1 ValueError: no model). \(advice)",
          remedy: .never))
  }

  @Test func `keeps what it had said`() throws {
    var child = OneChild()
    let told = child.feed(output("Hel"), .output([0xE2]), .ended(.exited(1)))
    #expect(told.text == "Hel\u{FFFD}")
    #expect(told.failure?.message == "command/say failed (exit code 1). \(advice)")
  }

  @Test func `is asked again only where its exit code invites to`() throws {
    #expect(try failure(.ended(.exited(75))).remedy == .retry)
    for code in [1, 2, 74, 76, 126, 127, 255, -1] as [Int32] {
      #expect(try failure(.ended(.exited(code))).remedy == .never)
    }
  }

  @Test func `says which signal ended it`() throws {
    #expect(
      try failure(diagnostics("out of memory\n"), .ended(.signalled(9))).message
        == "command/say was ended by signal 9 (SIGKILL): out of memory.")
    #expect(
      try failure(.ended(.signalled(40))).message
        == "command/say was ended by signal 40.")
  }

  @Test func `says why it could not be started`() throws {
    #expect(
      try failure(.ended(.notStarted("no such file")))
        == StreamFailure(
          .unreachable, "command/say could not be started: no such file. \(advice)",
          remedy: .never))
  }

  @Test(arguments: ["", "\n", " \t\r\n\n"])
  func `says that nothing was said, when it leaves with 0 and no word`(_ text: String) throws {
    let failure = try failure(output(text), diagnostics("no key\n"), .ended(.exited(0)))
    #expect(failure.kind == .empty)
    #expect(failure.message == "command/say ended without a reply: no key. \(advice)")
  }

  @Test func `is quoted from the end, in one line, without what could do anything`() throws {
    let words = String(repeating: "x", count: 500) + "\u{1B}[31m\u{202E}the\r\nend\u{0}\u{85}"
    let message = try failure(diagnostics(words), .ended(.exited(1))).message
    #expect(message.hasPrefix("command/say failed (exit code 1: …xxx"))
    #expect(message.hasSuffix("xxx [31mthe end). \(advice)"))
    #expect(message.count < 300)
    #expect(message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
  }

  @Test func `is quoted without keys, those it was given and those that look like one`() throws {
    let command = ChildCommand(
      ["say"],
      environment: [
        "SAY_API_KEY": "sk-own.secret/42", "SAY_TOKEN": "sk-own", "PLACE": "harbour",
      ])
    let message = try failure(
      diagnostics("harbour refused sk-own.secret/42, sk-own and sk-another-one"),
      .ended(.exited(1)), command: command
    ).message
    #expect(message.contains("harbour refused (secret), (secret) and (secret))."))
    // Where the quotation begins, a key must be gone already.
    for length in 130..<175 {
      let tail = String(repeating: "y", count: length)
      let message = try failure(
        diagnostics("sk-own.secret/42" + tail), .ended(.exited(1)), command: command
      ).message
      try #require(!message.contains("42") && !message.contains("own"), "\(message)")
    }
  }

  @Test func `is remembered for the last 64 KiB of what it wrote beside`() throws {
    var stream = ChildStream(
      ChildCommand(["say"]), named: "say", limits: StreamLimits(), at: time(0))
    let chunk = ChildEvent.diagnostics([UInt8](repeating: 0x61, count: 50_000))
    for _ in 0..<20 { _ = stream.receive(chunk, at: time(0)) }
    _ = stream.receive(.diagnostics([UInt8](repeating: 0x62, count: 100_000)), at: time(0))
    _ = stream.receive(diagnostics("the end"), at: time(0))
    #expect(stream.diagnostics.count == 64 * 1024)
    #expect(stream.diagnostics.first == 0x62)
    let step = stream.receive(.ended(.exited(1)), at: time(0))
    #expect(step.events.failure?.message.contains("bbbthe end). ") == true)
  }
}

// The program's loop without a terminal: the registry decides, the transport acts on real sockets, and
// the clock is the test's own.
//
//   start, abort ──► registry ──► effects ──► transport ──► server
//                       ▲                         │
//                       └──── events of a pass ◄──┘
//
// Whatever a test is about, two promises are watched in every pass: a stream that was aborted or has
// ended says nothing any more.

import Chat
import CurlTransport
import Providers
import Support
import Testing
import Wire

/// One server, one endpoint and the streams between them, numbered by their attempt.
final class Loop {
  /// How long a loop runs for what it waits for. Only against hanging: some tests bring megabytes.
  static let patienceSeconds = TestHome.isSanitized ? 600.0 : 60.0

  /// The key that every request bears.
  static let key = "sk-test-0123456789abcdefghijklmnopqrstuvwxyz"

  /// A reply as far as it came.
  struct Reply {
    var events: [StreamEvent] = []
    /// How much of the body came, whatever it meant.
    var byteCount = 0
    var isAborted = false

    var text: String {
      events.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined()
    }
    var usage: Usage? {
      events.compactMap { if case .usage(let usage) = $0 { usage } else { nil } }.last
    }
    var stopReason: StopReason? {
      if case .completed(let reason) = events.last { reason } else { nil }
    }
    var failure: StreamFailure? {
      if case .failed(let failure) = events.last { failure } else { nil }
    }
    var isOver: Bool { stopReason != nil || failure != nil }
  }

  let server: LoopbackServer
  /// How many transfers were opened.
  private(set) var openCount = 0
  private let transport: Transport
  private let endpoint: Endpoint
  private var registry: StreamRegistry
  private var replies: [UInt32: Reply] = [:]
  private var now = Instant(uptimeNanoseconds: 0, unixMilliseconds: 1_700_000_000_000)

  init(
    _ dialect: ScriptedDialect, _ server: LoopbackServer, limits: StreamLimits = StreamLimits()
  ) throws {
    self.server = server
    transport = try Transport()
    registry = StreamRegistry(userAgent: "patter/test", limits: limits)
    var environment = dialect.variables(port: server.port)
    environment[dialect.keyVariable] = Self.key
    let row = try #require(ProviderTable.standard[dialect.rawValue])
    endpoint = try row.endpoint(environment: environment)
  }

  /// A loop with a provider that speaks this dialect at an address of its own.
  init(_ provider: Provider, speaking dialect: ScriptedDialect, _ server: LoopbackServer) throws {
    self.server = server
    transport = try Transport()
    registry = StreamRegistry(userAgent: "patter/test")
    endpoint = try provider.endpoint(
      baseURL: dialect.variables(port: server.port).values.first, key: Secret(Self.key))
  }

  /// A loop with a server of its own.
  convenience init(
    _ dialect: ScriptedDialect, _ responses: LoopbackServer.Response...,
    limits: StreamLimits = StreamLimits()
  ) throws {
    try self.init(dialect, LoopbackServer(script: responses), limits: limits)
  }

  // MARK: - What is done

  func start(_ attempt: UInt32 = 1, _ prompt: String = "hi") {
    replies[attempt] = Reply()
    let outgoing = Outgoing(
      model: ModelID(provider: endpoint.providerID, name: "test"),
      messages: [Outgoing.Message(role: .user, parts: [.text(prompt)])])
    registry.start(StreamID(attempt: attempt), outgoing, endpoint: endpoint, at: now)
    settle()
  }

  func abort(_ attempt: UInt32 = 1) {
    registry.abort(StreamID(attempt: attempt), at: now)
    replies[attempt]?.isAborted = true
    settle()
  }

  /// Lets time pass, and whoever waits for it act.
  func elapse(milliseconds: Int64) {
    now = now.advanced(byMilliseconds: milliseconds)
    registry.advance(to: now)
    settle()
  }

  /// How long nothing happens by itself; nil while nothing is live.
  var millisecondsToDeadline: Int64? { registry.deadline?.milliseconds(since: now) }

  /// One pass of the loop.
  func pass(atMostMilliseconds: Int = 0) {
    _ = transport.wait(for: [], atMostMilliseconds: atMostMilliseconds)
    for (transfer, event) in transport.events() {
      if case .stream(let number) = transfer, case .received(let bytes) = event {
        replies[StreamID(number).attempt]?.byteCount += bytes.count
      }
      registry.receive(event, from: transfer, at: now)
      settle()
    }
    registry.advance(to: now)
    settle()
  }

  // MARK: - What is seen

  func reply(_ attempt: UInt32 = 1) -> Reply { replies[attempt] ?? Reply() }

  /// Runs until the reply satisfies `isEnough`; a complaint when it does not within the time.
  @discardableResult
  func follow(
    _ attempt: UInt32 = 1, sourceLocation: SourceLocation = #_sourceLocation,
    until isEnough: (Reply) -> Bool
  ) -> Reply {
    run(sourceLocation: sourceLocation) { isEnough(reply(attempt)) }
    return reply(attempt)
  }

  /// Starts a stream and runs until it is over.
  func carry(
    _ attempt: UInt32 = 1, _ prompt: String = "hi",
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> Reply {
    start(attempt, prompt)
    return follow(attempt, sourceLocation: sourceLocation) { $0.isOver }
  }

  /// Runs until `isEnough`; a complaint when it is not within the time.
  func run(sourceLocation: SourceLocation = #_sourceLocation, until isEnough: () -> Bool) {
    let deadline = ContinuousClock.now + .seconds(Self.patienceSeconds)
    while !isEnough() {
      guard ContinuousClock.now < deadline else {
        Issue.record("waited in vain", sourceLocation: sourceLocation)
        return
      }
      // Not for ever, because what is waited for may happen at the server.
      pass(atMostMilliseconds: 10)
    }
  }

  /// Whether the server sees this while the loop holds still: only what the loop has done already can
  /// be the cause.
  func serverSees(_ event: LoopbackServer.Event) -> Bool {
    withExtendedLifetime(self) { server.waitFor(event) }
  }

  // MARK: -

  private func act(_ effects: [RegistryEffect]) {
    for effect in effects {
      if case .open(let transfer, let request) = effect {
        openCount += 1
        transport.open(transfer, request)
      }
      if case .close(let transfer) = effect { transport.close(transfer) }
    }
  }

  /// Carries out what the registry wants and hears what it tells.
  private func settle() {
    let output = registry.takeOutput()
    act(output.effects)
    for entry in output.events {
      let attempt = entry.stream.attempt
      #expect(!reply(attempt).isAborted, "an aborted stream spoke")
      #expect(!reply(attempt).isOver, "a stream spoke after its end")
      replies[attempt]?.events.append(entry.event)
    }
  }
}

extension LoopbackServer.Response {
  /// The gate that no test opens.
  static var held: LoopbackServer.Step { .gate(shut) }

  /// A chunked body of a dialect's own type, without its last chunk.
  static func begun(_ dialect: ScriptedDialect, _ steps: LoopbackServer.Step...) -> Self {
    Self(
      [
        .head(
          200,
          [
            .init("Content-Type", dialect.contentType), .init("Transfer-Encoding", "chunked"),
          ])
      ] + steps)
  }

  /// A body of a dialect's own type that ends with the connection, and has these headers beside.
  static func unframed(
    _ dialect: ScriptedDialect, _ headers: [LoopbackServer.Header] = [],
    _ steps: LoopbackServer.Step...
  ) -> Self {
    Self([.head(200, [.init("Content-Type", dialect.contentType)] + headers)] + steps)
  }
}

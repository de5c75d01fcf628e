public import Chat
public import Wire

/// Asks one endpoint which models it has. A value: time is an argument, transfers are effects.
public struct ModelLookup: Sendable {
  /// What has come of it.
  public enum Answer: Hashable, Sendable {
    case waiting
    /// At least one, in the server's order.
    case models([ListedModel])
    case failed(StreamFailure)
  }

  /// How long and how much an answer may take.
  public struct Limits: Hashable, Sendable {
    /// From the start to the whole answer.
    public var milliseconds: Int
    /// For the connection alone.
    public var connectMilliseconds: Int
    /// The longest body. Lists of public servers run to hundreds of KiB.
    public var bytes: Int

    public init(
      milliseconds: Int = 10_000, connectMilliseconds: Int = 5_000, bytes: Int = 4 * 1024 * 1024
    ) {
      self.milliseconds = milliseconds
      self.connectMilliseconds = connectMilliseconds
      self.bytes = bytes
    }
  }

  /// The endpoint that is asked.
  public let endpoint: Endpoint
  /// What has come of it so far.
  public private(set) var answer = Answer.waiting

  private let transfer: TransferID
  private let request: HTTPRequest
  private let limits: Limits
  private let wording: FailureWording
  private var limit: Instant?
  private var head: HTTPResponseHead?
  private var body: [UInt8] = []

  /// - Parameter number: names the transfer, as `TransferID.lookup`. Not to be used twice.
  public init(
    _ endpoint: Endpoint, number: UInt64, userAgent: String, limits: Limits = Limits()
  ) {
    self.endpoint = endpoint
    self.limits = limits
    transfer = .lookup(number)
    wording = FailureWording(endpoint: endpoint, model: nil)
    var request = endpoint.modelsRequest(userAgent: userAgent)
    request.connectTimeoutMilliseconds = limits.connectMilliseconds
    self.request = request
  }

  /// The first model of the list that answers in a chat; nil while there is none.
  public var model: ModelID? {
    guard case .models(let models) = answer,
      let name = endpoint.chosenModel(among: models.map(\.name))
    else { return nil }
    return ModelID(provider: endpoint.providerID, name: name)
  }

  /// Sends the request.
  public mutating func start(at now: Instant) -> [RegistryEffect] {
    limit = now.advanced(byMilliseconds: Int64(limits.milliseconds))
    return [.open(transfer, request)]
  }

  /// What came from the transport; events of other transfers change nothing.
  public mutating func receive(
    _ event: TransferEvent, from transfer: TransferID, at now: Instant
  ) -> [RegistryEffect] {
    guard transfer == self.transfer, isWaiting else { return [] }
    switch event {
    case .responded(let head):
      if head.status >= 200 { self.head = head }
      return []
    case .received(let bytes):
      guard body.count + bytes.count <= limits.bytes else {
        return close(.failed(wording.listTooLong(limitBytes: limits.bytes)))
      }
      body += bytes
      return []
    case .ended(let failure):
      answer = verdict(failure, at: now)
      return []
    }
  }

  /// Gives up when the time is over.
  public mutating func advance(to now: Instant) -> [RegistryEffect] {
    guard let deadline, now >= deadline else { return [] }
    return close(.failed(wording.silentBeforeResponse(milliseconds: Int64(limits.milliseconds))))
  }

  /// Ends the look-up without an answer.
  mutating func stop() -> [RegistryEffect] {
    guard deadline != nil else { return [] }
    limit = nil
    return [.close(transfer)]
  }

  /// When `advance` gives up; nil while there is nothing to wait for.
  public var deadline: Instant? { isWaiting ? limit : nil }

  private var isWaiting: Bool { answer == .waiting }

  private mutating func close(_ answer: Answer) -> [RegistryEffect] {
    self.answer = answer
    body = []
    return [.close(transfer)]
  }

  private func verdict(_ failure: TransferFailure?, at now: Instant) -> Answer {
    guard let head else {
      return .failed(
        wording.beforeResponse(
          failure, connectLimitMilliseconds: request.connectTimeoutMilliseconds))
    }
    guard (200..<300).contains(head.status) else {
      return .failed(
        wording.response(head, body: Array(body.prefix(ErrorBody.limitBytes)), at: now))
    }
    guard let page = endpoint.server.dialect.rules.models(from: body) else {
      return .failed(
        wording.response(head, body: Array(body.prefix(ErrorBody.limitBytes)), at: now))
    }
    return page.models.isEmpty ? .failed(wording.noModels) : .models(page.models)
  }
}

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

  /// How long and how much a page of the list may take.
  public struct Limits: Hashable, Sendable {
    /// From the request to the whole page.
    public var milliseconds: Int
    /// For the connection alone.
    public var connectMilliseconds: Int
    /// The longest body of a page. Lists of public servers run to hundreds of KiB.
    public var bytes: Int

    public init(
      milliseconds: Int = 10_000, connectMilliseconds: Int = 5_000, bytes: Int = 4 * 1024 * 1024
    ) {
      self.milliseconds = milliseconds
      self.connectMilliseconds = connectMilliseconds
      self.bytes = bytes
    }
  }

  /// The most pages that are asked for; what stands on later ones is passed over.
  static let pageLimit = 20
  /// The longest name of a page, in bytes.
  private static let pageNameLimitBytes = 4096

  /// The endpoint that is asked.
  public let endpoint: Endpoint
  /// What has come of it so far.
  public private(set) var answer = Answer.waiting

  private let number: UInt64
  private let userAgent: String
  private let limits: Limits
  private let wording: FailureWording
  /// What earlier pages held.
  private var models: [ListedModel] = []
  /// The names of the pages behind the first that were asked for.
  private var pages: [String] = []
  private var limit: Instant?
  private var head: HTTPResponseHead?
  private var body: [UInt8] = []

  /// - Parameter number: names the transfer, as `TransferID.lookup`. Not to be used twice; its bits 32 to
  ///   39 are 0, for they number the pages.
  public init(
    _ endpoint: Endpoint, number: UInt64, userAgent: String, limits: Limits = Limits()
  ) {
    self.endpoint = endpoint
    self.number = number
    self.userAgent = userAgent
    self.limits = limits
    wording = FailureWording(endpoint: endpoint, model: nil)
  }

  /// The first model of the list that answers in a chat; nil while there is none.
  public var model: ModelID? {
    guard case .models(let models) = answer,
      let name = endpoint.chosenModel(among: models.map(\.name))
    else { return nil }
    return ModelID(provider: endpoint.providerID, name: name)
  }

  /// What the last response said of the request; nil where none came.
  var status: Int? { head?.status }

  /// Asks for the first page.
  public mutating func start(at now: Instant) -> [RegistryEffect] {
    ask(at: now)
  }

  private mutating func ask(at now: Instant) -> [RegistryEffect] {
    limit = now.advanced(byMilliseconds: Int64(limits.milliseconds))
    head = nil
    body = []
    var request = endpoint.modelsRequest(page: pages.last, userAgent: userAgent)
    request.connectTimeoutMilliseconds = limits.connectMilliseconds
    return [.open(transfer, request)]
  }

  /// The transfer of the page that is asked for.
  private var transfer: TransferID { .lookup(number | UInt64(pages.count) << 32) }

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
        return close(wording.listTooLong(limitBytes: limits.bytes))
      }
      body += bytes
      return []
    case .ended(let failure):
      return end(failure, at: now)
    }
  }

  /// Gives up when the time is over.
  public mutating func advance(to now: Instant) -> [RegistryEffect] {
    guard let deadline, now >= deadline else { return [] }
    return close(wording.silentBeforeResponse(milliseconds: Int64(limits.milliseconds)))
  }

  /// Gives up before the time is over.
  mutating func giveUp(milliseconds: Int64) -> [RegistryEffect] {
    guard deadline != nil else { return [] }
    return close(wording.silentBeforeResponse(milliseconds: milliseconds))
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

  private mutating func close(_ failure: StreamFailure) -> [RegistryEffect] {
    let transfer = transfer
    settle(on: failure)
    return [.close(transfer)]
  }

  /// What earlier pages told is true although a later one fails.
  private mutating func settle(on failure: StreamFailure) {
    answer = models.isEmpty ? .failed(failure) : .models(models)
    models = []
    body = []
  }

  /// A page has ended: the next one is asked for, or the answer is there.
  private mutating func end(_ failure: TransferFailure?, at now: Instant) -> [RegistryEffect] {
    let page: ModelPage
    do throws(StreamFailure) {
      page = try read(failure, at: now)
    } catch {
      settle(on: error)
      return []
    }
    models += page.models.prefix(ModelPage.limit - models.count)
    if let next = page.next, isWorthAsking(next) {
      pages.append(next)
      return ask(at: now)
    }
    settle(on: wording.noModels)
    return []
  }

  /// Whether a page may bring more: not one that was here before, or nothing would ever end.
  private func isWorthAsking(_ page: String) -> Bool {
    pages.count + 1 < Self.pageLimit && models.count < ModelPage.limit && !pages.contains(page)
      && !page.isEmpty && page.utf8.count <= Self.pageNameLimitBytes
  }

  private func read(
    _ failure: TransferFailure?, at now: Instant
  ) throws(StreamFailure) -> ModelPage {
    guard let head else {
      throw wording.beforeResponse(
        failure, connectLimitMilliseconds: limits.connectMilliseconds)
    }
    guard (200..<300).contains(head.status),
      let page = endpoint.server.dialect.rules.models(from: body)
    else {
      throw wording.response(head, body: Array(body.prefix(ErrorBody.limitBytes)), at: now)
    }
    return page
  }
}

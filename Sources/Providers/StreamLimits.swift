/// How long and how much a stream may take. Times are in milliseconds.
public struct StreamLimits: Hashable, Sendable {
  /// From the request to the head of the response.
  public var headMilliseconds: Int64
  /// The same on this machine: Ollama loads a model before it answers.
  public var loopbackHeadMilliseconds: Int64
  /// The longest silence within a reply, without even a comment. Reasoning models say nothing for
  /// minutes, but their servers send comments meanwhile.
  public var silenceMilliseconds: Int64
  /// The longest time in which comments come and no event.
  public var progressMilliseconds: Int64
  /// For the body of a response that is no stream.
  public var errorBodyMilliseconds: Int64
  /// The most bytes of one body. At the limit the stream fails and what came is kept.
  public var bodyBytes: Int

  public init(
    headMilliseconds: Int64 = 120_000, loopbackHeadMilliseconds: Int64 = 600_000,
    silenceMilliseconds: Int64 = 90_000, progressMilliseconds: Int64 = 600_000,
    errorBodyMilliseconds: Int64 = 5_000, bodyBytes: Int = 256 * 1024 * 1024
  ) {
    self.headMilliseconds = headMilliseconds
    self.loopbackHeadMilliseconds = loopbackHeadMilliseconds
    self.silenceMilliseconds = silenceMilliseconds
    self.progressMilliseconds = progressMilliseconds
    self.errorBodyMilliseconds = errorBodyMilliseconds
    self.bodyBytes = bodyBytes
  }
}

/// How long and how much a stream may take. Times are in milliseconds.
public struct StreamLimits: Hashable, Sendable {
  /// From the request to the head of the response.
  public var headMilliseconds: Int64
  /// The same on this machine: Ollama loads a model before it answers.
  public var loopbackHeadMilliseconds: Int64
  /// The longest silence within a reply from a server, without even a comment. Reasoning models say
  /// nothing for minutes, but their servers send comments meanwhile. A program has no connection to keep
  /// alive and may think in silence, so this is not for programs.
  public var silenceMilliseconds: Int64
  /// The longest time in which comments come and no event; of a program, in which it prints nothing.
  public var progressMilliseconds: Int64
  /// For the body of a response that is no stream.
  public var errorBodyMilliseconds: Int64
  /// How long a program that was asked to leave may take, before it is killed.
  public var lingerMilliseconds: Int64
  /// How long the end of a program that was killed is waited for, before it is given up.
  public var killedMilliseconds: Int64
  /// The most bytes of one body or of one program's output. At the limit the stream fails and what came
  /// is kept.
  public var bodyBytes: Int

  public init(
    headMilliseconds: Int64 = 120_000, loopbackHeadMilliseconds: Int64 = 600_000,
    silenceMilliseconds: Int64 = 90_000, progressMilliseconds: Int64 = 600_000,
    errorBodyMilliseconds: Int64 = 5_000, lingerMilliseconds: Int64 = 2_000,
    killedMilliseconds: Int64 = 2_000, bodyBytes: Int = 256 * 1024 * 1024
  ) {
    self.headMilliseconds = headMilliseconds
    self.loopbackHeadMilliseconds = loopbackHeadMilliseconds
    self.silenceMilliseconds = silenceMilliseconds
    self.progressMilliseconds = progressMilliseconds
    self.errorBodyMilliseconds = errorBodyMilliseconds
    self.lingerMilliseconds = lingerMilliseconds
    self.killedMilliseconds = killedMilliseconds
    self.bodyBytes = bodyBytes
  }
}

// Servers that speak a dialect do not all know every member of it, and which ones do changes with their
// versions. So what is useful is sent, and whoever refuses it is asked once more without it. That is no
// retry: nothing is waited for, nobody is told, and the next request knows it from the start.

/// What is done without, or done otherwise, because a server refused it.
enum Concession: Hashable, Sendable {
  /// No `stream_options`: the usage is not told.
  case usageOption
  /// The longest reply goes under the other of its two names.
  case replyLimitName
  /// A reply is continued by words and not by its beginning. Where that depends on the model, the others of
  /// the server do without as well.
  case prefill
}

extension Endpoint {
  /// The same endpoint with exactly these concessions.
  func conceding(_ concessions: Set<Concession>) -> Endpoint {
    var endpoint = self
    endpoint.concessions = concessions
    return endpoint
  }

  /// The same endpoint, asked in the other way: the concession is made, or taken back where it was that
  /// which the server refused.
  func turning(_ concession: Concession) -> Endpoint {
    conceding(concessions.symmetricDifference([concession]))
  }
}

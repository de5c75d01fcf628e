// What `patter -p` has to tell of a reply on standard output, whatever is written for it.

import Chat

/// One thing that happened to the reply, in the order in which it is written.
enum PrintedEvent: Hashable {
  /// An attempt is answered.
  case started(Start)
  /// More of the words. `part` says which part of the reply they belong to: thoughts stand between parts.
  case text(String, part: Int)
  case thinking(String)
  case refusal(String, part: Int)
  case toolCall(id: String, name: String)
  /// More of the arguments of the call of this id.
  case toolArguments(String, id: String)
  /// What is billed so far; a later one replaces an earlier one.
  case usage(Usage)
  /// An attempt broke before its first word, and another follows.
  case retry(Retry)
  /// The end: the reply is whole.
  case finished(Finish)
  /// The end: there is no reply, or a part of one.
  case failed(Failure)

  struct Start: Hashable {
    let model: ModelID
    /// The model that answers, as the provider names it.
    var answeringModel: String?
    var requestID: String?
    /// Counts from 1.
    let attempt: Int
  }

  struct Retry: Hashable {
    /// The number of the attempt that follows.
    let attempt: Int
    let afterMilliseconds: Int64
    /// Who is asked then.
    let model: ModelID
    /// What became of the attempt before.
    let failure: StreamFailure
  }

  /// Times count from when the prompt was complete, on one clock.
  struct Finish: Hashable {
    let reason: StopReason
    let model: ModelID
    var usage: Usage?
    /// Nil where nothing came.
    var firstTokenMilliseconds: Int64?
    let totalMilliseconds: Int64
  }

  enum Failure: Hashable {
    /// The last attempt broke.
    case stream(StreamFailure)
    /// There is nobody to ask. A sentence.
    case noModel(String)
    /// The reply was not whole when its time was up. A sentence.
    case timeout(String)
  }
}

extension PrintedEvent.Failure {
  /// What is said of it on standard error.
  var sentence: String {
    switch self {
    case .stream(let failure): failure.sentence
    case .noModel(let sentence), .timeout(let sentence): sentence
    }
  }
}

extension StreamFailure {
  /// The message, and what the provider calls the request.
  var sentence: String { message + (requestID.map { " (request \($0))" } ?? "") }
}

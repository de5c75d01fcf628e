// When is a reply whole? Two ends are kept apart, because most mistakes here come from mixing them:
//
//   finish    a finish reason was seen: the model has said everything
//   terminal  the wire's last word was seen: nothing more will come
//
//   finish  terminal  transport     verdict
//   yes     yes       any           completed
//   yes     no        open          wait a short grace for the usage and the last word
//                                   (10 s where the finish may be early)
//   yes     no        ended, lost   completed: many servers leave out the last word
//   no      yes       any           completed if anything was said, else empty
//   no      no        open          read on
//   no      no        ended         truncated: to a transport a cut body may look whole
//   no      no        lost          lost
//
// An error that the server reported comes before all of these, also when a last word follows it
// (vLLM); one that has begun and whose end is missing lets no reply be whole. And a reply that ended for
// no other reason than that the model was done, but holds nothing at all, is empty: a blank message
// explains nothing.

import Chat
import Wire

/// What a decoder knows of a reply beside its text.
struct ReplyFacts: Hashable, Sendable {
  /// Why the provider stopped, once it said so.
  var finish: StopReason?
  /// The wire's last word has come.
  var isTerminal = false
  /// Text, thinking, a refusal or a tool call has come.
  var hasContent = false
  var hasUsage = false
  /// The dialect has no last word, and a finish that more of the reply may follow (Gemini).
  var finishMayBeEarly = false
  /// An error has begun whose end is still to come: whatever was said before, it is no end.
  var hasCutError = false
  /// The server said that something went wrong.
  var complaint: Complaint?
  /// What came cannot be read as this dialect.
  var confusion: Confusion?
}

/// How a body failed to be what was asked for.
enum Confusion: Hashable, Sendable {
  /// This, from the body, is not JSON.
  case notJSON(excerpt: String)
  /// It is well formed and of another dialect.
  case otherDialect
  /// A line or an event is too long; the sentence says which.
  case tooLong(String)
  /// Another reply began in the middle of this one.
  case spliced
}

/// What is to be done with a reply, given what has come of it.
enum ReplyVerdict: Hashable, Sendable {
  case readOn
  /// The reply is whole; wait this long after the last event for what may still come, then complete.
  case grace(milliseconds: Int64)
  case completed(StopReason)
  case empty
  case truncated
  case lost(TransferFailure)
  case complained(Complaint)
  case confused(Confusion)

  /// The transport's side of the matter.
  enum Transport: Hashable, Sendable {
    case open
    /// Nothing more will be read; nil if the transport saw nothing wrong or we stopped reading.
    case ended(TransferFailure?)
  }

  /// How long usage or a last word may come after the finish.
  static let graceMilliseconds: Int64 = 2_000
  /// The same when the usage is known already, so that only the last word is missing.
  static let graceWithUsageMilliseconds: Int64 = 200
  /// The same where the finish may be early: as long as a model pauses in the middle of a reply.
  static let graceAfterEarlyFinishMilliseconds: Int64 = 10_000

  init(_ facts: ReplyFacts, _ transport: Transport) {
    if let complaint = facts.complaint {
      self = .complained(complaint)
    } else if let confusion = facts.confusion, facts.finish == nil || facts.finishMayBeEarly {
      self = .confused(confusion)
    } else if let finish = facts.finish, !facts.hasCutError {
      switch transport {
      case .open where !facts.isTerminal && facts.confusion == nil:
        self = .grace(milliseconds: Self.grace(facts))
      case .open, .ended:
        self = Self.whole(facts, finish)
      }
    } else if facts.isTerminal {
      self = Self.whole(facts, .stop)
    } else {
      switch transport {
      case .open: self = .readOn
      case .ended(nil): self = .truncated
      case .ended(let failure?): self = .lost(failure)
      }
    }
  }

  private static func grace(_ facts: ReplyFacts) -> Int64 {
    if facts.finishMayBeEarly { return graceAfterEarlyFinishMilliseconds }
    return facts.hasUsage ? graceWithUsageMilliseconds : graceMilliseconds
  }

  private static func whole(_ facts: ReplyFacts, _ finish: StopReason) -> ReplyVerdict {
    if facts.hasContent { return .completed(finish) }
    switch finish {
    case .stop, .other: return .empty
    case .length, .contentFilter, .refusal, .toolCalls: return .completed(finish)
    }
  }
}

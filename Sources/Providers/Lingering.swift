import Chat
import Wire

/// A program that nobody listens to any more and that has not left yet. It was asked to; if it does not,
/// it is killed, and if it is there even then it is given up.
struct Lingering: Hashable, Sendable {
  private enum Stage {
    case asked
    case killed
  }

  /// What is to be done with it when its time is up.
  enum Step: Hashable, Sendable {
    case wait
    case kill
    case giveUp
  }

  private let limits: StreamLimits
  private var stage = Stage.asked
  private var stageBegan: Instant

  /// It was asked to leave at this time.
  init(limits: StreamLimits, at now: Instant) {
    self.limits = limits
    stageBegan = now
  }

  /// It was asked to leave and not yet killed.
  var mayLeave: Bool {
    switch stage {
    case .asked: true
    case .killed: false
    }
  }

  var deadline: Instant {
    switch stage {
    case .asked: stageBegan.advanced(byMilliseconds: limits.lingerMilliseconds)
    case .killed: stageBegan.advanced(byMilliseconds: limits.killedMilliseconds)
    }
  }

  mutating func advance(to now: Instant) -> Step {
    guard now >= deadline else { return .wait }
    switch stage {
    case .asked:
      stage = .killed
      stageBegan = now
      return .kill
    case .killed: return .giveUp
    }
  }
}

public import Chat

/// When a frame is drawn: at once when somebody did something, and otherwise no closer than 16 ms to the
/// one before, so that deltas share frames.
public struct FramePacing: Hashable, Sendable {
  /// Frames that only deltas ask for come no closer than this.
  public static let milliseconds: Int64 = 16

  /// When the last frame was drawn.
  public private(set) var lastFrame: Instant
  private var wanted = Paint.never

  /// - Parameter firstFrame: when the frame was drawn that is on the screen.
  public init(firstFrame: Instant) {
    lastFrame = firstFrame
  }

  /// Asks for a frame. The most urgent wish since the last one counts.
  public mutating func want(_ paint: Paint) {
    wanted = max(wanted, paint)
  }

  /// When a frame that is wanted is due at the latest; nil when none is.
  public var deadline: Instant? {
    switch wanted {
    case .never: nil
    case .soon: lastFrame.advanced(byMilliseconds: FramePacing.milliseconds)
    case .now: lastFrame
    }
  }

  /// Whether a frame is to be drawn now. If it is, it counts as drawn.
  public mutating func begin(at now: Instant) -> Bool {
    guard let deadline, deadline <= now else { return false }
    wanted = .never
    lastFrame = now
    return true
  }
}

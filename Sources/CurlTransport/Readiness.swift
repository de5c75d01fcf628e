import Wire

/// What a sleep ended with: for each question that was asked, whether the answer is yes. Descriptors
/// stand in the order in which they were given.
public struct Readiness: Hashable, Sendable {
  /// Those to be read that a read would not block on: there are bytes, or the end, or the far side
  /// hung up or broke.
  public var readable: [Int32]
  /// Those to be written that a write would not block on: there is room, or nobody reads any more.
  public var writable: [Int32]
  /// Those watched for nothing else whose far side is gone.
  public var broken: [Int32]

  /// No descriptor is ready; a transfer may be.
  public static let none = Readiness()

  public init(readable: [Int32] = [], writable: [Int32] = [], broken: [Int32] = []) {
    self.readable = readable
    self.writable = writable
    self.broken = broken
  }

  /// Readiness for all of these, and for nothing else.
  init(to interests: [Interest]) {
    self.init()
    for interest in interests {
      switch interest {
      case .reading(let descriptor): readable.append(descriptor)
      case .writing(let descriptor): writable.append(descriptor)
      case .breaking(let descriptor): broken.append(descriptor)
      }
    }
  }

  /// Whether a read of this descriptor was asked for and would not block.
  public func isReadable(_ descriptor: Int32) -> Bool { readable.contains(descriptor) }

  /// Whether a write to this descriptor was asked for and would not block.
  public func isWritable(_ descriptor: Int32) -> Bool { writable.contains(descriptor) }

  /// Whether this descriptor was watched for it and its far side is gone.
  public func isBroken(_ descriptor: Int32) -> Bool { broken.contains(descriptor) }
}

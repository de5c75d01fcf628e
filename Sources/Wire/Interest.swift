/// One question to a sleep: a descriptor, and what about it ends the sleep.
public enum Interest: Hashable, Sendable {
  /// A read would not block: there are bytes, or the end, or the far side hung up or broke.
  case reading(Int32)
  /// A write would not block: there is room, or nobody reads any more and the write will say so.
  case writing(Int32)
  /// Nobody is at the far side any more, whether or not there is something to read or to write.
  case breaking(Int32)

  public var descriptor: Int32 {
    switch self {
    case .reading(let descriptor), .writing(let descriptor), .breaking(let descriptor): descriptor
    }
  }
}

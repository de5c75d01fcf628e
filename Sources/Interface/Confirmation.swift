// A question before something that cannot be taken back.

/// A question that is answered with yes or no. What is safe is selected when it is asked, so that a key
/// pressed in haste does no harm.
public struct Confirmation: Hashable, Sendable {
  /// What a yes does.
  public enum Deed: Hashable, Sendable {
    /// Ends every live reply, and then the program.
    case leave
  }

  /// A sentence or two.
  public let question: String
  /// What yes does and what no does, as words behind the keys: `leaves`, `stays`.
  public let yes: String
  public let no: String
  public let deed: Deed
  /// Whether Enter says yes.
  public internal(set) var isYesSelected = false

  public init(_ question: String, yes: String, no: String, _ deed: Deed) {
    self.question = question
    self.yes = yes
    self.no = no
    self.deed = deed
  }
}

// Where a drawing gets languages from, without knowing where those come from.

/// Answers which language is meant by what stands after a fence.
public struct Languages {
  private let look: (String) -> Language?

  /// `language` gets the word as it is written, and answers the same as long as it is asked.
  public init(_ language: @escaping (_ written: String) -> Language?) {
    look = language
  }

  /// No language is known: all code is plain.
  public static var none: Languages { Languages { _ in nil } }

  public func language(named written: String) -> Language? { look(written) }
}

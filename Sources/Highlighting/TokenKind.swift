// What a piece of code is, as far as a colour tells it.

/// The kinds of tokens. A raw value is the word for it in a language's file, and `code-` with that word
/// the name of its face in a theme.
public enum TokenKind: String, CaseIterable, Hashable, Sendable {
  /// Everything that has no colour of its own: names, operators, brackets, blanks.
  case plain
  case comment, keyword, type, function, constant, string, number
  /// What is said about code and is no part of what it does: `@available`, `#include`, `#[derive]`.
  case attribute
  case variable
  /// A name that a value is given to: a key of JSON, a property of CSS.
  case property
  /// `<p` and `>` of a markup language.
  case tag
  /// Lines of a difference, and what stands around them.
  case inserted, deleted, meta
  case heading
}

/// A piece of a line. The tokens of a line, one after the other, are the line.
public struct Token: Hashable, Sendable {
  public var kind: TokenKind
  /// Its length in bytes of UTF-8.
  public var byteCount: Int

  public init(_ kind: TokenKind, byteCount: Int) {
    self.kind = kind
    self.byteCount = byteCount
  }
}

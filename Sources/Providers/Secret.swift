/// A key. It never prints: not in a description, not in a dump, not inside another value's dump.
public struct Secret: Hashable, Sendable {
  private let text: String

  /// The key without the white space and control characters that come with a copied line; nil if
  /// nothing is left. A line break inside a header would begin another header.
  public init?(_ text: String) {
    let cleaned = headerValue(text)
    guard !cleaned.isEmpty else { return nil }
    self.text = cleaned
  }

  /// The key itself, for the one header that carries it and for finding it in foreign text.
  func reveal() -> String { text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "(secret)" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// What may stand in a header line: no control characters, no white space at either end.
func headerValue(_ text: String) -> String {
  let isControl = { (scalar: Unicode.Scalar) in scalar.value < 0x20 || scalar.value == 0x7F }
  let visible = text.unicodeScalars.filter { !isControl($0) }
  let start = visible.drop { $0 == " " }
  return String(String.UnicodeScalarView(start.reversed().drop { $0 == " " }.reversed()))
}

/// Joins a continuation to the text it continues.
public struct Seam: Hashable, Sendable {
  public init(after text: String) {}
  public mutating func take(_ delta: String) -> String { delta }
  public mutating func finish() -> String { "" }
}

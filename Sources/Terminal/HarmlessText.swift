/// A text that may be written to a terminal as it is, whoever wrote it: lines and tabs stay, and every
/// other scalar is what the screen would draw for it.
public func harmless(_ text: String) -> String {
  var shown = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if scalar == "\n" || scalar == "\t" {
      shown.append(scalar)
    } else if case .shown(let value) = DisplayScalar(scalar) {
      shown.append(Unicode.Scalar(value) ?? "\u{FFFD}")
    }
  }
  return String(shown)
}

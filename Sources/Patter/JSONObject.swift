// JSON that may be written to a terminal. The standard's own escapes leave it to the writer what else is
// escaped; here that is everything that a terminal obeys, hides or turns round.

import Terminal

/// A JSON object whose members stand in the order in which they were added.
struct JSONObject: Hashable {
  private var members = ""

  /// The object on one line.
  var text: String { "{\(members)}" }

  /// Nil is left out.
  mutating func add(_ name: String, _ value: String?) {
    if let value { add(name, raw: JSONObject.quoted(value)) }
  }

  /// Nil is left out.
  mutating func add(_ name: String, _ value: Int64?) {
    if let value { add(name, raw: String(value)) }
  }

  mutating func add(_ name: String, _ value: JSONObject) {
    add(name, raw: value.text)
  }

  mutating func add(_ name: String, _ value: Bool) {
    add(name, raw: value ? "true" : "false")
  }

  mutating func add(_ name: String, _ values: [JSONObject]) {
    add(name, raw: "[" + values.map(\.text).joined(separator: ",") + "]")
  }

  private mutating func add(_ name: String, raw: String) {
    members += (members.isEmpty ? "" : ",") + JSONObject.quoted(name) + ":" + raw
  }

  /// A string of RFC 8259, section 7.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      default:
        if PlainText.isDrawn(scalar) {
          quoted.unicodeScalars.append(scalar)
        } else {
          for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
            quoted += "\\u" + digits(unit)
          }
        }
      }
    }
    return quoted + "\""
  }

  private static func digits(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}

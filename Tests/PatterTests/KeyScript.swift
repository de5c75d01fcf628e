// The notation of keys for one line, as people write them in a table:
//
//     one two<C-w>three<A-b><BS>
//
// `<C-w>` is Ctrl-W, `<A-b>` Alt-B, `<BS>` Backspace and `<Del>` Delete; the other keys have their own
// names. What stands outside of the brackets types itself.

import Support
import Terminal
import Testing

/// Keys for one line, and what they are to show.
struct KeyScript: Hashable, Sendable, CustomTestStringConvertible {
  /// One key, as a terminal sends it and as Patter knows it.
  struct Stroke: Hashable, Sendable {
    let bytes: [UInt8]
    let key: KeyPress
  }

  let purpose: String
  let keys: String

  init(_ purpose: String, _ keys: String) {
    self.purpose = purpose
    self.keys = keys
  }

  var testDescription: String { "\(purpose): \(keys)" }

  /// What a terminal sends for all of them.
  var bytes: [UInt8] { strokes.flatMap(\.bytes) }

  var strokes: [Stroke] {
    var strokes: [Stroke] = []
    var rest = keys[...]
    while let first = rest.first {
      if first == "<", let close = rest.firstIndex(of: ">") {
        strokes.append(Self.stroke(rest[..<close].dropFirst()))
        rest = rest[close...].dropFirst()
      } else {
        strokes.append(
          Stroke(bytes: Array(String(first).utf8), key: KeyPress(.character(first))))
        rest = rest.dropFirst()
      }
    }
    return strokes
  }

  private static func stroke(_ name: Substring) -> Stroke {
    if let (typed, key) = named[String(name)] {
      return Stroke(bytes: typed.bytes, key: key)
    }
    guard name.count == 3, let letter = name.last else {
      preconditionFailure("\(name) is the name of no key")
    }
    switch name.prefix(2) {
    case "C-":
      return Stroke(
        bytes: TypedKey.control(letter).bytes, key: KeyPress(.character(letter), .control))
    case "A-":
      return Stroke(bytes: TypedKey.alt(letter).bytes, key: KeyPress(.character(letter), .alt))
    default: preconditionFailure("\(name) is the name of no key")
    }
  }

  private static let named: [String: (TypedKey, KeyPress)] = [
    "Left": (.left, KeyPress(.left)), "Right": (.right, KeyPress(.right)),
    "Home": (.home, KeyPress(.home)), "End": (.end, KeyPress(.end)),
    "Up": (.up, KeyPress(.up)), "Down": (.down, KeyPress(.down)),
    "BS": (.backspace, KeyPress(.backspace)), "Del": (.delete, KeyPress(.delete)),
    "A-BS": (.alt("\u{7F}"), KeyPress(.backspace, .alt)),
  ]
}

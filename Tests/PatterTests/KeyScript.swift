// The notation of keys for one line, as people write them in a table:
//
//     one two<C-w>three<A-b><BS>
//
// `<C-w>` is Ctrl-W, `<A-b>` Alt-B; a few keys have names. What stands outside of the brackets types
// itself.

import Support
import Testing

/// Keys for one line, and what they are to show.
struct KeyScript: Hashable, Sendable, CustomTestStringConvertible {
  let purpose: String
  let keys: String

  init(_ purpose: String, _ keys: String) {
    self.purpose = purpose
    self.keys = keys
  }

  var testDescription: String { "\(purpose): \(keys)" }

  /// What a terminal sends for them.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    var rest = keys[...]
    while let open = rest.firstIndex(of: "<") {
      guard let close = rest[open...].firstIndex(of: ">") else {
        preconditionFailure("a bracket is open in \(keys)")
      }
      bytes += rest[..<open].utf8
      bytes += Self.bytes(of: String(rest[rest.index(after: open)..<close]))
      rest = rest[rest.index(after: close)...]
    }
    return bytes + rest.utf8
  }

  private static func bytes(of name: String) -> [UInt8] {
    if let key = named[name] { return key.bytes }
    guard name.count == 3, let letter = name.last else {
      preconditionFailure("\(name) is the name of no key")
    }
    switch name.prefix(2) {
    case "C-": return TypedKey.control(letter).bytes
    case "A-": return TypedKey.alt(letter).bytes
    default: preconditionFailure("\(name) is the name of no key")
    }
  }

  private static let named: [String: TypedKey] = [
    "Left": .left, "Right": .right, "Home": .home, "End": .end, "Up": .up, "Down": .down,
    "BS": .backspace, "Del": .delete, "A-BS": .alt("\u{7F}"), "Enter": .enter,
  ]
}

// The field for a key. What is typed or pasted there is here and nowhere else: the app is told how much it is,
// and a trace not even that it ends so.

import Interface

/// A key while somebody writes it. It never prints.
struct KeyField {
  /// The longest key, in characters. Tokens that are signed run to some two thousand.
  static let limit = 4_096
  /// How many characters at the end are shown, and of how short a key none.
  private static let shownCount = 4
  private static let leastShownLength = 16

  private var text = ""
  private var isTooLong = false

  /// The key; nil where there is none that could be one.
  func key(in environment: [String: String]) -> String? {
    guard case (.hidden, nil) = told(in: environment) else { return nil }
    return text
  }

  mutating func apply(_ edit: KeyEdit) {
    switch edit {
    case .type(let added):
      let isPaste = added.count > 1
      // What stands around a copied line is no part of it.
      text += isPaste ? added.trimmed : added
      isTooLong = isTooLong || text.count > KeyField.limit
      text = String(text.prefix(KeyField.limit))
    case .deleteBackward:
      text = String(text.dropLast())
      isTooLong = false
    case .deleteAll: forget()
    case .discard: break
    }
  }

  mutating func forget() {
    text = ""
    isTooLong = false
  }

  /// What may be told of it, and what is wrong with it.
  func told(in environment: [String: String]) -> (shape: KeyShape, fault: String?) {
    guard !text.isEmpty else { return (.empty, nil) }
    if let name = variableName {
      let isSet = !name.isEmpty && environment[name]?.trimmed.isEmpty == false
      return (.variable(name, isSet: isSet), nil)
    }
    let fault = fault(in: environment)
    let isShown = fault == nil && text.count >= KeyField.leastShownLength
    let end = isShown ? String(text.suffix(KeyField.shownCount)) : ""
    return (.hidden(count: text.count, end: end), fault)
  }

  /// The name behind a `$`, with or without braces.
  private var variableName: String? {
    guard text.first == "$" else { return nil }
    var name = text.dropFirst()
    if name.first == "{" {
      name = name.dropFirst()
      if name.last == "}" { name = name.dropLast() }
    }
    let isName = name.utf8.allSatisfy { byte in
      switch byte {
      case 0x41...0x5A, 0x61...0x7A, 0x30...0x39, UInt8(ascii: "_"): true
      default: false
      }
    }
    guard isName, name.first?.isNumber != true else { return nil }
    return String(name)
  }

  private func fault(in environment: [String: String]) -> String? {
    if isTooLong { return "A key holds \(KeyField.limit) characters at the most; this is longer." }
    if text.contains(where: \.isNewline) {
      return "A key is one line, and this is several. Clear the field and paste the key alone."
    }
    if text.contains(where: \.isWhitespace) { return "A key holds no blanks." }
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      return "A key is made of ASCII letters, digits and signs; this holds something else."
    }
    if text.first == "$" || text.contains("${") {
      return "The name of a variable, behind a $, is made of letters, digits and _."
    }
    if environment[text] != nil {
      return "This is the name of a variable: write $\(text), and its value is the key."
    }
    return nil
  }
}

extension KeyField: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  var description: String { "(key)" }
  var debugDescription: String { description }
  var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension String {
  /// Without white space and line ends around it.
  var trimmed: String {
    let start = drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}

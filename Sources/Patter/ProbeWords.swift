// What `patter keys --probe` says: the bytes, the name that Patter has for them, and what they do.
//
//   ESC [ 1 ; 5 C           Ctrl-Right        one word right
//   ESC [ 2 0 0 ~ a CR b …  a paste           2 lines, 3 characters: they go into the draft
//   ESC [ I                 -                 the window is in front

import CursesTerminal
import Interface
import Terminal

struct ProbeWords {
  /// Bytes that are shown of one input.
  static let byteLimit = 16
  private static let bytesColumn = 28
  private static let nameColumn = 18

  let keys: KeyMap

  /// The lines for these bytes, each with its line end.
  func lines(_ probed: ProbedBytes) -> String {
    var bytes = Self.bytes(probed)
    var lines = ""
    for meaning in probed.meanings {
      let (name, deed) = words(meaning)
      lines +=
        KeysCommand.padded(bytes, to: Self.bytesColumn)
        + KeysCommand.padded(PlainText.plain(name), to: Self.nameColumn) + deed + "\n"
      bytes = ""
    }
    return lines
  }

  private func words(_ meaning: ProbedBytes.Meaning) -> (name: String, deed: String) {
    switch meaning {
    case .input(let input): words(input)
    case .report(let report): Self.words(report)
    case .ignored(let words): ("-", words)
    }
  }

  private func words(_ input: TerminalInput) -> (name: String, deed: String) {
    switch input {
    case .key(let key):
      return (key.name, deed(of: key))
    case .paste(let text):
      let lines = text.count { $0 == "\n" } + (text.isEmpty || text.hasSuffix("\n") ? 0 : 1)
      let amount = [Self.amount(lines, "line"), Self.amount(text.count, "character")]
      return ("a paste", "\(amount.joined(separator: ", ")): it goes into the draft")
    case .wheel(let notches):
      return (notches < 0 ? "wheel up" : "wheel down", "scrolls")
    case .click(let place):
      return ("a click", "at row \(place.row + 1), column \(place.column + 1)")
    case .focus(let isHere):
      return ("-", isHere ? "the window is in front" : "the window is no longer in front")
    case .hangup:
      return ("-", "the terminal hung up")
    }
  }

  /// What a key does in each place where it is bound, the narrowest first.
  private func deed(of key: KeyPress) -> String {
    var deeds = KeyPlace.allCases.compactMap { place -> String? in
      guard let row = keys.bindings.first(where: { $0.place == place && $0.keys.contains(key) })
      else { return nil }
      return place == .anywhere ? row.help : "\(row.help) (\(place.rawValue))"
    }
    if keys.action(for: key, in: .draft) == nil, key.isWritten {
      deeds.append("writes itself")
    }
    return deeds.isEmpty ? "nothing is bound to it" : deeds.joined(separator: "; ")
  }

  private static func words(_ report: TerminalReport) -> (name: String, deed: String) {
    switch report {
    case .background(let red, let green, let blue):
      let channels = [red, green, blue].map { channel in
        let digits = String(channel >> 8, radix: 16)
        return digits.count < 2 ? "0" + digits : digits
      }
      return ("an answer", "the colour behind the text is #\(channels.joined())")
    case .synchronizedOutput(let isSupported):
      return ("an answer", "updates as a whole (mode 2026): \(isSupported ? "yes" : "no")")
    case .attributes(let numbers):
      let list = numbers.map { "\($0)" }.joined(separator: ", ")
      return ("an answer", "what it can do (DA1): \(list.isEmpty ? "nothing is named" : list)")
    case .appearance(let isDark):
      return ("a report", "the colours are \(isDark ? "dark" : "light") now")
    case .keyboardForms(let flags):
      return ("an answer", "kitty's keyboard protocol, with flags \(flags)")
    }
  }

  private static func amount(_ count: Int, _ what: String) -> String {
    "\(grouped(count)) \(what)\(count == 1 ? "" : "s")"
  }

  // MARK: - Bytes

  /// The bytes as people write them: `ESC [ 1 ; 5 C`.
  static func bytes(_ probed: ProbedBytes) -> String {
    let shown = probed.bytes.prefix(byteLimit).map(name).joined(separator: " ")
    return probed.byteCount > byteLimit
      ? "\(shown) … (\(grouped(probed.byteCount)) bytes)" : shown
  }

  private static func name(_ byte: UInt8) -> String {
    switch byte {
    case 0x00: "NUL"
    case 0x08: "BS"
    case 0x09: "TAB"
    case 0x0A: "LF"
    case 0x0D: "CR"
    case 0x1B: "ESC"
    case 0x20: "SP"
    case 0x7F: "DEL"
    case ..<0x20: "^" + String(Unicode.Scalar(byte + 0x40))
    case 0x80...: "0x" + String(byte, radix: 16, uppercase: true)
    default: String(Unicode.Scalar(byte))
    }
  }
}

extension KeyPress {
  /// Whether it stands for itself in a draft where nothing is bound to it.
  fileprivate var isWritten: Bool {
    guard case .character = key else { return false }
    return modifiers.subtracting(.shift).isEmpty
  }
}

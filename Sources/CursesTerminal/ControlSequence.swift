// What the bytes between `CSI` and its final byte mean (ECMA-48, section 5.4).

import Terminal

/// A control sequence, parted.
struct ControlSequence {
  enum Meaning: Hashable {
    case input(TerminalInput)
    case report(TerminalReport)
    case pasteBegins, pasteEnds
    /// Three raw bytes follow (the old mouse report).
    case mouseBegins
    /// One byte follows (function keys of the Linux console).
    case consoleFunctionBegins
    /// Another reply or report, which nobody asked to see.
    case swallowed
    /// Nothing a terminal is known to send.
    case unknown
  }

  /// Largest number a parameter can hold; a longer one stays at this.
  static let parameterLimit = 9_999_999

  let final: UInt8
  /// `<`, `=`, `>` or `?` in front of the parameters.
  private(set) var marker: UInt8?
  /// Parameters between `;`, each with its subparameters between `:`. One left out is nil.
  private var parameters: [[Int?]] = [[nil]]
  private var intermediates: [UInt8] = []

  /// `$` ends the shifted keys of rxvt (`CSI 3 $`), although by the standard it is no final byte.
  static func isFinal(_ byte: UInt8, after bytes: [UInt8]) -> Bool {
    (0x40...0x7E).contains(byte)
      || byte == 0x24 && !bytes.isEmpty && bytes.allSatisfy { (0x30...0x39).contains($0) }
  }

  init(_ bytes: [UInt8], final: UInt8) {
    self.final = final
    for byte in bytes {
      switch byte {
      case 0x30...0x39:
        let group = parameters.count - 1
        let place = parameters[group].count - 1
        let value = (parameters[group][place] ?? 0) * 10 + Int(byte - 0x30)
        parameters[group][place] = min(value, Self.parameterLimit)
      case 0x3A: parameters[parameters.count - 1].append(nil)
      case 0x3B: parameters.append([nil])
      case 0x3C...0x3F: marker = byte
      default: intermediates.append(byte)
      }
    }
  }

  func parameter(_ index: Int, _ subindex: Int = 0) -> Int? {
    guard index < parameters.count, subindex < parameters[index].count else { return nil }
    return parameters[index][subindex]
  }

  var hasParameters: Bool { parameters.count > 1 || parameter(0) != nil }

  var meaning: Meaning {
    switch marker {
    case UInt8(ascii: "<"): return mouseReport
    case UInt8(ascii: "?"): return report.map(Meaning.report) ?? .swallowed
    case .some: return .swallowed
    case nil: break
    }
    if !intermediates.isEmpty { return .swallowed }
    switch final {
    case UInt8(ascii: "A")...UInt8(ascii: "D"), UInt8(ascii: "F"), UInt8(ascii: "H"),
      UInt8(ascii: "P"), UInt8(ascii: "Q"), UInt8(ascii: "S"):
      return KeyCodes.singleShift(final).map { press($0.key, []) } ?? .unknown
    case UInt8(ascii: "R"):
      // Shift-F3 and a report of the cursor's place look alike; only the first row is in doubt.
      return parameter(0) ?? 1 == 1 && (2...16).contains(parameter(1) ?? 0)
        ? press(.function(3), []) : .swallowed
    case UInt8(ascii: "a")...UInt8(ascii: "d") where !hasParameters:
      return KeyCodes.singleShift(final - 0x20).map { press($0.key, .shift) } ?? .unknown
    case UInt8(ascii: "Z"): return press(.tab, .shift)
    case UInt8(ascii: "~"): return tilde
    case UInt8(ascii: "$"), UInt8(ascii: "^"), UInt8(ascii: "@"): return rxvtKey
    case UInt8(ascii: "u"):
      return hasParameters
        ? key(code: parameter(0) ?? 1, shifted: parameter(0, 1), modifierIndex: 1) : .unknown
    case UInt8(ascii: "M"): return hasParameters ? .swallowed : .mouseBegins
    case UInt8(ascii: "["): return hasParameters ? .unknown : .consoleFunctionBegins
    case UInt8(ascii: "I"): return hasParameters ? .swallowed : .input(.focus(true))
    case UInt8(ascii: "O"): return hasParameters ? .swallowed : .input(.focus(false))
    case UInt8(ascii: "c"), UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "x"):
      return hasParameters ? .swallowed : .unknown
    default: return .unknown
    }
  }

  // MARK: Reports

  /// What a terminal tells with `CSI ? …`: DA1 (`c`), whether it knows a mode (DECRPM, `$ y`: 1 says that
  /// the mode is on, 2 that it is off, and both that it can be changed), kitty's forms of keys (`u`), dark or
  /// light (`997 ; 1 n`).
  private var report: TerminalReport? {
    switch (intermediates, final) {
    case ([], UInt8(ascii: "c")):
      return .attributes(parameters.compactMap { $0[0] })
    case ([UInt8(ascii: "$")], UInt8(ascii: "y")) where parameter(0) == 2026:
      return .synchronizedOutput(isSupported: [1, 2].contains(parameter(1)))
    case ([], UInt8(ascii: "u")):
      return .keyboardForms(flags: parameter(0) ?? 0)
    case ([], UInt8(ascii: "n")) where parameter(0) == 997:
      switch parameter(1) {
      case 1: return .appearance(isDark: true)
      case 2: return .appearance(isDark: false)
      default: return nil
      }
    default: return nil
    }
  }

  // MARK: Keys

  /// A key with the modifiers of the second parameter (xterm's `CSI 1 ; 5 C`).
  private func press(
    _ key: KeyPress.Key, _ modifiers: KeyPress.Modifiers, modifierIndex: Int = 1
  ) -> Meaning {
    guard let more = KeyCodes.modifiers(parameter(modifierIndex)), !isRelease(modifierIndex) else {
      return .swallowed
    }
    return .input(.key(KeyPress(key, modifiers.union(more)).settled))
  }

  /// The kitty protocol's third kind of event comes when a key is let go.
  func isRelease(_ modifierIndex: Int) -> Bool { parameter(modifierIndex, 1) == 3 }

  private var tilde: Meaning {
    switch parameter(0) {
    case 200: return .pasteBegins
    case 201: return .pasteEnds
    case 27 where parameters.count == 3:
      return key(code: parameter(2) ?? 0, shifted: nil, modifierIndex: 1)
    case let number?: return KeyCodes.tilde(number).map { press($0, []) } ?? .unknown
    case nil: return .unknown
    }
  }

  /// rxvt writes the modifiers into the final byte.
  private var rxvtKey: Meaning {
    guard parameters.count == 1, let number = parameter(0), let key = KeyCodes.tilde(number) else {
      return .unknown
    }
    switch final {
    case UInt8(ascii: "$"): return press(key, .shift)
    case UInt8(ascii: "^"): return press(key, .control)
    default: return press(key, [.shift, .control])
    }
  }

  /// A key named by its code point (kitty's `CSI 13 ; 2 u`, xterm's `CSI 27 ; 2 ; 13 ~`).
  private func key(code: Int, shifted: Int?, modifierIndex: Int) -> Meaning {
    guard let modifiers = KeyCodes.modifiers(parameter(modifierIndex)), !isRelease(modifierIndex),
      let key = KeyCodes.coded(code, shifted: shifted, modifiers)
    else { return .swallowed }
    return .input(.key(key))
  }

  // MARK: Mouse

  /// `CSI < button ; column ; row M`, counted from one. The wheel is 64 for up and 65 for down, and 4, 8
  /// and 16 are added for Shift, Meta and Control; 0 is the left button, and nothing is added for a click
  /// (xterm, "Extended coordinates"). Other buttons, drags, and letting go (`m`) mean nothing.
  private var mouseReport: Meaning {
    guard final == UInt8(ascii: "M"), let button = parameter(0) else { return .swallowed }
    if button == 0, let column = parameter(1), let row = parameter(2), column > 0, row > 0 {
      return .input(.click(Position(row: row - 1, column: column - 1)))
    }
    switch button & ~0b1_1100 {
    case 64: return .input(.wheel(-1))
    case 65: return .input(.wheel(1))
    default: return .swallowed
    }
  }
}

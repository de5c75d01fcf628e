// 24-bit colours, on a terminal whose description knows only 256.
//
// Curses writes colours as terminfo says, and there is no description for most of the terminals that have
// 24-bit ones. So one is made from what curses has read of `$TERM`: the same in everything but the colours,
// of which the first 16 stay the terminal's own. ncurses takes a compiled description as text from the
// variable TERMINFO (`hex:…`, as `infocmp -Q1` writes it), so nothing is kept on disk, no program is run
// for it, and the name in `$TERM` is not used for anything. It costs 0.1 ms.
//
// Where ncurses was built without that, it does not find the description, and 256 colours are used.

import CNcurses
import Glibc

/// Whether the terminal shows 24-bit colours, and a description of it that has them.
enum DirectColors {
  /// What the description is called.
  static let terminalName = "patter-direct"
  /// Colours that a description with these has.
  static let colorCount = 1 << 24
  /// Numbers below this are the terminal's own colours, whatever 24-bit colour they would be.
  static let namedCount = 16

  /// - Parameters:
  ///   - environment: `COLORTERM` is the one sign that most terminals give. GNU screen does not pass 24-bit
  ///     colours on, and what is told within it is told by the terminal around it.
  ///   - isDescribed: whether terminfo says it (`RGB`, or tmux's `Tc`).
  static func areOffered(by environment: (String) -> String?, isDescribed: Bool) -> Bool {
    if isDescribed { return true }
    let isWithinScreen = environment("STY") != nil && environment("TMUX") == nil
    return ["truecolor", "24bit"].contains(environment("COLORTERM")) && !isWithinScreen
  }

  /// The same for the terminal that was described last.
  static var areOffered: Bool {
    let isDescribed =
      tigetflag("RGB") > 0 || tigetnum("RGB") > 0 || Screen.capability("RGB") != nil
      || tigetflag("Tc") > 0
    return areOffered(by: Screen.environment, isDescribed: isDescribed)
  }

  /// 0–7 and 8–15 as the terminal's own, the others as red, green and blue. `;` is understood by more
  /// terminals than the `:` of the standard.
  private static func color(_ dark: String, _ bright: String, _ direct: String) -> String {
    "\u{1B}[%?%p1%{8}%<%t\(dark)%p1%d%e%p1%{16}%<%t\(bright)%p1%{8}%-%d%e"
      + "\(direct);2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m"
  }

  /// The description of the terminal that was described last, with direct colours, as a value of TERMINFO.
  /// Nil for a terminal that has no colours, or cannot go back to its own.
  static func description() -> String? {
    guard tigetnum("colors") >= 8, Screen.capability("op") != nil else { return nil }
    var entry = CompiledTerminfo(name: terminalName)
    entry.flags = names(curses_flag_name).map { $0 != "ccc" && tigetflag($0) > 0 }
    entry.numbers = names(curses_number_name).map { name in
      switch name {
      case "colors": Int32(colorCount)
      case "pairs": 0x10000
      default: tigetnum(name) >= 0 ? tigetnum(name) : nil
      }
    }
    entry.strings = names(curses_string_name).map { name in
      switch name {
      case "setaf": color("3", "9", "38")
      case "setab": color("4", "10", "48")
      // What changes the palette, and older ways to say a colour.
      case "initc", "initp", "oc", "scp", "setf", "setb": nil
      default: Screen.capability(name)
      }
    }
    // Without RGB curses would make a table of sixteen million colours.
    entry.moreFlags = ["RGB"]
    if tigetflag("AX") > 0 { entry.moreFlags.append("AX") }
    if tigetnum("U8") >= 0 { entry.moreNumbers = [.init(name: "U8", value: tigetnum("U8"))] }
    return entry.bytes.map { "hex:" + hexadecimal($0) }
  }

  private static func names(_ name: (Int32) -> UnsafePointer<CChar>?) -> [String] {
    var names: [String] = []
    while let next = name(Int32(names.count)) { names.append(String(cString: next)) }
    return names
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Has curses take the terminal under this description. The variable is set for as long as that takes, so
  /// that no program Patter starts gets it.
  ///
  /// Threads may read the environment meanwhile. The first time there are none yet; from then on the table
  /// has room for the variable, and glibc changes it in place.
  static func newTerminal(_ description: String) -> OpaquePointer? {
    let before = Screen.environment("TERMINFO")
    setenv("TERMINFO", description, 1)
    defer {
      if let before { setenv("TERMINFO", before, 1) } else { unsetenv("TERMINFO") }
    }
    return curses_newterm(terminalName)
  }
}

// What a claim asks of the machine before it touches the terminal.

import CNcurses
import Glibc
public import Terminal

extension Screen {
  /// Most rows and columns that are drawn; what is beyond stays blank. No screen shows more letters than
  /// this that can be read, so a larger size is a mistake or malice: the kernel takes 65,535 of each. A
  /// screen of this size costs 45 MB.
  public static let sizeLimit = Size(rows: 500, columns: 1_000)

  /// `size` without what is beyond the limit.
  static func bounded(_ size: Size) -> Size {
    Size(rows: min(size.rows, sizeLimit.rows), columns: min(size.columns, sizeLimit.columns))
  }

  /// Used for a terminal that terminfo does not know: nearly all of them today speak its language, and
  /// the descriptions of the newer ones are packaged with them or not at all.
  private static let commonTerminal = "xterm-256color"

  /// Finds the description of the terminal, and answers the name it was found by.
  static func describeTerminal() throws(ScreenError) -> String {
    let wanted = environment("TERM") ?? ""
    if ["", "dumb", "unknown"].contains(wanted) { throw .terminalNotNamed }
    var problem: Int32 = 0
    for name in [wanted, commonTerminal] where setupterm(name, 1, &problem) == OK {
      guard capability("cup") != nil else { throw .terminalTooSimple(name: name) }
      return name
    }
    throw .terminalUnknown(name: wanted)
  }

  /// A string of terminfo for the terminal that was described last.
  static func capability(_ name: String) -> String? {
    // Absent is nil, and -1 is for a name that is no string at all.
    guard let string = tigetstr(name), Int(bitPattern: string) != -1 else { return nil }
    return String(cString: string)
  }

  /// Text is UTF-8 here, so the C library has to think so too, or widths and output are wrong.
  static func setLocale() -> Bool {
    if setlocale(LC_CTYPE, "") != nil, curses_is_locale_utf8() { return true }
    return setlocale(LC_CTYPE, "C.UTF-8") != nil && curses_is_locale_utf8()
  }

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}

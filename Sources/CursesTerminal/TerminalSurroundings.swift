import CLinux
import CNcurses
import Glibc
public import Terminal

/// The libraries and the character set of this machine, as a terminal needs them.
public enum TerminalSurroundings {
  /// The version of ncurses as it tells it.
  public static var libraryVersion: String { String(cString: curses_version()) }

  /// The locale that counts for characters, and whether its characters are UTF-8.
  ///
  /// Sets the character type of the locale, as a screen does. Where the user's is not UTF-8, C.UTF-8 takes its
  /// place; `name` is the user's.
  public static func locale() -> (name: String?, isUTF8: Bool, hasFallback: Bool) {
    let name = setlocale(LC_CTYPE, "").map { String(cString: $0) }
    let isUTF8 = name != nil && curses_is_locale_utf8()
    return (name, isUTF8, isUTF8 || Screen.setLocale())
  }

  /// The C library's table, by which a screen is laid out. `locale` goes before it.
  public static let widths = WidthTable { scalar in
    Int(wcwidth(wchar_t(truncatingIfNeeded: scalar)))
  }
}

// What is switched on in the terminal beside what curses does, and how it is switched off.

/// Sequences that a claim writes to the terminal. Pure: whoever owns the terminal writes them.
struct TerminalModes: Hashable, Sendable {
  /// The terminal understands xterm's private modes. The Linux console and a VT100 do not, and older
  /// ones print what they do not understand.
  let isXtermLike: Bool
  /// What was on the screen before comes back when it is given back.
  let hasAlternateScreen: Bool

  /// - Parameter enterAlternateScreen: terminfo's `smcup`. Whoever has xterm's mode 1049 has grown up
  ///   with xterm's other sequences, and skips those it does not know.
  init(enterAlternateScreen: String?) {
    isXtermLike = enterAlternateScreen?.contains("\u{1B}[?1049h") ?? false
    hasAlternateScreen = enterAlternateScreen?.isEmpty == false
  }

  /// Bracketed paste, the mouse, word of light and dark colours (2031), and the keyboard's newer forms. To be
  /// written when the alternate screen is on: kitty keeps one state of its keyboard for each.
  func on(isMouseCaptured: Bool, isFocusTold: Bool = false) -> String {
    guard isXtermLike else { return "" }
    return """
      \u{1B}[?2004h\
      \(isMouseCaptured ? mouseOn : "")\
      \(isFocusTold ? focusOn : "")\
      \u{1B}[?2031h\
      \u{1B}[>1u\
      \u{1B}[>4;1m
      """
  }

  /// Clicks and the wheel are told, and no longer select text or scroll.
  var mouseOn: String { isXtermLike ? "\u{1B}[?1000h\u{1B}[?1006h" : "" }
  var mouseOff: String { isXtermLike ? "\u{1B}[?1006l\u{1B}[?1000l" : "" }

  /// Whether the terminal has the keyboard is told, at once and when that changes (xterm, "FocusIn").
  var focusOn: String { isXtermLike ? "\u{1B}[?1004h" : "" }
  var focusOff: String { isXtermLike ? "\u{1B}[?1004l" : "" }

  /// Asks what the terminal is like: mode 2026, the colour behind the text, and DA1 last, which every
  /// terminal answers. None of them shows anything where it is not known.
  var question: String {
    guard isXtermLike else { return "" }
    return "\u{1B}[?2026$p\u{1B}]11;?\u{1B}\\\u{1B}[c"
  }

  /// Asks which of kitty's keyboard forms are on. A terminal without them does not answer.
  static let keyboardQuestion = "\u{1B}[?u"

  /// To be written before the alternate screen is left; in the opposite order.
  var off: String {
    guard isXtermLike else { return "" }
    return """
      \u{1B}[>4;0m\
      \u{1B}[<u\
      \u{1B}[?2031l\
      \(focusOff)\
      \(mouseOff)\
      \u{1B}[?2004l
      """
  }

  /// Undoes what another program may have left switched on: an update held back, the keyboard's forms, every
  /// kind of mouse, paste and focus, inserting, another character set, a scroll region, attributes, the
  /// cursor's shape, no wrapping. To be written before the alternate screen is entered; the cursor stays in
  /// its place, which is kept for whoever comes after us.
  var repair: String {
    guard isXtermLike else { return "" }
    return """
      \(TerminalModes.updateEnds)\
      \u{1B}[>4;0m\u{1B}[?1l\u{1B}>\
      \u{1B}[?9;1000;1001;1002;1003;1004;1005;1006;1015;1016;2004;2031l\
      \u{1B}7\u{1B}[r\u{1B}8\
      \u{1B}[4l\u{1B}[?7h\u{1B}[?25h\u{1B}(B\u{0F}\u{1B}[0m\u{1B}[0 q
      """
  }

  /// Undoes the keyboard's forms that another program left on the alternate screen, which has a stack of its
  /// own for them (kitty). To be written there.
  var emptiedKeyboardStack: String { isXtermLike ? "\u{1B}[<99u" : "" }

  /// What stands between these is shown at once and not while it comes (mode 2026).
  static let updateBegins = "\u{1B}[?2026h"
  static let updateEnds = "\u{1B}[?2026l"

  /// What terminfo has for leaving: strings may hold padding, and be absent.
  struct Leaving: Hashable, Sendable {
    var resetScrollRegion: String?
    var plainAttributes: String?
    var showCursor: String?
    var leaveAlternateScreen: String?
  }

  /// Everything that has to be undone when curses no longer can.
  func crashBytes(_ leaving: Leaving, farewell: String) -> [UInt8] {
    // It may have happened in the middle of an update.
    var text = (isXtermLike ? TerminalModes.updateEnds : "") + off
    for string in [leaving.resetScrollRegion, leaving.plainAttributes, leaving.showCursor] {
      text += TerminalModes.withoutPadding(string ?? "")
    }
    if let leave = leaving.leaveAlternateScreen {
      text += TerminalModes.withoutPadding(leave) + "\r"
    } else {
      text += "\r\n"
    }
    return Array((text + farewell).utf8)
  }

  /// Takes out `$<…>`, terminfo's requests to wait.
  static func withoutPadding(_ string: String) -> String {
    var text = ""
    var rest = Substring(string)
    while let start = rest.firstIndex(of: "$") {
      let after = rest.index(after: start)
      if after < rest.endIndex, rest[after] == "<", let end = rest[after...].firstIndex(of: ">") {
        text += rest[..<start]
        rest = rest[rest.index(after: end)...]
      } else {
        text += rest[...start]
        rest = rest[after...]
      }
    }
    return text + rest
  }
}

/// Why the screen could not be claimed.
public enum ScreenError: Error, Hashable, Sendable {
  /// Standard input or output is a file or a pipe.
  case notATerminal
  /// `TERM` is not set, or says no more than that there is some terminal.
  case terminalNotNamed
  /// The terminal cannot place its cursor.
  case terminalTooSimple(name: String)
  /// Neither this terminal nor `xterm-256color` is in the terminfo database.
  case terminalUnknown(name: String)
  /// Not even `C.UTF-8` exists here.
  case localeMissing
  /// The terminal's modes could not be read or set; an `errno`.
  case refused(code: Int32)

  /// What happened and what to do about it, in one sentence for the person.
  public var message: String {
    switch self {
    case .notATerminal:
      "Patter draws on a terminal, but its input or output is a file or a pipe: start it without "
        + "redirection."
    case .terminalNotNamed:
      "The environment variable TERM does not name a terminal: set it to the one you use, for "
        + "example with `export TERM=xterm-256color`."
    case .terminalTooSimple(let name):
      "The terminal \"\(name)\" cannot place its cursor, so nothing can be drawn on it: if yours "
        + "can, name it, for example with `export TERM=xterm-256color`."
    case .terminalUnknown(let name):
      "There is no description of the terminal \"\(name)\" on this machine: install the package "
        + "ncurses-base, or the one that came with your terminal."
    case .localeMissing:
      "This machine has no UTF-8 locale, not even C.UTF-8: install the package libc-bin or locales."
    case .refused(let code):
      "The terminal did not let itself be set up (error \(code)): `reset` may bring it back."
    }
  }
}

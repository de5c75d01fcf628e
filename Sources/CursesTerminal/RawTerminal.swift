// The terminal with all that a chat switches on in it, and nothing drawn on it: what is written scrolls by, as
// of any program. For looking at what the terminal sends.

import CNcurses
import Glibc

/// The terminal of standard input and output while it is looked at. One thread owns it.
public final class RawTerminal {
  /// What to poll for reading.
  public let inputDescriptor: Int32 = 0
  /// Whether the terminal is taken for one that understands xterm's modes. None is switched on in another, and
  /// it is asked nothing.
  public var isXtermLike: Bool { modes.isXtermLike }

  private let modes: TerminalModes
  private let savedSettings: termios
  private var crashGuard = CrashGuard()
  private var isClaimed = false

  /// Claims the terminal.
  public init() throws(ScreenError) {
    guard isatty(0) == 1, isatty(1) == 1 else { throw .notATerminal }
    _ = try Screen.describeTerminal()
    var settings = termios()
    guard tcgetattr(0, &settings) == 0 else { throw .refused(code: errno) }
    savedSettings = settings
    modes = TerminalModes(enterAlternateScreen: Screen.capability("smcup"))
    claim()
  }

  deinit {
    giveBack()
  }

  /// Asks what the terminal is like, first of all whether it speaks kitty's protocol; false where it may not
  /// understand that. What it answers is read like keys.
  public func ask() -> Bool {
    guard isClaimed, modes.isXtermLike else { return false }
    write(TerminalModes.keyboardQuestion + modes.question)
    return true
  }

  /// What is there to be read: empty when nothing is, nil when the terminal hung up.
  public func read() -> [UInt8]? { TerminalLine.read(atMostMilliseconds: 0) }

  public func write(_ text: String) { TerminalLine.write(Array(text.utf8)) }

  public var isInBackground: Bool { TerminalLine.isInBackground }

  /// Takes the terminal, at first or again.
  public func claim() {
    guard !isClaimed else { return }
    isClaimed = true
    crashGuard.arm(
      terminal: 1, modes: savedSettings, standardError: nil, bytes: Array(modes.off.utf8))
    // What curses does of it for a chat. Output stays as it is: a line end goes to the first column.
    var settings = savedSettings
    settings.c_lflag &= ~tcflag_t(ICANON | ISIG | IEXTEN | ECHO)
    settings.c_iflag &= ~tcflag_t(IXON | BRKINT | PARMRK | ICRNL)
    tcsetattr(0, TCSADRAIN, &settings)
    write(modes.on(isMouseCaptured: true))
  }

  /// Gives the terminal back, for a while or for good.
  public func giveBack() {
    guard isClaimed else { return }
    isClaimed = false
    var settings = TerminalLine.settingsToLeave(savedSettings)
    TerminalLine.withoutStopping {
      write(modes.off)
      tcsetattr(0, TCSADRAIN, &settings)
    }
    crashGuard.disarm()
  }
}

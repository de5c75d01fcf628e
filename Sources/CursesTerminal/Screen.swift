// The terminal, claimed.
//
//   claim (init) ──▶ claimed ── suspend ──▶ suspended ── resume ──▶ claimed
//                       └────────── restore ◀──┘  (once; also when the screen is let go)
//
// A claim changes things in five places, and giving back undoes them in the opposite order: the
// terminal's modes (termios), curses and with it the alternate screen, the private modes of
// `TerminalModes`, standard error, and the crash guard. `present` is the only way to draw.

import CLinux
import CNcurses
import Glibc
public import Terminal

/// The terminal while Patter has it. One thread owns it; there can be one at a time.
public final class Screen {
  /// Most bytes that one `read` takes.
  public static let readByteLimit = TerminalLine.readByteLimit
  /// Longest text that `copyToClipboard` takes, in bytes.
  public static let clipboardByteLimit = ClipboardSequence.textByteLimit

  private enum State {
    case claimed(CursesSession)
    case suspended, restored
  }

  /// What to poll for reading.
  public let inputDescriptor: Int32 = 0
  /// The terminal's, within `sizeLimit`.
  public private(set) var size: Size
  public let colorDepth: ColorDepth
  /// The C library's table, by which curses moves the cursor.
  public let widths = WidthTable { scalar in
    Int(wcwidth(wchar_t(truncatingIfNeeded: scalar)))
  }

  /// Whether the terminal holds an update back until it is whole. To be set when it says that it can.
  public var isSynchronized = false

  /// Whether the mouse is Patter's. Otherwise it is the terminal's, which selects text with it.
  public var isMouseCaptured = true {
    didSet {
      guard case .claimed = state, isMouseCaptured != oldValue else { return }
      write(isMouseCaptured ? modes.mouseOn : modes.mouseOff)
    }
  }

  /// Whether the terminal tells when it gets the keyboard and when it loses it.
  public var isFocusTold = false {
    didSet {
      guard case .claimed = state, isFocusTold != oldValue else { return }
      write(isFocusTold ? modes.focusOn : modes.focusOff)
    }
  }

  private var state: State
  private let terminalName: String
  private let isColorWanted: Bool
  /// The terminal's description with 24-bit colours; nil where there are none.
  private let directColors: String?
  private let savedModes: termios
  private let modes: TerminalModes
  private let crashBytes: [UInt8]
  private var crashGuard = CrashGuard()
  private var errorLog: ErrorLog?
  /// The frame that is on the screen; nil when that is not known.
  private var presented: Frame?
  private var isCursorVisible = false

  /// Claims the terminal of standard input and output.
  ///
  /// Standard error goes to a log until the screen is given back, if it is a terminal; the crash
  /// signals are caught. Only the character type of the locale is ever set.
  /// - Parameter isColorWanted: false leaves all colours out (`NO_COLOR`); attributes stay.
  public init(isColorWanted: Bool = true) throws(ScreenError) {
    guard isatty(0) == 1, isatty(1) == 1 else { throw .notATerminal }
    terminalName = try Screen.describeTerminal()
    guard Screen.setLocale() else { throw .localeMissing }
    var savedModes = termios()
    guard tcgetattr(0, &savedModes) == 0 else { throw .refused(code: errno) }
    self.savedModes = savedModes
    self.isColorWanted = isColorWanted
    modes = TerminalModes(enterAlternateScreen: Screen.capability("smcup"))
    let leaving = TerminalModes.Leaving(
      resetScrollRegion: Screen.capability("csr") == nil ? nil : "\u{1B}[r",
      plainAttributes: Screen.capability("sgr0"), showCursor: Screen.capability("cnorm"),
      leaveAlternateScreen: Screen.capability("rmcup"))
    directColors =
      isColorWanted && modes.isXtermLike && DirectColors.areOffered
      ? DirectColors.description() : nil
    guard
      let session = CursesSession(
        terminal: terminalName, isColorWanted: isColorWanted, directColors: directColors)
    else { throw .terminalUnknown(name: terminalName) }
    colorDepth = session.colorDepth
    size = session.size
    state = .claimed(session)
    errorLog = ErrorLog(
      path: ErrorLog.path(
        stateHome: Screen.environment("XDG_STATE_HOME"), home: Screen.environment("HOME")))
    crashBytes = modes.crashBytes(
      leaving,
      farewell: errorLog?.path.map {
        "Patter crashed. If it said why, it is in \($0).\r\n"
      } ?? "")
    begin(session)
  }

  deinit {
    restore()
  }

  // MARK: Drawing

  /// Makes the terminal look like `frame`. Costs a comparison of all cells, and what curses does for
  /// the rows that differ. A frame of another size than the screen's is cut or padded with blanks.
  public func present(_ frame: Frame) {
    guard case .claimed(let session) = state else { return }
    let before = presented?.size == frame.size ? presented : nil
    if before == nil { werase(session.window) }
    var isChanged = before == nil || frame.cursor != before?.cursor
    var hasDisputed = false
    for index in 0..<min(frame.size.rows, size.rows) {
      let cells = frame.rows[index]
      let old = before?.rows[index]
      if let old, cells == old { continue }
      isChanged = true
      session.draw(cells, row: index)
      // Partial updates of such a row would heap error on error. Written as a whole it is right from
      // the left edge up to the disputed place, and ends with a clean edge.
      if CursesRow.isDisputed(cells) || old.map(CursesRow.isDisputed) ?? false {
        wredrawln(session.window, Int32(index), 1)
        hasDisputed = true
      }
    }
    if isChanged { update(session, cursor: frame.cursor, isPlaceDoubtful: hasDisputed) }
    presented = frame
  }

  private func update(_ session: CursesSession, cursor: Position?, isPlaceDoubtful: Bool) {
    let inside = cursor.flatMap { cursor in
      (0..<size.rows).contains(cursor.row) && (0..<size.columns).contains(cursor.column)
        ? cursor : nil
    }
    if isSynchronized { write(TerminalModes.updateBegins) }
    defer {
      if isSynchronized { write(TerminalModes.updateEnds) }
    }
    session.update(cursor: inside, isPlaceDoubtful: isPlaceDoubtful)
    guard isCursorVisible != (inside != nil) else { return }
    isCursorVisible = inside != nil
    curs_set(isCursorVisible ? 1 : 0)
  }

  /// Paints everything anew, whatever somebody else wrote on the screen.
  public func redraw() {
    guard case .claimed(let session) = state else { return }
    clearok(session.window, true)
    update(session, cursor: presented?.cursor, isPlaceDoubtful: true)
  }

  /// Takes over the terminal's size. The next frame is painted as a whole.
  public func resized() {
    guard case .claimed(let session) = state else { return }
    session.resize()
    size = session.size
    presented = nil
  }

  /// Has the terminal copy a text. Whether it did, nobody tells: some want to be set up for that first.
  ///
  /// - Returns: false where that cannot be asked for: the text is longer than `clipboardByteLimit`, or
  ///   the terminal may not understand.
  public func copyToClipboard(_ text: [UInt8]) -> Bool {
    guard case .claimed = state, modes.isXtermLike,
      let bytes = ClipboardSequence.bytes(
        text, isInTmux: Screen.environment("TMUX") != nil,
        isInScreen: Screen.environment("STY") != nil)
    else { return false }
    write(bytes)
    return true
  }

  /// Rings the terminal's bell.
  public func ring() {
    guard case .claimed = state else { return }
    write([0x07])
  }

  /// Has the terminal's desktop show a sentence, where the terminal can do that.
  public func notify(_ sentence: String) {
    guard case .claimed = state, modes.isXtermLike else { return }
    write(
      NotificationSequence.bytes(
        sentence, isInTmux: Screen.environment("TMUX") != nil,
        isInScreen: Screen.environment("STY") != nil))
  }

  // MARK: Asking and reading

  /// Asks the terminal what it is like; false where it may not understand that. What it answers is read
  /// like keys, and `Keyboard` makes reports of it.
  public func ask() -> Bool {
    guard case .claimed = state, modes.isXtermLike else { return false }
    write(modes.question)
    return true
  }

  /// What is there to be read, waiting for it no longer than this: empty when nothing is, nil when the
  /// terminal hung up.
  public func read(atMostMilliseconds milliseconds: Int = 0) -> [UInt8]? {
    TerminalLine.read(atMostMilliseconds: milliseconds)
  }

  // MARK: Giving back, taking again

  /// Whether another job has the terminal. It is not ours to take or to draw on then.
  public var isInBackground: Bool { TerminalLine.isInBackground }

  /// Gives the terminal back for a while: before stopping the process, or for another program.
  public func suspend() {
    guard case .claimed(let session) = state else { return }
    end(session)
    state = .suspended
  }

  /// Takes the terminal again and paints what was there. Its size may have changed.
  ///
  /// - Parameter isRepairing: whether a program had the terminal that may have ended in the middle of
  ///   anything. What it left switched on is switched off, and the terminal's modes are those of the
  ///   beginning.
  public func resume(repairing isRepairing: Bool = false) {
    guard case .suspended = state else { return }
    if isRepairing { repair() }
    guard
      let session = CursesSession(
        terminal: terminalName, isColorWanted: isColorWanted, directColors: directColors)
    else { return }
    state = .claimed(session)
    let frame = presented
    begin(session, repairing: isRepairing)
    if let frame { present(frame) }
  }

  private func repair() {
    var modes = savedModes
    tcsetattr(0, TCSADRAIN, &modes)
    write(self.modes.repair)
  }

  /// Gives the terminal back for good. May be called again, and does nothing then.
  public func restore() {
    switch state {
    case .claimed(let session): end(session)
    case .suspended: break
    case .restored: return
    }
    state = .restored
    if errorLog?.hasGrown == true { writtenLogPath = errorLog?.path }
    errorLog?.close()
    errorLog = nil
  }

  /// After `restore`: the log that standard error went to, if something was written to it.
  public private(set) var writtenLogPath: String?

  private func begin(_ session: CursesSession, repairing isRepairing: Bool = false) {
    errorLog?.redirect()
    crashGuard.arm(
      terminal: 1, modes: savedModes,
      standardError: errorLog.flatMap { $0.isRedirected ? $0.original : nil }, bytes: crashBytes)
    resized()
    isCursorVisible = false
    curs_set(0)
    // The first update enters the alternate screen; the modes must come after it.
    session.update(cursor: nil, isPlaceDoubtful: false)
    if isRepairing { write(modes.emptiedKeyboardStack) }
    write(modes.on(isMouseCaptured: isMouseCaptured, isFocusTold: isFocusTold))
  }

  private func end(_ session: CursesSession) {
    var settings = TerminalLine.settingsToLeave(savedModes)
    TerminalLine.withoutStopping {
      write(modes.off)
      session.end()
      tcsetattr(0, TCSADRAIN, &settings)
      // Otherwise what comes next would be written over the last row.
      if !modes.hasAlternateScreen { write("\n") }
    }
    crashGuard.disarm()
    errorLog?.giveBack()
  }

  private func write(_ text: String) { write(Array(text.utf8)) }

  private func write(_ bytes: [UInt8]) { TerminalLine.write(bytes) }
}

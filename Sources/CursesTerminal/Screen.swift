// The terminal, claimed.
//
//   claim (init) ──▶ claimed ── suspend ──▶ suspended ── resume ──▶ claimed
//                       └────────── restore ◀──┘  (once; also when the screen is let go)
//
// A claim changes things in six places, and giving back undoes them in the opposite order: the
// terminal's modes (termios), curses and with it the alternate screen, the private modes of
// `TerminalModes`, standard error, and the crash guard. `present` is the only way to draw.

import CLinux
import CNcurses
import Glibc
public import Terminal

/// The terminal while Patter has it. One thread owns it; there can be one at a time.
public final class Screen {
  /// Most bytes that one `read` takes.
  public static let readByteLimit = 4_096

  private enum State {
    case claimed, suspended, restored
  }

  /// What to poll for reading.
  public let inputDescriptor: Int32 = 0
  public private(set) var size: Size
  public let colorDepth: ColorDepth
  /// The C library's table, by which curses moves the cursor.
  public let widths = WidthTable { scalar in
    Int(wcwidth(wchar_t(truncatingIfNeeded: scalar)))
  }

  private var state = State.claimed
  private let savedModes: termios
  private let curses: OpaquePointer
  private let window: UnsafeMutablePointer<WINDOW>
  private let modes: TerminalModes
  private let crashBytes: [UInt8]
  private var crashGuard = CrashGuard()
  private var errorLog: ErrorLog?
  private var row: CursesRow
  /// The frame that is on the screen; nil when that is not known.
  private var presented: Frame?
  private var isCursorVisible = true

  /// Claims the terminal of standard input and output.
  ///
  /// Standard error goes to a log until the screen is given back, if it is a terminal; the crash
  /// signals are caught. Only the character type of the locale is ever set.
  /// - Parameter isColorWanted: false leaves all colours out (`NO_COLOR`); attributes stay.
  public init(isColorWanted: Bool = true) throws(ScreenError) {
    guard isatty(0) == 1, isatty(1) == 1 else { throw .notATerminal }
    let name = try Screen.describeTerminal()
    guard Screen.setLocale() else { throw .localeMissing }
    var savedModes = termios()
    guard tcgetattr(0, &savedModes) == 0 else { throw .refused(code: errno) }

    let enter = Screen.capability("smcup")
    modes = TerminalModes(enterAlternateScreen: enter)
    guard let curses = curses_newterm(name), let window = curses_window() else {
      throw .terminalUnknown(name: name)
    }
    self.savedModes = savedModes
    self.curses = curses
    self.window = window
    size = Size(rows: Int(getmaxy(window)), columns: Int(getmaxx(window)))
    colorDepth = Screen.startColors(isWanted: isColorWanted)
    row = CursesRow(
      CursesStyle(Palette(depth: colorDepth, colorCount: Int(curses_color_count()))))
    errorLog = ErrorLog(
      path: ErrorLog.path(
        stateHome: Screen.environment("XDG_STATE_HOME"), home: Screen.environment("HOME")))
    let farewell = errorLog?.path.map { "Patter crashed. Its last words are in \($0).\r\n" } ?? ""
    crashBytes = modes.crashBytes(
      TerminalModes.Leaving(
        resetScrollRegion: Screen.capability("csr") == nil ? nil : "\u{1B}[r",
        plainAttributes: Screen.capability("sgr0"), showCursor: Screen.capability("cnorm"),
        leaveAlternateScreen: Screen.capability("rmcup")),
      farewell: farewell)

    raw()
    noecho()
    nonl()
    keypad(window, false)
    intrflush(window, false)
    idlok(window, true)
    typeahead(-1)
    begin()
  }

  deinit {
    restore()
  }

  // MARK: Drawing

  /// Makes the terminal look like `frame`. Costs a comparison of all cells, and what curses does for
  /// the rows that differ. A frame of another size than the screen's is cut or padded with blanks.
  public func present(_ frame: Frame) {
    guard state == .claimed, frame != presented else { return }
    let before = presented?.size == frame.size ? presented : nil
    if before == nil { werase(window) }
    var hasDisputed = false
    for index in 0..<min(frame.size.rows, size.rows) {
      let cells = frame.rows[index]
      let old = before?.rows[index]
      guard cells != old else { continue }
      draw(cells, row: index)
      // Partial updates of such a row would heap error on error. Written as a whole it is right from
      // the left edge up to the disputed place, and ends with a clean edge.
      if CursesRow.isDisputed(cells) || old.map(CursesRow.isDisputed) ?? false {
        wredrawln(window, Int32(index), 1)
        hasDisputed = true
      }
    }
    placeCursor(frame.cursor, isPlaceDoubtful: hasDisputed)
    presented = frame
  }

  private func draw(_ cells: [Cell], row index: Int) {
    let glyphs = row.glyphs(of: cells, limit: size.columns)
    guard !glyphs.isEmpty, wmove(window, Int32(index), 0) == OK else { return }
    wadd_wchnstr(window, glyphs, Int32(glyphs.count))
  }

  /// Moves the cursor and brings everything to the terminal.
  ///
  /// Behind a disputed glyph the terminal's cursor may stand elsewhere than curses believes, and
  /// curses moves it by steps from there. So it is put in its place once more, absolutely.
  private func placeCursor(_ cursor: Position?, isPlaceDoubtful: Bool) {
    let inside = cursor.flatMap { cursor in
      (0..<size.rows).contains(cursor.row) && (0..<size.columns).contains(cursor.column)
        ? cursor : nil
    }
    leaveok(window, inside == nil && !isPlaceDoubtful)
    let place = inside ?? Position(row: 0, column: 0)
    wmove(window, Int32(place.row), Int32(place.column))
    wnoutrefresh(window)
    doupdate()
    if isPlaceDoubtful { mvcur(-1, -1, Int32(place.row), Int32(place.column)) }
    if isCursorVisible != (inside != nil) {
      isCursorVisible = inside != nil
      showCursor()
    }
  }

  private func showCursor() {
    curs_set(isCursorVisible ? 1 : 0)
  }

  /// Paints everything anew, whatever somebody else wrote on the screen.
  public func redraw() {
    guard state == .claimed else { return }
    clearok(window, true)
    placeCursor(presented?.cursor, isPlaceDoubtful: true)
  }

  /// Takes over the terminal's size. The next frame is painted as a whole.
  public func resized() {
    guard state == .claimed else { return }
    var rows: Int32 = 0
    var columns: Int32 = 0
    if terminal_size(1, &rows, &columns) { resizeterm(rows, columns) }
    size = Size(rows: Int(getmaxy(window)), columns: Int(getmaxx(window)))
    presented = nil
    clearok(window, true)
  }

  // MARK: Reading

  /// What is there to be read, without waiting: empty when nothing is, nil when the terminal hung up.
  public func read() -> [UInt8]? {
    var descriptor = pollfd(fd: inputDescriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&descriptor, 1, 0) > 0 else { return [] }
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Screen.readByteLimit) { buffer, used in
      count = Glibc.read(inputDescriptor, buffer.baseAddress, buffer.count)
      used = max(0, count)
    }
    if count == 0 || count < 0 && errno != EINTR && errno != EAGAIN { return nil }
    return bytes
  }

  // MARK: Giving back, taking again

  /// Gives the terminal back for a while: before stopping the process, or for another program.
  public func suspend() {
    guard state == .claimed else { return }
    giveBack()
    state = .suspended
  }

  /// Takes the terminal again and paints what was there. Its size may have changed.
  public func resume() {
    guard state == .suspended else { return }
    state = .claimed
    let frame = presented
    begin()
    if let frame { present(frame) }
  }

  /// Gives the terminal back for good. May be called again, and does nothing then.
  public func restore() {
    guard state != .restored else { return }
    if state == .claimed { giveBack() }
    state = .restored
    if errorLog?.hasGrown == true { writtenLogPath = errorLog?.path }
    errorLog?.close()
    errorLog = nil
    delscreen(curses)
  }

  /// After `restore`: the log that standard error went to, if something was written to it.
  public private(set) var writtenLogPath: String?

  private func begin() {
    errorLog?.redirect()
    crashGuard.arm(
      terminal: 1, modes: savedModes,
      standardError: errorLog.flatMap { $0.isRedirected ? $0.original : nil }, bytes: crashBytes)
    resized()
    werase(window)
    // The first update enters the alternate screen; the modes must come after it.
    wnoutrefresh(window)
    doupdate()
    showCursor()
    write(modes.on)
  }

  private func giveBack() {
    write(modes.off)
    endwin()
    var modes = savedModes
    tcsetattr(0, TCSADRAIN, &modes)
    crashGuard.disarm()
    errorLog?.giveBack()
  }

  private func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0 && errno == EAGAIN {
        var descriptor = pollfd(fd: 1, events: Int16(POLLOUT), revents: 0)
        guard poll(&descriptor, 1, -1) >= 0 || errno == EINTR else { return }
      } else if count >= 0 || errno != EINTR {
        return
      }
    }
  }
}

// One stretch of curses, from `newterm` to `delscreen`.
//
// A suspended screen ends its session and a resumed one begins another. Curses could come back from
// `endwin` by itself, but then it sends terminfo's `oc`, which resets the palette of the whole terminal,
// and people have their own colours there *(ncurses 6.4, seen in the bytes it writes)*.

import CNcurses
import Terminal

/// Curses while it has the terminal.
final class CursesSession {
  let window: UnsafeMutablePointer<WINDOW>
  let colorDepth: ColorDepth
  private let screen: OpaquePointer
  private var row: CursesRow

  /// Takes the terminal of standard input and output; nil when curses does not know the terminal.
  ///
  /// - Parameter directColors: a description of the terminal that has them; nil leaves them out.
  init?(terminal name: String, isColorWanted: Bool, directColors: String?) {
    // Curses makes room for every cell of the size it finds. One that is too large must not be found:
    // then it begins with terminfo's, and `resize` follows before anything is drawn.
    let kernel = CursesSession.kernelSize
    let environment = Size(
      rows: Screen.environment("LINES").flatMap { Int($0) } ?? 0,
      columns: Screen.environment("COLUMNS").flatMap { Int($0) } ?? 0)
    use_tioctl(kernel.map { $0 == Screen.bounded($0) } ?? false)
    use_env(kernel == nil && environment == Screen.bounded(environment))
    guard
      let screen = directColors.flatMap(DirectColors.newTerminal) ?? curses_newterm(name),
      let window = curses_window()
    else { return nil }
    self.screen = screen
    self.window = window
    colorDepth = CursesSession.startColors(
      isWanted: isColorWanted, isDirect: directColors != nil)
    row = CursesRow(
      CursesStyle(Palette(depth: colorDepth, colorCount: Int(curses_color_count()))))
    raw()
    noecho()
    nonl()
    keypad(window, false)
    intrflush(window, false)
    idlok(window, true)
    // Curses is not to look at the keyboard's descriptor.
    typeahead(-1)
  }

  private static func startColors(isWanted: Bool, isDirect: Bool) -> ColorDepth {
    guard isWanted, has_colors(), start_color() == OK, use_default_colors() == OK else {
      return .none
    }
    switch Int(curses_color_count()) {
    case DirectColors.colorCount where isDirect: return .direct
    case 256: return .palette256
    // More than 256 have no numbers that are known here, but the first are the terminal's own.
    case 8...: return .sixteen
    default: return .none
    }
  }

  var size: Size { Size(rows: Int(getmaxy(window)), columns: Int(getmaxx(window))) }

  /// The size the kernel has for the terminal; nil when it knows none, as of a serial line.
  private static var kernelSize: Size? {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard terminal_size(1, &rows, &columns) else { return nil }
    return Size(rows: Int(rows), columns: Int(columns))
  }

  /// Adopts the size the kernel has for the terminal, within the limit, and forgets what the terminal
  /// shows.
  func resize() {
    if let size = CursesSession.kernelSize.map(Screen.bounded) {
      resizeterm(Int32(size.rows), Int32(size.columns))
    }
    werase(window)
    clearok(window, true)
  }

  /// Replaces a row of the window. Nothing is written to the terminal yet.
  func draw(_ cells: [Cell], row index: Int) {
    let glyphs = row.glyphs(of: cells, limit: size.columns)
    guard !glyphs.isEmpty, wmove(window, Int32(index), 0) == OK else { return }
    wadd_wchnstr(window, glyphs, Int32(glyphs.count))
  }

  /// Brings everything to the terminal, and its cursor to `place`; nil lets the cursor be anywhere.
  ///
  /// Behind a disputed glyph the terminal's cursor may stand elsewhere than curses believes, and
  /// curses moves it by steps from there. When its place is doubtful it is put there once more,
  /// absolutely.
  func update(cursor place: Position?, isPlaceDoubtful: Bool) {
    leaveok(window, place == nil && !isPlaceDoubtful)
    let place = place ?? Position(row: 0, column: 0)
    wmove(window, Int32(place.row), Int32(place.column))
    wnoutrefresh(window)
    doupdate()
    if isPlaceDoubtful { curses_place_cursor(Int32(place.row), Int32(place.column)) }
  }

  /// Gives the terminal back. The session is over then.
  func end() {
    endwin()
    delscreen(screen)
  }
}

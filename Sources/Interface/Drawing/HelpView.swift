import Terminal

/// The keys and commands as they are bound now.
struct HelpView {
  /// The rows of the help, wrapped to `columns`.
  static func lines(_ app: App, columns: Int, wrap: TextWrap, theme: Theme) -> [TextLine] {
    var lines: [TextLine] = []
    func title(_ text: String) {
      if !lines.isEmpty { lines.append(.empty) }
      lines.append(TextLine([TextRun(text, theme.style(for: .overlayTitle))]))
    }
    /// Names take the columns of the longest, but no more than half of the screen.
    func rows(_ rows: [(name: String, help: String)]) {
      let longest = rows.map { wrap.cells.width(of: $0.name) }.max() ?? 0
      let nameColumns = min(longest + 2, columns / 2)
      for row in rows { add(row.name, row.help, nameColumns) }
    }
    func add(_ name: String, _ help: String, _ nameColumns: Int) {
      let padding = max(1, nameColumns - wrap.cells.width(of: name))
      let rest = String(repeating: " ", count: nameColumns)
      lines += wrap.lines(
        [TextRun(help, theme.style(for: .overlay))], columns: columns,
        first: [
          TextRun(name, theme.style(for: .key)),
          TextRun(String(repeating: " ", count: padding), theme.style(for: .overlay)),
        ],
        rest: [TextRun(rest, theme.style(for: .overlay))])
    }
    title("Keys")
    // What no key asks for stands last.
    let bound = app.keys.bindings.filter { !$0.keys.isEmpty }
    rows(
      bound.map { row in
        let place = row.place == .emptyDraft ? " (on an empty draft)" : ""
        return (row.keys.map(\.name).joined(separator: " "), row.help + place)
      }
        + app.keys.bindings.filter(\.keys.isEmpty).map { ("none", $0.help) })
    title("Slash commands")
    rows(
      app.commands.commands.map { command in
        let name = (["/" + command.name] + [command.argument].filter { !$0.isEmpty })
          .joined(separator: " ")
        let aliases = command.aliases.map { "/" + $0 }.joined(separator: " ")
        return (name, command.help + (aliases.isEmpty ? "" : " (also \(aliases))"))
      })
    title("Mouse")
    var mouse = [
      ("Wheel", "scroll"),
      ("Click", "open a row with ▸, or fold it again"),
      (
        "Shift and drag",
        "select text, as the terminal does (Option and drag in iTerm2 and Terminal.app)"
      ),
    ]
    if let key = app.keys.name(of: .mouse) {
      mouse.append((key, "select without Shift: the mouse is the terminal's until the next \(key)"))
    }
    rows(mouse)
    return lines
  }
}

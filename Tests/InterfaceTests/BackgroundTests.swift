import Chat
import Interface
import Settings
import Terminal
import Testing

/// A theme's own background, behind everything.
@Suite struct BackgroundTests {
  /// A theme that colours only what is behind all text.
  private static var blue: Theme {
    let place = Place(line: 1, column: 1)
    func node(_ members: (String, Node)...) -> Node {
      Node(
        .mapping(members.map { Node.Member(name: $0, namePlace: place, value: $1) }), at: place)
    }
    func word(_ text: String) -> Node { Node(.scalar(text, isQuoted: false), at: place) }
    let document = node(
      ("appearance", word("dark")),
      ("faces", node(("text", node(("background", word("blue")))))))
    let none = { (name: String) throws(SettingsError) -> Theme.Source in
      throw SettingsError(file: name, place: nil, message: "There is none.")
    }
    return Theme.read(Theme.Source(document, file: "blue.yaml"), inherited: none).theme
  }

  private static let reply = """
    # Heading

    Words of *many* **kinds**, `code` and [a link](https://example.org/) that go on and on and on.

    > A quote that is so long that it takes more than one row of this screen.

    1. one
    2. two that is so long that it takes more than one row of this screen

    | a | b |
    |---|---|
    | 1 | 2 |

    ```
    code
    ```

    ---
    """

  @Test(arguments: [20, 40])
  func `leaves no hole in a conversation`(columns: Int) {
    var app = readyApp()
    app.send("A prompt that is so long that it takes more than one row of this screen.")
    app.hear(1, .thinking("A thought that is so long that it takes more than one row of this."))
    app.hear(1, .text(Self.reply))
    app.hear(1, .failed(StreamFailure(.truncated, "The connection broke, and nobody knows why.")))
    app.press("alt-r")
    app.hear(2, .text(Self.reply))
    var view = ScreenView(widths: widths)
    for key in ["left", "alt-m", "esc", "f1", "esc", "alt-a"] {
      app.press(key)
      let drawn = view.draw(
        app, theme: Self.blue, size: Size(rows: 200, columns: columns), at: origin)
      for (row, cells) in drawn.frame.rows.enumerated() {
        if let column = cells.firstIndex(where: { $0.style.background != .named(4) }) {
          Issue.record("\(key): row \(row), column \(column): \(drawn.frame.picture[row])")
        }
      }
    }
  }
}

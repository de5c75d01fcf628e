// Whole screens as they were looked at, in `Pictures`. When a screen is meant to change:
//
//   PATTER_KEEP_PICTURES=1 swift test --filter WholeScreenTests
//
// writes them anew, and git shows what has changed.

import Chat
import Glibc
import Interface
import Terminal
import Testing

@Suite struct WholeScreenTests {
  static let sizes = [(24, 80), (40, 120), (12, 40)]

  static let themes: [(name: String, theme: Theme)] = [
    ("dark", .standard(for: .dark)), ("light", .standard(for: .light)),
    ("monochrome", Theme.standard(for: .dark).withoutColors),
  ]

  private static let prompt = "Compare the two ways, please. Übung: 木を見て 👩‍💻"

  private static let reply = """
    ## Two ways

    *Copying* is **simple**; ~~sharing~~ is `fast`. See [the notes](https://example.org/notes).

    ```swift
    let sum = values.reduce(0, +)  // all of them
    ```

    | way | cost | 方法 |
    |:----|-----:|:---:|
    | copy | 12 µs | 複製 |
    | share | 3 µs | 共有 |

    1. Measure.
       - [x] quietly
       - [ ] twice
    2. Decide.

    > What is not measured is an opinion.

    - \u{5D0}\u{5D5}\u{5DC}\u{5D9}
    """

  /// A conversation with everything in it.
  private static func app() -> App {
    var app = readyApp()
    var now = origin
    func pass(_ milliseconds: Int64) { now = now.advanced(byMilliseconds: milliseconds) }
    app.send(prompt)
    pass(300)
    app.hear(1, .text("It is"), at: now)
    app.press("alt-r", at: now)
    pass(600)
    app.hear(2, .thinking("The person wants a table, and to know what is measured."), at: now)
    pass(12_000)
    app.hear(2, .text(reply), at: now)
    app.hear(2, .usage(Usage(inputTokens: 820, outputTokens: 1204, reasoningTokens: 310)), at: now)
    pass(4_000)
    app.hear(2, .completed(.stop), at: now)
    return app
  }

  @Test(arguments: sizes, themes.indices)
  func `is the one that was looked at`(size: (rows: Int, columns: Int), theme: Int) {
    let (name, theme) = Self.themes[theme]
    var stage = Stage(Self.app(), rows: size.rows, columns: size.columns)
    stage.theme = theme
    stage.view = ScreenView(widths: widths, languages: sourceLanguages())
    stage.now = origin.advanced(byMilliseconds: 60_000)
    let picture = StyledPicture(stage.draw(), theme: theme)
    let file = "\(size.columns)x\(size.rows) \(name)"
    if getenv("PATTER_KEEP_PICTURES") != nil { picture.keep(file) }
    #expect(picture.text == StyledPicture.kept(file))
  }
}

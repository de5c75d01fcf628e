import Chat
import Markdown
import Support
import Terminal
import Testing

@testable import Interface

private let reply = """
  Look:

  ```swift
  let a = 1
  \tlet b = 2
  ```

  - in a list

    ~~~
    three

    four
    ~~~

  > ```
  > quoted
  > ```
  """

private func stage(_ text: String = reply, rows: Int = 30, columns: Int = 60) -> Stage {
  var app = readyApp()
  app.send("my prompt")
  app.hear(1, .thinking("hm"))
  app.hear(1, .text(text))
  app.hear(1, .completed(.stop))
  var stage = Stage(app, rows: rows, columns: columns)
  stage.draw()
  return stage
}

extension Stage {
  fileprivate mutating func press(_ names: String...) -> [AppEffect] {
    var effects: [AppEffect] = []
    for name in names {
      effects += app.press(name)
      draw()
    }
    return effects
  }
}

@Suite struct `Copying` {
  @Test func `shows a digit at each block of code and a letter at each message`() {
    var stage = stage()
    _ = stage.press("alt-c")
    let picture = stage.picture
    func row(_ sign: String) -> String? {
      picture.first { $0.hasSuffix(sign) }.map { String($0.dropLast(3)) }?
        .split(separator: " ").joined(separator: " ")
    }
    #expect(row("[a]") == "You")
    #expect(row("[b]") == "m")
    #expect(row("[1]") == "swift")
    #expect(row("[2]") == "three")
    #expect(row("[3]") == "│ quoted")
    #expect(
      picture.last?.contains("1–9 code · a–z message · Enter last reply · Esc closes") == true)
    let frame = stage.draw()
    let sign = picture.firstIndex { $0.hasSuffix("[1]") } ?? 0
    #expect(frame.rows[sign][56].base == 0x31)
    #expect(frame.rows[sign][56].style == Theme.standard(for: .dark).style(for: .key))
  }

  @Test func `copies what was written, without what the layout added`() {
    var stage = stage()
    #expect(stage.press("alt-c", "1") == [.copy("let a = 1\n\tlet b = 2", what: "code")])
    #expect(stage.press("alt-c", "2") == [.copy("three\n\nfour", what: "code")])
    #expect(stage.press("alt-c", "3") == [.copy("quoted", what: "code")])
    #expect(stage.press("alt-c", "a") == [.copy("my prompt", what: "the prompt")])
    #expect(stage.press("alt-c", "b") == [.copy(reply, what: "the reply")])
    #expect(stage.press("alt-c", "enter") == [.copy(reply, what: "the reply")])
    #expect(stage.app.copying == nil)
  }

  @Test func `says what stands at nothing, and stays open`() {
    var stage = stage()
    #expect(stage.press("alt-c", "7") == [])
    #expect(stage.app.notice?.text == "7 stands at nothing in view.")
    #expect(stage.app.copying != nil)
    #expect(stage.press("esc") == [])
    #expect(stage.app.copying == nil)
  }

  @Test func `leaves the draft alone, and takes the first Esc`() {
    var app = readyApp()
    app.send("q")
    app.hear(1, .text("text"))
    app.type("draft")
    app.press("alt-c", "z", "left", "ctrl-k", "backspace")
    #expect(app.composer.text == "draft")
    #expect(app.press("esc") == [])
    #expect(app.press("esc", at: later(100)).contains(.chat(.abort(StreamID(1)))))
  }

  @Test func `means by a key what it meant when the hints were shown`() {
    var app = readyApp()
    app.send("q")
    app.hear(1, .text((1...9).map { "```\ncode \($0)\n```\n" }.joined() + "\n```\nlast"))
    var stage = Stage(app, rows: 12, columns: 60)
    stage.draw()
    _ = stage.press("alt-c")
    let before = stage.picture.prefix(9)
    stage.app.hear(1, .text(String(repeating: "\n```\n\n```\nnew", count: 30)))
    #expect(stage.picture.prefix(9) == before)
    let second = before.first { $0.hasSuffix("[2]") } ?? ""
    guard case .copy(let text, "code") = stage.press("2").first else {
      Issue.record("nothing is copied")
      return
    }
    #expect(second.contains(text))
    stage.draw()
    #expect(stage.app.viewport.mode == .follow)
  }

  @Test func `reaches a block and a message that begin above the screen`() {
    let code = (1...40).map { "line \($0)" }.joined(separator: "\n")
    var stage = stage("```\nfirst\n```\n\n```\n\(code)\n```", rows: 12)
    _ = stage.press("alt-c")
    #expect(stage.picture.first?.hasSuffix("[a][1]") == true)
    #expect(stage.press("1") == [.copy(code, what: "code")])
  }

  @Test func `copies a live reply as far as it has come`() {
    var app = readyApp()
    app.send("q")
    app.hear(1, .text("```c\nint a;\nint"))
    var stage = Stage(app, rows: 20, columns: 60)
    stage.draw()
    #expect(stage.press("alt-c", "1") == [.copy("int a;\nint", what: "code")])
  }

  @Test func `can be asked for in words`() {
    var stage = stage()
    #expect(stage.app.send("/copy") == [.copy(reply, what: "the reply")])
    #expect(stage.app.send("/copy 2") == [.copy("three\n\nfour", what: "code")])
    #expect(
      stage.app.send("/copy all")
        == [.copy("## You\n\nmy prompt\n\n## m\n\n\(reply)\n", what: "the conversation")])
    #expect(stage.app.send("/copy 4") == [])
    #expect(stage.app.notice?.text == "The last reply has 3 blocks of code.")
    #expect(stage.app.send("/copy -1") == [])
    #expect(stage.app.notice?.kind == .error)
  }

  @Test func `of nothing is said`() {
    var app = readyApp()
    #expect(app.send("/copy") == [])
    #expect(app.notice?.text == "There is no reply yet that could be copied.")
    #expect(app.send("/copy all") == [])
  }

  @Test func `counts blocks of code in the lines as in the text`() {
    var generator = Seeded(state: 11)
    let pieces = [
      "\n", "\n", "\n\n", "```\n", "```\n", "~~~ x\n", "> ", "- ", "1. ", "    ", "  ", "a", "b c",
      "```",
      "| a |\n|---|\n", "# ",
    ]
    let styling = MarkdownStyling(
      MessageLayout.Context(
        wrap: TextWrap(TextCells(widths: widths)),
        manner: TranscriptLayout.Manner(
          columns: 12, theme: .standard(for: .dark), retryKey: nil), place: .init(), now: origin))
    var count = 0
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 1...30, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }.joined()
      var message = readyApp()
      message.send("q")
      message.hear(1, .text(text))
      let blocks = message.store.conversation.path.last.map {
        message.store.conversation[$0].codeBlocks
      }
      let lines = styling.lines(Block.parse(text))
      #expect(lines.count { $0.mark == .codeStart } == blocks?.count, "\(text.debugDescription)")
      count += blocks?.count ?? 0
    }
    #expect(count > 1_000)
  }
}

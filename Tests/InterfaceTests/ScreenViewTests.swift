import Chat
import Interface
import Terminal
import Testing

@Suite struct `The screen` {
  @Test func `shows a conversation with a stopped reply`() {
    var stage = Stage(readyApp(), rows: 18, columns: 60)
    stage.app.send("How do I **stop**?")
    stage.app.hear(
      1, .text("Press *Esc*.\n\n- once\n- and `no` more\n\n```sh\nls  -l\n```\n\nAnd th"))
    stage.app.press("esc")
    #expect(
      stage.picture == [
        "  You",
        "  How do I **stop**?",
        "",
        "  m",
        "  Press Esc.",
        "",
        "  • once",
        "  • and no more",
        "",
        "    sh",
        "    ls  -l",
        "",
        "  And th",
        "  ■ stopped here",
        "",
        "  ────────────────────────────────────────────────────────",
        "  › Ask something",
        " m · a test               Alt-K goes on · Alt-R sends again",
      ])
  }

  @Test func `says who answers, for how long it has been waiting and what the keys do now`() {
    var stage = Stage(readyApp(), rows: 6, columns: 60)
    stage.app.send("one")
    stage.now = origin.advanced(byMilliseconds: 3200)
    #expect(stage.picture.last == " m · a test · waiting 3 s        Esc stops · Enter replaces")
    stage.app.hear(1, .text("a"), at: stage.now)
    for _ in 0..<79 { stage.app.hear(1, .text("b"), at: stage.now) }
    stage.now = origin.advanced(byMilliseconds: 5200)
    #expect(stage.picture.last == " m · streaming 40 deltas/s       Esc stops · Enter replaces")
  }

  @Test func `marks what was superseded and folds an earlier attempt until it is asked for`() {
    var stage = Stage(readyApp(), rows: 20, columns: 50)
    stage.app.send("cats")
    stage.app.hear(1, .text("Cats are"))
    stage.app.press("alt-r")
    stage.app.hear(2, .text("Lions"))
    stage.app.hear(1, .text(" stale"))
    stage.app.send("dogs")
    stage.app.hear(3, .text("Dogs"))
    stage.app.hear(2, .text(" stale"))
    let folded = stage.picture
    #expect(
      folded.prefix(9) == [
        "  You",
        "  cats",
        "",
        "  m ‹2/2›",
        "  Lions",
        "  ■ superseded here",
        "",
        "  ▸ m, an earlier attempt, 2 words: ■ superseded",
        "    here (Alt-A shows it)",
      ])
    stage.app.press("alt-a")
    let picture = stage.picture
    #expect(
      picture.prefix(17) == [
        "  You",
        "  cats",
        "",
        "  m ‹2/2›",
        "  Lions",
        "  ■ superseded here",
        "",
        "  m (an earlier attempt)",
        "  Cats are",
        "  ■ superseded here",
        "",
        "  You",
        "  dogs",
        "",
        "  m",
        "  Dogs",
        "",
      ])
    #expect(!picture.contains { $0.contains("stale") })
  }

  @Test func `says what went wrong and which key sends again`() {
    var stage = Stage(readyApp(), rows: 10, columns: 60)
    stage.app.send("one")
    let failure = StreamFailure(.refused, "Nobody listens there.", requestID: "r1")
    stage.app.hear(1, .failed(failure))
    #expect(
      stage.picture.contains("  ✗ Nobody listens there. (request r1) Alt-R sends the"))
    #expect(stage.picture.contains("    prompt again."))
  }

  @Test func `holds still while somebody reads further up`() {
    var stage = Stage(readyApp(), rows: 12, columns: 60)
    stage.app.send("one")
    stage.app.hear(1, .text((1...40).map { "line \($0)\n\n" }.joined()))
    stage.draw()
    stage.app.press("pageup")
    let before = stage.picture
    for number in 41...80 {
      stage.app.hear(1, .text("line \(number)\n\n"))
      #expect(Array(stage.picture.dropLast()) == Array(before.dropLast()))
    }
    #expect(stage.picture.last?.contains("↓") == true)
    stage.app.press("ctrl-end")
    #expect(stage.picture.contains("  line 80"))
  }

  @Test func `keeps the message in view when the width changes`() {
    var stage = Stage(readyApp(), rows: 12, columns: 80)
    for number in 1...30 {
      stage.app.send("prompt \(number) " + String(repeating: "word ", count: 30))
      stage.app.hear(UInt64(number), .text("reply"))
      stage.app.hear(UInt64(number), .completed(.stop))
    }
    stage.draw()
    for _ in 0..<6 { stage.app.press("pageup") }
    let seen = stage.picture.compactMap { $0.split(separator: " ").dropFirst().first }
    stage.size = Size(rows: 12, columns: 40)
    let after = stage.picture.compactMap { $0.split(separator: " ").dropFirst().first }
    #expect(!Set(seen).intersection(after).filter { Int($0) != nil }.isEmpty)
  }

  @Test func `shows the help over the transcript, from the live tables`() {
    var stage = Stage(readyApp(), rows: 150, columns: 80)
    stage.app.press("f1")
    let picture = stage.picture.joined(separator: "\n")
    for binding in KeyMap.standard.bindings {
      #expect(picture.contains(binding.keys.map(\.name).joined(separator: " ")))
    }
    for command in SlashCommands.standard.commands { #expect(picture.contains("/" + command.name)) }
  }

  @Test func `scrolls the help by what there is of it, and back again`() {
    var stage = Stage(readyApp(), rows: 12, columns: 60)
    stage.app.press("f1")
    let first = stage.picture
    #expect(first[0] == "  Keys")
    #expect(first.last?.contains("↓") == true)
    #expect(first.last?.contains("PgDn scrolls") == true)
    stage.app.press("ctrl-end", "ctrl-end")
    #expect(stage.picture.contains { $0.contains("Shift and drag") })
    stage.app.press("up")
    let oneUp = stage.picture
    stage.app.press("up")
    #expect(stage.picture != oneUp)
    stage.app.press("home")
    #expect(stage.picture == first)
  }

  @Test func `paints the whole of an overlay's rows`() {
    var stage = Stage(readyApp(), rows: 12, columns: 60)
    stage.app.press("f1")
    let overlay = Theme.standard(for: .dark).style(for: .overlay)
    #expect(overlay.background != Theme.standard(for: .dark).style(for: .text).background)
    let frame = stage.draw()
    for row in 0..<9 {
      #expect(frame.rows[row].allSatisfy { $0.style.background == overlay.background })
    }
  }

  @Test func `loses no letter of the help on a narrow screen`() {
    var stage = Stage(readyApp(), rows: 250, columns: 20)
    stage.app.press("f1")
    let words = stage.picture.joined(separator: " ")
    #expect(words.contains("one word"))
    #expect(!words.contains(" ne word"))
  }

  @Test func `says of the newest broken reply only that its prompt can be sent again`() {
    var stage = Stage(readyApp(), rows: 20, columns: 80)
    for number in 1...2 {
      stage.app.send("prompt \(number)")
      stage.app.hear(UInt64(number), .failed(StreamFailure(.refused, "It broke.")))
      stage.draw()
    }
    #expect(stage.picture.filter { $0.contains("sends the prompt again") }.count == 1)
    #expect(stage.picture.filter { $0.contains("It broke.") }.count == 2)
  }

  @Test func `names the model that answers now while another is chosen for later`() {
    var stage = Stage(readyApp(), rows: 8, columns: 80)
    stage.app.send("one")
    let other = ModelID(provider: "guide", name: "other")
    stage.app.handle(.modelFound(Route(other), place: "elsewhere"), at: origin)
    #expect(stage.picture.last?.hasPrefix(" m · next: other · waiting") == true)
    stage.app.press("esc")
    #expect(stage.picture.last?.hasPrefix(" other · elsewhere") == true)
  }

  @Test func `cuts a long name before it drops what the reply is doing`() {
    let ids = MessageIDSource(seed: MessageID(high: 1, low: 2))
    let model = ModelID(provider: "ollama", name: "a-model-with-a-name-of-thirty-seven-letters")
    let store = ChatStore(route: Route(model), messageIDs: ids)
    let app = App(chats: Conversations(store), answering: .ready(place: "Ollama"))
    var stage = Stage(app, rows: 6, columns: 40)
    stage.app.send("one")
    #expect(stage.picture.last == " a-mod… · 0 s  Esc stop · Enter replace")
  }

  @Test func `says on 40 columns still what the reply and the keys do`() {
    let ids = MessageIDSource(seed: MessageID(high: 1, low: 2))
    let model = ModelID(provider: "ollama", name: "a-model-with-a-name-of-thirty-seven-letters")
    let store = ChatStore(route: Route(model), messageIDs: ids)
    let app = App(chats: Conversations(store), answering: .ready(place: "Ollama"))
    var stage = Stage(app, rows: 6, columns: 80)
    stage.app.send("one")
    stage.app.hear(1, .text("a"))
    #expect(
      stage.picture.last?.hasSuffix("… · streaming 1 delta/s  Esc stops · Enter replaces") == true)
    stage.size.columns = 40
    #expect(stage.picture.last == " a-mod… · 1/s  Esc stop · Enter replace")
    stage.size.columns = 20
    #expect(stage.picture.last == " a-mo… · 1/s")
  }

  @Test func `counts the lines below from this frame and not from the last`() {
    var stage = Stage(readyApp(), rows: 10, columns: 60)
    stage.app.send("one")
    stage.app.hear(1, .text((1...30).map { "line \($0)\n\n" }.joined()))
    stage.app.hear(1, .completed(.stop))
    stage.draw()
    stage.app.press("pageup")
    #expect(stage.picture.last?.contains("↓ 5 lines") == true)
    stage.size.rows = 100
    #expect(stage.picture.last?.contains("↓") == false)
  }

  @Test func `lets the draft grow to a third and keeps the cursor in view`() {
    var stage = Stage(readyApp(), rows: 12, columns: 40)
    for number in 1...9 {
      stage.app.type("row \(number)")
      stage.app.press("ctrl-j")
    }
    let frame = stage.draw()
    #expect(frame.picture[7...10] == ["    row 7", "    row 8", "    row 9", ""])
    #expect(frame.cursor == Position(row: 10, column: 4))
  }

  @Test func `puts a notice where the rule was`() {
    var stage = Stage(readyApp(), rows: 8, columns: 60)
    stage.app.press("ctrl-c")
    #expect(stage.picture[5] == "  Press Ctrl-C again to quit.")
    stage.app.press("left")
    #expect(stage.picture[5].hasPrefix("  ───"))
  }

  @Test func `tells the model apart on the narrowest of screens`() {
    var stage = Stage(readyApp(), rows: 5, columns: 20)
    stage.app.send("one")
    #expect(stage.picture.last == " m · 0 s   Esc stop")
    stage.size.columns = 10
    #expect(stage.picture.last == " m · 0 s")
  }

  @Test func `fits every size, with the cursor inside`() {
    var app = readyApp()
    app.send("hello 日本語 and more")
    app.hear(1, .text("# Title\n\n> quote\n\n| a | b |\n|---|--:|\n| 1 | 22 |\n\n1. x\n   - y\n"))
    app.type("draft that is somewhat longer than the row")
    for rows in 0...14 {
      for columns in 0...30 {
        var stage = Stage(app, rows: rows, columns: columns)
        let frame = stage.draw()
        #expect(frame.rows.count == rows)
        #expect(frame.rows.allSatisfy { $0.count == columns })
        if rows > 0, columns > 0, let cursor = frame.cursor {
          #expect((0..<rows).contains(cursor.row), "\(rows)x\(columns)")
          #expect((0...columns).contains(cursor.column), "\(rows)x\(columns)")
        }
      }
    }
  }
}

@Suite struct `Markdown on the screen` {
  private func rows(_ markdown: String, columns: Int = 44) -> [String] {
    var stage = Stage(readyApp(), rows: 60, columns: columns)
    stage.app.send("x")
    stage.app.hear(1, .text(markdown))
    stage.app.hear(1, .completed(.stop))
    let picture = stage.picture
    let end = picture.lastIndex { $0.hasPrefix("  ──") && $0.count > 30 } ?? picture.count
    return picture[4..<end].map { $0.hasPrefix("  ") ? String($0.dropFirst(2)) : $0 }
      .reversed().drop { $0.isEmpty }.reversed()
  }

  @Test func `sets tables with their alignment`() {
    #expect(
      rows("| name | n |\n|:-----|--:|\n| a | 1 |\n| long | 22 |") == [
        "name │  n",
        "─────┼───",
        "a    │  1",
        "long │ 22",
      ])
  }

  @Test func `wraps the cells of a wide table and stacks one that cannot fit`() {
    let wide = "| a | b |\n|---|---|\n| one two three four five six seven | eight nine ten eleven |"
    #expect(rows(wide).allSatisfy { $0.count <= 40 })
    #expect(rows(wide).count > 3)
    let many =
      "| a | b | c | d | e | f |\n|---|---|---|---|---|---|\n"
      + "| first cell | second cell | third cell | fourth cell | fifth cell | sixth cell |"
    #expect(rows(many).first == "a: first cell")
  }

  @Test func `nests lists and quotes`() {
    #expect(
      rows("1. one\n   - inner\n2. two\n\n> quoted text\n> - item\n\n- [x] done\n- [ ] open") == [
        "1. one",
        "   • inner",
        "2. two",
        "",
        "│ quoted text",
        "│",
        "│ • item",
        "",
        "☑ done",
        "☐ open",
      ])
  }

  @Test func `shows the address of a link, and raw HTML as text`() {
    #expect(rows("[docs](https://a.b/c) <b>x</b>") == ["docs (https://a.b/c) <b>x</b>"])
    #expect(rows("https://a.b/c") == ["https://a.b/c"])
  }

  @Test func `is the same at every moment as when it had come at once`() {
    let text =
      "# A\n\nOne *two*\nthree\n\n- a\n- b\n\n  c\n\n```\ncode\n\nmore\n```\n\n| x |\n|---|\n| y |\n\n```c\nint a;\n```\n```d\nb\n```\nend"
    var stage = Stage(readyApp(), rows: 60, columns: 44)
    stage.app.send("x")
    var prefix = ""
    for character in text {
      prefix.append(character)
      stage.app.hear(1, .text(String(character)))
      #expect(stage.picture.dropLast() == whole(prefix, isDone: false), "\(prefix)")
    }
    stage.app.hear(1, .completed(.stop))
    #expect(stage.picture.dropLast() == whole(text, isDone: true))
  }

  /// The screen after one delta that holds the whole text, without the status line.
  private func whole(_ text: String, isDone: Bool) -> ArraySlice<String> {
    var stage = Stage(readyApp(), rows: 60, columns: 44)
    stage.app.send("x")
    stage.app.hear(1, .text(text))
    if isDone { stage.app.hear(1, .completed(.stop)) }
    return stage.picture.dropLast()
  }
}

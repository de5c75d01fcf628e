import Chat
import Synchronization
import Terminal
import Testing

@testable import Interface

/// Widths that count how many graphemes beyond ASCII were looked at: the work of a layout.
final class CountedWidths: Sendable {
  private let lookups = Mutex(0)

  var table: WidthTable {
    WidthTable { scalar in
      self.lookups.withLock { $0 += 1 }
      return widths.width(of: scalar)
    }
  }

  /// The lookups that `body` led to.
  func count(_ body: () -> Void) -> Int {
    let before = lookups.withLock { $0 }
    body()
    return lookups.withLock { $0 } - before
  }
}

/// The draft broken into rows the plain way: all of it, each time.
private struct PlainDraft {
  var rows: [[Cell]] = [[]]
  var cursor = Position(row: 0, column: 0)

  init(_ composer: Composer, columns: Int, cells: TextCells) {
    for (index, element) in composer.elements.enumerated() {
      guard case .character(let character) = element else { continue }
      if index == composer.cursor { placeCursor(columns) }
      if character == "\n" {
        rows.append([])
        continue
      }
      let drawn = cells.cells(character == "\t" ? "  " : String(character), style: .plain)
      if rows[rows.count - 1].count + drawn.count > columns, !rows[rows.count - 1].isEmpty {
        rows.append([])
      }
      rows[rows.count - 1] += drawn
    }
    if composer.cursor == composer.elements.count { placeCursor(columns) }
  }

  private mutating func placeCursor(_ columns: Int) {
    if rows[rows.count - 1].count >= columns { rows.append([]) }
    cursor = Position(row: rows.count - 1, column: rows[rows.count - 1].count)
  }
}

@Suite struct `The rows of a draft` {
  private let cells = TextCells(widths: widths)

  @Test func `are after each edit those of a draft laid out as a whole`() {
    for seed in UInt64(1)...60 {
      var keys = RandomKeys(seed: seed)
      var composer = Composer()
      var view = ComposerView(cells)
      var columns = 5
      for step in 0..<200 {
        for _ in 0..<keys.number(1...3) { keys.press(&composer) }
        if keys.number(0...19) == 0 { columns = keys.number(1...9) }
        let height = keys.number(0...3) == 0 ? Int.max : keys.number(0...6)
        view.update(composer, columns: columns, rows: height)
        let plain = PlainDraft(composer, columns: columns, cells: cells)
        #expect(view.cursor == plain.cursor, "seed \(seed) step \(step) in \(columns)")
        let count = min(plain.rows.count, height)
        #expect(view.rowCount >= count, "seed \(seed) step \(step) in \(columns)")
        let top = max(0, view.cursor.row - count + 1)
        let rows = (top..<(top + count)).map {
          view.row($0, of: composer, style: .plain, foldStyle: .plain, selectionStyle: .plain)
        }
        #expect(
          rows == Array(plain.rows[top..<(top + count)]),
          "seed \(seed) step \(step) in \(columns)")
      }
    }
  }

  @Test func `are right for each of two copies of one draft`() {
    var composer = Composer()
    composer.insert("abc")
    var view = ComposerView(cells)
    for text in ["d", "efghi\n", "", "j"] {
      var copy = composer
      copy.insert(text)
      view.update(copy, columns: 4, rows: .max)
      let rows = (0..<view.rowCount).map {
        view.row($0, of: copy, style: .plain, foldStyle: .plain, selectionStyle: .plain)
      }
      #expect(rows == PlainDraft(copy, columns: 4, cells: cells).rows)
    }
  }

  @Test func `do not make drafts differ whose text came about otherwise`() {
    var typed = Composer()
    for letter in ["a", "b", "c"] { typed.insert(letter) }
    var pasted = Composer()
    pasted.insert("abc")
    #expect(typed.draft.edits.revision != pasted.draft.edits.revision)
    #expect(typed.draft.edits == pasted.draft.edits)
    #expect(typed.draft.edits.hashValue == pasted.draft.edits.hashValue)
  }

  @Test(arguments: ["ö", "öööö öööö\n"]) func `are broken anew only where the draft changed`(
    unit: String
  ) {
    let counted = CountedWidths()
    var view = ComposerView(TextCells(widths: counted.table))
    var composer = Composer()
    let columns = 80
    composer.insert(String(repeating: unit, count: 100_000 / unit.count))
    func update() { view.update(composer, columns: columns, rows: 8) }
    update()
    #expect(counted.count { update() } <= 2 * columns)
    for place in [99_700, 50_000, 10] {
      while composer.cursor > place { composer.moveLeft() }
      let costs = [
        counted.count { update() },
        counted.count {
          composer.insert("ö")
          update()
        },
        counted.count {
          composer.deleteBackward()
          update()
        },
        counted.count {
          for _ in 0..<20 { composer.insert("ä") }
          update()
        },
      ]
      #expect(costs.allSatisfy { $0 <= 15 * columns }, "\(costs) at \(place)")
    }
  }

  @Test func `in view are all that a frame makes cells of`() {
    let counted = CountedWidths()
    var view = ScreenView(widths: counted.table)
    var app = readyApp()
    let size = Size(rows: 24, columns: 80)
    app.handle(.input(.paste(String(repeating: "ö", count: 100_000))), at: origin)
    _ = view.draw(app, theme: .standard(for: .dark), size: size, at: origin)
    let cost = counted.count {
      app.press("x")
      _ = view.draw(app, theme: .standard(for: .dark), size: size, at: origin)
    }
    #expect(cost <= 2 * size.rows * size.columns)
  }
}

/// Presses keys at random, the same for the same seed.
private struct RandomKeys {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return range.lowerBound + Int((state >> 33) % UInt64(range.count))
  }

  mutating func press(_ composer: inout Composer) {
    let pieces = [
      "a", "bc", "\n", "\n", "\t", "日", "👨‍👩‍👧", "\u{301}", "\u{200D}", "\u{FE0F}", "aaaaa", "日本語",
      "a\nb\nc",
    ]
    switch number(0...19) {
    case 0...7: composer.insert(pieces[number(0...(pieces.count - 1))])
    case 8, 9: composer.deleteBackward()
    case 10: composer.deleteForward()
    case 11: for _ in 0..<number(1...9) { composer.moveLeft() }
    case 12: for _ in 0..<number(1...9) { composer.moveRight() }
    case 13: composer.moveUp()
    case 14: composer.moveDown()
    case 15: composer.cutWordBackward()
    case 16: composer.yank()
    case 17: composer.moveToLineEnd()
    case 18: composer.cutToLineStart()
    default:
      if number(0...9) == 0 { _ = composer.take() } else { composer.giveBack("later") }
    }
  }
}

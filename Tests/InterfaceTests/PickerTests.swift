import Testing

@testable import Interface

struct `A picker` {
  private func picker(_ names: [String], rows: Int = 5) -> Picker {
    var picker = Picker(names.map { PickerItem($0) })
    picker.measured(Viewport.Rows(content: names.count, visible: rows, top: 0))
    return picker
  }

  private func shown(_ picker: Picker, rows: Int = 5) -> [String] {
    picker.window(rows: rows).map { row in
      let name = picker.items[picker.found[row]].title
      return row == picker.selection ? "[\(name)]" : name
    }
  }

  private let numbers = (0..<20).map { "n\($0)" }

  @Test func `selects the first row and moves as far as there are rows`() {
    var picker = picker(["a", "b", "c"])
    #expect(picker.selected?.id == "a")
    picker.move(by: -1)
    #expect(picker.selected?.id == "a")
    picker.move(by: .max)
    #expect(picker.selected?.id == "c")
    picker.move(by: .min)
    #expect(picker.selected?.id == "a")
    picker.moveToEnd()
    #expect(picker.selected?.id == "c")
    picker.moveToStart()
    #expect(picker.selected?.id == "a")
  }

  @Test func `moves its rows only when the selection would leave them`() {
    var picker = picker(numbers)
    picker.move(by: 4)
    #expect(shown(picker) == ["n0", "n1", "n2", "n3", "[n4]"])
    picker.move(by: 1)
    #expect(shown(picker) == ["n1", "n2", "n3", "n4", "[n5]"])
    picker.move(by: -4)
    #expect(shown(picker) == ["[n1]", "n2", "n3", "n4", "n5"])
    picker.move(by: -1)
    #expect(shown(picker) == ["[n0]", "n1", "n2", "n3", "n4"])
  }

  @Test func `opens with the selected row in its middle`() {
    var picker = Picker(numbers.map { PickerItem($0) })
    picker.move(by: 10)
    #expect(shown(picker) == ["n8", "n9", "[n10]", "n11", "n12"])
  }

  @Test func `keeps the selected row at its place when rows come before it`() {
    var picker = picker(numbers)
    picker.move(by: 6)
    #expect(shown(picker) == ["n2", "n3", "n4", "n5", "[n6]"])
    picker.show((["x", "y", "n0", "z"] + numbers).map { PickerItem($0) })
    #expect(shown(picker) == ["n2", "n3", "n4", "n5", "[n6]"])
    picker.show(["n5", "n6", "n7", "n8", "n9"].map { PickerItem($0) })
    #expect(shown(picker) == ["n5", "[n6]", "n7", "n8", "n9"])
  }

  @Test func `keeps the first row at its place when rows come above it`() {
    var picker = picker(["b", "c"])
    picker.show(["a0", "a1", "b", "c", "d", "e", "f", "g"].map { PickerItem($0) })
    #expect(shown(picker) == ["[b]", "c", "d", "e", "f"])
    picker.move(by: -1)
    #expect(picker.selected?.id == "a1")
  }

  @Test func `selects a neighbour when the selected row goes`() {
    var picker = picker(["a", "b", "c"])
    picker.move(by: 2)
    picker.show(["a"].map { PickerItem($0) })
    #expect(picker.selected?.id == "a")
    picker.show([])
    #expect(picker.selected == nil)
    picker.move(by: 1)
    #expect(shown(picker) == [])
  }

  @Test func `shows a row once`() {
    #expect(picker(["a", "b", "a"]).items.map(\.id) == ["a", "b"])
  }

  @Test func `shows what suits best first, and equals in their order`() {
    var picker = picker(["a/gemi-tini", "z/mini", "a/mini", "a/none"])
    picker.type("MINI")
    #expect(shown(picker) == ["[z/mini]", "a/mini", "a/gemi-tini"])
    picker.deleteBackward()
    picker.deleteWordBackward()
    #expect(picker.query == "")
    #expect(shown(picker) == ["a/gemi-tini", "[z/mini]", "a/mini", "a/none"])
  }

  @Test func `keeps what is selected among what it finds when better rows come`() {
    var picker = picker(["a/gemi-tini"])
    picker.type("mini")
    picker.show(["a/gemi-tini", "a/mini"].map { PickerItem($0) })
    #expect(shown(picker) == ["[a/gemi-tini]"])
    picker.move(by: -1)
    #expect(picker.selected?.id == "a/mini")
  }

  @Test func `takes one line of what is pasted, and so much of it`() {
    var picker = picker(["a"])
    picker.type("one\ntwo")
    #expect(picker.query == "one")
    picker.type(String(repeating: "x", count: 1_000))
    #expect(picker.query.count == Picker.queryLimit)
    picker.deleteQuery()
    #expect(picker.query == "")
  }

  @Test func `deletes a word with the blanks behind it`() {
    var picker = picker(["a"])
    picker.type("one two  ")
    picker.deleteWordBackward()
    #expect(picker.query == "one ")
    picker.deleteWordBackward()
    picker.deleteWordBackward()
    #expect(picker.query == "")
  }

  @Test func `looks at ten thousand names once for a letter, and then at those found only`() {
    let names = (0..<10_000).map { "provider/model-name-\($0)" }
    let letterCount = names.reduce(0) { $0 + $1.count }
    var picker = picker(names)
    picker.type("m")
    #expect(picker.comparisonCount <= 2 * letterCount)
    picker.type("99")
    let found = picker.found.count
    #expect(found < 1_000)
    picker.type("9")
    #expect(picker.comparisonCount <= 5 * found * 24)
    picker.deleteBackward()
    #expect(picker.found.count == found)
  }
}

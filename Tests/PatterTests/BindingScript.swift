// The words in which the rows of the key table are tried: a state in which a key shows what it does, the key,
// and what is to be seen then.

import Interface
import Support
import Terminal
import Testing

/// A row of the key table, by what no other row has.
struct BindingRow: Hashable, Sendable, CustomTestStringConvertible {
  let action: Action
  let place: KeyPlace

  init(_ action: Action, in place: KeyPlace) {
    self.action = action
    self.place = place
  }

  var testDescription: String { "\(action.name), \(place.rawValue)" }

  /// The keys of the row as a terminal sends them; of a row without keys the one that `configuration` binds.
  var keys: [TypedKey] {
    let keys = KeyMap.standard.bindings.filter { $0.action == action && $0.place == place }
      .flatMap(\.keys).map { TypedKey($0) }
    return keys.isEmpty ? Self.boundKeys[action].map { [.function($0)] } ?? [] : keys
  }

  /// The function keys that `configuration` binds to what has none in the table.
  private static let boundKeys: [Action: Int] = [
    .edit: 6, .text(.transposeWords): 7, .text(.upcaseWord): 8, .text(.capitalizeWord): 9,
  ]

  /// A configuration that binds the rows without keys.
  static var configuration: String {
    "keys: {\(boundKeys.map { "\($0.key.name): f\($0.value)" }.joined(separator: ", "))}"
  }
}

/// A row that needs a program for itself.
struct BindingScript: Sendable, CustomTestStringConvertible {
  let row: BindingRow
  /// Starts what it needs, presses the key and looks.
  let play: @Sendable (TypedKey) throws -> Void

  init(
    _ action: Action, in place: KeyPlace = .anywhere,
    _ play: @escaping @Sendable (TypedKey) throws -> Void
  ) {
    row = BindingRow(action, in: place)
    self.play = play
  }

  var testDescription: String { row.testDescription }

  static let all = replies + pages + wholeProgram
}

/// A row that changes the draft, and nothing else.
struct DraftScript: Sendable, CustomTestStringConvertible {
  let row: BindingRow
  /// What is typed before the key.
  let before: KeyScript
  /// The rows of the draft behind the key; `|` is typed then, and shows where the cursor was.
  let after: [String]

  init(_ action: Action, _ before: String, _ after: String...) {
    row = BindingRow(action, in: .draft)
    self.before = KeyScript(action.name, before)
    self.after = after
  }

  init(_ edit: TextEdit, _ before: String, _ after: String...) {
    row = BindingRow(.text(edit), in: .draft)
    self.before = KeyScript(edit.rawValue, before)
    self.after = after
  }

  var testDescription: String { row.testDescription }

  static let all: [DraftScript] = [
    DraftScript(.newline, "one", "one", "|"),
    DraftScript(.newline, "one<Left>", "on", "|e"),
    DraftScript(.previous, "over<C-j>under", "over|", "under"),
    DraftScript(.previous, "earlier<C-c>later", "earlier|"),
    DraftScript(.next, "over<C-j>under<Up>", "over", "unde|r"),
    DraftScript(.next, "earlier<C-c>later<Up>", "later|"),
    DraftScript(.complete, "/usa", "/usage|"),
    DraftScript(.completeBackward, "/mo", "/models|"),
    DraftScript(.left, "one", "on|e"),
    DraftScript(.right, "one<C-a>", "o|ne"),
    DraftScript(.wordLeft, "one two", "one |two"),
    DraftScript(.wordRight, "one two<C-a>", "one| two"),
    DraftScript(.lineStart, "one two", "|one two"),
    DraftScript(.lineEnd, "one two<C-a>", "one two|"),
    DraftScript(.deleteBackward, "one", "on|"),
    DraftScript(.deleteForward, "one<C-a>", "|ne"),
    DraftScript(.deleteToSpace, "one two-three", "one |"),
    DraftScript(.deleteWordBackward, "one two-three", "one two-|"),
    DraftScript(.deleteWordForward, "one two<C-a>", "| two"),
    DraftScript(.killToEnd, "one two<A-b>", "one |"),
    DraftScript(.killToStart, "one two<A-b>", "|two"),
    DraftScript(.yank, "one two<C-w>", "one two|"),
    DraftScript(.yankPop, "one<C-u>two<C-u><C-y>", "one|"),
    DraftScript(.undo, "one two<C-u>", "one two|"),
    DraftScript(.transposeCharacters, "one", "oen|"),
    DraftScript(.transposeWords, "one two", "two one|"),
    DraftScript(.upcaseWord, "one two<C-a>", "ONE| two"),
    DraftScript(.downcaseWord, "ONE TWO<C-a>", "one| TWO"),
    DraftScript(.capitalizeWord, "one two<C-a>", "One| two"),
  ]
}

extension Picture {
  /// The rows of the composer from the draft's first on, so many, without what stands left of them.
  func draftRows(_ count: Int) -> [String] {
    guard let first = rows.lastIndex(where: { $0.contains("› ") }),
      let left = row(first).firstRange(of: "› ")
    else { return [] }
    let margin = row(first)[..<left.upperBound].count
    return (first..<(first + count)).map { String(row($0).dropFirst(margin)) }
  }
}

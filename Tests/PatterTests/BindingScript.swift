// The words in which the rows of the key table are tried: a state in which a key shows what it does, the key,
// and what is to be seen then.

import Interface
import Support
import Terminal
import Testing

/// A row of the key table, by what the help says of it: were it known by its action, a key that is bound to
/// another action than its help tells would be tried for that one.
struct BindingRow: Hashable, Sendable, CustomTestStringConvertible {
  let help: String
  let place: KeyPlace

  init(_ help: String, in place: KeyPlace) {
    self.help = help
    self.place = place
  }

  init(_ binding: KeyBinding) { self.init(binding.help, in: binding.place) }

  var testDescription: String { "\(help) (\(place.rawValue))" }

  /// The keys of the row as a terminal sends them; of a row without keys the one that `configuration` binds.
  var keys: [TypedKey] {
    KeyMap.standard.bindings.filter { BindingRow($0) == self }.flatMap { binding in
      let bound = Self.boundKeys[binding.action].map { [TypedKey.function($0)] } ?? []
      return binding.keys.isEmpty ? bound : binding.keys.map { TypedKey($0) }
    }
  }

  /// The function keys that `configuration` binds to what has none in the table.
  private static let boundKeys: [Action: Int] = [
    .text(.transposeWords): 7, .text(.upcaseWord): 8, .text(.capitalizeWord): 9,
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
    _ help: String, in place: KeyPlace = .anywhere,
    _ play: @escaping @Sendable (TypedKey) throws -> Void
  ) {
    row = BindingRow(help, in: place)
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

  init(_ help: String, _ before: String, _ after: String...) {
    row = BindingRow(help, in: .draft)
    self.before = KeyScript(help, before)
    self.after = after
  }

  var testDescription: String { row.testDescription }

  static let all: [DraftScript] = [
    DraftScript("new line in the draft (\\ and Enter does too)", "one", "one", "|"),
    DraftScript("new line in the draft (\\ and Enter does too)", "one<Left>", "on", "|e"),
    DraftScript("line above, else the earlier prompt", "over<C-j>under", "over|", "under"),
    DraftScript("line above, else the earlier prompt", "earlier<C-c>later", "earlier|"),
    DraftScript("line below, else the later prompt", "over<C-j>under<Up>", "over", "unde|r"),
    DraftScript("line below, else the later prompt", "earlier<C-c>later<Up>", "later|"),
    DraftScript("complete a slash command, or a path behind @", "/usa", "/usage|"),
    DraftScript("complete it with the candidate before", "/mo", "/models|"),
    DraftScript("left", "one", "on|e"),
    DraftScript("right", "one<C-a>", "o|ne"),
    DraftScript("one word left", "one two", "one |two"),
    DraftScript("one word right", "one two<C-a>", "one| two"),
    DraftScript("start of the line", "one two", "|one two"),
    DraftScript("end of the line", "one two<C-a>", "one two|"),
    DraftScript("delete the character before", "one", "on|"),
    DraftScript("delete the character under", "one<C-a>", "|ne"),
    DraftScript("cut back to white space", "one two-three", "one |"),
    DraftScript("cut the word before", "one two-three", "one two-|"),
    DraftScript("cut the word after", "one two<C-a>", "| two"),
    DraftScript("cut to the end of the line", "one two<A-b>", "one |"),
    DraftScript("cut to the start of the line", "one two<A-b>", "|two"),
    DraftScript("put back what was cut last", "one two<C-w>", "one two|"),
    DraftScript("after that: what was cut before, instead", "one<C-u>two<C-u><C-y>", "one|"),
    DraftScript("undo", "one two<C-u>", "one two|"),
    DraftScript("exchange two characters", "one", "oen|"),
    DraftScript("exchange two words", "one two", "two one|"),
    DraftScript("write the word after in capitals", "one two<C-a>", "ONE| two"),
    DraftScript("write the word after in small letters", "ONE TWO<C-a>", "one| TWO"),
    DraftScript("begin the word after with a capital", "one two<C-a>", "One| two"),
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

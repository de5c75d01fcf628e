// Every row of the key table, on a terminal: each of its keys does what the row says.

import Interface
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct BindingTests {
  /// Nothing is bound to them.
  private static let actionsWithoutKey: Set<Action> = [
    .edit, .text(.transposeWords), .text(.upcaseWord), .text(.capitalizeWord),
  ]

  @Test func `every row of the table has a script, and every script a row`() {
    let rows = KeyMap.standard.bindings.filter { !$0.keys.isEmpty }
      .map { BindingRow($0.action, in: $0.place) }
    let scripts = DraftScript.all.map(\.row) + BindingScript.all.map(\.row)
    #expect(
      Set(scripts.filter { !Self.actionsWithoutKey.contains($0.action) }) == Set(rows))
    #expect(Set(rows.map(\.action)).union(Self.actionsWithoutKey) == Set(Action.allCases))
  }

  @Test(arguments: BindingScript.all)
  func `a key does what its row says`(script: BindingScript) throws {
    for key in script.row.keys { try script.play(key) }
  }

  @Test func `a key of the draft does what its row says`() throws {
    let chat = try Journey(with: nil)
    // A terminal that brackets its pastes may send a line end in the midst of keys.
    chat.press(.paste("pasted"))
    try chat.see("› pasted")
    for script in DraftScript.all {
      for key in script.row.keys {
        chat.press(.control("c"))
        try chat.see("The draft is cleared.")
        chat.patter.send(script.before.bytes)
        chat.press(key)
        chat.type("|")
        try chat.waitUntil("\(script.testDescription), by \(key): \(script.after)") {
          $0.draftRows(script.after.count) == script.after
        }
      }
    }
    try chat.quitWithDraft()
  }
}

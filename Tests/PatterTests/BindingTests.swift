// Every row of the key table, on a terminal: each of its keys does what the row says.

import Interface
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct BindingTests {
  @Test func `every row of the table has a script and a key, and every script a row`() {
    let bindings = KeyMap.standard.bindings
    let rows = Set(bindings.map { BindingRow($0) })
    #expect(rows.count == bindings.count, "two rows of one place say the same")
    let scripts = Set(DraftScript.all.map(\.row) + BindingScript.all.map(\.row))
    #expect(scripts == rows)
    #expect(Set(bindings.map(\.action)) == Set(Action.allCases))
    #expect(rows.allSatisfy { !$0.keys.isEmpty })
  }

  @Test(arguments: BindingScript.all)
  func `a key does what its row says`(script: BindingScript) throws {
    for key in script.row.keys { try script.play(key) }
  }

  @Test func `a key of the draft does what its row says`() throws {
    let chat = try Journey(with: nil, home: .configured(BindingRow.configuration))
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

// The composer beside readline itself: the same keys, the same line.
//
// What Patter does otherwise, and what is therefore in none of the scripts:
//
// - Alt-T, Alt-U, Alt-C and Alt-R, Ctrl-S, Ctrl-R, Tab, Ctrl-G, Alt-Q and Alt-O are the chat's; what the
//   first three are in Bash can be bound, and is compared in the composer alone. Alt-. and Alt-_, Ctrl-X, Ctrl-Q, Ctrl-V, Ctrl-], Alt-\, Alt-<, Alt->, Alt-# and counts (Alt-3) are bound to
//   nothing.
// - Ctrl-J breaks the line, and so does a backslash before Enter.
// - On an empty draft Ctrl-A, Ctrl-E and `?` do something else, and `/` at its start begins a command.
// - A grapheme is one letter: a mark is undone with the letter it stands on, and neither an emoji made of
//   several nor a flag is ever taken apart.
// - Ctrl-T does nothing to a single letter of several bytes, and leaves nothing to be undone; in Bash it
//   leaves that nothing.
// - Bash takes Ctrl-D on an empty line as the end, Patter to quit; there is nothing to be compared.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct ReadlineTests {
  /// Compares line by line.
  private func compare(_ table: ReadlineTable, with editor: some LineEditor) throws {
    let bash = try BashLineEditor().lines(of: table.rows)
    let patter = try editor.lines(of: table.rows)
    try #require(bash.count == table.rows.count)
    for (index, script) in table.rows.enumerated() {
      #expect(patter[index] == bash[index], "\(script.testDescription)")
    }
  }

  /// Compares up to the first difference: behind it the kill rings may differ as well.
  private func compare(_ scripts: [KeyScript], with editor: some LineEditor) throws {
    let bash = try BashLineEditor().lines(of: scripts)
    let patter = try editor.lines(of: scripts)
    try #require(bash.count == scripts.count)
    let first = try #require(
      scripts.indices.first { bash[$0] != patter[$0] } ?? scripts.indices.last)
    #expect(patter[first] == bash[first], "\(scripts[first].testDescription)")
  }

  @Test func `what is compared is what was typed, and where the cursor was`() throws {
    let scripts = [
      KeyScript("a kill", "one two<C-w>"), KeyScript("a word left", "schöne Grüße<A-b>"),
    ]
    #expect(try BashLineEditor().lines(of: scripts) == ["1=one ‸", "2=schöne ‸Grüße"])
  }

  @Test(arguments: ReadlineTable.all)
  func `the same keys make the same line`(table: ReadlineTable) throws {
    try compare(table, with: PatterLineEditor())
  }

  @Test(arguments: ReadlineTable.bound)
  func `keys that a configuration binds make the same line`(table: ReadlineTable) throws {
    try compare(table, with: ComposerLineEditor())
  }

  @Test(arguments: [RandomKeys.Kind.marks, .undo], 1...3 as ClosedRange<UInt64>)
  func `random keys make the same line`(kind: RandomKeys.Kind, seed: UInt64) throws {
    var keys = RandomKeys(kind, seed: seed)
    try compare(keys.scripts(60), with: PatterLineEditor())
  }

  @Test(arguments: RandomKeys.Kind.allCases, 11...12 as ClosedRange<UInt64>)
  func `more random keys do the same in the composer alone`(
    kind: RandomKeys.Kind, seed: UInt64
  ) throws {
    var keys = RandomKeys(kind, seed: seed)
    try compare(keys.scripts(200), with: ComposerLineEditor())
  }
}

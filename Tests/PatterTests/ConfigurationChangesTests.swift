// What one notice says of a save.

import Chat
import Interface
import Settings
import Testing

@testable import Patter

struct ConfigurationChangesTests {
  @Test func `every member that can be written is named when it changes, and no other`() throws {
    let all = try read(configuration: ConfigurationPrintTests.everything)
    #expect(all.errors == [])
    let names = Configuration().changes(from: all.value)
    #expect(names == ConfigurationSheet.rows.map(\.name))
    #expect(all.value.changes(from: all.value) == [])
    // Each alone, too.
    for line in ["send: queue", "view: {mouse: false}", "notifyAfter: 1 s", "theme: {dark: nord}"] {
      let changed = try read(configuration: line).value
      #expect(changed.changes(from: Configuration()) == [String(line.prefix { $0 != ":" })])
    }
  }

  @Test func `one sentence says what changed`() {
    func sentence(_ names: [String], _ change: (inout ConfigurationChanges) -> Void = { _ in })
      -> String?
    {
      var changes = ConfigurationChanges(names: names)
      change(&changes)
      return changes.sentence
    }
    #expect(sentence([]) == nil)
    #expect(sentence([]) { $0.isMended = true } == "config.yaml is right again.")
    #expect(sentence(["keys", "retry"]) == "config.yaml: keys, retry.")
    #expect(
      sentence(["model", "system"])
        == "config.yaml: model (in new conversations), system (in new conversations).")
    #expect(sentence(["model"]) { $0.isModelLookedFor = true } == "config.yaml: model.")
  }

  @Test func `a notice has the errors first, and says when nothing counts`() {
    let error = SettingsError(file: "c", place: Place(line: 1, column: 2), message: "No.")
    let changes = ConfigurationChanges(names: ["send"])
    #expect(Notice([], changes: ConfigurationChanges(names: [])) == nil)
    #expect(Notice([], changes: changes) == Notice("config.yaml: send."))
    #expect(
      Notice([error], changes: changes) == Notice("c:1:2: No.\nconfig.yaml: send.", kind: .error))
    #expect(
      Notice([error], changes: nil)
        == Notice("c:1:2: No.\nWhat counted before still does.", kind: .error))
  }
}

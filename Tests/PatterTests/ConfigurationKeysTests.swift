// The keys of `config.yaml`: what is right counts, what cannot be is told at its place.

import Interface
import Terminal
import Testing

@testable import Patter

extension KeyMap {
  /// The keys of an action, each with its place.
  fileprivate func keys(of name: String) -> [String] {
    bindings.filter { $0.action.name == name }
      .flatMap { row in row.keys.map { "\($0.name) (\(row.place.rawValue))" } }
  }
}

struct ConfigurationKeysTests {
  private func keys(_ yaml: String, of action: String) throws -> [String] {
    let (value, errors) = try read(configuration: yaml)
    #expect(errors == [])
    return value.keys.keys(of: action)
  }

  // MARK: - What is right

  @Test(arguments: [
    ("keys:", "send", ["Enter (anywhere)"]),
    ("keys: {send: ctrl-enter}", "send", ["Ctrl-Enter (anywhere)"]),
    ("keys: {copy: [alt-c, f6]}", "copy", ["Alt-C (anywhere)", "F6 (anywhere)"]),
    (
      "keys: {copy: [Alt-C, F6, PgUp]}", "copy",
      ["Alt-C (anywhere)", "F6 (anywhere)", "PgUp (anywhere)"]
    ),
    ("keys: {bare: none}", "bare", []),
    ("keys: {bare: []}", "bare", []),
    ("keys: {copy: y on empty draft}", "copy", ["y (empty draft)"]),
    ("keys: {copy: Y On Empty Draft}", "copy", ["Y (empty draft)"]),
    ("keys: {help: f1}", "help", ["F1 (anywhere)"]),
    ("keys: {help: 'H on empty draft'}", "help", ["H (empty draft)"]),
    (
      "keys: {top: [ctrl-home, f7, home on empty draft]}", "top",
      ["Ctrl-Home (anywhere)", "F7 (anywhere)", "Home (empty draft)"]
    ),
    ("keys: {undo: ctrl-x}", "undo", ["Ctrl-X (draft)"]),
    ("keys: {search: ctrl-space}", "search", ["Ctrl-Space (anywhere)"]),
    ("keys: {search: alt-shift-s}", "search", ["Alt-Shift-S (anywhere)"]),
    ("keys: {transposeWords: alt-x}", "transposeWords", ["Alt-X (draft)"]),
  ])
  func `an action has the keys that are set, and no others`(
    yaml: String, action: String, keys: [String]
  ) throws {
    #expect(try self.keys(yaml, of: action) == keys)
  }

  @Test(arguments: [
    ("keys: {copy: ctrl-k}", "killToEnd", []),
    ("keys: {copy: f5}", "retry", ["Alt-R (anywhere)"]),
    ("keys: {copy: '? on empty draft'}", "help", ["F1 (anywhere)"]),
    ("keys: {newline: [ctrl-j, f5]}", "retry", ["Alt-R (anywhere)"]),
    ("keys: {undo: ctrl-d}", "deleteForward", ["Delete (draft)"]),
    ("keys: {undo: ctrl-d}", "quit", ["Ctrl-D (empty draft)"]),
    ("keys: {messageUp: home}", "top", ["Ctrl-Home (anywhere)", "Home (empty draft)"]),
    ("keys: {bare: none}", "mouse", ["F2 (anywhere)"]),
  ])
  func `a key is taken from an action that it would not be heard for`(
    yaml: String, action: String, keys: [String]
  ) throws {
    #expect(try self.keys(yaml, of: action) == keys)
  }

  @Test func `the help keeps its order and its words`() throws {
    let keys = try read(configuration: "keys: {help: 'h on empty draft', undo: ctrl-d}").value.keys
    let standard = KeyMap.standard.bindings.map(\.action)
    var order: [Action] = []
    for action in keys.bindings.map(\.action) where order.last != action { order.append(action) }
    #expect(order == standard.reduce(into: []) { if $0.last != $1 { $0.append($1) } })
    #expect(keys.bindings.first { $0.action == .help }?.help == "show the keys")
  }

  @Test(arguments: [("emacs", EditingStyle.emacs), ("vi", .vi)])
  func `knows both ways to edit`(word: String, style: EditingStyle) throws {
    let (value, errors) = try read(configuration: "editing: \(word)")
    #expect(errors == [])
    #expect(value.editing == style)
    #expect(Beginning(AppSettings(value)).app.composer.editing == style)
  }

  // MARK: - What is wrong

  @Test(arguments: [
    ("keys: {snd: enter}", "1:8: 'snd' is not known in 'keys'; did you mean 'send'?"),
    ("keys: {copy: crtl-c}", "1:14: 'crtl-c' is no key; did you mean 'ctrl-c'?"),
    (
      "keys: {copy: control+return}", "1:14: 'control+return' is no key; did you mean 'ctrl-enter'?"
    ),
    ("keys: {copy: meta-x}", "1:14: 'meta-x' is no key; did you mean 'alt-x'?"),
    ("keys: {copy: alt-pageupp}", "1:14: 'alt-pageupp' is no key; did you mean 'alt-pageup'?"),
    (
      "keys: {copy: copy}",
      "1:14: 'copy' is no key; keys are written 'ctrl-k', 'alt-enter', 'shift-tab', 'f6' or 'pageup'."
    ),
    (
      "keys: {copy: f25}",
      "1:14: 'f25' is no key; did you mean 'f2'?"
    ),
    ("keys: {copy: ctrl-i}", "1:14: Ctrl-I and Tab are one key to most terminals; write 'tab'."),
    (
      "keys: {copy: Ctrl-M}", "1:14: Ctrl-M and Enter are one key to most terminals; write 'enter'."
    ),
    ("keys: {copy: 'ctrl-['}", "1:14: Ctrl-[ and Esc are one key to most terminals; write 'esc'."),
    (
      "keys: {copy: ctrl-h}",
      "1:14: Ctrl-H and Backspace are one key to most terminals; write 'backspace'."
    ),
    (
      "keys: {copy: ctrl-alt-h}",
      "1:14: Ctrl-Alt-H and Alt-Backspace are one key to most terminals; write 'alt-backspace'."
    ),
    (
      "keys: {copy: shift-esc}",
      "1:14: Shift-Esc and Esc are one key to most terminals; write 'esc'."
    ),
    (
      "keys: {undo: ctrl-/}",
      "1:14: Ctrl-/ and Ctrl-_ are one key to most terminals; write 'ctrl-_'."
    ),
    (
      "keys: {copy: x}",
      "1:14: 'x' is for writing. Where nothing is written yet it can be bound: 'x on empty draft'."
    ),
    (
      "keys: {copy: space}",
      "1:14: 'Space' is for writing. Where nothing is written yet it can be bound: "
        + "'Space on empty draft'."
    ),
    (
      "keys: {copy: shift-x}",
      "1:14: Shift-X types a letter; write the letter itself, 'X on empty draft'."
    ),
    ("keys: {copy: [f6, none]}", "1:19: 'keys.copy' has keys, so 'none' does not fit."),
    (
      "keys: {copy: }",
      "1:14: 'keys.copy' has no value; it must be text. A '#' outside quotation marks begins a comment."
    ),
    ("keys: {copy: {f: 6}}", "1:14: 'keys.copy' must be text, not a mapping."),
    ("keys: [enter]", "1:7: 'keys' must be a mapping ('name: value'), not a list."),
    ("editing: vim", "1:10: 'editing' cannot be 'vim'; did you mean 'vi'?"),
    (
      "keys: {copy: f6, search: f6}",
      "1:26: F6 is bound to 'copy' already, in line 1; the first one counts."
    ),
    (
      "keys:\n  copy: ctrl-x\n  undo: [f6, ctrl-x]",
      "3:14: Ctrl-X is bound to 'copy' already, in line 2; the first one counts."
    ),
    ("keys: {copy: [f6, f6]}", "1:19: F6 stands here already, in line 1; the first one counts."),
    (
      "keys: {newline: enter}",
      "1:17: Enter was the only key left of 'send', which has none now; give it another."
    ),
    (
      "keys: {copy: esc}",
      "1:14: Esc was the only key left of 'cancel', which has none now; give it another."
    ),
    (
      "keys: {copy: ctrl-d on empty draft}",
      "1:14: Ctrl-D was the only key left of 'quit', which has none now; give it another."
    ),
    ("keys: {send: none}", "1:8: No key sends a draft; give 'send' one."),
    ("keys: {send: enter on empty draft}", "1:8: No key sends a draft; give 'send' one."),
  ])
  func `tells what cannot be`(yaml: String, sentence: String) throws {
    #expect(try read(configuration: yaml).errors == [sentence])
  }

  @Test func `tells when nothing stops a reply or leaves Patter any more`() throws {
    #expect(try read(configuration: "keys: {cancel: none, quit: none}").errors == [])
    #expect(
      try read(configuration: "keys: {cancel: none, interrupt: none, quit: none}").errors == [
        "1:22: No key stops a reply; give 'cancel' or 'interrupt' one. The command /stop does it.",
        "1:39: No key leaves Patter; give 'interrupt' or 'quit' one. The command /quit does it.",
      ])
  }

  @Test func `what is right beside a mistake counts`() throws {
    let yaml = """
      keys:
        copy: [x, f6]
        search: [crtl-s]
        undo: ctrl-x
      """
    let (value, errors) = try read(configuration: yaml)
    #expect(errors.count == 2)
    #expect(value.keys.keys(of: "copy") == ["F6 (anywhere)"])
    #expect(value.keys.keys(of: "search") == ["Ctrl-S (anywhere)"])
    #expect(value.keys.keys(of: "undo") == ["Ctrl-X (draft)"])
  }

  @Test func `an action has up to twenty keys`() throws {
    let names = (1...21).map { "f\($0)" }.joined(separator: ", ")
    let (value, errors) = try read(configuration: "keys: {copy: [\(names)]}")
    #expect(errors == ["1:106: 'keys.copy' has more than 20 keys; from here on they are left out."])
    #expect(value.keys.keys(of: "copy").count == 20)
  }

  @Test func `every key of the standard table can be written as it is shown`() throws {
    for binding in KeyMap.standard.bindings {
      for key in binding.keys where key.settled == key {
        let suffix = binding.place == .emptyDraft ? " on empty draft" : ""
        let (value, errors) = try read(
          configuration: "keys: {\(binding.action.name): \"\(key.name)\(suffix)\"}")
        #expect(value.keys.bindings.contains { $0.action == binding.action && $0.keys == [key] })
        #expect(errors.allSatisfy { $0.contains("No key sends") }, "\(key.name)")
      }
    }
  }
}

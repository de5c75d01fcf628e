import Interface
import Testing

@testable import Patter

@Suite struct `The field for a key` {
  private static let key = "sk-test-0123456789abcdefXYZ9"

  private func field(_ edits: KeyEdit...) -> KeyField {
    var field = KeyField()
    for edit in edits { field.apply(edit) }
    return field
  }

  private func told(
    _ text: String, _ environment: [String: String] = [:]
  ) -> (shape: KeyShape, fault: String?) {
    field(.type(text)).told(in: environment)
  }

  @Test func `tells how long a key is and how it ends, and nothing else`() {
    let (shape, fault) = told(Self.key)
    #expect(shape == .hidden(count: 28, end: "XYZ9"))
    #expect(fault == nil)
    #expect(field(.type(Self.key)).key(in: [:]) == Self.key)
  }

  @Test func `tells nothing of how a short key ends`() {
    #expect(told("0123456789abcde").shape == .hidden(count: 15, end: ""))
    #expect(told("0123456789abcdef").shape == .hidden(count: 16, end: "cdef"))
  }

  @Test func `never prints`() {
    let field = field(.type(Self.key))
    var dumped = ""
    dump(field, to: &dumped)
    for text in ["\(field)", String(reflecting: field), dumped] {
      #expect(!text.contains("0123"))
    }
  }

  @Test func `takes a paste without what stands around it`() {
    #expect(field(.type("  \(Self.key)\n")).key(in: [:]) == Self.key)
    #expect(field(.type("sk-"), .type(" abc "), .deleteBackward).key(in: [:]) == "sk-ab")
  }

  @Test(arguments: [("$MY_KEY", "MY_KEY"), ("${MY_KEY}", "MY_KEY"), ("${MY", "MY"), ("$", "")])
  func `takes a name behind a dollar sign for a variable`(text: String, name: String) {
    #expect(told(text).shape == .variable(name, isSet: false))
    #expect(told(text, [name: "x"]).shape == .variable(name, isSet: !name.isEmpty))
    #expect(told(text, [name: " "]).shape == .variable(name, isSet: false))
    #expect(field(.type(text)).key(in: [:]) == nil)
  }

  @Test(arguments: [
    ("a b c", "blanks"), ("one\ntwo", "one line"), ("schlüssel", "ASCII"), ("a\u{7}b", "ASCII"),
    ("$a-b", "variable"), ("$1", "variable"), ("a${b}", "variable"), ("MY_KEY", "write $MY_KEY"),
  ])
  func `says what cannot be a key, and does not show it`(text: String, word: String) throws {
    let (shape, fault) = told(text, ["MY_KEY": "x"])
    #expect(shape == .hidden(count: text.count, end: ""))
    #expect(try #require(fault).contains(word))
    #expect(field(.type(text)).key(in: ["MY_KEY": "x"]) == nil)
  }

  @Test func `is bounded, and says so until something is deleted`() {
    var field = field(.type(String(repeating: "a", count: 5_000)))
    #expect(field.told(in: [:]).fault?.contains("4096 characters at the most") == true)
    #expect(field.key(in: [:]) == nil)
    field.apply(.deleteAll)
    #expect(field.told(in: [:]).shape == .empty)
  }
}

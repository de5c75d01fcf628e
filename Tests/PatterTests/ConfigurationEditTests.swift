// Members of a configuration that are changed, and everything else that stays.

import Testing

@testable import Patter

@Suite struct `A configuration that is changed` {
  /// What is written into each of these.
  private static let key = [(name: "apiKeyFile", value: "~/k")]
  private static let keys = ["apiKey", "apiKeyFile", "apiKeyCommand"]

  private func changed(
    _ text: String, _ members: [(name: String, value: String)] = key
  ) throws(ConfigurationEdit.Refusal) -> String {
    var file = ConfigurationEdit(text, file: "config.yaml")
    try file.set(model: "a/m", of: "a", members, inPlaceOf: Self.keys)
    return file.whole
  }

  /// Before and after.
  private static let table: [(String, String)] = [
    ("", "model: a/m\nproviders:\n  a:\n    apiKeyFile: ~/k\n"),
    ("# mine\n", "# mine\nmodel: a/m\nproviders:\n  a:\n    apiKeyFile: ~/k\n"),
    ("# mine", "# mine\nmodel: a/m\nproviders:\n  a:\n    apiKeyFile: ~/k\n"),
    // A model that is there already, however it is written, and what stands behind it.
    ("model: b/x\n", "model: a/m\nproviders:\n  a:\n    apiKeyFile: ~/k\n"),
    (
      "model:   'b''s # x'   # why\n",
      "model:   a/m   # why\nproviders:\n  a:\n    apiKeyFile: ~/k\n"
    ),
    (
      "model: \"b\\\" # x\" # why\n",
      "model: a/m # why\nproviders:\n  a:\n    apiKeyFile: ~/k\n"
    ),
    ("model:\n", "model: a/m\nproviders:\n  a:\n    apiKeyFile: ~/k\n"),
    ("model:\n  b/x\n", "model:\n  a/m\nproviders:\n  a:\n    apiKeyFile: ~/k\n"),
    ("model: b/x", "model: a/m\nproviders:\n  a:\n    apiKeyFile: ~/k\n"),
    // One that is commented out is no member.
    (
      "# model: b/x\ntheme: nord # dark\n",
      "# model: b/x\ntheme: nord # dark\nmodel: a/m\nproviders:\n  a:\n    apiKeyFile: ~/k\n"
    ),
    // Providers beside it, with any indentation.
    (
      "providers:\n  b: # two\n    apiKey: ${B}\n",
      "providers:\n  a:\n    apiKeyFile: ~/k\n  b: # two\n    apiKey: ${B}\nmodel: a/m\n"
    ),
    (
      "providers:\n     b:\n        apiKey: ${B}\n",
      "providers:\n     a:\n       apiKeyFile: ~/k\n     b:\n        apiKey: ${B}\nmodel: a/m\n"
    ),
    (
      "providers:\n  # one of them\n  b: {apiKey: x}\n",
      "providers:\n  a:\n    apiKeyFile: ~/k\n  # one of them\n  b: {apiKey: x}\nmodel: a/m\n"
    ),
    ("providers:\n", "providers:\n  a:\n    apiKeyFile: ~/k\nmodel: a/m\n"),
    (
      "providers:\n  #a:\n  #  apiKey: x\ntheme: nord\n",
      "providers:\n  a:\n    apiKeyFile: ~/k\n  #a:\n  #  apiKey: x\ntheme: nord\nmodel: a/m\n"
    ),
    ("providers:\n  a:\n", "providers:\n  a:\n    apiKeyFile: ~/k\nmodel: a/m\n"),
    // A key that is there makes room, whatever tells it; other members stay.
    (
      "providers:\n  a:\n    baseURL: http://h # home\n    apiKey: sk-x # old\n",
      "providers:\n  a:\n    baseURL: http://h # home\n    apiKeyFile: ~/k # old\nmodel: a/m\n"
    ),
    (
      "providers:\n  a:\n    apiKeyCommand: [pass, show] # old\n",
      "providers:\n  a:\n    apiKeyFile: ~/k # old\nmodel: a/m\n"
    ),
    (
      "providers:\n  a:\n    apiKeyFile: ~/old\n",
      "providers:\n  a:\n    apiKeyFile: ~/k\nmodel: a/m\n"
    ),
    // Mappings in braces.
    ("providers: {}\n", "providers: {a: {apiKeyFile: ~/k}}\nmodel: a/m\n"),
    (
      "providers: {b: {apiKey: x}} # all\n",
      "providers: {a: {apiKeyFile: ~/k}, b: {apiKey: x}} # all\nmodel: a/m\n"
    ),
    (
      "providers: {a: {apiKey: x, baseURL: \"http://h\"}}\n",
      "providers: {a: {apiKeyFile: ~/k, baseURL: \"http://h\"}}\nmodel: a/m\n"
    ),
    (
      "providers:\n  a: {baseURL: \"http://h\"}\n",
      "providers:\n  a: {apiKeyFile: ~/k, baseURL: \"http://h\"}\nmodel: a/m\n"
    ),
    ("{}\n", "{providers: {a: {apiKeyFile: ~/k}}, model: a/m}\n"),
    // Line ends and marks as they were.
    (
      "theme: nord\r\nmodel: b/x\r\n",
      "theme: nord\r\nmodel: a/m\r\nproviders:\r\n  a:\r\n    apiKeyFile: ~/k\r\n"
    ),
    ("\u{FEFF}model: b/x\n", "\u{FEFF}model: a/m\nproviders:\n  a:\n    apiKeyFile: ~/k\n"),
    // A text of several lines at the end.
    (
      "system: |\n  Be brief.\n\n  Be kind.\n",
      "system: |\n  Be brief.\n\n  Be kind.\nmodel: a/m\nproviders:\n  a:\n    apiKeyFile: ~/k\n"
    ),
    // Letters outside ASCII before the place.
    (
      "providers: {ü: {apiKey: 日本}, a: {apiKey: x}}\n",
      "providers: {ü: {apiKey: 日本}, a: {apiKeyFile: ~/k}}\nmodel: a/m\n"
    ),
  ]

  @Test(arguments: table.indices)
  func `keeps every comment and every other line`(index: Int) throws {
    let (before, after) = Self.table[index]
    #expect(try changed(before) == after)
  }

  @Test(arguments: table.indices)
  func `says the same when it is changed once more`(index: Int) throws {
    let once = try changed(Self.table[index].0)
    #expect(try changed(once) == once)
  }

  @Test func `members come in their order`() throws {
    let text = try changed("", [("baseURL", "http://h/v1"), ("apiKey", "${MY_KEY}")])
    #expect(
      text == """
        model: a/m
        providers:
          a:
            baseURL: "http://h/v1"
            apiKey: "${MY_KEY}"

        """)
  }

  @Test(arguments: [
    // No YAML.
    "model: [\n", "a: b: c\n", "\tmodel: x\n",
    // What counts is open.
    "model: a/x\nmodel: b/x\n", "providers:\n  a: {}\n  a: {}\n",
    // Values of another kind.
    "- a list\n", "model: [a, b]\n", "providers: none\n", "providers:\n  a: none\n",
    // Over several lines.
    "model: >\n  b/x\n", "model: 'b\n  x'\n",
    "providers:\n  a:\n    apiKeyCommand:\n      - pass\n      - show\n",
    // Two that tell a key.
    "providers:\n  a:\n    apiKey: x\n    apiKeyFile: y\n",
    // The document is over.
    "theme: nord\n...\n",
  ])
  func `is left alone where that is not safe`(text: String) {
    #expect(throws: ConfigurationEdit.Refusal.self) { try changed(text) }
  }

  @Test func `says what is wrong with a text that cannot be read`() {
    #expect(throws: ConfigurationEdit.Refusal.self) {
      do throws(ConfigurationEdit.Refusal) { _ = try changed("theme: [\n") } catch {
        #expect(error.message.hasPrefix("config.yaml:2:1: "))
        throw error
      }
    }
  }

  @Test(arguments: [
    ("a/b-1.5_x", "a/b-1.5_x"), ("a:b", #""a:b""#), ("true", #""true""#), ("1.5", #""1.5""#),
    ("-x", #""-x""#), ("~", #""~""#), ("", #""""#), ("a\"\\b", #""a\"\\b""#),
    ("a\u{7}", #""a\x07""#),
    ("${A}", #""${A}""#), ("日本", #""日本""#),
  ])
  func `a text stands in quotation marks where it could be read as something else`(
    text: String, written: String
  ) {
    #expect(ConfigurationEdit.scalar(text) == written)
  }
}

import Testing

@Suite struct YAMLProblemTests {
  /// Broken documents, and what a person is told after the file's name.
  static let table: [(text: String, message: String)] = [
    (
      "a: b: c\n",
      "1:5: A ':' may not stand here. Check the indentation, and put text that holds ': ' "
        + "in quotation marks."
    ),
    ("a: 1\nb\nc: 2\n", "2:1: A ':' is missing: a name and its value are written 'name: value'."),
    ("a:\n\tb: 1\n", "2:1: A tab may not indent. Use spaces."),
    ("a: @b\n", "1:4: A value cannot begin with this character. Put the text in quotation marks."),
    ("a: \"b\n", "1:4: This quotation mark is never closed."),
    ("a: 'b\nc: d\n", "1:4: This quotation mark is never closed."),
    (
      "a: {b: 1\nc: 2\n",
      "2:2: A ',' or '}' is missing: the '{' of line 1 is not closed. A '#' outside "
        + "quotation marks begins a comment."
    ),
    (
      "a: {b: #ff0000}\n",
      "2:1: The text ends inside a '{' or '['. A '#' outside quotation marks begins a "
        + "comment."
    ),
    (
      "a: [b, c\n",
      "2:1: A ',' or ']' is missing: the '[' of line 1 is not closed. A '#' outside "
        + "quotation marks begins a comment."
    ),
    (
      "a: 1\n  b: 2\n",
      "2:4: A ':' may not stand here. Check the indentation, and put text that holds ': ' "
        + "in quotation marks."
    ),
    (
      "a:\n  b: 1\n c: 2\n",
      "3:2: A member 'name: value' was expected. Check the indentation: members of one "
        + "mapping begin in one column."
    ),
    (
      "- a\nb: c\n",
      "2:1: An entry '- value' was expected. Check the indentation: entries of one list "
        + "begin in one column."
    ),
    ("a: - b\n", "1:4: A list may not begin here. Put its first '-' on a line of its own."),
    ("a: [,]\n", "1:5: A value is missing here."),
    (
      "a: \"\\d\"\n",
      "1:5: This is no escape sequence. Write '\\\\' for a backslash, or use single "
        + "quotation marks."
    ),
    (
      "a: \"\\ud800\"\n",
      "1:7: This is no escape sequence. Write '\\\\' for a backslash, or use single "
        + "quotation marks."
    ),
    (
      "a: \"\\uzz\"\n",
      "1:7: This is no escape sequence. Write '\\\\' for a backslash, or use single "
        + "quotation marks."
    ),
    (
      "a: b\u{01}\n",
      "1:5: A control character stands here. Take it out, or write it as an escape "
        + "sequence in double quotation marks."
    ),
    (
      "ä: ü\nb: ü\u{07}\n",
      "2:5: A control character stands here. Take it out, or write it as an escape "
        + "sequence in double quotation marks."
    ),
    (
      "a: &x 1\n",
      "1:4: Anchors ('&name') are not read. Write the value out, or put the text in "
        + "quotation marks."
    ),
    (
      "a: &x [1]\n",
      "1:4: Anchors ('&name') are not read. Write the value out, or put the text in "
        + "quotation marks."
    ),
    (
      "&x a: 1\n",
      "1:1: Anchors ('&name') are not read. Write the value out, or put the text in "
        + "quotation marks."
    ),
    (
      "a: *x\n",
      "1:4: References ('*name') are not read. Write the value out, or put the text in "
        + "quotation marks."
    ),
    ("a: * b\n", "1:5: Text that begins with '&' or '*' must stand in quotation marks."),
    (
      "a: !!str 1\n",
      "1:4: Tags ('!name') are not read. Take it out, or put the text in quotation marks."
    ),
    (
      "a: !x!y 1\n",
      "1:4: Tags ('!name') are not read. Take it out, or put the text in quotation marks."
    ),
    (
      "!t {a: 1}\n",
      "1:1: Tags ('!name') are not read. Take it out, or put the text in quotation marks."
    ),
    ("[a]: 1\n", "1:1: A name must be text, not a list or a mapping."),
    (
      ": 1\n",
      "1:1: A member 'name: value' was expected. Check the indentation: members of one "
        + "mapping begin in one column."
    ),
    ("a: 1\n---\nb: 2\n", "2:1: A second document begins here; a file may hold only one."),
    ("a: 1\n...\nb: 2\n", "3:1: The document has ended before this. Check the indentation."),
    ("{a: 1} b\n", "1:8: The document has ended before this. Check the indentation."),
    ("a: |9x\n", "1:6: This is not YAML: did not find expected comment or line break."),
    ("%FOO\na: 1\n", "1:5: This is not YAML: found unknown directive name."),
    ("a: ]\n", "1:4: A value is missing here."),
    ("a: |\n\t b\n", "2:1: A tab may not indent. Use spaces."),
    ("a: %b\n", "1:4: A value cannot begin with this character. Put the text in quotation marks."),
    ("a: `b`\n", "1:4: A value cannot begin with this character. Put the text in quotation marks."),
    ("\"\": 1\n", "1:1: A name is missing before this ':'."),
  ]

  @Test(arguments: table)
  func `says in plain words what is wrong and where`(text: String, message: String) {
    #expect(problem(in: text) == "t.yaml:\(message)")
  }
}

import Settings
import Testing

@Suite struct TimesTests {
  private static let second: Int64 = 1_000
  private static let day: Int64 = 86_400_000

  /// Reads one time, and what is wrong with it.
  private func read(
    _ node: Node.Value, in range: ClosedRange<Int64> = second...day
  ) -> (milliseconds: Int64?, errors: [String]) {
    var reader = SettingsReader(file: "t.yaml")
    let place = Place(line: 3, column: 7)
    let milliseconds = reader.milliseconds(
      Setting(path: "wait", node: Node(node, at: place)), in: range)
    return (milliseconds, reader.errors.map(\.description))
  }

  private func read(
    _ text: String, in range: ClosedRange<Int64> = second...day
  ) -> (milliseconds: Int64?, errors: [String]) {
    read(.scalar(text, isQuoted: false), in: range)
  }

  @Test(arguments: [
    ("1500 ms", 1_500), ("2 s", 2_000), ("1.5 s", 1_500), ("10 min", 600_000), ("24 h", 86_400_000),
    ("2s", 2_000), ("2   s", 2_000), ("0.05 min", 3_000), ("1000.4 ms", 1_000), ("090 s", 90_000),
  ])
  func `reads a number and its unit`(text: String, milliseconds: Int64) {
    #expect(read(text) == (milliseconds, []))
    #expect(read(.scalar(text, isQuoted: true)) == (milliseconds, []))
  }

  @Test(arguments: [
    ("90", "'wait' needs a unit: write '90 ms' or '90 s'."),
    ("1.5", "'wait' needs a unit: write '1.5 ms' or '1.5 s'."),
    ("90 sec", "'sec' is no unit of time; there are: ms, s, min, h."),
    ("2 mn", "'mn' is no unit of time; there are: ms, s, min, h."),
    ("2 S", "'S' is no unit of time; there are: ms, s, min, h."),
    ("1 min 30 s", "'min 30 s' is no unit of time; there are: ms, s, min, h."),
    ("1e3 s", "'e3 s' is no unit of time; there are: ms, s, min, h."),
    ("soon", "'wait' must be a time such as '500 ms', '2 s' or '10 min', not 'soon'."),
    ("-5 s", "'wait' must be a time such as '500 ms', '2 s' or '10 min', not '-5 s'."),
    ("1.2.3 s", "'wait' must be a time such as '500 ms', '2 s' or '10 min', not '1.2.3 s'."),
    ("٣ s", "'wait' must be a time such as '500 ms', '2 s' or '10 min', not '٣ s'."),
    ("999 ms", "'wait' must be from 1 s to 24 h, not '999 ms'."),
    ("24.1 h", "'wait' must be from 1 s to 24 h, not '24.1 h'."),
    ("99999999999999999999 h", "'wait' must be from 1 s to 24 h, not '99999999999999999999 h'."),
    (
      "",
      "'wait' has no value; it must be a time such as '500 ms', '2 s' or '10 min'. A '#' outside quotation "
        + "marks begins a comment."
    ),
  ])
  func `says what is wrong with a time`(text: String, message: String) {
    #expect(read(text) == (nil, ["t.yaml:3:7: \(message)"]))
  }

  @Test(arguments: [("90", 90_000), ("1.5", 1_500), ("90 s", 90_000), ("500ms", 500), ("0", 0)])
  func `a number alone may be in a unit that its place decides`(text: String, expected: Int64)
    throws
  {
    let time = try milliseconds(written: text, for: "it", bareUnit: "s", in: 0...Self.day)
    #expect(time == expected)
  }

  @Test func `refuses a list`() {
    #expect(
      read(.sequence([])) == (
        nil,
        ["t.yaml:3:7: 'wait' must be a time such as '500 ms', '2 s' or '10 min', not a list."]
      ))
  }

  @Test func `cuts a long number short in the message`() {
    let number = String(repeating: "1", count: 400)
    let cut = String(repeating: "1", count: 40) + "…"
    #expect(
      read(number).errors == ["t.yaml:3:7: 'wait' needs a unit: write '\(cut)' or '\(cut)'."])
    #expect(
      read(number + " s").errors == ["t.yaml:3:7: 'wait' must be from 1 s to 24 h, not '\(cut)'."])
  }

  @Test func `names the limits in the largest unit that fits them`() {
    #expect(
      read("1 s", in: 0...500).errors == [
        "t.yaml:3:7: 'wait' must be from 0 s to 500 ms, not '1 s'."
      ])
    #expect(
      read("9 s", in: 90_000...600_000).errors == [
        "t.yaml:3:7: 'wait' must be from 90 s to 10 min, not '9 s'."
      ])
  }

  @Test func `holds any range`() {
    #expect(read("9300000000000000000 ms", in: 0...Int64.max).milliseconds == nil)
    #expect(read("0 h", in: 0...Int64.max).milliseconds == 0)
  }

  @Test func `what is not written is no error`() {
    var reader = SettingsReader(file: "t.yaml")
    let milliseconds = reader.milliseconds(nil, in: 0...1)
    #expect(milliseconds == nil)
    #expect(reader.errors == [])
  }
}

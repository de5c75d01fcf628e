// A time is written with its unit, '500 ms' or '1.5 min'. A bare number is refused: whoever reads it would
// have to guess, and so would we.

/// The units of a time and the milliseconds they stand for, the largest last.
private let units: KeyValuePairs<String, Int64> = [
  "ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000,
]

extension SettingsReader {
  /// A number and its unit (`ms`, `s`, `min` or `h`), in milliseconds. Fractions may be written, the
  /// blank before the unit may be left out, and what is no whole millisecond is rounded.
  public mutating func milliseconds(
    _ setting: Setting?, in range: ClosedRange<Int64>
  ) -> Int64? {
    let examples = "a time such as '500 ms', '2 s' or '10 min'"
    guard let setting, let text = scalar(setting, expected: examples)?.text else { return nil }
    let path = quoted(setting.path)
    let place = setting.node.place
    let digits = text.prefix { "0"..."9" ~= $0 || $0 == "." }
    guard let number = Double(digits) else {
      note("\(path) must be \(examples), not \(quoted(text)).", at: place)
      return nil
    }
    let unit = String(text[digits.endIndex...].drop { $0 == " " })
    guard !unit.isEmpty else {
      let examples = "\(quoted("\(digits) ms")) or \(quoted("\(digits) s"))"
      note("\(path) needs a unit: write \(examples).", at: place)
      return nil
    }
    guard let factor = units.first(where: { $0.key == unit })?.value else {
      // Two letters are too few to guess by.
      let known = listed(units.map(\.key))
      note("\(quoted(unit)) is no unit of time; there are: \(known).", at: place)
      return nil
    }
    // Nothing that is too large for an integer lies in the range.
    let milliseconds = Int64(exactly: (number * Double(factor)).rounded())
    guard let milliseconds, range.contains(milliseconds) else {
      let limits = "from \(written(range.lowerBound)) to \(written(range.upperBound))"
      note("\(path) must be \(limits), not \(quoted(text)).", at: place)
      return nil
    }
    return milliseconds
  }
}

/// A time in the largest unit that leaves no rest.
private func written(_ milliseconds: Int64) -> String {
  let fitting = units.reversed().first { milliseconds != 0 && milliseconds % $0.value == 0 }
  return fitting.map { "\(milliseconds / $0.value) \($0.key)" } ?? "\(milliseconds) s"
}

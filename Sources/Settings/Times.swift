// A time is written with its unit, '500 ms' or '1.5 min'. In a file a bare number is refused: whoever reads
// it would have to guess, and so would we. On a command line it means seconds, as with other programs.

/// The units of a time and the milliseconds they stand for, the largest last.
private let units: KeyValuePairs<String, Int64> = [
  "ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000,
]

/// What a time looks like, for sentences that ask for one.
private let examples = "a time such as '500 ms', '2 s' or '10 min'"

/// What is wrong with a time that somebody wrote.
public struct TimeFault: Error, Hashable, Sendable {
  /// A sentence: what is wrong and what would be right.
  public let message: String
}

/// A number and its unit (`ms`, `s`, `min` or `h`), in milliseconds. Fractions may be written, the blank
/// before the unit may be left out, and what is no whole millisecond is rounded.
///
/// - Parameters:
///   - name: what the time is for, as messages call it.
///   - bareUnit: what a number without a unit is in; nil where it must have one.
public func milliseconds(
  written text: String, for name: String, bareUnit: String? = nil, in range: ClosedRange<Int64>
) throws(TimeFault) -> Int64 {
  let digits = text.prefix { "0"..."9" ~= $0 || $0 == "." }
  guard let number = Double(digits) else {
    throw TimeFault(message: "\(name) must be \(examples), not \(quoted(text)).")
  }
  let writtenUnit = String(text[digits.endIndex...].drop { $0 == " " })
  let unit = writtenUnit.isEmpty ? bareUnit ?? "" : writtenUnit
  guard !unit.isEmpty else {
    let examples = "\(quoted("\(digits) ms")) or \(quoted("\(digits) s"))"
    throw TimeFault(message: "\(name) needs a unit: write \(examples).")
  }
  guard let factor = units.first(where: { $0.key == unit })?.value else {
    // Two letters are too few to guess by.
    let known = listed(units.map(\.key))
    throw TimeFault(message: "\(quoted(unit)) is no unit of time; there are: \(known).")
  }
  // Nothing that is too large for an integer lies in the range.
  let milliseconds = Int64(exactly: (number * Double(factor)).rounded())
  guard let milliseconds, range.contains(milliseconds) else {
    let lowest = written(milliseconds: range.lowerBound)
    let longest = written(milliseconds: range.upperBound)
    throw TimeFault(message: "\(name) must be from \(lowest) to \(longest), not \(quoted(text)).")
  }
  return milliseconds
}

extension SettingsReader {
  /// A number and its unit, in milliseconds; see `milliseconds(written:for:bareUnit:in:)`.
  public mutating func milliseconds(
    _ setting: Setting?, in range: ClosedRange<Int64>
  ) -> Int64? {
    guard let setting, let text = scalar(setting, expected: examples)?.text else { return nil }
    do {
      return try Settings.milliseconds(written: text, for: quoted(setting.path), in: range)
    } catch {
      note(error.message, at: setting.node.place)
      return nil
    }
  }
}

/// A time in the largest unit that leaves no rest.
public func written(milliseconds: Int64) -> String {
  let fitting = units.reversed().first { milliseconds != 0 && milliseconds % $0.value == 0 }
  return fitting.map { "\(milliseconds / $0.value) \($0.key)" } ?? "\(milliseconds) s"
}

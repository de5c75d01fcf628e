// The values of options: numbers and times that somebody typed, each with its range.

import Settings

extension Arguments {
  /// The longest that `--timeout` and `--idle-timeout` may be; the shortest is a millisecond.
  static let longestTimeMilliseconds: Int64 = 24 * 3_600_000

  /// A whole number in decimal digits.
  static func count(
    _ text: String, for name: String, in range: ClosedRange<Int>
  ) throws(Fault) -> Int {
    guard let count = Int(text), range.contains(count) else {
      let limits = "\(range.lowerBound) to \(range.upperBound)"
      throw Fault(message: "\(name) must be a whole number from \(limits), not \(quoted(text)).")
    }
    return count
  }

  /// A number with or without a fraction.
  static func number(
    _ text: String, for name: String, in range: ClosedRange<Double>
  ) throws(Fault) -> Double {
    guard let number = Double(text), range.contains(number) else {
      let limits = "\(range.lowerBound) to \(range.upperBound)"
      throw Fault(message: "\(name) must be a number from \(limits), not \(quoted(text)).")
    }
    return number
  }

  /// A time in milliseconds. Without a unit it is in seconds.
  static func time(_ text: String, for name: String) throws(Fault) -> Int64 {
    do {
      return try milliseconds(
        written: text, for: "the time", bareUnit: "s", in: 1...longestTimeMilliseconds)
    } catch {
      throw Fault(message: "\(name): \(error.message)")
    }
  }

  /// A path. The usual word for standard input is none: that is part of the prompt anyway.
  static func path(_ text: String, for name: String) throws(Fault) -> String {
    guard text != "-" else {
      throw Fault(
        message: "\(name) - is not needed: with -p standard input is added to the prompt anyway.")
    }
    return text
  }
}

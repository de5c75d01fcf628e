// How long a server asks to be left alone. There are three ways to say it in a header, and all are in use:
// `retry-after-ms`, which OpenAI and Azure added because a second is long; `retry-after` in seconds,
// by some with a fraction; and `retry-after` as a date (RFC 9110, section 10.2.3). Gemini says it in the
// error alone: as a duration in its details, and in its words.

import Chat
import Wire

enum RetryAfter {
  /// The longest wait that is told, in milliseconds: about 11 days. More is told as this, which
  /// nobody waits for either.
  static let limitMilliseconds = 1_000_000_000

  /// At least 1 millisecond; nil where there is no such header, or where it is not understood or asks
  /// for no wait at all: zero, negative, a date in the past.
  ///
  /// - Parameter now: the moment of the failure, whose wall clock makes a date a wait.
  static func milliseconds(in head: HTTPResponseHead, at now: Instant) -> Int? {
    if let wait = head.header("retry-after-ms").flatMap({ clamped(number($0)) }) { return wait }
    guard let text = head.header("retry-after") else { return nil }
    if let seconds = number(text) { return clamped(seconds * 1000) }
    guard let date = unixSeconds(ofHTTPDate: text) else { return nil }
    return clamped(Double(date * 1000 - now.unixMilliseconds))
  }

  /// A duration as Google writes it: "53s", "45.837906927s", "373.8ms", "1h2m3s". Nil where it is none or
  /// asks for no wait.
  static func milliseconds(ofDuration text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard let (milliseconds, length) = duration(bytes[...]), length == bytes.count else {
      return nil
    }
    return clamped(milliseconds)
  }

  /// What a sentence says of it: "Please retry in 53.1s." Nil where it says nothing of the kind.
  static func milliseconds(inWords text: String) -> Int? {
    guard let (_, rest) = cut(text.lowercased(), at: "please retry in ") else { return nil }
    return duration(Array(rest.utf8)[...]).flatMap { clamped($0.milliseconds) }
  }

  /// The duration at the beginning of the bytes, and how many of them it takes.
  private static func duration(
    _ bytes: ArraySlice<UInt8>
  ) -> (milliseconds: Double, length: Int)? {
    let units: [(name: String, milliseconds: Double)] = [
      ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000),
    ]
    var total = 0.0
    var rest = bytes
    while true {
      let digits = rest.prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
      // More digits than any wait has are a mistake, and long to read.
      guard digits.count <= 32, let number = Double(String(decoding: digits, as: UTF8.self)),
        let unit = units.first(where: { rest[digits.endIndex...].starts(with: $0.name.utf8) })
      else { break }
      total += number * unit.milliseconds
      rest = rest[(digits.endIndex + unit.name.utf8.count)...]
    }
    let length = rest.startIndex - bytes.startIndex
    return length == 0 ? nil : (total, length)
  }

  private static func clamped(_ milliseconds: Double?) -> Int? {
    // Not a number compares as false with everything.
    guard let milliseconds, milliseconds > 0 else { return nil }
    return Int(min(milliseconds, Double(limitMilliseconds)).rounded(.up))
  }

  private static func number(_ text: String) -> Double? {
    Double(String(text.split(whereSeparator: \.isWhitespace).joined(separator: " ")))
  }

  /// The three forms that a recipient must read (RFC 9110, section 5.6.7):
  ///
  ///     Sun, 06 Nov 1994 08:49:37 GMT
  ///     Sunday, 06-Nov-94 08:49:37 GMT
  ///     Sun Nov  6 08:49:37 1994
  private static func unixSeconds(ofHTTPDate text: String) -> Int64? {
    var words = text.split { " :,-".contains($0) }
    if words.count == 7 {
      words = [words[0], words[2], words[1], words[6], words[3], words[4], words[5], "GMT"]
    }
    guard words.count == 8, words[7] == "GMT", let month = months.firstIndex(of: String(words[2])),
      let day = Int64(words[1]), let written = Int64(words[3]),
      let hour = Int64(words[4]), let minute = Int64(words[5]), let second = Int64(words[6]),
      (1...31).contains(day), (0...23).contains(hour), (0...59).contains(minute),
      (0...60).contains(second)
    else { return nil }
    // Two digits are of our century; those that would be far ahead mean the last, which is past.
    let year = written < 70 ? 2000 + written : written
    guard (1970...9999).contains(year) else { return nil }
    // Days since 1970 in a calendar whose year begins in March, so that leap days come last.
    let monthFromMarch = Int64((month + 10) % 12)
    let yearFromMarch = month < 2 ? year - 1 : year
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let leapDays = yearFromMarch / 4 - yearFromMarch / 100 + yearFromMarch / 400
    let days = yearFromMarch * 365 + leapDays + dayOfYear - 719_468
    return days * 86_400 + hour * 3_600 + minute * 60 + second
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

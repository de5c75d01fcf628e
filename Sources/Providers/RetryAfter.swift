import Chat
import Wire

/// How long a server asks to be left alone.
enum RetryAfter {
  /// The longest wait that is told, in milliseconds: about 11 days.
  static let limitMilliseconds = 1_000_000_000

  /// Milliseconds from `retry-after-ms`, else from `retry-after` as seconds or as an HTTP date. Nil
  /// where there is none, or it is negative, past or not understood.
  static func milliseconds(in head: HTTPResponseHead, at now: Instant) -> Int? {
    if let text = head.header("retry-after-ms"), let wait = clamped(Double(blankless(text))) {
      return wait
    }
    guard let text = head.header("retry-after") else { return nil }
    if let seconds = Double(blankless(text)) { return clamped(seconds * 1000) }
    guard let date = unixSeconds(ofHTTPDate: text) else { return nil }
    let wait = date * 1000 - now.unixMilliseconds
    return wait > 0 ? clamped(Double(wait)) : nil
  }

  private static func clamped(_ milliseconds: Double?) -> Int? {
    guard let milliseconds, milliseconds >= 0 else { return nil }
    return Int(min(milliseconds, Double(limitMilliseconds)))
  }

  private static func blankless(_ text: String) -> String {
    text.filter { !$0.isWhitespace }
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7, the form that servers must send).
  private static func unixSeconds(ofHTTPDate text: String) -> Int64? {
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let words = text.split(whereSeparator: { $0 == " " || $0 == ":" || $0 == "," })
    guard words.count == 8, words[7] == "GMT", let month = months.firstIndex(of: String(words[2])),
      let day = Int64(words[1]), let year = Int64(words[3]), (1970...9999).contains(year),
      let hour = Int64(words[4]), let minute = Int64(words[5]), let second = Int64(words[6]),
      (1...31).contains(day), (0...23).contains(hour), (0...59).contains(minute),
      (0...60).contains(second)
    else { return nil }
    // Days since 1970 in a calendar whose year begins in March, so that leap days come last.
    let monthFromMarch = Int64((month + 10) % 12)
    let yearFromMarch = month < 2 ? year - 1 : year
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let leapDays = yearFromMarch / 4 - yearFromMarch / 100 + yearFromMarch / 400
    let days = yearFromMarch * 365 + leapDays + dayOfYear - 719_468
    return days * 86_400 + hour * 3_600 + minute * 60 + second
  }
}

// Numbers about a reply as people read them: how long something took, how many tokens, how much money.

import Chat

enum DetailsWords {
  /// `0.4 s`, `1.6 s`, `12 s`, `1 min 12 s`; nil for what took no time that can be told.
  static func duration(milliseconds: Int64) -> String? {
    let tenths = (milliseconds + 50) / 100
    if tenths < 1 { return nil }
    guard tenths < 100, tenths % 10 > 0 else {
      return duration(seconds: (milliseconds + 500) / 1000)
    }
    return "\(tenths / 10).\(tenths % 10) s"
  }

  /// `0 s`, `12 s`, `1 min 12 s`.
  static func duration(seconds: Int64) -> String {
    let (minutes, rest) = seconds.quotientAndRemainder(dividingBy: 60)
    if minutes == 0 { return "\(rest) s" }
    return rest == 0 ? "\(minutes) min" : "\(minutes) min \(rest) s"
  }

  /// What a reply cost: `$1.32`, `$0.0132`, `$0.00042`, and below a hundredth of a cent `<$0.0001`. At least
  /// two digits say something. Nil for what is free, and for more than anybody pays.
  static func cost(dollars: Double) -> String? {
    guard dollars > 0, dollars < 1e9 else { return nil }
    switch dollars {
    case ..<0.0001: return "<$0.0001"
    case ..<0.001: return "$" + decimal(dollars, places: 5)
    case ..<0.1: return "$" + decimal(dollars, places: 4)
    default: return "$" + decimal(dollars, places: 2)
    }
  }

  /// With one place where less than ten, and none above; nil where that is 0.
  static func rate(_ number: Double) -> String? {
    guard number >= 0.05, number < 1e9 else { return nil }
    return number < 9.95 ? decimal(number, places: 1) : grouped(Int(number.rounded()))
  }

  /// A number below 1e9 with exactly so many decimal places.
  private static func decimal(_ number: Double, places: Int) -> String {
    let unit = (0..<places).reduce(1) { product, _ in product * 10 }
    let units = Int((number * Double(unit)).rounded())
    let rest = String(units % unit)
    return grouped(units / unit) + "." + String(repeating: "0", count: places - rest.count) + rest
  }
}

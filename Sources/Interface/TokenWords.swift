/// Numbers of tokens where there is little room for them.
public enum TokenWords {
  /// How much a model takes: `8k`, `128k`, `1M`.
  public static func window(_ tokens: Int) -> String {
    guard tokens >= 1000 else { return String(tokens) }
    // 128,000 and 131,072 are both 128k to whoever made them.
    let isBinary = tokens % 1000 != 0 && tokens % 1024 == 0
    let thousand = isBinary ? 1024 : 1000
    let thousands = (tokens + thousand / 2) / thousand
    guard thousands >= thousand else { return "\(thousands)k" }
    return hundredths(of: tokens, in: thousand * thousand) + "M"
  }

  /// How many were used: `820`, `1.2k`, `15k`, `1.25M`.
  static func count(_ tokens: Int) -> String {
    switch tokens {
    case ..<1000: String(tokens)
    case ..<9_950: tenths(of: tokens, in: 1000) + "k"
    case ..<999_500: "\((tokens + 500) / 1000)k"
    default: hundredths(of: tokens, in: 1_000_000) + "M"
    }
  }

  private static func tenths(of tokens: Int, in unit: Int) -> String {
    let tenths = (tokens + unit / 20) / (unit / 10)
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  private static func hundredths(of tokens: Int, in unit: Int) -> String {
    let hundredths = Int((Double(tokens) * 100 / Double(unit)).rounded())
    let rest = hundredths % 100
    let places = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
    return "\(hundredths / 100)" + (rest == 0 ? "" : ".\(places)")
  }
}

/// What was measured, one number for each run, in the unit of its measurement.
struct Samples {
  private var values: [Double] = []

  var count: Int { values.count }

  mutating func add(_ value: Double) { values.append(value) }

  var median: Double { percentile(50) }
  var maximum: Double { values.max() ?? .nan }

  /// The least value that `rank` per cent of all values do not exceed (nearest rank); NaN when nothing
  /// was measured.
  func percentile(_ rank: Double) -> Double {
    guard !values.isEmpty else { return .nan }
    let place = (rank / 100 * Double(values.count)).rounded(.up)
    return values.sorted()[max(0, min(values.count - 1, Int(place) - 1))]
  }
}

/// Rows of text in columns: the first to the left, the others to the right.
struct Table {
  private var rows: [[String]] = []

  init(heading: [String]) { rows = [heading] }

  mutating func add(_ row: [String]) { rows.append(row) }

  /// The rows as they are printed, each with a line feed.
  var text: String {
    let columnCount = rows.map(\.count).max() ?? 0
    let widths = (0..<columnCount).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { column, text in
        let blanks = String(repeating: " ", count: widths[column] - text.count)
        return column == 0 ? text + blanks : blanks + text
      }.joined(separator: "  ") + "\n"
    }.joined()
  }
}

extension Measurement {
  /// Asks everybody, and lays the answers out.
  func report() -> String {
    let outcomes = outcomes()
    var table = Table(heading: ["\(name), \(unit.rawValue)", "runs", "median", "p95", "p99", "max"])
    for outcome in outcomes where outcome.failure == nil {
      let samples = outcome.samples
      let numbers = [
        samples.median, samples.percentile(95), samples.percentile(99), samples.maximum,
      ]
      table.add([outcome.name, "\(samples.count)"] + numbers.map(Self.format))
    }
    let failures = outcomes.compactMap { outcome in
      outcome.failure.map { "\(outcome.name) gave no answer: \($0)\n" }
    }
    return table.text + failures.joined()
  }

  /// Two places behind the point: more would be noise.
  private static func format(_ number: Double) -> String {
    guard number.isFinite else { return "-" }
    let hundredths = Int((number * 100).rounded())
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}

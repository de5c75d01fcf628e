// The answers as rows of a Markdown table, printed as they come.

/// A table with a row for each figure: what Floor needs, what Patter needs.
struct Table {
  private static let numbers = ["Floor", "patter", "p95", "p99", "runs"]
  private static let numberColumns = 9

  private let nameColumns: Int
  private let goalColumns: Int

  /// A table wide enough for the figures of these measurements.
  init(for measurements: [Measurement]) {
    let figures = measurements.flatMap(\.figures)
    nameColumns = figures.map(\.title.count).max() ?? 0
    goalColumns = max(4, figures.map(\.goal.count).max() ?? 0)
  }

  var heading: String {
    let rule =
      ["---", "---"] + Self.numbers.map { _ in "---:" }
    return row(["", "goal"] + Self.numbers) + "\n" + row(rule)
  }

  /// The rows of one measurement, and under them who gave no answer and why.
  func text(_ measurement: Measurement, _ outcomes: [Measurement.Outcome]) -> String {
    var lines = measurement.figures.enumerated().map { index, figure in
      let floor = outcomes.first { $0.program != .patter }?.samples[index]
      let patter = outcomes.first { $0.program == .patter }?.samples[index]
      let numbers =
        [floor?.median, patter?.median, patter?.percentile(95), patter?.percentile(99)]
        .map { $0.map(Self.format) ?? "" }
      return row([figure.title, figure.goal] + numbers + ["\(patter?.count ?? 0)"])
    }
    for outcome in outcomes {
      if let failure = outcome.failure {
        lines.append("\(outcome.program.rawValue) gave no answer: \(failure)")
      }
    }
    return lines.joined(separator: "\n")
  }

  private func row(_ fields: [String]) -> String {
    let padded = fields.enumerated().map { index, field in
      switch index {
      case 0: field.padded(to: nameColumns)
      case 1: field.padded(to: goalColumns)
      default: field.padded(to: Self.numberColumns, atStart: true)
      }
    }
    return "| " + padded.joined(separator: " | ") + " |"
  }

  /// Two places behind the point below a hundred; more would be noise.
  private static func format(_ number: Double) -> String {
    guard number.isFinite else { return "-" }
    guard number < 100 else { return "\(Int(number.rounded()))" }
    let hundredths = Int((number * 100).rounded())
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}

extension Measurement.Figure {
  fileprivate var title: String { "\(name), \(unit.rawValue)" }
}

extension String {
  fileprivate func padded(to columns: Int, atStart: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, columns - count))
    return atStart ? blanks + self : self + blanks
  }
}

// What `patter doctor` found, as a value: each finding with the line that mends it, as text or as JSON.

import CursesTerminal
import Terminal

struct DoctorReport: Hashable {
  enum Area: String, CaseIterable {
    case terminal, locale, providers, history, configuration, versions
  }

  enum Verdict: String {
    case ok
    /// It works, and would work better.
    case hint
    /// It does not work.
    case fault
    /// It could not be looked at.
    case skipped

    fileprivate var mark: String {
      switch self {
      case .ok: "✓"
      case .hint: "!"
      case .fault: "✗"
      case .skipped: "·"
      }
    }
  }

  /// A step to a reply, and how long it took.
  struct Time: Hashable {
    enum Step: String {
      case name, connect, handshake, list
      case firstToken = "first_token"

      fileprivate var words: String {
        switch self {
        case .name: "DNS"
        case .connect: "TCP"
        case .handshake: "TLS"
        case .list: "models"
        case .firstToken: "first token"
        }
      }
    }

    let step: Step
    let microseconds: Int64

    fileprivate var words: String { "\(step.words) \(duration(microseconds))" }
  }

  struct Finding: Hashable {
    let area: Area
    /// What was looked at, in a word or two.
    let subject: String
    let verdict: Verdict
    /// What there is, or what is wrong.
    let sentence: String
    /// A line to type or to write into a file that mends it; nil where nothing needs to be mended.
    var mend: String?
    /// What it took, step by step.
    var times: [Time] = []
  }

  var findings: [Finding] = []
  /// Who would answer a chat; nil where nobody would.
  var model: String?

  /// Whether a chat would work: it has a terminal, or needs none, and somebody answers.
  var works: Bool {
    let isDrawable = !findings.contains { finding in
      (finding.area == .terminal || finding.area == .locale) && finding.verdict == .fault
    }
    return isDrawable && model != nil
  }

  mutating func note(
    _ area: Area, _ subject: String, _ verdict: Verdict, _ sentence: String, mend: String? = nil
  ) {
    findings.append(
      Finding(
        area: area, subject: subject, verdict: verdict, sentence: sentence, mend: mend))
  }

  // MARK: - As text

  /// A sentence is not broken into less.
  private static let leastColumns = 20

  /// The findings below the name of their area, and last whether a chat would work. No control characters are
  /// in it, whatever servers say.
  ///
  /// - Parameter columns: sentences are broken to fit; nil where no terminal is to be fitted. Lines to be
  ///   typed are never broken.
  func text(columns: Int?) -> String {
    var text = ""
    for area in Area.allCases {
      let findings = findings.filter { $0.area == area }
      guard !findings.isEmpty else { continue }
      text += area.title + "\n"
      let width = findings.reduce(0) { max($0, $1.subject.count) }
      for finding in findings {
        text += DoctorReport.lines(finding, subjectWidth: width, columns: columns)
      }
      text += "\n"
    }
    return text + verdict + "\n"
  }

  private var verdict: String {
    let faults = findings.count { $0.verdict == .fault }
    let rest =
      faults == 0 ? "" : " \(faults == 1 ? "One thing is" : "\(faults) things are") wrong above."
    guard works else { return "A chat would not work.\(rest)" }
    return "A chat would work: \(PlainText.plain(model ?? "")) answers.\(rest)"
  }

  private static func lines(
    _ finding: Finding, subjectWidth: Int, columns: Int?
  ) -> String {
    let blanks = String(repeating: " ", count: subjectWidth - finding.subject.count)
    let indent = String(repeating: " ", count: subjectWidth + 6)
    var sentence = PlainText.plain(finding.sentence)
    if let columns, columns > indent.count + leastColumns {
      let wrap = TextWrap(TextCells(widths: TerminalSurroundings.widths))
      let lines = wrap.lines([TextRun(sentence)], columns: columns - indent.count)
      sentence = lines.map { $0.runs.map(\.text).joined() }.joined(separator: "\n\(indent)")
    }
    var text =
      "  \(finding.verdict.mark) \(PlainText.plain(finding.subject))\(blanks)  \(sentence)\n"
    if !finding.times.isEmpty {
      text += indent + finding.times.map(\.words).joined(separator: " · ") + "\n"
    }
    if let mend = finding.mend { text += "\(indent)→ \(PlainText.plain(mend))\n" }
    return text
  }

  // MARK: - As JSON

  /// One object on one line.
  var json: String {
    var object = JSONObject()
    object.add("works", works)
    object.add("model", model)
    object.add("findings", findings.map(DoctorReport.object))
    return object.text + "\n"
  }

  private static func object(_ finding: Finding) -> JSONObject {
    var object = JSONObject()
    object.add("area", finding.area.rawValue)
    object.add("subject", finding.subject)
    object.add("verdict", finding.verdict.rawValue)
    object.add("sentence", finding.sentence)
    object.add("mend", finding.mend)
    for time in finding.times {
      object.add("\(time.step.rawValue)_microseconds", time.microseconds)
    }
    return object
  }
}

extension DoctorReport.Area {
  fileprivate var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

/// A time as the report tells it.
func duration(_ microseconds: Int64) -> String {
  switch microseconds {
  case ..<1_000: "under 1 ms"
  case ..<10_000_000: "\(microseconds / 1_000) ms"
  default: "\(microseconds / 1_000_000) s"
  }
}

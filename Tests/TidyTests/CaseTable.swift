// The numbered cases of races and faults, and where each is held: the table in Tests/README.md.

/// One row: a case, and the files whose tests bear its number, or the reason why there is none.
struct CaseRow: Hashable {
  enum Place: Hashable {
    /// Paths below `Tests`, each without `.swift`.
    case files([String])
    /// Why it cannot arise here.
    case reason(String)
  }

  let id: String
  let words: String
  let place: Place
}

struct CaseTable {
  let rows: [CaseRow]

  /// S01 to S59 and T01 to T62.
  static let ids = numbers("S", 59) + numbers("T", 62)

  private static func numbers(_ letter: String, _ last: Int) -> [String] {
    (1...last).map { letter + ($0 < 10 ? "0\($0)" : "\($0)") }
  }

  /// Reads rows of the shape `| S01 | what happens | `File`, `File` |` or `| S05 | … | none: reason |`.
  init(markdown text: String) {
    rows = text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.drop(while: \.isWhitespace) }.map(String.init)
        .map { String($0.reversed().drop(while: \.isWhitespace).reversed()) }
      guard cells.count == 5, cells[1].wholeMatch(of: /[ST]\d\d/) != nil else { return nil }
      let place: CaseRow.Place
      if cells[3].hasPrefix("none: ") {
        place = .reason(String(cells[3].dropFirst(6)))
      } else {
        place = .files(cells[3].matches(of: /`([^`]+)`/).map { String($0.1) })
      }
      return CaseRow(id: cells[1], words: cells[2], place: place)
    }
  }

  /// The numbers in the names of the tests of a file.
  static func numbersInNames(of source: String) -> Set<String> {
    var numbers: Set<String> = []
    for name in source.matches(of: /func\s+`([^`]+)`/) {
      for number in name.1.matches(of: /\b[ST]\d\d\b/) { numbers.insert(String(number.0)) }
    }
    return numbers
  }

  /// Everything in which the table and the tests differ. `files` are paths from the package's root.
  func complaints(files: [(path: String, text: String)]) -> [String] {
    var complaints: [String] = []
    let named = files.filter { $0.path.hasPrefix("Tests/") }.map { file in
      (String(file.path.dropFirst(6).dropLast(6)), Self.numbersInNames(of: file.text))
    }
    for id in Self.ids {
      let rows = rows.filter { $0.id == id }
      guard rows.count == 1, let row = rows.first else {
        complaints.append("\(id) has \(rows.count) rows")
        continue
      }
      if row.words.isEmpty { complaints.append("\(id) does not say what happens") }
      let holders = Set(named.filter { $0.1.contains(id) }.map(\.0))
      switch row.place {
      case .reason(let reason):
        if !holders.isEmpty { complaints.append("\(id) has a test and a reason for none") }
        if reason.split(separator: " ").count < 4 { complaints.append("\(id) has no reason") }
      case .files(let files):
        if files.isEmpty { complaints.append("\(id) has neither a test nor a reason") }
        for file in Set(files).subtracting(holders).sorted() {
          complaints.append("\(id) is in no name of a test in \(file)")
        }
        for file in holders.subtracting(files).sorted() {
          complaints.append("\(id) is tested in \(file) as well, and its row does not say so")
        }
      }
    }
    let unknown = Set(rows.map(\.id)).union(named.flatMap(\.1)).subtracting(Self.ids)
    return complaints + unknown.sorted().map { "there is no case \($0)" }
  }
}

// A body of events that came to no finish may have been something else all along: an error object between
// the events (llama.cpp writes `error: {…}`), another dialect, a page. The parser keeps the first lines that
// are no fields of an event; here they are read.

extension ReplyFacts {
  /// Reads what stood between the events, for want of a finish.
  ///
  /// - Parameters:
  ///   - lines: those that the parser does not know.
  ///   - hasKnown: something came that belongs to the dialect.
  ///   - hasForeign: something came that is JSON and says nothing in the dialect.
  mutating func readStrayLines(_ lines: [[UInt8]], hasKnown: Bool, hasForeign: Bool) {
    // The end may cut the name of a field: that is no line of its own.
    let fields = ["data", "event", "id", "retry"]
    let lines = lines.filter { line in !fields.contains { $0.utf8.starts(with: line) } }
    for line in lines {
      guard let brace = line.firstIndex(of: UInt8(ascii: "{")) else { continue }
      if let complaint = Complaint(json: Array(line[brace...])) {
        self.complaint = complaint
        return
      }
    }
    guard !hasKnown else { return }
    let text = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    if let complaint = Complaint(json: text) {
      self.complaint = complaint
    } else if hasForeign || lines.first?.first == UInt8(ascii: "{") {
      confusion = .otherDialect
    } else if !lines.isEmpty {
      confusion = .notJSON(excerpt: excerpt(text))
    }
  }
}

// What a server puts into an event stream beside its events: an error object on one line or on many, another
// dialect, a page. To the parser these are lines with a field that nobody knows.

import Wire

/// The first lines of an event stream that are no fields of it.
struct StrayLines {
  /// Where an object is looked for: the first few lines that could begin one.
  private static let startLimit = 8

  /// The error that one of the lines holds (llama.cpp writes `error: {…}`), or several together.
  let complaint: Complaint?
  private let lines: [[UInt8]]
  /// Where an error begins whose end is missing.
  private var cutErrorStart: Int?

  init(of parser: ServerSentEventParser) {
    // The end of the stream may cut the name of a field: that is no line of its own.
    let fields = ["data", "event", "id", "retry"]
    lines = parser.unknownLines.filter { line in
      !fields.contains { $0.utf8.starts(with: line) }
    }
    var complaint: Complaint?
    var index = 0
    var startCount = 0
    while complaint == nil, index < lines.count, startCount < Self.startLimit {
      defer { index += 1 }
      guard beginsObject(lines[index...]) else { continue }
      startCount += 1
      if let end = endOfObject(from: index, in: lines) {
        complaint = Complaint(json: text(of: lines[index...end]))
        index = end
      } else if beginsError(lines[index...]) {
        cutErrorStart = index
        break
      }
    }
    if complaint == nil, cutErrorStart == nil {
      complaint =
        lines.lazy.compactMap { line in
          line.firstIndex(of: UInt8(ascii: "{")).flatMap { Complaint(json: Array(line[$0...])) }
        }.first
    }
    self.complaint = complaint
  }

  /// True if an error has begun and its end is missing.
  var hasCutError: Bool { cutErrorStart != nil }

  /// As much of such an error as its lines tell: it is printed with each of its members on a line, so each
  /// can be read alone.
  var cutComplaint: Complaint? {
    guard let cutErrorStart else { return nil }
    var members: [String: String] = [:]
    for line in lines[cutErrorStart...] {
      var member = oneLine(String(decoding: line, as: UTF8.self))
      if member.hasSuffix(",") { member.removeLast() }
      let name = String(member.prefix { $0 != ":" })
      // The first counts: those of the details come after those of the error itself.
      guard !name.isEmpty, members[name] == nil, Complaint(json: errorObject([member])) != nil
      else { continue }
      members[name] = member
    }
    guard members.isEmpty else {
      return Complaint(json: errorObject(members.values.sorted()))
    }
    let text = text(of: lines[cutErrorStart...])
    return Complaint(message: text.count > 32 ? excerpt(text) : nil)
  }

  /// What a stream is in which nothing of the dialect came; nil where it is just empty.
  ///
  /// - Parameter foreignCount: how many of its events are JSON and say nothing in this dialect.
  func confusion(foreignCount: Int) -> Confusion? {
    if foreignCount > 0 || beginsObject(lines[...]) { return .otherDialect }
    return lines.isEmpty ? nil : .notJSON(excerpt: excerpt(text(of: lines[...])))
  }
}

private func text(of lines: ArraySlice<[UInt8]>) -> [UInt8] {
  Array(lines.joined(separator: [UInt8(ascii: "\n")]))
}

private func errorObject(_ members: [String]) -> [UInt8] {
  Array(#"{"error":{\#(members.joined(separator: ","))}}"#.utf8)
}

/// Whether the first of these lines opens an object, alone or in an array.
private func beginsObject(_ lines: ArraySlice<[UInt8]>) -> Bool {
  begin(lines, with: "{") || begin(lines, with: "[{")
}

/// Whether what the first of these lines opens says of itself that it is an error.
private func beginsError(_ lines: ArraySlice<[UInt8]>) -> Bool {
  begin(lines, with: #"{"error":"#) || begin(lines, with: #"[{"error":"#)
}

/// Whether the lines begin like this, white space aside. None of them is empty, so as many are enough.
private func begin(_ lines: ArraySlice<[UInt8]>, with opening: String) -> Bool {
  let first = lines.prefix(opening.utf8.count)
  return first.joined().lazy.filter { $0 > 0x20 }.starts(with: opening.utf8)
}

/// The line that closes what the line `start` opens; nil where none does.
private func endOfObject(from start: Int, in lines: [[UInt8]]) -> Int? {
  var depth = 0
  var isInString = false
  var isEscaped = false
  for index in start..<lines.count {
    for byte in lines[index] {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\"") {
        isInString.toggle()
      } else if isInString {
        isEscaped = byte == UInt8(ascii: "\\")
      } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        depth += 1
      } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
        depth -= 1
      }
    }
    if depth <= 0 { return index }
  }
  return nil
}

/// Whether the data of an event are `[DONE]`, with which OpenAI ends a stream and many do after it.
func isDone(_ data: [UInt8]) -> Bool {
  data.count <= 64 && oneLine(String(decoding: data, as: UTF8.self)) == "[DONE]"
}

/// Whether bytes are white space and nothing else.
func isBlank(_ bytes: [UInt8]) -> Bool {
  bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
}

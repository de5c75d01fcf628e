// What the terminal tells about itself, and its answers that come in two pieces.
//
// A slow line may part an answer anywhere, and for longer than a key may wait. So while answers are
// outstanding:
//
//   cut                    what is done
//   ESC │ ]11;…            Esc was pressed; the rest is known by its first bytes, and swallowed
//   ESC [ │ ?62;…          Alt-[ likewise
//   ESC ] │ 11;…           Alt-] likewise
//   ESC ] 1 │ 1;rgb…       it waits for the rest until answers are no longer outstanding
//   …/ffff ESC │ \         the answer is whole; the ESC was none that a hand pressed
//
// What comes after the pause and cannot be the rest is a key, and the piece is forgotten.

import Terminal

/// The reports that were read, and what is known of those on their way.
struct Answers: Sendable {
  /// The beginning of what may have been an answer, after time has decided that it is none.
  enum Cut: Hashable, Sendable {
    /// `ESC`, taken for the key.
    case escape
    /// `ESC [` or `ESC ]`, taken for Alt and the key.
    case controlSequence, string
    /// An answer without the last byte of its end mark.
    case endMark
  }

  /// How long after the question answers are outstanding, if DA1 does not end that.
  static let patienceNanoseconds: Int64 = 10_000_000_000
  /// Most reports that are kept until somebody takes them; later ones are dropped.
  static let reportLimit = 64

  /// Until when answers are outstanding.
  private(set) var end = Int64.min
  var cut: Cut?
  private var reports: [TerminalReport] = []

  mutating func expect(at nanoseconds: Int64) {
    end = nanoseconds + Answers.patienceNanoseconds
  }

  mutating func take(_ report: TerminalReport) {
    // The last of all answers: nothing is outstanding any more.
    if case .attributes = report { end = .min }
    if reports.count < Answers.reportLimit { reports.append(report) }
  }

  /// Takes a string that has come whole; true when it was an answer.
  mutating func takeString(_ introducer: UInt8, _ text: [UInt8]) -> Bool {
    guard introducer == UInt8(ascii: "]"), let report = ColorAnswer.background(text) else {
      return false
    }
    take(report)
    return true
  }

  /// What was told since the last call.
  mutating func drain() -> [TerminalReport] {
    defer { reports.removeAll() }
    return reports
  }

  /// The state to go on from when these bytes of one read are the rest of an answer that was cut, and the
  /// bytes that are then still to be read.
  mutating func takeUp(
    _ bytes: [UInt8], at nanoseconds: Int64
  ) -> (state: KeyboardState, bytes: ArraySlice<UInt8>)? {
    guard let cut else { return nil }
    self.cut = nil
    guard nanoseconds < end, Answers.isContinued(cut, by: bytes) else { return nil }
    switch cut {
    case .escape: return (.escape(string: nil), bytes[...])
    case .controlSequence: return (.controlSequence(isLate: false), bytes[...])
    case .string: return (.string(introducer: UInt8(ascii: "]"), byteCount: 0), bytes[...])
    case .endMark: return (.ground, bytes.dropFirst())
    }
  }

  /// Nobody types what is looked for here within one read.
  private static func isContinued(_ cut: Cut, by bytes: [UInt8]) -> Bool {
    switch cut {
    case .escape: isSequence(bytes, after: "[") || bytes.starts(with: "]11;".utf8)
    case .controlSequence: isSequence(bytes, after: "")
    case .string: bytes.starts(with: "11;".utf8)
    case .endMark: bytes.first == UInt8(ascii: "\\")
    }
  }

  private static func isSequence(_ bytes: [UInt8], after start: String) -> Bool {
    guard bytes.starts(with: "\(start)?".utf8) else { return false }
    // A `?` alone was typed, and nobody types `[?` at once.
    let next = bytes.dropFirst(start.utf8.count + 1).first
    return next.map { (0x30...0x39).contains($0) } ?? !start.isEmpty
  }
}

extension KeyboardState {
  /// Whether what was collected of a sequence may be the beginning of an answer.
  func mayBeAnswer(_ collected: [UInt8]) -> Bool {
    switch self {
    case .controlSequence(isLate: false): collected.first == UInt8(ascii: "?")
    case .string(UInt8(ascii: "]"), let byteCount):
      byteCount > 0 && ColorAnswer.mayBegin(with: collected)
    case .ground, .escape, .controlSequence, .singleShift, .consoleFunction, .mouse, .string,
      .paste:
      false
    }
  }

  /// Whether such an answer may go on with this byte.
  func mayContinueAnswer(with byte: UInt8) -> Bool {
    switch self {
    case .controlSequence:
      (0x30...0x39).contains(byte) || ";$cnuy".utf8.contains(byte)
    case .string:
      byte == 0x07 || byte == 0x1B || ColorAnswer.mayHold(byte)
    case .ground, .escape, .singleShift, .consoleFunction, .mouse, .paste:
      false
    }
  }
}

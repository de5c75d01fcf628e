// What the terminal is like, asked from outside a chat: what terminfo says of it, what it answers, and how wide
// it draws a few letters that terminals disagree about. It leaves nothing on the screen.
//
//   ⏎ sample · where is the cursor? …for each sample · wipe · kitty? 2026? background? · DA1
//
// DA1 comes last, and every terminal answers it: who has not answered a question before does not know it.

import CNcurses
public import Terminal

/// What was found out about a terminal.
public struct TerminalExam: Hashable, Sendable {
  /// A text that was drawn, and how many columns it took.
  public struct DrawnSample: Hashable, Sendable {
    public var text: String
    /// How far the cursor went; nil where the terminal did not say.
    public var columns: Int?

    public init(text: String, columns: Int?) {
      self.text = text
      self.columns = columns
    }
  }

  /// Why the terminal could not be asked.
  public enum Silence: Hashable, Sendable {
    /// The program has no terminal at all.
    case noTerminal
    /// Another job has it.
    case inBackground
    /// It is not known to understand questions.
    case notAsked
    /// It did not answer in time.
    case noAnswer
  }

  /// What the terminal's description is called, or why there is none that can be used.
  public var description: Result<String, ScreenError>
  public var size: Size?
  /// How many colours a chat would show.
  public var colorDepth: ColorDepth
  /// What it told of itself; empty where it was not asked or did not answer.
  public var reports: [TerminalReport]
  public var drawn: [DrawnSample]
  /// From the question to the last answer; nil where there is none.
  public var answerMicroseconds: Int64?
  /// Nil where it answered.
  public var silence: Silence?
  /// Whether Ctrl-C was pressed meanwhile, which is no signal then.
  public private(set) var isInterrupted = false

  public init(
    description: Result<String, ScreenError>, size: Size?, colorDepth: ColorDepth,
    reports: [TerminalReport] = [], drawn: [DrawnSample] = [], answerMicroseconds: Int64? = nil,
    silence: Silence?
  ) {
    self.description = description
    self.size = size
    self.colorDepth = colorDepth
    self.reports = reports
    self.drawn = drawn
    self.answerMicroseconds = answerMicroseconds
    self.silence = silence
  }

  /// How long answers are waited for, in milliseconds: over a slow line as well.
  static let limitMilliseconds: Int64 = 2_000
  /// Ctrl-C.
  static let interrupt: UInt8 = 0x03
  /// Most bytes of answers that are read.
  static let byteLimit = 16_384

  /// Looks at the terminal that this process belongs to, wherever its output goes.
  ///
  /// - Parameters:
  ///   - samples: each is drawn at the left edge of the line the cursor is on, and wiped.
  ///   - isColorWanted: false leaves colours out (`NO_COLOR`).
  ///   - interruption: is readable when the exam is to end at once. Signals that end the process have to come by
  ///     it, or the terminal is left as it is while it is asked.
  public static func ofThisTerminal(
    samples: [String], isColorWanted: Bool, interruption: Int32
  ) -> TerminalExam {
    let description = Result { () throws(ScreenError) in try Screen.describeTerminal() }
    var exam = TerminalExam(
      description: description, size: nil, colorDepth: .none, silence: .noTerminal)
    var isXtermLike = false
    if case .success = description {
      isXtermLike =
        TerminalModes(enterAlternateScreen: Screen.capability("smcup")).isXtermLike
      exam.colorDepth = isColorWanted ? depth(isXtermLike: isXtermLike) : .none
    }
    guard let line = ExaminedLine() else { return exam }
    exam.size = line.size
    if line.isInBackground {
      exam.silence = .inBackground
    } else if !isXtermLike {
      exam.silence = .notAsked
    } else {
      exam.ask(line, samples, interruption)
    }
    return exam
  }

  private static func depth(isXtermLike: Bool) -> ColorDepth {
    switch tigetnum("colors") {
    case 8... where isXtermLike && DirectColors.areOffered: .direct
    case 256...: .palette256
    case 8...: .sixteen
    default: .none
    }
  }

  private mutating func ask(
    _ line: borrowing ExaminedLine, _ samples: [String], _ interruption: Int32
  ) {
    let drawing = samples.map { "\r\($0)\u{1B}[6n" }.joined() + "\r\u{1B}[K"
    let questions =
      TerminalModes.keyboardQuestion
      + TerminalModes(enterAlternateScreen: Screen.capability("smcup")).question
    let (bytes, microseconds) = line.answers(
      to: drawing + questions, limitMilliseconds: Self.limitMilliseconds,
      byteLimit: Self.byteLimit, interruption: interruption)
    var places: ArraySlice<Int>
    (reports, places) = TerminalExam.read(bytes)
    drawn = samples.map { DrawnSample(text: $0, columns: places.popFirst().map { $0 - 1 }) }
    answerMicroseconds = microseconds
    silence = microseconds == nil ? .noAnswer : nil
    isInterrupted = bytes.contains(Self.interrupt)
  }

  /// What stands in the answers, whatever was typed between them: reports, and the columns of the cursor,
  /// counted from one.
  static func read(_ bytes: [UInt8]) -> (reports: [TerminalReport], columns: ArraySlice<Int>) {
    var columns: [Int] = []
    var rest: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if let (column, end) = place(in: bytes[index...]) {
        columns.append(column)
        index = end
      } else {
        rest.append(bytes[index])
        index += 1
      }
    }
    var keyboard = Keyboard()
    keyboard.expectAnswers(at: 0)
    _ = keyboard.receive(rest, at: 0)
    return (keyboard.takeReports(), columns[...])
  }

  /// The column of `ESC [ row ; column R` (CPR, ECMA-48 8.3.14) that the bytes begin with, and its end.
  private static func place(in bytes: ArraySlice<UInt8>) -> (column: Int, end: Int)? {
    guard bytes.starts(with: [0x1B, 0x5B]) else { return nil }
    let text = bytes.dropFirst(2).prefix { (0x30...0x39).contains($0) || $0 == 0x3B }
    guard text.count <= 11, text.endIndex < bytes.endIndex,
      bytes[text.endIndex] == UInt8(ascii: "R")
    else { return nil }
    let numbers = text.split(separator: 0x3B, omittingEmptySubsequences: false)
    guard numbers.count == 2, let row = Int(String(decoding: numbers[0], as: UTF8.self)), row > 0,
      let column = Int(String(decoding: numbers[1], as: UTF8.self)), column > 0
    else { return nil }
    return (column, text.endIndex + 1)
  }
}

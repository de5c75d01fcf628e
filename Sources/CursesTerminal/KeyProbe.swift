// What the terminal sends, and what is made of it, side by side.
//
// The one truth about a key is `Keyboard`, and it has no use for the bytes once they are read. So bytes are
// gathered until the keyboard is at rest. Then they are parted, and each piece is read once more by a
// keyboard of its own: where all of these together heard what the one keyboard heard, each piece is shown with
// what it is. Where they did not (time parted a sequence, or several lines were a burst) the bytes are
// shown as one.

public import Terminal

/// Bytes that the terminal sent, and what came of them.
public struct ProbedBytes: Hashable, Sendable {
  public enum Meaning: Hashable, Sendable {
    case input(TerminalInput)
    case report(TerminalReport)
    /// Nothing comes of it; the words say what it is.
    case ignored(String)
  }

  /// The first of them, up to `KeyProbe.byteLimit`.
  public var bytes: [UInt8]
  /// How many there were.
  public var byteCount: Int
  public var meanings: [Meaning]
}

/// A keyboard that shows what it reads. Times are those of `Keyboard`.
public struct KeyProbe: Sendable {
  /// Most bytes that are kept until they are shown. Of a longer paste the beginning is.
  public static let byteLimit = 4_096

  private var keyboard = Keyboard()
  private var bytes: [UInt8] = []
  private var byteCount = 0
  private var inputs: [TerminalInput] = []
  private var reports: [TerminalReport] = []

  public init() {}

  /// When to call `advance(to:)` if nothing comes before; nil when nothing is pending.
  public var deadline: Int64? { keyboard.deadline }

  /// Says that the terminal was asked something, with DA1 at the end.
  public mutating func expectAnswers(at nanoseconds: Int64) {
    keyboard.expectAnswers(at: nanoseconds)
  }

  /// Takes what one read brought. What is decided of it and of what came before is the answer.
  public mutating func receive(_ read: [UInt8], at nanoseconds: Int64) -> [ProbedBytes] {
    let before = advance(to: nanoseconds)
    bytes += read.prefix(KeyProbe.byteLimit - bytes.count)
    byteCount += read.count
    inputs += keyboard.receive(read, at: nanoseconds)
    return before + settle()
  }

  /// Says that time has passed.
  public mutating func advance(to nanoseconds: Int64) -> [ProbedBytes] {
    inputs += keyboard.advance(to: nanoseconds)
    return settle()
  }

  private mutating func settle() -> [ProbedBytes] {
    reports += keyboard.takeReports()
    guard keyboard.deadline == nil, byteCount > 0 else { return [] }
    let whole = ProbedBytes(
      bytes: bytes, byteCount: byteCount,
      meanings: inputs.map(ProbedBytes.Meaning.input) + reports.map(ProbedBytes.Meaning.report))
    (bytes, byteCount, inputs, reports) = ([], 0, [], [])
    let parts =
      whole.byteCount == whole.bytes.count
      ? BytePieces.part(whole.bytes).map(KeyProbe.read) : []
    let isAlike =
      parts.flatMap { $0.meanings.filter(\.isInput) } == whole.meanings.filter(\.isInput)
      && parts.flatMap { $0.meanings.filter(\.isReport) } == whole.meanings.filter(\.isReport)
    return isAlike && !parts.isEmpty ? parts.map(\.named) : [whole.named]
  }

  /// What these bytes are when they come alone.
  private static func read(_ bytes: [UInt8]) -> ProbedBytes {
    var keyboard = Keyboard()
    // No state is more patient.
    let inputs =
      keyboard.receive(bytes, at: 0) + keyboard.advance(to: Keyboard.pastePatienceNanoseconds)
    return ProbedBytes(
      bytes: bytes, byteCount: bytes.count,
      meanings: inputs.map(ProbedBytes.Meaning.input)
        + keyboard.takeReports().map(ProbedBytes.Meaning.report))
  }
}

extension ProbedBytes.Meaning {
  fileprivate var isInput: Bool {
    switch self {
    case .input: true
    case .report, .ignored: false
    }
  }

  fileprivate var isReport: Bool {
    switch self {
    case .report: true
    case .input, .ignored: false
    }
  }
}

extension ProbedBytes {
  /// With a name for what nothing came of.
  fileprivate var named: ProbedBytes {
    guard meanings.isEmpty else { return self }
    var named = self
    named.meanings = [.ignored(SequenceNames.name(of: bytes))]
    return named
  }
}

// Bytes from the terminal become what the person did.
//
// What a terminal sends has no frame around it. A lone ESC is the Esc key, and ESC is also how every
// other sequence begins; only time tells them apart. So the decoder is a value: bytes and the time
// come in as arguments, `deadline` says when it wants to be asked again, and nothing here sleeps.
//
//   ground ── ESC ──▶ escape ── [ ──▶ controlSequence ── final byte ──▶ ground
//     ▲                 │ ├──── O ──▶ singleShift ────── one byte ────▶ ground
//     │                 │ └─ ]P_^X ─▶ string ── BEL or ESC \ ─────────▶ ground
//     └── any other ◀───┘ Alt and that key     (CSI 200~ ─▶ paste ─ CSI 201~ ─▶ ground)
//
// What the terminal tells about itself comes the same way, and is kept apart: nothing of it is ever a key
// (see `Answers.swift`).
//
// A terminal without brackets around its pastes sends them like keys; `Burst.swift` tells them apart.
//
// Three rules keep the keyboard alive whatever comes in. Every state but ground has a deadline.
// Everything that is collected has a limit. A control byte inside a sequence ends the sequence and is
// a key of its own, so Ctrl-C always gets through (only a paste takes it in, and only until it falls
// silent: the rules of `PasteSilence.swift`).

public import Terminal

/// The keyboard decoder. Times are nanoseconds of any clock that does not go back; the same one for
/// every call.
public struct Keyboard: Sendable {
  /// How long a lone ESC waits for the rest of a sequence before it is the Esc key. Shorter breaks
  /// arrow keys over slow lines, longer is felt.
  public static let escapePatienceNanoseconds: Int64 = 20_000_000
  /// How long a sequence that has begun may pause before it is given up.
  public static let sequencePatienceNanoseconds: Int64 = 100_000_000
  /// How long after a lone ESC became the Esc key its tail (`[A`) is still known for what it is.
  public static let lateTailNanoseconds: Int64 = 50_000_000
  /// Longest control sequence that is read, in bytes. A longer one is swallowed.
  public static let sequenceByteLimit = 256
  /// Longest OSC, DCS, SOS, PM or APC string, in bytes. What comes after it is read as keys again.
  public static let stringByteLimit = 1 << 20

  private var state = KeyboardState.ground
  /// The bytes of a control sequence after `CSI`, or the first ones of a string.
  private var collected: [UInt8] = []
  private var paste = PasteCollector()
  private var burst = Burst()
  /// A paste was delivered without its end mark, so what comes may still be a piece of it.
  private var isPasteMarkMissing = false
  private var lastReadNanoseconds: Int64 = 0
  private var scalars = ScalarDecoder()
  /// The scalar that `scalars` is in the middle of came behind an ESC.
  private var isAltPending = false
  /// Scalars of this read that are not keys yet: a mark may still join the last one.
  private var run = String.UnicodeScalarView()
  /// Until when `[` or `O` is taken for the tail of an ESC that was given up.
  private var lateTailEnd = Int64.min

  private var answers = Answers()

  /// When to call `advance(to:)` if nothing comes before; nil when nothing is pending.
  public private(set) var deadline: Int64?

  public init() {}

  /// Whether answers of the terminal may still be on their way.
  public func awaitsAnswers(at nanoseconds: Int64) -> Bool { nanoseconds < answers.end }

  /// Says that the terminal was asked something, with DA1 at the end.
  public mutating func expectAnswers(at nanoseconds: Int64) {
    answers.expect(at: nanoseconds)
  }

  /// What the terminal told since the last call.
  public mutating func takeReports() -> [TerminalReport] {
    answers.drain()
  }

  /// Takes what one read brought. Text that arrives together is combined into graphemes.
  public mutating func receive(_ bytes: [UInt8], at nanoseconds: Int64) -> [TerminalInput] {
    var inputs = advance(to: nanoseconds)
    guard !bytes.isEmpty else { return inputs }
    breakSilence(bytes, after: nanoseconds - lastReadNanoseconds, into: &inputs)
    burst.begin(bytes, at: nanoseconds)
    var rest = bytes[...]
    if let answer = answers.takeUp(bytes, at: nanoseconds), state == .ground {
      collected.removeAll(keepingCapacity: true)
      (state, rest) = answer
    }
    while let byte = rest.first {
      if let piece = burstPiece(of: rest, at: nanoseconds) {
        deliverRun(into: &inputs)
        burst.take(piece, at: nanoseconds)
        rest = rest[piece.endIndex...]
      } else {
        deliverBurst(into: &inputs)
        take(byte, at: nanoseconds, into: &inputs)
        rest = rest.dropFirst()
      }
    }
    deliverRun(into: &inputs)
    deadline = state.patience.map {
      let due = nanoseconds + $0
      return state.mayBeAnswer(collected) ? max(due, answers.end) : due
    }
    if burst.hasText { deadline = nanoseconds + Burst.patienceNanoseconds }
    lastReadNanoseconds = nanoseconds
    return inputs
  }

  /// Decides before a read is taken whether it ends a paste, or goes on with one.
  private mutating func breakSilence(
    _ bytes: [UInt8], after silence: Int64, into inputs: inout [TerminalInput]
  ) {
    if state == .paste {
      guard !paste.isEndMark(continuedBy: bytes[0]),
        PasteSilence.isEnded(by: bytes, after: silence)
      else { return }
      leavePaste(isMarkMissing: true, into: &inputs)
    } else if state == .ground, isPasteMarkMissing, PasteSilence.isMore(bytes, after: silence) {
      state = .paste
    } else if silence >= Keyboard.sequencePatienceNanoseconds, state.mayBeAnswer(collected),
      !state.mayContinueAnswer(with: bytes[0])
    {
      state = .ground
    }
  }

  /// What of the rest of a read belongs to a burst. Only where keys are read can one begin.
  private mutating func burstPiece(
    of rest: ArraySlice<UInt8>, at nanoseconds: Int64
  ) -> ArraySlice<UInt8>? {
    guard state == .ground, !scalars.isPending, nanoseconds >= lateTailEnd else { return nil }
    return burst.piece(of: rest)
  }

  private mutating func deliverBurst(into inputs: inout [TerminalInput]) {
    guard burst.hasText else { return }
    let text = burst.finish()
    if !text.isEmpty { inputs.append(.paste(text)) }
  }

  // MARK: Time

  private mutating func leavePaste(isMarkMissing: Bool, into inputs: inout [TerminalInput]) {
    state = .ground
    isPasteMarkMissing = isMarkMissing
    let (text, reports) = paste.finish()
    inputs.append(.paste(text))
    for report in reports { answers.take(report) }
  }

  /// Says that time has passed: what was pending and is now overdue is decided.
  public mutating func advance(to nanoseconds: Int64) -> [TerminalInput] {
    guard let due = deadline, nanoseconds >= due else { return [] }
    var inputs: [TerminalInput] = []
    giveUp(at: due, into: &inputs)
    deliverRun(into: &inputs)
    deadline = nil
    return inputs
  }

  private mutating func giveUp(at due: Int64, into inputs: inout [TerminalInput]) {
    let before = state
    state = .ground
    switch before {
    case .ground:
      // The rest of a letter may come behind the silence.
      let cut = burst.takeCutScalar()
      deliverBurst(into: &inputs)
      for byte in cut { take(byte, at: due, into: &inputs) }
    case .consoleFunction, .mouse:
      break
    case .escape(let string):
      if let string, answers.takeString(string, collected) {
        answers.cut = .endMark
      } else {
        inputs.append(.key(KeyPress(.escape)))
        lateTailEnd = due + Keyboard.lateTailNanoseconds
        answers.cut = .escape
      }
    case .controlSequence(let isLate):
      if !isLate, collected.isEmpty { answers.cut = .controlSequence }
      abandonSequence(isLate: isLate, into: &inputs)
    case .singleShift(let isLate):
      abandonSingleShift(isLate: isLate, into: &inputs)
    case .string(let introducer, let byteCount):
      guard byteCount == 0 else { break }
      inputs.append(.key(KeyCodes.alt(Unicode.Scalar(introducer))))
      if introducer == UInt8(ascii: "]") { answers.cut = .string }
    case .paste:
      leavePaste(isMarkMissing: true, into: &inputs)
    }
  }

  // MARK: One byte

  private mutating func take(
    _ byte: UInt8, at nanoseconds: Int64, into inputs: inout [TerminalInput]
  ) {
    switch state {
    case .ground:
      takeGround(byte, at: nanoseconds, into: &inputs)
    case .escape(let string):
      takeEscape(byte, string: string, at: nanoseconds, into: &inputs)
    case .controlSequence(let isLate):
      takeControlSequence(byte, isLate: isLate, at: nanoseconds, into: &inputs)
    case .singleShift(let isLate):
      state = .ground
      if let key = KeyCodes.singleShift(byte) {
        if !isLate { inputs.append(.key(key)) }
      } else {
        abandonSingleShift(isLate: isLate, into: &inputs)
        take(byte, at: nanoseconds, into: &inputs)
      }
    case .consoleFunction:
      state = .ground
      if (0x41...0x45).contains(byte) {
        inputs.append(.key(KeyPress(.function(Int(byte) - 0x40))))
      } else {
        take(byte, at: nanoseconds, into: &inputs)
      }
    case .mouse(let remaining):
      state = remaining > 1 && byte >= 0x20 ? .mouse(remaining: remaining - 1) : .ground
      if byte < 0x20 { take(byte, at: nanoseconds, into: &inputs) }
    case .string(let introducer, byteCount: 0) where byte < 0x20:
      // No terminal sends an empty string: it was Alt and that key, and this is the next key.
      state = .ground
      inputs.append(.key(KeyCodes.alt(Unicode.Scalar(introducer))))
      take(byte, at: nanoseconds, into: &inputs)
    case .string(let introducer, let byteCount):
      if byte == 0x1B {
        state = .escape(string: introducer)
      } else if byte == 0x07 && introducer == 0x5D {
        state = .ground
        _ = answers.takeString(introducer, collected)
      } else if byte < 0x20 {
        state = .ground
        take(byte, at: nanoseconds, into: &inputs)
      } else {
        if byteCount < Keyboard.sequenceByteLimit { collected.append(byte) }
        state =
          byteCount < Keyboard.stringByteLimit
          ? .string(introducer: introducer, byteCount: byteCount + 1) : .ground
      }
    case .paste:
      if paste.take(byte) { leavePaste(isMarkMissing: false, into: &inputs) }
    }
  }

  private mutating func takeGround(
    _ byte: UInt8, at nanoseconds: Int64, into inputs: inout [TerminalInput]
  ) {
    let mayBeLateTail = nanoseconds < lateTailEnd
    lateTailEnd = .min
    if byte >= 0x80 || scalars.isPending {
      let (scalar, isByteLeft) = scalars.take(byte)
      if let scalar { deliver(scalar, into: &inputs) }
      if isByteLeft { take(byte, at: nanoseconds, into: &inputs) }
    } else if byte == 0x1B {
      state = .escape(string: nil)
    } else if byte == 0x5B && mayBeLateTail {
      collected.removeAll(keepingCapacity: true)
      state = .controlSequence(isLate: true)
    } else if byte == 0x4F && mayBeLateTail {
      state = .singleShift(isLate: true)
    } else if byte < 0x20 || byte == 0x7F {
      deliverRun(into: &inputs)
      inputs.append(.key(KeyCodes.control(byte)))
    } else {
      run.append(Unicode.Scalar(byte))
    }
  }

  private mutating func takeEscape(
    _ byte: UInt8, string: UInt8?, at nanoseconds: Int64, into inputs: inout [TerminalInput]
  ) {
    deliverRun(into: &inputs)
    state = .ground
    switch byte {
    case 0x5C where string != nil:
      if let string { _ = answers.takeString(string, collected) }
    case 0x1B:
      // Two quick Escs are two Escs; the second waits its own time.
      inputs.append(.key(KeyPress(.escape)))
      state = .escape(string: nil)
    case 0x5B:
      collected.removeAll(keepingCapacity: true)
      state = .controlSequence(isLate: false)
    case 0x4F:
      state = .singleShift(isLate: false)
    case 0x5D, 0x50, 0x58, 0x5E, 0x5F:
      collected.removeAll(keepingCapacity: true)
      state = .string(introducer: byte, byteCount: 0)
    case 0x80...:
      isAltPending = true
      take(byte, at: nanoseconds, into: &inputs)
    default:
      inputs.append(.key(KeyCodes.alt(Unicode.Scalar(byte))))
    }
  }

  private mutating func takeControlSequence(
    _ byte: UInt8, isLate: Bool, at nanoseconds: Int64, into inputs: inout [TerminalInput]
  ) {
    guard (0x20..<0x7F).contains(byte) else {
      abandonSequence(isLate: isLate, into: &inputs)
      take(byte, at: nanoseconds, into: &inputs)
      return
    }
    let isTooLong = collected.count == Keyboard.sequenceByteLimit
    guard ControlSequence.isFinal(byte, after: collected) else {
      if !isTooLong { collected.append(byte) }
      return
    }
    state = .ground
    switch isTooLong ? .swallowed : ControlSequence(collected, final: byte).meaning {
    case .input(let input):
      if !isLate { inputs.append(input) }
    case .report(let report):
      answers.take(report)
    case .pasteBegins:
      state = .paste
      burst.bracketsSeen()
    case .pasteEnds:
      isPasteMarkMissing = false
    case .mouseBegins:
      state = .mouse(remaining: 3)
    case .consoleFunctionBegins:
      if !isLate { state = .consoleFunction }
    case .swallowed:
      break
    case .unknown:
      guard isLate else { break }
      collected.append(byte)
      abandonSequence(isLate: true, into: &inputs)
    }
  }

  /// Ends a control sequence without its final byte.
  ///
  /// A late one was typed after all. `ESC [` alone was Alt and that key. What was longer is lost.
  private mutating func abandonSequence(isLate: Bool, into inputs: inout [TerminalInput]) {
    state = .ground
    if isLate {
      run.append("[")
      run.append(contentsOf: collected.lazy.map { Unicode.Scalar($0) })
    } else if collected.isEmpty {
      inputs.append(.key(KeyCodes.alt("[")))
    }
  }

  private mutating func abandonSingleShift(isLate: Bool, into inputs: inout [TerminalInput]) {
    if isLate {
      run.append("O")
    } else {
      inputs.append(.key(KeyCodes.alt("O")))
    }
  }

  // MARK: Text

  private mutating func deliver(_ scalar: Unicode.Scalar, into inputs: inout [TerminalInput]) {
    let isAlt = isAltPending
    isAltPending = false
    if scalar.properties.generalCategory == .control { return }
    if isAlt {
      inputs.append(.key(KeyCodes.alt(scalar)))
    } else {
      run.append(scalar)
    }
  }

  private mutating func deliverRun(into inputs: inout [TerminalInput]) {
    guard !run.isEmpty else { return }
    for character in String(run) { inputs.append(.key(KeyPress(.character(character)))) }
    run.removeAll(keepingCapacity: true)
  }
}

// Pastes of a terminal that puts no brackets around them.
//
// Mode 2004 is asked for, and some terminals and multiplexers do not have it: what is pasted there comes like
// keys, and each of its line ends would send a message. No hand writes a line, its end and more behind it
// between two reads; so that much at once is a burst, and a burst is a paste:
//
//   one read brings               what it is
//   text, with or without a line  keys: somebody typed, and pressed Enter
//     end behind it
//   a line end, then text         keys: Enter, and what was typed after it on a slow line
//   a line end that has text      a burst
//     behind it, otherwise
//   1,024 bytes or more           a burst
//
// A slow line may bring `yes`, Enter, `no` in one read. Taken for a burst it stands in the draft and waits for
// one more Enter; the other mistake would send the first line of somebody's file. So the doubt goes to
// the paste. Where a terminal hands over line by line, each line is what a hand writes, and is sent.
//
// A burst goes on, in the same read and the next ones, until 30 ms bring nothing; then it is delivered. All of
// it is text: the last line end too, and TAB; other controls are left out as of any paste. Only ESC and
// Ctrl-C stay keys: what came before them is delivered, they do what they do, and the burst goes on behind
// them in the same read. So neither a paste without end nor a guess that was wrong takes the keyboard away.
//
// A slow line may hold the rest of a burst back. For a second after what was delivered the rules of
// `PasteSilence` for a paste without its end mark hold: a press is a key, and so is a line end that comes
// alone; text with a line end in it is one more piece.
//
// A terminal that has bracketed one paste brackets them all, and nothing is guessed any more: what
// comes without brackets are keys, however many a slow line or a program brings at once.

import Terminal

/// What is known of bursts, and what was collected of the one that comes.
struct Burst: Sendable {
  /// How long a burst may pause. Terminals that write in pieces draw between them, and on a busy machine
  /// that takes a frame or two; nobody minds that a paste is shown so much later.
  static let patienceNanoseconds: Int64 = 30_000_000
  /// How long after a burst its rest may still come.
  static let restNanoseconds: Int64 = 1_000_000_000
  /// Bytes of one read that no hand wrote, whatever stands in them.
  static let byteCount = 1_024

  /// Whether pastes are still to be guessed.
  private var isGuessing = true
  /// Whether the text of this read belongs to a burst.
  private(set) var isOn = false
  /// When the burst last brought something.
  private var last = Int64.min
  private var paste = PasteCollector()
  /// Up to where this read holds keys; an index of the read.
  private var keysEnd = 0

  /// Whether something was collected and not delivered.
  var hasText: Bool { !paste.isEmpty }

  /// Says that the terminal brackets its pastes. What a burst holds is no proof of that.
  mutating func bracketsSeen() {
    if !isOn { isGuessing = false }
  }

  /// A read begins.
  mutating func begin(_ read: [UInt8], at nanoseconds: Int64) {
    keysEnd = 0
    guard isGuessing, last != .min else { return }
    // Who sees what was delivered may press Enter at once.
    let mayBeRest = PasteSilence.isMore(read, after: PasteSilence.lineEndSilenceNanoseconds)
    isOn = hasText || nanoseconds - last < Burst.restNanoseconds && mayBeRest
  }

  /// What of these bytes, the rest of a read, belongs to a burst: the first of them, and up to the next ESC
  /// or Ctrl-C. Nil when the first one is a key.
  mutating func piece(of rest: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard isGuessing, rest.startIndex >= keysEnd else { return nil }
    let run = rest.prefix { $0 != 0x1B && $0 != 0x03 }
    guard !run.isEmpty, isOn || Burst.isBurst(run) else {
      keysEnd = run.endIndex
      return nil
    }
    return run
  }

  /// Takes what `piece` found.
  mutating func take(_ piece: ArraySlice<UInt8>, at nanoseconds: Int64) {
    isOn = true
    last = nanoseconds
    for byte in piece { _ = paste.take(byte) }
  }

  /// Takes the beginning of a scalar, whose rest has not come, from the end.
  mutating func takeCutScalar() -> [UInt8] { paste.takeCutScalar() }

  /// What was collected.
  mutating func finish() -> String { paste.finish().text }

  private static func isBurst(_ run: ArraySlice<UInt8>) -> Bool {
    if run.count >= byteCount { return true }
    guard let lineEnd = run.firstIndex(where: isLineEnd) else { return false }
    var after = run[(lineEnd + 1)...]
    if run[lineEnd] == 0x0D, after.first == 0x0A { after = after.dropFirst() }
    guard after.contains(where: isText) else { return false }
    return lineEnd > run.startIndex || after.contains(where: isLineEnd)
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0D || byte == 0x0A }

  private static func isText(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != 0x7F || byte == 0x09
  }
}

// When a paste falls silent: is more to come, or was its end mark lost?
//
// Over a slow line a paste may pause in the middle, and what comes then looks like typing: taken for
// keys, its line ends would send it. When the end mark was lost, though, a person sits before a keyboard
// that does nothing. Only time and size tell the two apart.
//
//   silence        what comes then           what it is
//   up to 1 s      anything                  more of the paste
//   1 s to 5 s     a press                   the mark was lost: the paste is delivered, the press is a key
//                  anything else             more of the paste
//   5 s            nothing                   the paste is delivered, and its mark is missing
//
//   From then on, while the mark is missing:
//                  a press                   a key
//                  a line end, alone         a key, after 50 ms of silence
//                  a paste of its own        that paste
//                  anything else             one more piece of the paste, with the same rules
//
// A press is what a hand does between two reads: a few bytes, or a sequence that begins with ESC, and no
// line end in it. Taken for keys by mistake its text is the same text. A line end is what does harm, so
// it has to come all by itself. The mark is no longer missed when it comes, however late, or when a later
// paste has one.

extension Keyboard {
  /// How long a paste may be silent before it is delivered without its end mark. A connection that lost
  /// packets comes back within seconds (TCP waits 0.2 s before it sends again, then twice as long each
  /// time), and nobody who pastes minds.
  public static let pastePatienceNanoseconds: Int64 = 5_000_000_000
  /// From this silence on, a press inside a paste is a person's who wonders why nothing happens.
  public static let pressSilenceNanoseconds: Int64 = 1_000_000_000
}

enum PasteSilence {
  /// Most bytes of a press without ESC: two letters with their marks, or a few fast ones.
  static let pressByteLimit = 8
  /// A line end that comes this soon after other bytes was not typed.
  static let lineEndSilenceNanoseconds: Int64 = 50_000_000

  private static let startMark: [UInt8] = Array("\u{1B}[200~".utf8)

  /// Whether these bytes of one read, inside a paste and after `silence`, say that its end mark was lost.
  static func isEnded(by bytes: [UInt8], after silence: Int64) -> Bool {
    silence > Keyboard.pressSilenceNanoseconds && isPress(bytes)
  }

  /// Whether these bytes of one read, after `silence`, are more of a paste whose end mark is missing.
  static func isMore(_ bytes: [UInt8], after silence: Int64) -> Bool {
    if bytes.isEmpty || isPress(bytes) || bytes.starts(with: startMark) { return false }
    let isAlone = bytes.count == 1 || bytes.count == 2 && bytes[0] == 0x1B
    return !(isAlone && hasLineEnd(bytes) && silence >= lineEndSilenceNanoseconds)
  }

  private static func isPress(_ bytes: [UInt8]) -> Bool {
    // The rest of a scalar that the silence cut is not the start of anything.
    guard let first = bytes.first, !(0x80...0xBF).contains(first) else { return false }
    return (bytes.count <= pressByteLimit || first == 0x1B) && !hasLineEnd(bytes)
  }

  private static func hasLineEnd(_ bytes: [UInt8]) -> Bool {
    bytes.contains { $0 == 0x0D || $0 == 0x0A }
  }
}

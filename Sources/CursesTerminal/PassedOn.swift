// Sequences for the terminal in which tmux or GNU screen runs: what these do not know they pass on only
// where it is wrapped.

/// Wraps a sequence for who stands between. Pure.
enum PassedOn {
  /// Bytes of the sequence in each piece for GNU screen, which takes 768 at a time.
  static let screenPieceByteCount = 512

  /// tmux passes it on with `allow-passthrough on`, and always before tmux 3.3. In it every ESC is doubled.
  static func byTmux(_ plain: [UInt8]) -> [UInt8] {
    Array("\u{1B}Ptmux;".utf8) + plain.flatMap { $0 == 0x1B ? [$0, $0] : [$0] }
      + Array("\u{1B}\\".utf8)
  }

  static func byScreen(_ plain: [UInt8]) -> [UInt8] {
    var wrapped: [UInt8] = []
    for start in stride(from: 0, to: plain.count, by: screenPieceByteCount) {
      let piece = plain[start..<min(start + screenPieceByteCount, plain.count)]
      wrapped += Array("\u{1B}P".utf8) + piece + Array("\u{1B}\\".utf8)
    }
    return wrapped
  }
}

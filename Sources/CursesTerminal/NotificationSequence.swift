// A sentence for the desktop of whoever sits at the terminal: OSC 9 (iTerm2, "Proprietary Escape Codes";
// kitty, WezTerm, foot, Ghostty and Windows Terminal know it too). tmux does not, so it gets it wrapped alone.

import Terminal

/// The sequence that shows a sentence. Pure.
enum NotificationSequence {
  /// The most of it, in Unicode scalars: a desktop shows two lines.
  static let scalarLimit = 200

  /// What is told is what would be drawn, so that nothing in it ends the sequence or begins another.
  static func bytes(_ sentence: String, isInTmux: Bool, isInScreen: Bool) -> [UInt8] {
    let drawn = PlainText.plain(sentence).unicodeScalars.prefix(scalarLimit)
    let line = String(String.UnicodeScalarView(drawn)).map { $0.isWhitespace ? " " : $0 }
    let plain = Array("\u{1B}]9;".utf8) + Array(String(line).utf8) + [0x07]
    if isInTmux { return PassedOn.byTmux(plain) }
    return isInScreen ? PassedOn.byScreen(plain) : plain
  }
}

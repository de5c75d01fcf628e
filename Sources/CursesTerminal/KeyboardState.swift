// What the keyboard decoder is in the middle of.

/// The states of `Keyboard`; the diagram is there.
enum KeyboardState: Hashable, Sendable {
  case ground
  /// An ESC came, and nothing after it yet. Within a string it may be the first half of the end mark;
  /// `string` is the byte that introduced that.
  case escape(string: UInt8?)
  /// `CSI`, then what is in `collected`. A late one began after its ESC had become the Esc key.
  case controlSequence(isLate: Bool)
  /// `SS3`: one byte is still to come.
  case singleShift(isLate: Bool)
  /// `CSI [` of the Linux console: one byte is still to come.
  case consoleFunction
  /// `CSI M`: this many bytes of a mouse report are still to come.
  case mouse(remaining: Int)
  /// A string; `introducer` is the byte after the ESC. Its beginning is in `collected`.
  case string(introducer: UInt8, byteCount: Int)
  case paste

  /// How long this state waits for the next byte; nil for ever.
  var patience: Int64? {
    switch self {
    case .ground: nil
    case .escape, .controlSequence(isLate: true), .singleShift(isLate: true):
      Keyboard.escapePatienceNanoseconds
    case .controlSequence, .singleShift, .consoleFunction, .mouse, .string:
      Keyboard.sequencePatienceNanoseconds
    case .paste: Keyboard.pastePatienceNanoseconds
    }
  }
}

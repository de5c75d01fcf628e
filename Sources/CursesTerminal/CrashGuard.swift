// Gives the terminal back when the program dies in the middle of it.
//
// A failed precondition leaves no time to clean up, and without this the shell would come back raw, in
// the alternate screen, with a mouse that types. The handler itself is C (`CNcurses/shim.h`, where the
// reasons are); it writes bytes that were prepared here, sets the terminal's modes and steps aside, so
// that the fault repeats and Swift's backtrace appears on the normal screen.

import CNcurses
import Glibc

/// The one caller of the crash handler's shims (see there why there can be only one).
struct CrashGuard {
  private(set) var isArmed = false

  /// From now on a crash writes `bytes` to `terminal`, sets its `modes`, and puts `standardError` back
  /// on descriptor 2 unless it is nil. At most 8 KiB of bytes are kept.
  mutating func arm(terminal: Int32, modes: termios, standardError: Int32?, bytes: [UInt8]) {
    guard !isArmed else { return }
    isArmed = true
    var modes = modes
    bytes.withUnsafeBytes { bytes in
      crash_guard_arm(
        terminal, standardError ?? -1, &modes,
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
        bytes.count)
    }
  }

  mutating func disarm() {
    guard isArmed else { return }
    isArmed = false
    crash_guard_disarm()
  }
}

// A name server that does not answer, for one program under test: `Tests/HungResolver` in place of the
// C library's look-up, and the two FIFOs it speaks through.

import Glibc

/// Look-ups that hang until a test opens the gate, and then find 127.0.0.1.
public final class HungResolver {
  /// What the program's environment needs.
  public let variables: [String: String]

  private let gatePath: String
  /// Both ends, so that a look-up need not wait for us and we never read an end.
  private let asked: Int32

  /// - Parameter home: where the FIFOs are made; it has to outlive this.
  /// - Throws: `HarnessError` when they cannot be.
  public init(in home: TestHome) throws {
    let paths = ["asked", "gate"].map { "\(home.path)/\($0)" }
    for path in paths where mkfifo(path, 0o600) != 0 { throw HarnessError(call: "mkfifo \(path)") }
    asked = open(paths[0], O_RDWR | O_CLOEXEC | O_NONBLOCK)
    guard asked >= 0 else { throw HarnessError(call: "open \(paths[0])") }
    gatePath = paths[1]
    variables = [
      "LD_PRELOAD": BuiltProgram.path("libHungResolver.so"), "PATTER_HUNG_RESOLVER": home.path,
    ]
  }

  deinit { close(asked) }

  /// The next name that is looked up, which hangs from then on; nil when none is within the time.
  public func nextQuestion() -> String? {
    var line: [UInt8] = []
    while true {
      var wait = pollfd(fd: asked, events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, Int32(TerminalProgram.patienceSeconds * 1000)) == 1 else { return nil }
      var byte: UInt8 = 0
      guard read(asked, &byte, 1) == 1 else { return nil }
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
  }

  /// Lets one look-up find its answer; false when none waits for it within the time.
  public func answer() -> Bool {
    let deadline = ContinuousClock.now + .seconds(TerminalProgram.patienceSeconds)
    while ContinuousClock.now < deadline {
      // Fails as long as nobody reads (fifo(7)), as somebody who has just asked may not do yet.
      let gate = open(gatePath, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
      if gate >= 0 {
        close(gate)
        return true
      }
      _ = poll(nil, 0, 2)
    }
    return false
  }
}

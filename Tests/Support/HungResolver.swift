// A name server that does not answer, for one program under test: `Tests/HungResolver` in place of the
// C library's look-up, and the two FIFOs it speaks through.

import Glibc

/// Look-ups that hang until a test opens the gate, and then find 127.0.0.1.
public final class HungResolver {
  /// What the program's environment needs.
  public let variables: [String: String]
  /// What it needs where not names, but files in a folder `hung` are what does not answer.
  public let fileVariables: [String: String]

  /// Both ends of each, so that a look-up need not wait for us to open it and nobody reads an end.
  private let asked: Int32
  private let gate: Int32

  /// - Parameter home: where the FIFOs are made; it has to outlive this.
  /// - Throws: `HarnessError` when they cannot be.
  public init(in home: TestHome) throws {
    let paths = ["asked", "gate"].map { "\(home.path)/\($0)" }
    for path in paths where mkfifo(path, 0o600) != 0 { throw HarnessError(call: "mkfifo \(path)") }
    asked = open(paths[0], O_RDWR | O_CLOEXEC | O_NONBLOCK)
    gate = open(paths[1], O_RDWR | O_CLOEXEC | O_NONBLOCK)
    guard asked >= 0, gate >= 0 else { throw HarnessError(call: "open \(paths)") }
    let library = BuiltProgram.path("libHungResolver.so")
    variables = ["LD_PRELOAD": library, "PATTER_HUNG_RESOLVER": home.path]
    fileVariables = ["LD_PRELOAD": library, "PATTER_HUNG_FILES": home.path]
  }

  deinit { for descriptor in [asked, gate] { close(descriptor) } }

  /// The next name that is looked up, or path, which hangs from then on; nil when none is within the time.
  public func nextQuestion() -> String? { nextLine() }

  /// Lets the look-up that hangs find its answer, and waits until it has it: of two that hang, either could
  /// take it. False when none took it within the time.
  public func answer() -> Bool { write(gate, [1], 1) == 1 && nextLine() == "" }

  private func nextLine() -> String? {
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
}

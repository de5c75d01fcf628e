import Support

/// A program that is measured; the raw value is its file beside this one.
enum Program: String, CaseIterable {
  /// The least a chat can be; see `Tests/Floor/main.c`.
  case floor = "Floor"
  case patter

  /// What stands at the left of Patter's composer.
  private static let composerPrompt = "› "

  /// Whether one can type.
  func isReady(_ picture: Picture) -> Bool {
    switch self {
    case .floor: picture.shows("ready")
    case .patter: picture.shows(Self.composerPrompt)
    }
  }

  /// Starts it in a home and waits until one can type.
  func start(
    _ arguments: [String] = [], home: TestHome, rows: Int = 24, columns: Int = 80
  ) throws -> TerminalProgram {
    let program = try TerminalProgram(
      BuiltProgram.path(rawValue), arguments, home: home, rows: rows, columns: columns)
    try program.waitUntil("\(rawValue) is ready", isReady)
    return program
  }
}

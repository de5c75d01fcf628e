/// A program that is measured; the raw value is its file beside this one.
enum Program: String, CaseIterable, Sendable {
  /// The least a chat can be; see `Tests/Floor/main.c`.
  case floor = "Floor"
  case patter
  /// `curl -N`, the least that can be done in a pipe.
  case curl

  /// Those with a screen.
  static let withScreen: [Program] = [.floor, .patter]

  /// How it is started to speak to a server on this machine.
  func invocation(port: UInt16) -> (arguments: [String], variables: [String: String]) {
    switch self {
    case .floor, .curl:
      (["http://127.0.0.1:\(port)/v1/chat/completions"], [:])
    case .patter:
      (
        ["-m", "openai/m"],
        ["OPENAI_BASE_URL": "http://127.0.0.1:\(port)/v1", "OPENAI_API_KEY": "none"]
      )
    }
  }

  /// What its first frame holds: for Patter, the sign at the left of the composer.
  var readySign: String {
    switch self {
    case .floor, .curl: "ready"
    case .patter: "›"
    }
  }
}

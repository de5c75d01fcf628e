// Where the tour halts. A stop is a home, a server that says what it is told, and somebody at the keys.

import Support

/// One of the things that are shown.
struct Stop: Sendable, CustomStringConvertible {
  /// What is started in the terminal.
  enum Program: Sendable {
    case patter
    /// An interactive shell that finds Patter by its name.
    case shell
  }

  /// For the file and for choosing, in small letters.
  let name: String
  let title: String
  var program = Program.patter
  var rows = 24
  var columns = 80
  /// What `config.yaml` says beside the server.
  var configuration = ""
  /// Whether there is a configuration at all, and who answers is known.
  var isConfigured = true
  /// The key that the server wants; nil where it takes any.
  var key: String?
  var variables: [String: String] = [:]
  /// Files of the home by their paths; those in `bin` can be run.
  var files: [String: String] = [:]
  var replies: [LoopbackServer.Response] = []
  /// What models reply by the ends of their names, before `replies`.
  var repliesOfModels: [String: LoopbackServer.Response] = [:]
  let walk: @Sendable (Visit) throws -> Void

  var description: String { name }

  static let all =
    connecting + preparing + writing + asking
    + branching + racing
    + finding + commanding + looking + configured + mending + leaving
}

extension LoopbackServer.Response {
  /// A whole reply that took so many tokens.
  static func said(_ pieces: LoopbackServer.Step..., input: Int = 412, output: Int = 38) -> Self {
    .eventStream(
      pieces + [
        .event(#"{"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#),
        .event(
          #"{"id":"c","choices":[],"usage":"#
            + #"{"prompt_tokens":\#(input),"completion_tokens":\#(output)}}"#),
        .openAIDone,
      ])
  }

  static func said(_ text: String, input: Int = 412, output: Int = 38) -> Self {
    said(.openAIDelta(text), input: input, output: output)
  }

  /// The beginning of a reply that does not go on.
  static func begun(_ text: String) -> Self {
    .eventStream([.openAIDelta(text), .gate(shut)])
  }

  /// The models of the tour's server, with windows and prices.
  static let listed = Self.json(
    #"{"data":["#
      + #"{"id":"open/lagoon","context_length":32000,"#
      + #""pricing":{"prompt":"0.000002","completion":"0.00001"}},"#
      + #"{"id":"open/lagoon-mini","context_length":8000,"#
      + #""pricing":{"prompt":"0.0000001","completion":"0.0000004"}},"#
      + #"{"id":"open/river","context_length":128000,"#
      + #""pricing":{"prompt":"0.000001","completion":"0.000004"}}]}"#)
}

// `patter -p` as a shell's pipeline runs it.

import Support
import Testing

extension PipedProgram {
  /// `patter -p` that asks this server, or nobody.
  ///
  /// - Parameters:
  ///   - options: what stands behind `-p` and `-m`.
  ///   - words: what stands on the command line behind the options.
  ///   - script: runs it, as `"$@"`, from a shell that becomes it.
  convenience init(
    asking server: LoopbackServer?, _ dialect: Dialect = .openAI, model: String? = nil,
    options: [String] = [], words: [String] = ["hi"], input: String? = nil,
    variables: [String: String] = [:],
    home: TestHome? = nil, script: String? = nil
  ) throws {
    let model = model ?? (server == nil ? nil : "\(dialect)/test")
    let command =
      [BuiltProgram.path("patter"), "-p"] + (model.map { ["-m", $0] } ?? []) + options
      + ["--"] + words
    let surroundings = server.map { dialect.variables(port: $0.port) } ?? [:]
    let program = script == nil ? command[0] : "/bin/sh"
    try self.init(
      program, script.map { ["-c", $0, "sh"] + command } ?? Array(command.dropFirst()),
      home: home ?? TestHome(),
      variables: ["SWIFT_BACKTRACE": "enable=no"].merging(surroundings) { $1 }
        .merging(variables) { $1 },
      input: input.map { Array($0.utf8) })
  }

  /// Waits for the end and compares all of it.
  func expectEnd(
    _ exit: ProgramExit, output: String = "", diagnostics: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(try waitForExit() == exit, sourceLocation: sourceLocation)
    #expect(self.output == output, sourceLocation: sourceLocation)
    #expect(self.diagnostics == diagnostics, sourceLocation: sourceLocation)
  }

  /// Waits for the end and finds each sentence on standard error, which is nothing but `patter:` lines.
  func expectEnd(
    _ exit: ProgramExit, output: String = "", saying sentences: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(try waitForExit() == exit, sourceLocation: sourceLocation)
    #expect(self.output == output, sourceLocation: sourceLocation)
    let lines = diagnostics.split(separator: "\n")
    #expect(lines.allSatisfy { $0.hasPrefix("patter: ") }, sourceLocation: sourceLocation)
    for sentence in sentences {
      #expect(diagnostics.contains(sentence), sourceLocation: sourceLocation)
    }
  }
}

extension LoopbackServer.Step {
  /// One delta of what the model thinks, as llama.cpp and DeepSeek write it.
  static func thought(_ text: String) -> Self {
    .event(#"{"id":"c","choices":[{"index":0,"delta":{"reasoning_content":"\#(text)"}}]}"#)
  }

  /// One piece of a call of a tool. Only the first piece bears its name.
  static func toolCall(named name: String? = nil, arguments: String = "") -> Self {
    let name = name.map { #""name":"\#($0)","# } ?? ""
    let call = #"{"index":0,"id":"t","function":{\#(name)"arguments":"\#(arguments)"}}"#
    return .event(
      #"{"id":"c","choices":[{"index":0,"delta":{"tool_calls":[\#(call)]}}]}"#)
  }
}

extension LoopbackServer.Response {
  /// An error with this status and these headers.
  static func failure(
    _ status: Int, _ message: String = "the gears jammed", _ headers: [LoopbackServer.Header] = []
  ) -> Self {
    let body = #"{"error":{"message":"\#(message)"}}"#
    return Self(
      .head(
        status,
        [
          .init("Content-Type", "application/json"),
          .init("Content-Length", String(body.utf8.count)),
        ] + headers),
      .text(body))
  }
}

// The words that the stops are written in.
//
//     visit.press("one two<Ctrl-W>")
//     try visit.page("A word was cut", seeing: "› one")
//
// What is done goes out at once; what is seen is waited for.

import Glibc
import Support
import Synchronization

/// Somebody at the keys of one stop. Lives on one thread, as the program it holds.
final class Visit {
  /// The terminal takes whole frames (mode 2026), so that where one ends is known.
  private static let answers = TerminalAnswers.scripted("\u{1B}[?2026;2$y\u{1B}[?62;52c")

  let home: TestHome
  let server: LoopbackServer
  let patter: TerminalProgram
  private var pages: [Page] = []
  private var keys = ""
  private var notes: [String] = []

  /// Walks through a stop; the pages it left.
  static func pages(of stop: Stop) throws -> [Page] {
    let visit = try Visit(stop)
    try stop.walk(visit)
    return visit.pages
  }

  private init(_ stop: Stop) throws {
    home = try TestHome()
    let replies = Mutex(stop.replies[...])
    server = try LoopbackServer { request in
      if let key = stop.key, request.header("Authorization") != "Bearer \(key)" {
        return .json(
          #"{"error":{"message":"No such key","code":"invalid_api_key"}}"#, status: 401)
      }
      if request.method == "GET" { return .listed }
      let body = String(decoding: request.body, as: UTF8.self)
      for (name, reply) in stop.repliesOfModels where body.contains("\(name)\"") { return reply }
      return replies.withLock { $0.popFirst() } ?? .json("{}", status: 503)
    }
    if stop.isConfigured { try Visit.configure(home, stop) }
    for (path, text) in stop.files.sorted(by: { $0.key < $1.key }) {
      try home.write(text, to: path, permissions: path.hasPrefix("bin/") ? 0o755 : 0o644)
    }
    let folder = BuiltProgram.path("patter").dropLast("/patter".count)
    let variables = [
      "PATH": "\(folder):\(home.path)/bin:/usr/local/bin:/usr/bin:/bin", "PS1": "$ ",
      "http_proxy": "http://127.0.0.1:\(server.port)", "SWIFT_BACKTRACE": "enable=no",
    ].merging(stop.variables) { $1 }
    switch stop.program {
    case .patter:
      patter = try TerminalProgram(
        BuiltProgram.path("patter"), home: home, variables: variables, answers: Visit.answers,
        rows: stop.rows, columns: stop.columns)
      try see("answers")
    case .shell:
      patter = try TerminalProgram(
        "/bin/sh", ["-i"], home: home, variables: variables, answers: Visit.answers,
        rows: stop.rows, columns: stop.columns)
      try see("$")
    }
  }

  private static func configure(_ home: TestHome, _ stop: Stop) throws {
    // Somewhere in the world, and by the proxy of the environment at our server: models of this machine
    // have no prices.
    let address = "http://models.example/api/v1"
    try home.write(
      """
      model: openrouter/open/lagoon
      providers:
        openrouter: {baseURL: "\(address)", apiKey: none}
      \(stop.configuration)
      """, to: ".config/patter/config.yaml")
    // What an earlier run was told.
    try home.write(
      #"{"version":1,"lists":[{"provider":"openrouter","address":"\#(address)","#
        + #""listed":1763700000123,"models":[{"name":"open/lagoon","window":32000,"#
        + #""input":2,"output":10}]}]}"#, to: ".cache/patter/models.json", permissions: 0o600)
  }

  // MARK: - What is done

  /// Types, and presses the keys whose names stand in angles: `one two<Ctrl-W><Enter>`.
  func press(_ script: String) throws {
    patter.send(try TypedKey.bytes(of: script))
    keys += script
  }

  /// Pastes as a terminal does; `name` says on the page what was pasted.
  func paste(_ text: String, _ name: String, hasBrackets: Bool = true) {
    if hasBrackets { patter.press(.paste(text)) } else { patter.type(text) }
    keys += "<\(name)>"
  }

  /// Writes a prompt, sees it in the composer and sends it.
  func ask(_ prompt: String) throws {
    try press(prompt)
    try see("› \(prompt)")
    try press("<Enter>")
  }

  /// Gives the terminal another size and waits until the screen is drawn for it.
  func resize(rows: Int, columns: Int) throws {
    let known = patter.bytes.count
    shake(rows: rows, columns: columns)
    let clear = Array("\u{1B}[H\u{1B}[2J".utf8)
    try wait(for: "a screen of \(columns)×\(rows)") { _ in
      patter.bytes[known...].firstRange(of: clear) != nil
    }
    notes.append("the terminal has \(columns)×\(rows) cells")
  }

  /// Gives the terminal another size and goes on at once.
  func shake(rows: Int, columns: Int) { patter.resize(rows: rows, columns: columns) }

  /// Notes how long it took since the program was started.
  func tellSeconds() {
    let tenths = (MonotonicClock.nanoseconds - patter.startNanoseconds) / 100_000_000
    notes.append("\(tenths / 10).\(tenths % 10) s after the start")
  }

  /// Lets the server go on behind a gate.
  func open(_ gate: String) { server.open(gate: gate) }

  // MARK: - What is seen

  func see(_ text: String) throws {
    try wait(for: "“\(text)”") { $0.shows(text) }
  }

  func seeNo(_ text: String) throws {
    try wait(for: "no “\(text)”") { !$0.shows(text) }
  }

  /// Waits until no reply is live.
  func seeIdle() throws {
    try wait(for: "the end of the reply") { picture in
      !["waiting", "streaming", "looking", "Esc stop"].contains { picture.status.contains($0) }
    }
  }

  /// Waits for a whole frame of this kind.
  func wait(for what: String, _ condition: (Picture) -> Bool) throws {
    try patter.waitUntil(what) { !patter.modes.isOn(privateMode: 2026) && condition($0) }
  }

  /// Holds to what is so. The page says it: the next one, or the last where no key was pressed since.
  func hold(_ what: String, _ isSo: Bool) throws {
    guard isSo else {
      throw HarnessError("it is not so that \(what); the screen:\n\(patter.screen)")
    }
    if keys.isEmpty, !pages.isEmpty {
      pages[pages.count - 1].notes.append(what)
    } else {
      notes.append(what)
    }
  }

  /// Waits until all of `texts` are on the screen and keeps it. One of them should not have been there
  /// before.
  func page(_ caption: String, seeing texts: String...) throws {
    try wait(for: texts.map { "“\($0)”" }.joined(separator: ", ")) { picture in
      texts.allSatisfy { picture.shows($0) }
    }
    pages.append(Page(caption: caption, keys: keys, notes: notes, patter.picture))
    keys = ""
    notes = []
  }
}

extension Picture {
  /// The last row.
  var status: String { row(rowCount - 1) }
}

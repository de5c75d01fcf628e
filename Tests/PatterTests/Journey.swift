// The words that the journeys are written in: a person at the keyboard of the built program.
//
//     let server = try LoopbackServer(.held("Hello", by: .openAI))
//     let chat = try Journey(with: server)
//     try chat.ask("hi")
//     try chat.see("Hello")
//     chat.press(.escape)
//     try chat.see("■ stopped here")
//     try chat.leave()
//
// What is done goes out at once; what is seen is waited for. Order between the person and the server is
// made by gates and read in the server's journal, never by time.

import Glibc
import Support
import Testing

/// A person with Patter in a terminal. Lives on one thread, as the program it holds.
final class Journey {
  let home: TestHome
  let patter: TerminalProgram

  /// Patter on a terminal, once it has said who answers.
  ///
  /// - Parameters:
  ///   - server: who is asked; nil for nobody, so that the guide answers.
  ///   - model: what `-m` names; nil leaves `-m` out, so that the server is asked for its list.
  convenience init(
    with server: LoopbackServer?, _ dialect: Dialect = .openAI, model: String? = "test",
    arguments: [String] = [], variables: [String: String] = [:], home: TestHome? = nil,
    rows: Int = 24, columns: Int = 80
  ) throws {
    let surroundings = server.map { dialect.variables(port: $0.port) } ?? [:]
    let named = server == nil ? [] : model.map { ["-m", "\(dialect)/\($0)"] } ?? []
    try self.init(
      BuiltProgram.path("patter"), named + arguments,
      variables: surroundings.merging(variables) { $1 }, home: home, rows: rows, columns: columns)
    try waitUntil("Patter says who answers") { $0.shows("answers") }
  }

  /// Any program on a terminal, with Patter in it or not.
  init(
    _ program: String, _ arguments: [String], variables: [String: String] = [:],
    home: TestHome? = nil, answers: TerminalAnswers = .emulator, rows: Int = 24, columns: Int = 80
  ) throws {
    self.home = try home ?? TestHome()
    // Swift's own report of a crash would take seconds, and is not what is looked at.
    patter = try TerminalProgram(
      program, arguments, home: self.home,
      variables: ["SWIFT_BACKTRACE": "enable=no"].merging(variables) { $1 }, answers: answers,
      rows: rows, columns: columns)
  }

  // MARK: - What is done

  func press(_ key: TypedKey) { patter.press(key) }
  func type(_ text: String) { patter.type(text) }

  /// Writes a prompt, sees it in the composer and sends it.
  func ask(_ prompt: String) throws {
    try draft(prompt)
    press(.enter)
  }

  /// Writes into the composer and sees it there.
  func draft(_ text: String) throws {
    type(text)
    try waitUntil("the draft “\(text)”") { $0.shows("› \(text)") }
  }

  /// Writes to Patter's terminal behind its back, as another program would.
  func scribble(_ text: String) throws {
    let terminal = try openTerminal()
    defer { close(terminal) }
    let bytes = Array(text.utf8)
    #expect(write(terminal, bytes, bytes.count) == bytes.count)
  }

  /// Waits until what was typed lies before the program, read or not.
  func waitForTypedBytes() throws {
    let terminal = try openTerminal()
    defer { close(terminal) }
    var wait = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    try #require(poll(&wait, 1, Int32(TerminalProgram.patienceSeconds * 1000)) == 1)
  }

  private func openTerminal() throws -> Int32 {
    let terminal = open("/proc/\(patter.processID)/fd/0", O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(terminal >= 0, "the terminal of the program under test")
    return terminal
  }

  // MARK: - What is seen

  var picture: Picture { patter.picture }

  /// Everything Patter wrote to its terminal.
  var written: String { String(decoding: patter.bytes, as: UTF8.self) }

  func see(_ text: String) throws {
    try waitUntil("“\(text)”") { $0.shows(text) }
  }

  /// Waits until nothing on the screen reads like this.
  func seeNo(_ text: String) throws {
    try waitUntil("no “\(text)”") { !$0.shows(text) }
  }

  /// Sees a sentence wherever it is broken into lines: blanks and line ends count the same.
  func seeSentence(_ sentence: String) throws {
    try waitUntil("the sentence “\(sentence)”") { $0.sentences.contains(sentence) }
  }

  /// Waits until no reply is live.
  func seeIdle() throws {
    try waitUntil("the end of the reply") { picture in
      !["waiting", "streaming", "looking", "Esc stop"].contains { picture.statusLine.contains($0) }
    }
  }

  func waitUntil(_ what: String, _ condition: (Picture) throws -> Bool) throws {
    try patter.waitUntil(what, condition)
  }

  // MARK: - Leaving

  /// Quits as people do, and finds the terminal as it was.
  func leave(sourceLocation: SourceLocation = #_sourceLocation) throws {
    press(.control("d"))
    try expectEnd(.exited(0), sourceLocation: sourceLocation)
  }

  /// Quits although something stands in the composer: Ctrl-D would delete there.
  func quitWithDraft(sourceLocation: SourceLocation = #_sourceLocation) throws {
    press(.control("c"))
    try see("The draft is cleared.")
    try leave(sourceLocation: sourceLocation)
  }

  /// Waits for the end and finds the terminal as it was.
  func expectEnd(
    _ exit: ProgramExit, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(try patter.waitForExit() == exit, sourceLocation: sourceLocation)
    expectTerminalGivenBack(sourceLocation: sourceLocation)
  }

  func expectTerminalGivenBack(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(patter.modes.leftBehind == [], sourceLocation: sourceLocation)
    #expect(patter.settings == patter.settingsAtStart, sourceLocation: sourceLocation)
  }
}

extension Picture {
  /// The last row: who answers, what the reply does, what the keys do.
  var statusLine: String { row(rowCount - 1) }

  /// All words on the screen with one blank between them.
  var sentences: String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension TestHome {
  /// A home with this configuration.
  static func configured(_ yaml: String) throws -> TestHome {
    let home = try TestHome()
    try home.write(yaml, to: ".config/patter/config.yaml")
    return home
  }
}

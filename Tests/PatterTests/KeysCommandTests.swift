// `patter keys` and `patter keys --probe`.

import Glibc
import Interface
import Support
import Terminal
import Testing

@testable import Patter

@Suite struct `The table of keys` {
  private func run(_ words: String...) throws -> PipedProgram {
    try PipedProgram(BuiltProgram.path("patter"), ["keys"] + words, home: TestHome())
  }

  @Test func `is printed with tabs between its columns in a pipe`() throws {
    let program = try run()
    #expect(try program.waitForExit() == .exited(0))
    let lines = program.output.split(separator: "\n")
    #expect(lines.count == KeyMap.standard.bindings.count)
    #expect(
      lines.first == "Enter\tanywhere\tsend the draft; while a reply is live, replace it\tsend")
    #expect(program.diagnostics == "")
  }

  @Test func `stands in columns on a terminal`() throws {
    let chat = try Journey(BuiltProgram.path("patter"), ["keys"], rows: 60, columns: 140)
    #expect(try chat.patter.waitForExit() == .exited(0))
    #expect(
      chat.picture.rows.contains {
        $0.wholeMatch(of: /Ctrl-Z  +anywhere  +suspend; fg brings Patter back  +suspend/) != nil
      })
    #expect(!chat.written.contains("\u{1B}"))
  }

  @Test func `says what is not bound, too`() {
    let keys = KeyMap([KeyBinding("", in: .draft, .text(.upcaseWord), "shout")])
    #expect(KeysCommand.text(keys, isTerminal: false) == "none\tdraft\tshout\tupcaseWord\n")
    #expect(KeysCommand.text(keys, isTerminal: true) == "none  draft  shout  upcaseWord\n")
  }

  @Test func `is all there is to see without a terminal`() throws {
    let program = try run("--probe")
    try program.expectEnd(
      .exited(1),
      saying: ["its input or output is a file or a pipe", "patter keys prints the table."])
    #expect(program.output == "")
  }
}

@Suite struct `A probe of the keys` {
  private let question = "\u{1B}[?u\u{1B}[?2026$p\u{1B}]11;?\u{1B}\\\u{1B}[c"

  /// The probe, once it has said what it made of the answers.
  private func probe(
    _ answers: TerminalAnswers = .scripted("\u{1B}[?62;52c"), _ variables: [String: String] = [:]
  ) throws -> Journey {
    let probe = try Journey(
      BuiltProgram.path("patter"), ["keys", "--probe"], variables: variables, answers: answers,
      rows: 40, columns: 110)
    try probe.see("The terminal")
    return probe
  }

  /// The row that begins with these bytes.
  private func see(_ bytes: String, _ words: String..., in probe: Journey) throws {
    try probe.waitUntil("\(bytes), \(words)") { picture in
      picture.rows.contains { row in
        row.hasPrefix(bytes + " ") && words.allSatisfy { row.contains($0) }
      }
    }
  }

  private func leave(_ probe: Journey) throws {
    probe.press(.control("c"))
    try probe.see("Ctrl-C once more leaves.")
    probe.press(.control("c"))
    try probe.expectEnd(.exited(0))
  }

  @Test func `shows each key with its bytes, its name and what it does where`() throws {
    let probe = try probe()
    probe.type("\u{1B}[1;5C")
    try see("ESC [ 1 ; 5 C", "Ctrl-Right", "one word right (draft)", in: probe)
    probe.press(.enter)
    try see("CR", "Enter", "send the draft", in: probe)
    probe.press(.home)
    try see(
      "ESC [ H", "Home", "go to the first message (empty draft); start of the line (draft)",
      in: probe)
    probe.type("q")
    try see("q", "q", "writes itself", in: probe)
    probe.type("?")
    try see("?", "show the keys (empty draft); writes itself", in: probe)
    probe.type("é")
    try see("0xC3 0xA9", "é", "writes itself", in: probe)
    probe.press(.control("g"))
    try see("^G", "Ctrl-G", in: probe)
    probe.press(.escape)
    try see("ESC", "Esc", "close what is open", in: probe)
    probe.type("\u{1B}[97;9u")
    try see("ESC [ 9 7 ; 9 u", "Super or Hyper", in: probe)
    try leave(probe)
  }

  @Test func `shows pastes, the mouse, the window, and what is not known`() throws {
    let probe = try probe()
    probe.type("one\rtwo\r")
    try see("o n e CR t w o CR", "a paste", "2 lines, 8 characters", in: probe)
    probe.press(.paste("one\rtwo"))
    try see("ESC [ 2 0 0 ~ o n e CR", "a paste", "2 lines, 7 characters", in: probe)
    probe.press(.wheelDown)
    try see("ESC [ < 6 5 ; 1 ; 1 M", "wheel down", "scrolls", in: probe)
    probe.press(.click(row: 2, column: 4))
    try see("ESC [ < 0 ; 5 ; 3 M", "a click", "row 3, column 5", in: probe)
    try see("ESC [ < 0 ; 5 ; 3 m", "a button of the mouse was let go", in: probe)
    probe.type("\u{1B}[I")
    try see("ESC [ I", "the window is in front", in: probe)
    probe.type("\u{1B}[99~")
    try see("ESC [ 9 9 ~", "nothing that Patter knows", in: probe)
    try leave(probe)
  }

  @Test func `has on what a chat has on`() throws {
    let probe = try probe()
    #expect([2004, 1000, 1006, 2031].allSatisfy { probe.patter.modes.isOn(privateMode: $0) })
    #expect(probe.patter.modes.leftBehind.contains(">u"))
    #expect(!probe.patter.settings.isCanonical)
    #expect(!probe.picture.isAlternateScreen)
    try leave(probe)
  }

  @Test(arguments: [
    ("\u{1B}[?1u\u{1B}[?62;52c", "The terminal speaks kitty's keyboard protocol"),
    ("\u{1B}[?62;52c", "The terminal does not speak kitty's keyboard protocol"),
    ("\u{1B}[?2026;2$y\u{1B}[?1;2c", "updates as a whole (mode 2026): yes"),
    ("\u{1B}]11;rgb:1d1d/1f1f/2121\u{07}\u{1B}[?1;2c", "the colour behind the text is #1d1f21"),
  ])
  func `tells what the terminal answers`(answers: String, sentence: String) throws {
    let probe = try probe(.scripted(answers), ["TMUX": "/tmp/tmux,1,0"])
    try probe.see(sentence)
    try probe.see("TERM is xterm-256color, inside tmux.")
    #expect(probe.written.contains(question))
    try leave(probe)
  }

  @Test func `asks nothing of a terminal that may not understand`() throws {
    let probe = try Journey(
      BuiltProgram.path("patter"), ["keys", "--probe"], variables: ["TERM": "linux"])
    try probe.seeSentence("none is switched on, and nothing is asked.")
    probe.type("\u{1B}[[A")
    try see("ESC [ [ A", "F1", "show the keys", in: probe)
    #expect(!probe.written.contains("\u{1B}"))
    try leave(probe)
  }

  @Test func `leaves on Ctrl-D twice, and not on two different keys`() throws {
    let probe = try probe()
    probe.press(.control("c"))
    try probe.see("Ctrl-C once more leaves.")
    probe.press(.control("d"))
    try probe.see("Ctrl-D once more leaves.")
    probe.type("x")
    try see("x", "writes itself", in: probe)
    probe.press(.control("d"))
    try see("^D", "quit (empty draft)", in: probe)
    probe.press(.control("d"))
    try probe.expectEnd(.exited(0))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
  func `gives the terminal back when a signal ends it`(signal: Int32) throws {
    let probe = try probe()
    probe.patter.signal(signal)
    try probe.expectEnd(.exited(128 + signal))
  }

  @Test func `gives the terminal back when it crashes`() throws {
    let probe = try probe()
    probe.patter.signal(SIGSEGV)
    try probe.expectEnd(.signalled(SIGSEGV))
  }

  @Test func `ends when the terminal hangs up`() throws {
    let probe = try probe()
    probe.patter.hangUp()
    #expect(try probe.patter.waitForExit() == .exited(128 + SIGHUP))
  }

  @Test func `gives the terminal back while it is stopped`() throws {
    let shell = try Journey(
      "/bin/sh", ["-i"], variables: ["PS1": "shell> "], answers: .scripted("\u{1B}[?62;52c"),
      columns: 110)
    try shell.see("shell>")
    shell.type("sh -c 'echo $$ >number; exec \(BuiltProgram.path("patter")) keys --probe'\r")
    try shell.see("The terminal does not")
    let number = try #require(shell.home.read("number").flatMap { Int32($0.dropLast()) })
    kill(number, SIGTSTP)
    try shell.see("Stopped")
    shell.expectTerminalGivenBack()
    shell.type("fg\r")
    try shell.waitUntil("the modes of the probe") { _ in
      shell.patter.modes.isOn(privateMode: 2004)
    }
    shell.type("x")
    try see("x", "writes itself", in: shell)
    shell.type("\u{03}\u{03}")
    try shell.waitUntil("the shell's prompt") { $0.rows.last { !$0.isEmpty } == "shell>" }
    shell.type("exit 0\r")
    try shell.expectEnd(.exited(0))
  }
}

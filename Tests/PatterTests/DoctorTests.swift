// `patter doctor` against a broken thing of each kind: what it says, which line mends it, and whether a chat
// would work.

import Glibc
import LoopbackTests
import Support
import Testing

@testable import Patter

@Suite(.everyConnectionCloses) struct DoctorTests {
  private func run(
    _ words: String..., asking server: LoopbackServer? = nil, _ dialect: Dialect = .openAI,
    variables: [String: String] = [:], home: TestHome? = nil
  ) throws -> PipedProgram {
    let surroundings = server.map { dialect.variables(port: $0.port) } ?? [:]
    return try PipedProgram(
      BuiltProgram.path("patter"), ["doctor"] + words, home: home ?? TestHome(),
      variables: ["SWIFT_BACKTRACE": "enable=no"].merging(surroundings) { $1 }
        .merging(variables) { $1 })
  }

  /// The doctor on a terminal, once it has ended.
  private func look(
    variables: [String: String] = [:], answers: TerminalAnswers = .emulator,
    rows: Int = 60, columns: Int = 160
  ) throws -> Journey {
    let journey = try Journey(
      BuiltProgram.path("patter"), ["doctor"], variables: variables, answers: answers, rows: rows,
      columns: columns)
    _ = try journey.patter.waitForExit()
    return journey
  }

  // MARK: - Providers

  @Test(arguments: Dialect.foundByVariables)
  func `times each step to the first token`(dialect: Dialect) throws {
    let server = try LoopbackServer(
      .models("test", "other", by: dialect), .held("OK", by: dialect))
    let home = try TestHome()
    try home.write("model: \(dialect)/test\n", to: ".config/patter/config.yaml", permissions: 0o600)
    let program = try run(
      asking: server, dialect, variables: [dialect.keyVariable: "key-of-a-test"], home: home)
    #expect(try program.waitForExit() == .exited(0))
    #expect(program.output.contains("✓ \(dialect)  \(dialect)/test answers, of 2 models.\n"))
    let times =
      /\ +DNS [^·]+ · TCP [^·]+ · models [^·]+ · first token (under 1|[0-9]+) m?s\n/
    #expect(program.output.contains(times), "\(program.output)")
    #expect(program.output.hasSuffix("A chat would work: \(dialect)/test answers.\n"))
    #expect(
      program.output.contains(
        "✓ \(dialect)  \(dialect.keyVariable) goes to 127.0.0.1:\(server.port).\n"))
    #expect(!program.output.contains("key-of-a-test"))
  }

  @Test func `a reply is closed at its first token, although others are still waited for`() throws {
    let quick = try LoopbackServer(.models("test", by: .openAI), .held("OK"))
    let slow = try LoopbackServer(
      .init([.gate("list")] + LoopbackServer.Response.models("test", by: .ollama).steps),
      .held("OK", by: .ollama))
    let program = try run(
      asking: quick, variables: Dialect.ollama.variables(port: slow.port))
    #expect(quick.sawClose(ofChat: 1))
    slow.open(gate: "list")
    #expect(try program.waitForExit() == .exited(0))
  }

  @Test func `finds nobody`() throws {
    let program = try run()
    #expect(try program.waitForExit() == .exited(1))
    #expect(
      program.output.contains(
        """
          ✗ none  No provider is configured, and no server was found on this machine.
                  → patter, and in it /setup

        """))
    #expect(program.output.hasSuffix("A chat would not work. One thing is wrong above.\n"))
  }

  @Test func `a server that refuses the key`() throws {
    let server = try LoopbackServer(
      .json(#"{"error":{"message":"Incorrect API key provided: sk-wrong"}}"#, status: 401))
    let program = try run(asking: server, variables: ["OPENAI_API_KEY": "sk-wrong"])
    #expect(try program.waitForExit() == .exited(1))
    #expect(program.output.contains("does not accept the key"))
    #expect(program.output.contains("→ export OPENAI_API_KEY=…\n"))
    #expect(!program.output.contains("sk-wrong"))
    #expect(server.chats.isEmpty)
  }

  @Test func `a key that is not there`() throws {
    let home = try TestHome()
    try home.write(
      "model: anthropic/test\n", to: ".config/patter/config.yaml", permissions: 0o600)
    let program = try run(home: home)
    #expect(try program.waitForExit() == .exited(1))
    #expect(program.output.contains("✗ anthropic  Anthropic needs a key. Set ANTHROPIC_API_KEY."))
    #expect(program.output.contains("→ export ANTHROPIC_API_KEY=…\n"))
  }

  @Test func `a key that can be read on its way`() throws {
    let name = UnknownName.text
    let home = try TestHome.configured(
      "providers: {openai: {baseURL: http://\(name):8000/v1}}\n")
    let program = try run(variables: ["OPENAI_API_KEY": "sk-planted"], home: home)
    #expect(try program.waitForExit() == .exited(1))
    #expect(
      program.output.contains(
        """
          ! openai  OPENAI_API_KEY goes to \(name):8000 over plain http: whoever is on the way can read it.
                    → patter config, and https:// in its baseURL

        """))
    #expect(program.output.contains("providers.openai.baseURL in config.yaml"))
    #expect(!program.output.contains("sk-planted"))
  }

  @Test func `a port where nobody listens`() throws {
    let closed = try ClosedPort()
    let program = try run(variables: ["OPENAI_BASE_URL": "http://127.0.0.1:\(closed.port)/v1"])
    #expect(try program.waitForExit() == .exited(1))
    #expect(program.output.contains("nothing listens there"))
    #expect(program.output.contains("→ start the server at 127.0.0.1:\(closed.port)\n"))
  }

  @Test func `a port in the configuration where nobody listens`() throws {
    let closed = try ClosedPort()
    let home = try TestHome.configured(
      "providers: {work: {type: openai, baseURL: http://127.0.0.1:\(closed.port)/v1}}\n")
    let program = try run(home: home)
    #expect(try program.waitForExit() == .exited(1))
    #expect(program.output.contains("nothing listens there"))
    #expect(program.output.contains("→ patter config\n"), "\(program.output)")
  }

  @Test func `a name that nobody has`() throws {
    let name = UnknownName.text
    let program = try run(variables: ["OPENAI_BASE_URL": "http://\(name):8000/v1"])
    #expect(try program.waitForExit() == .exited(1))
    #expect(program.output.contains("no machine of that name is known"))
    #expect(program.output.contains("→ getent hosts \(name)\n"))
  }

  @Test func `a server that speaks no TLS`() throws {
    let server = try LoopbackServer(.init([.close]))
    let program = try run(
      variables: ["OPENAI_BASE_URL": "https://127.0.0.1:\(server.port)/v1"])
    // The handshake is what the server takes for a request, which never ends.
    #expect(server.waitFor { _ in server.openedConnectionCount > 0 })
    server.stop()
    #expect(try program.waitForExit() == .exited(1))
    #expect(program.output.contains("made no secure connection"), "\(program.output)")
    #expect(
      program.output.contains("→ date; curl -sv https://127.0.0.1:\(server.port)/ -o /dev/null\n"))
  }

  @Test func `a model that the server does not have`() throws {
    let server = try LoopbackServer(
      .models("other", by: .openAI),
      .json(#"{"error":{"message":"no such model","code":"model_not_found"}}"#, status: 404))
    let home = try TestHome()
    try home.write("model: openai/test\n", to: ".config/patter/config.yaml", permissions: 0o600)
    let program = try run(asking: server, home: home)
    #expect(try program.waitForExit() == .exited(1))
    #expect(program.output.contains("→ patter models openai\n"), "\(program.output)")
    #expect(program.output.contains("TCP"))
  }

  @Test func `a server that has no list, but the model`() throws {
    let server = try LoopbackServer(.json("{}", status: 404), .held("OK"))
    let home = try TestHome()
    try home.write("model: openai/test\n", to: ".config/patter/config.yaml", permissions: 0o600)
    let program = try run(asking: server, home: home)
    #expect(try program.waitForExit() == .exited(0))
    #expect(program.output.contains("! openai  "))
    #expect(program.output.contains("✓ openai  openai/test answers.\n"))
  }

  @Test func `a reply that breaks before its first token`() throws {
    let server = try LoopbackServer(
      .models("test", by: .openAI), .json(#"{"error":{"message":"overloaded"}}"#, status: 503))
    let program = try run(asking: server)
    #expect(try program.waitForExit() == .exited(1))
    #expect(program.output.contains("overloaded"))
    #expect(program.output.contains("→ patter -p -m openai/test hi\n"))
  }

  @Test func `one of two providers is broken, and the other answers`() throws {
    let server = try LoopbackServer(.models("test", by: .openAI), .held("OK"))
    let closed = try ClosedPort()
    let program = try run(
      asking: server, variables: ["OLLAMA_HOST": "127.0.0.1:\(closed.port)"])
    #expect(try program.waitForExit() == .exited(0))
    #expect(program.output.contains("✗ ollama  "))
    #expect(
      program.output.hasSuffix(
        "A chat would work: openai/test answers. One thing is wrong above.\n"))
  }

  @Test func `whoever is configured and does not answer has no stand-in`() throws {
    let server = try LoopbackServer(.models("test", by: .ollama), .held("OK", by: .ollama))
    let closed = try ClosedPort()
    let program = try run(
      asking: server, .ollama,
      variables: ["OPENAI_BASE_URL": "http://127.0.0.1:\(closed.port)/v1"])
    #expect(try program.waitForExit() == .exited(1))
    #expect(program.output.contains("✓ ollama  "))
  }

  @Test func `a program that is a provider`() throws {
    let home = try TestHome()
    try home.write(
      "model: echo/x\ncommands:\n  echo:\n    command: [cat]\n",
      to: ".config/patter/config.yaml", permissions: 0o600)
    let program = try run(home: home)
    #expect(try program.waitForExit() == .exited(0))
    #expect(program.output.contains("✓ echo  echo/x answers.\n"))
  }

  @Test func `a program that is not there`() throws {
    let home = try TestHome()
    try home.write(
      "model: echo/x\ncommands:\n  echo:\n    command: [no-such-program]\n",
      to: ".config/patter/config.yaml", permissions: 0o600)
    let program = try run(home: home)
    #expect(try program.waitForExit() == .exited(1))
    #expect(program.output.contains("✗ echo  "))
    #expect(program.output.contains("no-such-program"))
  }

  @Test func `a program that fails to tell the key`() throws {
    let home = try TestHome()
    try home.write(
      "providers:\n  openai:\n    apiKeyCommand: [sh, -c, 'echo locked >&2; exit 1']\n",
      to: ".config/patter/config.yaml", permissions: 0o600)
    let program = try run(home: home)
    #expect(try program.waitForExit() == .exited(1))
    #expect(program.output.contains("locked"))
    #expect(program.output.contains("→ patter config\n"))
  }

  @Test func `Ctrl-C ends it and closes what is open`() throws {
    let server = try LoopbackServer(.models("test", by: .openAI), .init([.untilClosed]))
    let program = try run(asking: server)
    #expect(server.waitFor { _ in server.chats.count == 1 })
    kill(program.processID, SIGINT)
    #expect(try program.waitForExit() == .signalled(SIGINT))
    #expect(program.output == "")
  }

  // MARK: - Machine

  @Test func `a configuration with mistakes`() throws {
    let home = try TestHome()
    try home.write(
      "modle: x\nretry:\n  retries: 99\n", to: ".config/patter/config.yaml", permissions: 0o600)
    let program = try run(home: home)
    #expect(try program.waitForExit() == .exited(1))
    #expect(program.output.contains("config.yaml:1:1: "))
    #expect(program.output.contains("config.yaml:3:12: "))
    #expect(program.output.contains("→ patter config\n"))
  }

  @Test func `a configuration that others can read`() throws {
    let home = try TestHome()
    try home.write("theme: patter-dark\n", to: ".config/patter/config.yaml", permissions: 0o644)
    let program = try run(home: home)
    _ = try program.waitForExit()
    let path = "\(home.path)/.config/patter/config.yaml"
    #expect(program.output.contains("! config.yaml  \(path) can be read by others.\n"))
    #expect(program.output.contains("→ chmod 600 \(path)\n"))
  }

  @Test func `a key's file that others can read`() throws {
    let home = try TestHome()
    try home.write("sk-of-a-test\n", to: "key", permissions: 0o644)
    try home.write(
      "providers:\n  openai:\n    apiKeyFile: ~/key\n    baseURL: http://127.0.0.1:1/v1\n",
      to: ".config/patter/config.yaml", permissions: 0o600)
    let program = try run(home: home)
    #expect(try program.waitForExit() == .exited(1))
    #expect(program.output.contains("! keys"), "\(program.output)")
    #expect(program.output.contains("The key of openai can be read by others."))
    #expect(program.output.contains("→ chmod 600 \(home.path)/key\n"))
    #expect(!program.output.contains("sk-of-a-test"))
  }

  @Test func `a file stands in the place of a folder`() throws {
    let home = try TestHome()
    try home.write("", to: ".cache")
    let program = try run(home: home)
    _ = try program.waitForExit()
    #expect(program.output.contains("✗ cache"))
    #expect(program.output.contains("Not a directory"))
    #expect(program.output.contains("→ ls -ld \(home.path)/.cache\n"))
  }

  @Test func `a locale that is not UTF-8`() throws {
    let program = try run(variables: ["LANG": "C"])
    _ = try program.waitForExit()
    #expect(program.output.contains("! characters  'C' is not UTF-8; C.UTF-8 is used.\n"))
    #expect(program.output.contains("→ export LANG=C.UTF-8\n"))
  }

  @Test func `tells the versions of all libraries`() throws {
    let program = try run()
    _ = try program.waitForExit()
    for name in ["patter", "system", "glibc", "ncurses", "libcurl", "libyaml"] {
      let row = try Regex("  ✓ \(name) +[^ ]")
      #expect(program.output.contains(row), "\(name)")
    }
  }

  @Test func `JSON says the same on one line`() throws {
    let server = try LoopbackServer(.models("test", by: .openAI), .held("OK"))
    let program = try run("--json", asking: server)
    #expect(try program.waitForExit() == .exited(0))
    #expect(program.output.hasPrefix(#"{"works":true,"model":"openai/test","findings":[{"#))
    #expect(program.output.hasSuffix("}]}\n"))
    #expect(program.output.contains(#""connect_microseconds":"#))
    #expect(program.output.contains(#""first_token_microseconds":"#))
    #expect(program.output.count(where: \.isNewline) == 1)
  }

  @Test func `other words behind it are a prompt`() throws {
    #expect(try Arguments(["doctor", "who"]).prompt == "doctor who")
    #expect(try Arguments(["doctor", "--json"]).wish == .doctor(isJSON: true))
    #expect(try Arguments(["--", "doctor"]).prompt == "doctor")
  }

  // MARK: - Terminal

  @Test func `a terminal that answers`() throws {
    let doctor = try look()
    for words in [
      "✓ TERM        xterm-256color.", "✓ size        160 columns and 60 rows.",
      "✓ colours     256", "✓ answers     ", "✓ keyboard    no protocol of its own",
    ] {
      #expect(doctor.picture.shows(words), "\(words)\n\(doctor.patter.screen)")
    }
    #expect(doctor.patter.settings == doctor.patter.settingsAtStart)
  }

  @Test func `a terminal that knows kitty's protocol, holds updates back and is light`() throws {
    let places = String(repeating: "\u{1B}[1;3R", count: DoctorReport.samples.count)
    let doctor = try look(
      variables: ["COLORTERM": "truecolor"],
      answers: .scripted(
        places + "\u{1B}[?0u\u{1B}[?2026;2$y\u{1B}]11;rgb:ffff/ffff/f0f0\u{1B}\\\u{1B}[?62c"))
    for words in [
      "✓ colours     24-bit.", "✓ keyboard    kitty's protocol: Esc is known at once.",
      "✓ updates     are held back until they are whole.", "✓ background  light.",
      "! widths      Drawn in another width than Patter reckons: a letter with an accent of its own",
    ] {
      #expect(doctor.picture.shows(words), "\(words)\n\(doctor.patter.screen)")
    }
  }

  @Test func `a terminal that answers nothing is waited for two seconds and left as it was`() throws
  {
    let doctor = try look(answers: .none)
    #expect(doctor.picture.shows("! answers  It has not answered within two seconds."))
    #expect(doctor.picture.shows("→ patter keys --probe"))
    #expect(doctor.patter.settings == doctor.patter.settingsAtStart)
  }

  @Test func `a TERM that names nothing`() throws {
    let doctor = try look(variables: ["TERM": "dumb"])
    #expect(doctor.picture.shows("✗ TERM  The environment variable TERM does not name a terminal"))
    #expect(doctor.picture.shows("→ export TERM=xterm-256color"))
    #expect(doctor.picture.shows("A chat would not work."))
  }

  @Test func `a TERM that this machine does not know`() throws {
    let doctor = try look(variables: ["TERM": "xterm-of-the-future"])
    #expect(doctor.picture.shows("'xterm-of-the-future' is not described on this machine"))
    #expect(doctor.picture.shows("→ apt install ncurses-term"))
  }

  @Test func `no colours are wanted`() throws {
    #expect(try look(variables: ["NO_COLOR": "1"]).picture.shows("None, as NO_COLOR asks for."))
  }

  @Test func `a small window`() throws {
    let doctor = try look(rows: 150, columns: 30)
    #expect(doctor.picture.sentences.contains("30 columns and 150 rows. Little is seen of a page."))
  }

  @Test func `tmux that holds Esc back and keeps the clipboard`() throws {
    let home = try TestHome()
    let doctor = try Journey(
      "/usr/bin/tmux",
      [
        "-f", "/dev/null", "-L", "doctor", "start-server", ";",
        "set", "-s", "escape-time", "500", ";", "set", "-s", "set-clipboard", "external", ";",
        "set", "-g", "status", "off", ";", "set", "-g", "destroy-unattached", "on", ";",
        "set", "-g", "remain-on-exit", "off", ";",
        "new-session", "\(BuiltProgram.path("patter")) doctor; read line",
      ],
      variables: ["TMUX_TMPDIR": home.path, "COLORTERM": "truecolor"], home: home, rows: 60,
      columns: 120)
    try doctor.see("A chat would not work.")
    for words in [
      "! tmux        It holds Esc back for 500 ms.",
      "→ set -sg escape-time 10   in ~/.tmux.conf",
      "→ set -sg set-clipboard on   in ~/.tmux.conf",
    ] {
      #expect(doctor.picture.shows(words), "\(words)\n\(doctor.patter.screen)")
    }
    doctor.press(.enter)
    #expect(try doctor.patter.waitForExit() == .exited(0))
  }
}

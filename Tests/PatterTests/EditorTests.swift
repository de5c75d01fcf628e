// Ctrl-G: the draft in the user's editor, and the terminal in its hands meanwhile. The editors here are
// scripts that say on the terminal when they are open and end when a line is typed.

import Glibc
import LoopbackTests
import Support
import Testing

@testable import Patter

@Suite(.everyConnectionCloses) struct EditorTests {
  /// A home whose editor runs these commands. The draft's file is `$1`.
  private static func home(_ script: String, name: String = "editor") throws -> TestHome {
    let home = try TestHome()
    try home.write("", to: "tmp/kept")
    try home.write("#!/bin/sh\n\(script)\n", to: name, permissions: 0o755)
    return home
  }

  private static func variables(_ home: TestHome) -> [String: String] {
    ["EDITOR": "\(home.path)/editor", "TMPDIR": "\(home.path)/tmp"]
  }

  private static func chat(
    _ script: String, with server: LoopbackServer? = nil, editor: String? = nil
  ) throws -> Journey {
    let home = try home(script)
    var variables = variables(home)
    if let editor { variables["EDITOR"] = editor }
    return try Journey(with: server, variables: variables, home: home)
  }

  /// Says that it is open, and then waits for a line.
  private static let waits = "echo is' 'open; read line"

  /// Opens the editor with this draft and sees that it has the terminal.
  private static func open(_ chat: Journey, draft: String = "words") throws {
    try chat.draft(draft)
    chat.press(.control("g"))
    try chat.waitUntil("the editor") { !$0.isAlternateScreen && $0.shows("is open") }
  }

  /// The names of what lies in the folder for temporary files.
  private static func leftovers(_ chat: Journey) -> [String] {
    names(in: "\(chat.home.path)/tmp").filter { $0 != "kept" }
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  // MARK: - There and back

  @Test func `the editor gets the draft and the terminal, and what it writes is the draft`() throws
  {
    let chat = try Self.chat(
      "echo is' 'open with: $(cat \"$1\"); read line; echo \"$line\" >\"$1\"")
    try Self.open(chat, draft: "my words")
    try chat.see("is open with: my words")
    #expect(chat.patter.modes.leftBehind == [])
    chat.type("other words\r")
    try chat.see("› other words")
    #expect(Self.leftovers(chat) == [])
    chat.type("!")
    try chat.see("› other words!")
    try chat.quitWithDraft()
  }

  @Test func `lines come back as lines, and a line end that the draft had stays`() throws {
    let chat = try Self.chat("printf 'third\\nfourth\\n' >>\"$1\"")
    chat.press(.paste("first\nsecond\n"))
    try chat.see("second")
    chat.press(.control("g"))
    try chat.see("fourth")
    chat.type("end")
    try chat.waitUntil("a line of its own") { $0.rows.contains { $0.hasSuffix("  end") } }
    try chat.quitWithDraft()
  }

  @Test func `a reply goes on while the editor has the terminal`() throws {
    let server = try LoopbackServer(
      .reply([.words("One"), .gate("two"), .words(" two"), .gate("three"), .words(" three")]))
    let chat = try Self.chat("\(Self.waits); echo \"$line\" >\"$1\"", with: server)
    try chat.ask("hi")
    try chat.see("One")
    try Self.open(chat)
    let byteCount = chat.patter.bytes.count
    server.open(gate: "two")
    #expect(server.stillHolds(chat: 1))
    server.open(gate: "three")
    #expect(chat.patter.bytes.count == byteCount)
    chat.type("edited\r")
    try chat.see("One two three")
    try chat.see("› edited")
    try chat.seeIdle()
    try chat.quitWithDraft()
  }

  @Test func `a reply that fails meanwhile is tried again meanwhile`() throws {
    let server = try LoopbackServer(.init(.gate("fail"), .close), .reply("All is well now."))
    let home = try Self.home(Self.waits)
    try home.write(
      "retry: {retries: 1, base: 1 ms, longest: 1 ms}", to: ".config/patter/config.yaml")
    let chat = try Journey(with: server, variables: Self.variables(home), home: home)
    try chat.ask("hi")
    _ = server.chatBody(1)
    try Self.open(chat)
    server.open(gate: "fail")
    // The deadline of the second attempt came, and its request left, behind the editor.
    _ = server.chatBody(2)
    #expect(!chat.picture.isAlternateScreen)
    chat.type("\r")
    try chat.see("All is well now.")
    try chat.seeIdle()
    try chat.quitWithDraft()
  }

  @Test func `what is typed behind Ctrl-G stands behind what comes back`() throws {
    let home = try Self.home("cat \"$HOME/gate\" >\"$1\"")
    #expect(mkfifo("\(home.path)/gate", 0o600) == 0)
    let chat = try Journey(with: nil, variables: Self.variables(home), home: home)
    try chat.draft("words")
    chat.send([0x07] + Array("xyz".utf8))
    try chat.waitUntil("the editor") { !$0.isAlternateScreen }
    let gate = Glibc.open("\(home.path)/gate", O_WRONLY | O_CLOEXEC)
    try #require(gate >= 0)
    #expect(write(gate, "edited\n", 7) == 7)
    close(gate)
    try chat.see("› editedxyz")
    try chat.quitWithDraft()
  }

  @Test func `the file is private and named for its colours`() throws {
    let chat = try Self.chat(
      "stat -c '%a %F' \"$1\" \"${1%/*}\" >seen; basename \"$1\" >>seen; \(Self.waits)")
    try Self.open(chat)
    #expect(chat.home.read("seen") == "600 regular file\n700 directory\nprompt.md\n")
    chat.type("\r")
    // The screen from before shows the same words; a letter behind them is heard after the editor.
    try chat.see("› words")
    chat.type("!")
    try chat.see("› words!")
    #expect(Self.leftovers(chat) == [])
    try chat.quitWithDraft()
  }

  @Test
  func
    `the editor has the terminal three times, no signal blocked or ignored, and no file of ours`()
    throws
  {
    let chat = try Self.chat(
      "for n in 0 1 2; do test -t $n && echo $n >>seen; done;"
        + " grep -E '^Sig(Blk|Ign)' /proc/self/status | cut -f 2 >>seen;"
        + " ls /proc/$$/fd | tr '\\n' ' ' >>seen; \(Self.waits)")
    try Self.open(chat)
    let seen = try #require(chat.home.read("seen")).split(separator: "\n")
    try #require(seen.count == 6)
    #expect(seen[..<3] == ["0", "1", "2"])
    // Above the 31 that have names are the C library's own, which it has ignored in whatever it starts.
    for mask in seen[3..<5] { #expect(try #require(UInt64(mask, radix: 16)) & 0x7FFF_FFFF == 0) }
    // The shell has its script open as 10.
    #expect(seen[5] == "0 1 10 2 ")
    chat.type("\r")
    try chat.see("› words")
    try chat.quitWithDraft()
  }

  @Test func `the page has the size that the terminal has afterwards`() throws {
    let chat = try Self.chat(Self.waits)
    try Self.open(chat)
    chat.patter.resize(rows: 10, columns: 44)
    chat.type("\r")
    try chat.waitUntil("a status line in the last row") {
      $0.isAlternateScreen && $0.statusLine.contains("Enter sends") && $0.shows("› words")
    }
    try chat.quitWithDraft()
  }

  @Test func `modes that the editor leaves behind are put right`() throws {
    let chat = try Self.chat(
      "stty raw -echo -opost;"
        + " printf '\\033[?1049h\\033[?1003;1004;1h\\033=\\033[>5u\\033[>4;2m\\033[4h\\033[4 q\\033[?25l'"
    )
    try chat.draft("words")
    let before = chat.picture.text
    chat.press(.control("g"))
    try chat.waitUntil("the way back") { _ in chat.written.contains("\u{1B}[0 q") }
    try chat.waitUntil("the page as it was") { $0.isAlternateScreen && $0.text == before }
    chat.type("!")
    try chat.see("› words!")
    try chat.quitWithDraft()
  }

  // MARK: - What goes wrong

  @Test(arguments: [
    ("exit 3", "failed (exit code 3)."),
    ("kill -9 $$", "was ended by signal 9."),
    ("rm \"$1\"", "The file with the draft is gone."),
    ("rm -r \"${1%/*}\"", "The file with the draft is gone."),
  ])
  func `a draft that does not come back stays as it was`(script: String, words: String) throws {
    let chat = try Self.chat(script)
    try chat.draft("my words")
    chat.press(.control("g"))
    try chat.seeSentence("\(words) The draft is as it was.")
    #expect(chat.picture.shows("› my words"))
    #expect(Self.leftovers(chat) == [])
    try chat.quitWithDraft()
  }

  @Test(arguments: [
    ("echo written >\"$1\"; exit 1", "failed (exit code 1)."),
    (
      "head -c 5000000 /dev/zero | tr '\\0' a >\"$1\"",
      "What was written is longer than the 1,000,000 characters of a draft."
    ),
    (
      "head -c 1000001 /dev/zero | tr '\\0' a >\"$1\"",
      "What was written is longer than the 1,000,000 characters of a draft."
    ),
    ("printf 'caf\\351' >\"$1\"", "What was written is no text in UTF-8."),
    ("echo swap >\"${1%/*}/.prompt.md.swp\"; kill -9 $$", "was ended by signal 9."),
  ])
  func `what was written and cannot be the draft is kept, and its place is told`(
    script: String, words: String
  ) throws {
    let chat = try Self.chat(script)
    try chat.draft("my words")
    chat.press(.control("g"))
    try chat.seeSentence(words)
    try chat.seeSentence("The draft is as it was.")
    #expect(chat.picture.shows("› my words"))
    let left = Self.leftovers(chat)
    #expect(left.count == 1)
    // A path is broken where the line ends.
    let text = chat.picture.text.filter { !$0.isWhitespace }
    #expect(text.contains("Whatwaswrittenisin\(chat.home.path)/tmp/\(left.first ?? "")"))
    try chat.quitWithDraft()
  }

  @Test(arguments: [
    ("/nowhere/ed", "The editor could not be started. There is no file \"/nowhere/ed\"."),
    ("nowhere-ed", "The editor could not be started. There is no program \"nowhere-ed\" in PATH"),
    ("nowhere-ed --wait", "'nowhere-ed --wait' could not be run (exit code 127)"),
  ])
  func `an editor that there is not leaves the draft as it was`(
    editor: String, words: String
  ) throws {
    let chat = try Self.chat("exit 0", editor: editor)
    try chat.draft("my words")
    chat.press(.control("g"))
    try chat.seeSentence(words)
    try chat.seeSentence("The draft is as it was.")
    #expect(chat.picture.shows("› my words"))
    #expect(Self.leftovers(chat) == [])
    try chat.quitWithDraft()
  }

  // MARK: - Which editor

  @Test func `VISUAL comes before EDITOR, and a blank one does not count`() {
    func words(_ environment: [String: String]) -> [String]? {
      Editor(environment: environment).command?.words
    }
    #expect(words(["VISUAL": "one", "EDITOR": "two"]) == ["one"])
    #expect(words(["VISUAL": " ", "EDITOR": "two"]) == ["two"])
    #expect(
      words(["EDITOR": "code --wait"]) == ["/bin/sh", "-c", "code --wait \"$@\"", "code --wait"])
    #expect(words(["PATH": "/nowhere"]) == nil)
  }

  @Test func `without a name the first of the usual editors is taken`() throws {
    let home = try TestHome()
    try home.write("", to: "bin/nano", permissions: 0o755)
    let editor = Editor(environment: ["PATH": "/nowhere:\(home.path)/bin"])
    #expect(editor.command?.words == ["nano"])
  }

  @Test func `the value is read as a shell reads it`() throws {
    let home = try TestHome()
    try home.write("", to: "tmp/kept")
    try home.write(
      "#!/bin/sh\nfor word do printf '[%s]' \"$word\" >>seen; done\n", to: "my bin/ed",
      permissions: 0o755)
    var variables = Self.variables(home)
    variables["EDITOR"] = "'\(home.path)/my bin/ed' -n \"$HOME\" \"two words\""
    let chat = try Journey(with: nil, variables: variables, home: home)
    try chat.draft("words")
    chat.press(.control("g"))
    try chat.waitUntil("the way back") { _ in chat.written.contains("\u{1B}[0 q") }
    try chat.waitUntil("the page") { $0.isAlternateScreen && $0.shows("› words") }
    let seen = try #require(home.read("seen"))
    #expect(seen.hasPrefix("[-n][\(home.path)][two words][\(home.path)/tmp/patter-"))
    #expect(seen.hasSuffix("/prompt.md]"))
    try chat.quitWithDraft()
  }

  // MARK: - Signals and jobs

  /// A shell with Patter as its job, whose number is in the file `number`.
  private static func shell(_ script: String) throws -> Journey {
    let home = try home(script)
    let shell = try Journey(
      "/bin/sh", ["-i"], variables: variables(home).merging(["PS1": "shell> "]) { $1 }, home: home)
    try shell.see("shell>")
    shell.type("sh -c 'echo $$ >number; exec \(BuiltProgram.path("patter"))'\r")
    try shell.see("answers")
    return shell
  }

  private static func seePrompt(_ shell: Journey) throws {
    try shell.waitUntil("the shell's prompt") {
      !$0.isAlternateScreen && $0.shows("Stopped") && $0.rows.last { !$0.isEmpty } == "shell>"
    }
  }

  /// Brings the editor back, ends it, and leaves Patter and the shell.
  private static func comeBack(to shell: Journey) throws {
    shell.type("fg\r")
    // What is typed before the editor has the terminal again would be the shell's.
    try shell.waitUntil("the job") { $0.rows.last { !$0.isEmpty }?.contains("patter") == true }
    shell.type("edited\r")
    try shell.waitUntil("the draft") { $0.isAlternateScreen && $0.shows("› edited") }
    shell.press(.control("c"))
    try shell.see("The draft is cleared.")
    shell.press(.control("d"))
    try shell.waitUntil("the shell's prompt") {
      !$0.isAlternateScreen && $0.rows.last { !$0.isEmpty } == "shell>"
    }
    shell.type("exit 0\r")
    try shell.expectEnd(.exited(0))
  }

  private static let edits = "\(waits); echo \"$line\" >\"$1\""

  @Test func `Ctrl-Z in the editor stops the job, and fg brings the editor back`() throws {
    let shell = try Self.shell(Self.edits)
    try Self.open(shell)
    shell.press(.control("z"))
    try Self.seePrompt(shell)
    try Self.comeBack(to: shell)
  }

  @Test func `an editor that stops its whole group as nano does stops the job`() throws {
    let shell = try Self.shell("echo is' 'open; kill -STOP 0; read line; echo \"$line\" >\"$1\"")
    try shell.draft("words")
    shell.press(.control("g"))
    try Self.seePrompt(shell)
    try Self.comeBack(to: shell)
  }

  @Test func `a stop of Patter stops the editor too, and fg brings it back`() throws {
    let shell = try Self.shell(Self.edits)
    try Self.open(shell)
    let number = try #require(shell.home.read("number").flatMap { Int32($0.dropLast()) })
    kill(number, SIGTSTP)
    try Self.seePrompt(shell)
    try Self.comeBack(to: shell)
  }

  @Test func `after a stop that could not be caught, fg gives the editor the terminal`() throws {
    // It does not read yet: what reads when the terminal is taken from it takes one line with it.
    let shell = try Self.shell("echo is' 'open; cat gate; read line; echo \"$line\" >\"$1\"")
    #expect(mkfifo("\(shell.home.path)/gate", 0o600) == 0)
    try Self.open(shell)
    let number = try #require(shell.home.read("number").flatMap { Int32($0.dropLast()) })
    kill(number, SIGSTOP)
    try Self.seePrompt(shell)
    let gate = Glibc.open("\(shell.home.path)/gate", O_WRONLY | O_CLOEXEC)
    try #require(gate >= 0)
    close(gate)
    try Self.comeBack(to: shell)
  }

  @Test func `where no shell could continue it, the editor goes on`() throws {
    let chat = try Self.chat(
      "echo is' 'open; kill -STOP 0; echo goes on; read line; echo \"$line\" >\"$1\"")
    try chat.draft("words")
    chat.press(.control("g"))
    try chat.see("goes on")
    chat.press(.control("z"))
    chat.type("edited\r")
    try chat.see("› edited")
    try chat.quitWithDraft()
  }

  @Test func `Ctrl-C in the editor is the editor's`() throws {
    // A caught signal ends a shell's `read`, which then is to read once more.
    let chat = try Self.chat(
      "trap 'echo caught it' INT; echo is' 'open; until read line; do :; done; echo new >\"$1\"")
    try Self.open(chat)
    chat.press(.control("c"))
    try chat.see("caught it")
    chat.type("\r")
    try chat.see("› new")
    try chat.quitWithDraft()
  }

  @Test func `where the terminal is not Patter's to give, the editor works all the same`() throws {
    let home = try Self.home("\(Self.waits); echo \"$line\" >\"$1\"")
    // A session without a terminal of its own, on ours.
    let chat = try Journey(
      "/usr/bin/setsid", ["--fork", "--wait", BuiltProgram.path("patter")],
      variables: Self.variables(home), home: home)
    try chat.see("answers")
    try Self.open(chat)
    chat.type("edited\r")
    try chat.see("› edited")
    try chat.quitWithDraft()
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func `a signal that ends Patter ends the editor with all it started`(signal: Int32) throws {
    let chat = try Self.chat(
      "stty raw; printf '\\033[?1049h'; sleep 1000 & echo $$ $! >numbers; echo is' 'open; wait")
    try chat.draft("words")
    chat.press(.control("g"))
    try chat.see("is open")
    let numbers = try #require(chat.home.read("numbers")).split { $0 == " " || $0 == "\n" }
    let ends = try numbers.map { number in
      try SilentProgram.descriptor(of: try #require(Int32(number)))
    }
    defer {
      for end in ends { close(end) }
    }
    chat.patter.signal(signal)
    try chat.expectEnd(.exited(128 + signal))
    for end in ends {
      var wait = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
      #expect(poll(&wait, 1, Int32(TerminalProgram.patienceSeconds * 1000)) == 1)
    }
    #expect(Self.leftovers(chat) == [])
  }

  @Test func `an editor that does not want to end is ended, and what it wrote is kept`() throws {
    let chat = try Self.chat(
      "trap '' TERM; echo written >\"$1\"; echo is' 'open; read line; read line")
    try Self.open(chat)
    chat.patter.signal(SIGTERM)
    try chat.expectEnd(.exited(128 + SIGTERM))
    let left = try #require(Self.leftovers(chat).first)
    #expect(chat.home.read("tmp/\(left)/prompt.md") == "written\n")
    #expect(
      chat.written.contains("What was written is in \(chat.home.path)/tmp/\(left)/prompt.md."))
  }
}

extension Journey {
  fileprivate func send(_ bytes: [UInt8]) { patter.send(bytes) }
}

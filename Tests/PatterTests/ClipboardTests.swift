// What becomes of a text that is copied: told by the bytes on the terminal, and by programs of our own.

import Chat
import Glibc
import Interface
import Support
import Testing
import Wire

@testable import Patter

@Suite struct `A clipboard` {
  private let home: TestHome
  private let start = Clock.now()

  init() throws { home = try TestHome() }

  /// A program that does this.
  private func program(_ name: String, _ script: String) throws -> [String] {
    try home.write("#!/bin/sh\ncd \(home.path)\n\(script)\n", to: name, permissions: 0o755)
    return ["\(home.path)/\(name)"]
  }

  /// What is told of a text, once something is.
  private func told(
    _ clipboard: Clipboard, _ text: String = "text", sending: ClipboardSending = .notUnderstood
  ) throws -> Notice {
    clipboard.copy(text, what: "code", sending: sending, at: start)
    while true {
      if let notice = clipboard.hear(at: start) { return notice }
      try wait(clipboard)
    }
  }

  private func wait(_ clipboard: Clipboard) throws {
    var descriptors = clipboard.interests.map { interest in
      switch interest {
      case .reading(let number): pollfd(fd: number, events: Int16(POLLIN), revents: 0)
      case .writing(let number): pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
      case .breaking(let number): pollfd(fd: number, events: 0, revents: 0)
      }
    }
    let limit = clipboard.longestSleepMilliseconds.map(Int32.init)
    let patience = Int32(TerminalProgram.patienceSeconds * 1000)
    let count = poll(&descriptors, nfds_t(descriptors.count), limit ?? patience)
    try #require(count > 0 || limit != nil, "nothing comes of the program")
  }

  @Test func `gives a program every byte of a long text`() throws {
    let text = String(repeating: "line of é\n\t\u{1B}[31m", count: 20_000)
    let clipboard = Clipboard(programs: [try program("copy", "cat > copied")], isInsideTmux: false)
    let notice = try told(clipboard, text)
    #expect(notice == Notice("Copied 320,000 characters of code with \(home.path)/copy."))
    #expect(home.read("copied") == text)
    #expect(!clipboard.isBusy)
  }

  @Test func `says what both ways did`() throws {
    let clipboard = Clipboard(programs: [try program("copy", "cat > copied")], isInsideTmux: false)
    #expect(
      try told(clipboard, "a", sending: .sent).text
        == "Copied 1 character of code with \(home.path)/copy, "
        + "and sent them to the terminal's clipboard (OSC 52).")
  }

  @Test func `tells a failure in the program's own words, without what is no word`() throws {
    let failing = try program("copy", #"printf 'No \033[31mdisplay\n at all\n' >&2; exit 4"#)
    let notice = try told(Clipboard(programs: [failing], isInsideTmux: false))
    #expect(notice.kind == .error)
    #expect(
      notice.text
        == "\(home.path)/copy failed (exit code 4: No ␛[31mdisplay at all). "
        + "Nothing was copied: this terminal is not known to have a clipboard.")
  }

  @Test func `goes on to the next program, and past those that are not there`() throws {
    let programs = [
      ["\(home.path)/absent"], try program("failing", "exit 1"),
      try program("copy", "cat > copied"),
    ]
    let notice = try told(Clipboard(programs: programs, isInsideTmux: false))
    #expect(notice == Notice("Copied 4 characters of code with \(home.path)/copy."))
    #expect(home.read("copied") == "text")
  }

  @Test func `gives up a program that hangs, and ends it`() throws {
    for name in ["held", "never"] { #expect(mkfifo("\(home.path)/\(name)", 0o600) == 0) }
    let held = open("\(home.path)/held", O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(held) }
    let hanging = try program("copy", "exec 9>held; echo x >&9; read y <never")
    let clipboard = Clipboard(programs: [hanging], isInsideTmux: false)
    clipboard.copy("text", what: "code", sending: .sent, at: start)
    var descriptor = pollfd(fd: held, events: Int16(POLLIN), revents: 0)
    let patience = Int32(TerminalProgram.patienceSeconds * 1000)
    #expect(poll(&descriptor, 1, patience) == 1)
    #expect(clipboard.hear(at: start) == nil)
    let deadline = try #require(clipboard.deadline)
    let notice = try #require(clipboard.hear(at: deadline))
    #expect(notice.kind == .error)
    #expect(
      notice.text
        == "\(home.path)/copy did not come to an end within 3 s. Sent 4 characters of code to the "
        + "terminal's clipboard (OSC 52); whether it takes them is its affair.")
    #expect(!clipboard.isBusy)
    repeat {
      descriptor.revents = 0
    } while poll(&descriptor, 1, patience) == 1
      && drain(held) && descriptor.revents & Int16(POLLHUP) == 0
    #expect(descriptor.revents & Int16(POLLHUP) != 0)
  }

  /// Reads what lies in a pipe.
  private func drain(_ descriptor: Int32) -> Bool {
    var bytes = [UInt8](repeating: 0, count: 64)
    _ = read(descriptor, &bytes, bytes.count)
    return true
  }

  @Test func `says what can be done where there is none`() throws {
    let none = Clipboard(programs: [["\(home.path)/absent"]], isInsideTmux: false)
    #expect(
      try told(none)
        == Notice(
          "Nothing was copied: this terminal is not known to have a clipboard, "
            + "and there is no program for it here (wl-copy, xclip, xsel).", kind: .error))
    #expect(
      try told(none, sending: .tooLong).text
        == "Nothing was copied: 4 characters of code are more than terminals take "
        + "(74,994 bytes by OSC 52), and there is no program for it here (wl-copy, xclip, xsel).")
  }

  @Test func `says once what tmux needs`() throws {
    let clipboard = Clipboard(programs: [["\(home.path)/absent"]], isInsideTmux: true)
    let sent =
      "Sent 4 characters of code to the terminal's clipboard (OSC 52); "
      + "whether it takes them is its affair."
    #expect(
      try told(clipboard, sending: .sent)
        == Notice(sent + " tmux lets them through with: set -g set-clipboard on"))
    #expect(try told(clipboard, sending: .sent) == Notice(sent))
  }
}

@Suite struct `A chat that is copied from` {
  private static let reply = "Look: é\n\n```c\n\tint a;\n  int b;\n```\n"

  /// Patter with a reply to copy from.
  private func chat(_ home: TestHome, _ variables: [String: String] = [:]) throws -> Journey {
    try home.write(Self.reply, to: "reply")
    try home.write(
      "commands: {script: {command: [cat, \(home.path)/reply]}}", to: ".config/patter/config.yaml")
    let chat = try Journey(
      with: nil, arguments: ["-m", "script/any"],
      variables: ["PATH": "\(home.path)/bin:/usr/bin:/bin"].merging(variables) { $1 }, home: home)
    try chat.ask("hello")
    try chat.see("int b;")
    try chat.seeIdle()
    return chat
  }

  /// Everything that was sent for the clipboard.
  private func sent(by chat: Journey) -> [String] {
    chat.written.components(between: "\u{1B}]52;", and: "\u{07}")
  }

  @Test func `sends the terminal Base64 of the very text`() throws {
    let chat = try chat(TestHome())
    chat.press(.alt("c"))
    try chat.see("[1]")
    chat.type("1")
    try chat.seeSentence(
      "Sent 16 characters of code to the terminal's clipboard (OSC 52); whether it takes them is its affair."
    )
    // printf '\tint a;\n  int b;' | base64
    #expect(sent(by: chat) == ["c;CWludCBhOwogIGludCBiOw=="])
    try chat.ask("/copy")
    // base64 of the reply without its last line end, which the command's output has lost
    try chat.seeSentence("characters of the reply to the terminal's clipboard")
    #expect(sent(by: chat).last == "c;TG9vazogw6kKCmBgYGMKCWludCBhOwogIGludCBiOwpgYGAK")
    try chat.leave()
  }

  @Test func `leaves alone what serves the clipboard in the background, also when it ends`() throws
  {
    let home = try TestHome()
    for name in ["held", "never"] { #expect(mkfifo("\(home.path)/\(name)", 0o600) == 0) }
    let held = open("\(home.path)/held", O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(held) }
    try home.write(
      "#!/bin/sh\ncd \(home.path)\ncat > copied; exec 9>held; (read x <never) & exit 0\n",
      to: "bin/wl-copy", permissions: 0o755)
    let chat = try chat(home, ["WAYLAND_DISPLAY": "wayland-0"])
    try chat.ask("/copy 1")
    try chat.see("with wl-copy")
    try chat.leave()
    #expect(home.read("copied") == "\tint a;\n  int b;")
    // Whoever was left holds the other end.
    var wait = pollfd(fd: held, events: Int16(POLLIN), revents: 0)
    #expect(poll(&wait, 1, 0) == 0)
    let never = open("\(home.path)/never", O_WRONLY | O_CLOEXEC)
    close(never)
    #expect(poll(&wait, 1, Int32(TerminalProgram.patienceSeconds * 1000)) == 1)
    #expect(wait.revents == Int16(POLLHUP))
  }

  @Test func `is given the text also when it is left at once`() throws {
    let home = try TestHome()
    #expect(mkfifo("\(home.path)/gate", 0o600) == 0)
    try home.write(
      "#!/bin/sh\ncd \(home.path)\nread x <gate; cat > copied\n", to: "bin/xclip",
      permissions: 0o755)
    let chat = try chat(home, ["DISPLAY": ":0"])
    try chat.ask("/copy 1")
    let gate = open("\(home.path)/gate", O_WRONLY | O_CLOEXEC)
    chat.press(.control("d"))
    close(gate)
    try chat.expectEnd(.exited(0))
    #expect(home.read("copied") == "\tint a;\n  int b;")
  }

  @Test func `waits for no program that hangs when somebody asks it to end`() throws {
    let home = try TestHome()
    #expect(mkfifo("\(home.path)/never", 0o600) == 0)
    for (name, script) in [("xclip", "read x <never"), ("xsel", "cat > copied")] {
      try home.write(
        "#!/bin/sh\ncd \(home.path)\n\(script)\n", to: "bin/\(name)", permissions: 0o755)
    }
    let chat = try chat(home, ["DISPLAY": ":0"])
    try chat.ask("/copy 1")
    chat.press(.control("d"))
    try chat.waitUntil("the terminal given back") { !$0.isAlternateScreen }
    chat.patter.signal(SIGTERM)
    try chat.expectEnd(.exited(0))
    // Whoever waits for the first program goes on to the second.
    #expect(home.read("copied") == nil)
  }

  @Test func `gives the mouse away and takes it back`() throws {
    let chat = try chat(TestHome())
    chat.type("\u{1B}OQ")
    try chat.see("The mouse selects as the terminal does. F2 takes it back.")
    #expect(chat.written.ranges(of: "\u{1B}[?1000l").count == 1)
    chat.type("\u{1B}OR")
    try chat.see("```c")
    #expect(chat.picture.row(0) == "You")
    chat.press(.escape)
    try chat.see("Ask something")
    try chat.leave()
  }
}

extension String {
  /// What stands between these two, each time.
  fileprivate func components(between start: String, and end: String) -> [String] {
    var found: [String] = []
    var rest = self[...]
    while let from = rest.firstRange(of: start) {
      rest = rest[from.upperBound...]
      guard let to = rest.firstRange(of: end) else { break }
      found.append(String(rest[..<to.lowerBound]))
      rest = rest[to.upperBound...]
    }
    return found
  }
}

// What a child gets from us, what it does not, and what is said when it cannot be started.

import CLinux
import ChildProcesses
import Glibc
import Support
import Testing
import Wire

struct StartingTests {
  let children = Children()

  // MARK: What a child gets

  @Test func `arguments arrive as they are`() throws {
    let words = ["", " a  b ", "$HOME", "ä\n\"'\\", "-n"]
    let story = try children.run(ChildCommand(["printf", "[%s]"] + words))
    #expect(story.outputText == words.map { "[\($0)]" }.joined())
  }

  @Test func `a child inherits our environment, and its own variables stand before ours`() throws {
    let command = ChildCommand(
      ["/bin/sh", "-c", "printf '%s|%s|%s' \"$PATH\" \"$HOME\" \"$PATTER_TEST\""],
      environment: ["HOME": "/nowhere", "PATTER_TEST": "a=b ü"])
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    #expect(try children.run(command).outputText == "\(path)|/nowhere|a=b ü")
  }

  @Test func `a replaced variable is there once`() throws {
    let story = try children.run(ChildCommand(["env"], environment: ["HOME": "/nowhere"]))
    #expect(story.outputText.split(separator: "\n").count { $0.hasPrefix("HOME=") } == 1)
  }

  @Test func `a child lives in our folder`() throws {
    let folder = try #require(getcwd(nil, 0))
    defer { free(folder) }
    #expect(
      try children.run(ChildCommand(["/bin/pwd"])).outputText == "\(String(cString: folder))\n")
  }

  @Test func `a child leads a group and a session of its own`() throws {
    let story = try children.run(.shell("echo $$; cut -d ' ' -f 5,6 /proc/$$/stat"))
    let numbers = story.outputText.split { $0 == "\n" || $0 == " " }
    #expect(numbers.count == 3)
    #expect(Set(numbers).count == 1)
  }

  // MARK: What it does not get

  @Test func `a child has its own three descriptors and no other`() throws {
    var ends: [Int32] = [-1, -1]
    #expect(pipe(&ends) == 0)
    let high = fcntl(ends[0], F_DUPFD, 300)
    #expect(high >= 300)
    defer {
      for descriptor in ends + [high] { close(descriptor) }
    }
    // What the shell opened to list the folder is gone when the second half of the line is run.
    let list = "for f in /proc/$$/fd/*; do [ -e \"$f\" ] && printf '%s ' \"${f##*/}\"; done"
    children.spawn(.stream(2), ChildCommand(["cat"], input: [UInt8](repeating: 1, count: 1 << 20)))
    #expect(try children.run(.shell(list)).outputText == "0 1 2 ")
  }

  @Test func `a child blocks and ignores no signal, whatever we do`() throws {
    // SIGPIPE is ignored, too, since there are children.
    var before = sigset_t()
    var blocked = sigset_t()
    sigemptyset(&blocked)
    for signal in [SIGTERM, SIGINT, SIGWINCH, SIGTSTP, SIGUSR2] { sigaddset(&blocked, signal) }
    pthread_sigmask(SIG_BLOCK, &blocked, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let own = try String(decoding: contents(of: "/proc/thread-self/status"), as: UTF8.self)
    #expect(!own.contains("SigBlk:\t0000000000000000"))
    #expect(!own.contains("SigIgn:\t0000000000000000"))
    let story = try children.run(
      ChildCommand(["grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"]))
    let masks = story.outputText.split(separator: "\n").compactMap {
      UInt64($0.suffix(16), radix: 16)
    }
    // The two that glibc keeps for its threads and lets no program touch, 32 and 33.
    let reserved: UInt64 = 3 << 31
    #expect(masks.map { $0 & ~reserved } == [0, 0])
  }

  // MARK: What cannot be started

  @Test func `a program that is not there is named`() throws {
    let sentence = try refusal(of: ChildCommand(["patter-no-such-program"]))
    #expect(sentence.contains("\"patter-no-such-program\""))
    #expect(sentence.contains("PATH"))
  }

  @Test func `a path that is not there is named`() throws {
    let sentence = try refusal(of: ChildCommand(["./no/such/program"]))
    #expect(sentence.hasPrefix("There is no file \"./no/such/program\"."))
  }

  @Test(arguments: ["/etc/passwd", "/"])
  func `what is not executable is named`(path: String) throws {
    #expect(try refusal(of: ChildCommand([path])).hasPrefix("\"\(path)\" may not be run"))
  }

  @Test func `a script without a first line that says what runs it`() throws {
    let home = try TestHome()
    try home.write("echo hello\n", to: "script", permissions: 0o755)
    let sentence = try refusal(of: ChildCommand(["\(home.path)/script"]))
    #expect(sentence.contains("is not a program of this machine"))
    #expect(sentence.contains("#!"))
  }

  @Test func `a script whose interpreter is missing is not said to be missing itself`() throws {
    let home = try TestHome()
    try home.write("#!/no/such/interpreter\n", to: "script", permissions: 0o755)
    let sentence = try refusal(of: ChildCommand(["\(home.path)/script"]))
    #expect(sentence.contains("is there"))
    #expect(sentence.contains("#!"))
  }

  @Test(arguments: [
    ChildCommand(["echo\0"]), ChildCommand(["echo", "a\0b"]),
    ChildCommand(["echo"], environment: ["A": "a\0b"]),
    ChildCommand(["echo"], environment: ["A\0B": "a"]),
  ])
  func `a NUL byte would cut a text short`(command: ChildCommand) throws {
    #expect(try refusal(of: command).contains("NUL byte"))
  }

  @Test(arguments: ["", "A=B", "="])
  func `what cannot be the name of a variable is named`(name: String) throws {
    let sentence = try refusal(of: ChildCommand(["echo"], environment: [name: "value"]))
    #expect(sentence.hasPrefix("\"\(name)\" cannot be the name"))
  }

  @Test func `an empty name is no program`() throws {
    #expect(try refusal(of: ChildCommand([""])).contains("names no program"))
  }

  @Test func `a command that lost its words after it was made is no program`() throws {
    var command = ChildCommand(["echo"])
    command.arguments = []
    #expect(try refusal(of: command).contains("names no program"))
  }

  @Test func `an argument that is too long is to come by standard input`() throws {
    let long = String(repeating: "x", count: 4 << 20)
    let sentence = try refusal(of: ChildCommand(["echo", long]))
    #expect(sentence.contains("\"echo\""))
    #expect(sentence.contains("standard input"))
    #expect(sentence.utf8.count < 200)
  }

  @Test func `a long or unprintable name makes a short and printable sentence`() throws {
    let sentence = try refusal(
      of: ChildCommand(["\u{1B}[2J\n" + String(repeating: "x", count: 200)]))
    #expect(sentence.utf8.allSatisfy { $0 >= 0x20 })
    #expect(sentence.contains("xxx…\""))
    #expect(sentence.count < 300)
  }

  @Test func `a refusal lets no sleep last`() {
    children.spawn(.stream(1), ChildCommand([""]))
    #expect(children.longestSleepMilliseconds == 0)
    #expect(children.count == 1)
    #expect(children.events().count == 1)
    #expect(children.longestSleepMilliseconds == nil)
    #expect(children.count == 0)
  }

  private func refusal(of command: ChildCommand) throws -> String {
    guard case .notStarted(let sentence)? = try children.run(command).end else {
      Issue.record("it was started")
      return ""
    }
    return sentence
  }

  private func contents(of path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw HarnessError(call: "open \(path)") }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    return Array(bytes.prefix(max(0, read(descriptor, &bytes, bytes.count))))
  }
}

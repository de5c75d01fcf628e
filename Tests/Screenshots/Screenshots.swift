// Pictures of Patter in a real terminal, for the README. `make screenshots` builds the release and runs this:
// an X server without a screen, xterm in it, and a server on this machine that says what the scene wants.
//
//   Screenshots FOLDER [SCENE]...
//
// A person looks at them before they are committed. Nothing here passes or fails.

import Glibc
import Support

@main
enum Screenshots {
  static func main() {
    var arguments = CommandLine.arguments.dropFirst()
    guard let folder = arguments.popFirst() else {
      print("Screenshots: into which folder? Screenshots FOLDER [SCENE]...")
      exit(2)
    }
    do {
      let display = try Display()
      for scene in Scene.all where arguments.isEmpty || arguments.contains(scene.name) {
        let path = "\(absolute(folder))/\(scene.name).png"
        try LoopbackLedger.$current.withValue(LoopbackLedger()) {
          try display.shoot(scene, to: path)
        }
        print(path)
      }
    } catch {
      print("Screenshots: \(error)")
      exit(1)
    }
  }

  private static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let here = getcwd(nil, 0) else { return path }
    defer { free(here) }
    return "\(String(cString: here))/\(path)"
  }
}

/// An X server of our own, and what is done in it.
final class Display {
  private static let patienceNanoseconds: Int64 = 20_000_000_000

  private let home: TestHome
  private let name: String
  private let server: PipedProgram

  init() throws {
    home = try TestHome()
    // Numbers that a person's X servers and another run of this have not.
    let number = 90 + Int(getpid()) % 900
    name = ":\(number)"
    server = try PipedProgram(
      "/usr/bin/Xvfb", [name, "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"],
      home: home)
    try wait("the X server") { access("/tmp/.X11-unix/X\(number)", F_OK) == 0 }
  }

  /// Runs the scene and takes its picture.
  func shoot(_ scene: Scene, to path: String) throws {
    let replies = try LoopbackServer(script: scene.replies)
    let house = try TestHome()
    try house.write(scene.configuration, to: ".config/patter/config.yaml")
    var variables = [
      "DISPLAY": name, "COLORTERM": "truecolor", "ANTHROPIC_API_KEY": "none",
      "ANTHROPIC_BASE_URL": replies.url("").trimmingSlash,
    ]
    variables.merge(scene.variables) { $1 }
    let terminal = try PipedProgram(
      "/usr/bin/xterm",
      [
        "-geometry", "\(scene.columns)x\(scene.rows)+0+0", "-fa", "DejaVu Sans Mono", "-fs", "12",
        "-tn", "xterm-256color", "-b", "14", "-bg", scene.paper, "-fg", scene.ink, "-bw", "0",
        "+sb", "-e",
        BuiltProgram.path("patter"), "-m", "anthropic/claude-sonnet-5",
      ], home: house, variables: variables)
    let window = try find()
    for step in scene.steps {
      switch step {
      case .type(let text):
        try xdotool(["type", "--clearmodifiers", "--delay", "5", text])
      case .key(let key): try xdotool(["key", "--clearmodifiers", key])
      case .open(let gate, let milliseconds):
        poll(nil, 0, milliseconds)
        replies.open(gate: gate)
        continue
      }
      // What is typed has arrived.
      poll(nil, 0, 300)
    }
    try steady(window, path)
    _ = try? xdotool(["key", "ctrl+c"])
    kill(terminal.processID, SIGTERM)
    _ = try terminal.waitForExit()
  }

  /// The terminal's window, as soon as it is there.
  private func find() throws -> String {
    var found = ""
    try wait("the terminal's window") {
      found =
        (try? run("/usr/bin/xdotool", ["search", "--onlyvisible", "--class", "xterm"])) ?? ""
      return !found.isEmpty
    }
    let window = String(found.prefix { $0 != "\n" })
    try xdotool(["windowfocus", window])
    return window
  }

  /// Takes pictures until two in a row are alike: the screen has come to rest.
  @discardableResult
  private func steady(_ window: String, _ path: String) throws -> String {
    var before = ""
    try wait("a screen at rest") {
      guard
        (try? run(
          "/usr/bin/import",
          ["-window", window, "-strip", "-define", "png:exclude-chunks=date,time", path]
        )) != nil, let sum = try? run("/usr/bin/sha256sum", [path])
      else { return false }
      defer { before = sum }
      return sum == before
    }
    return before
  }

  private func xdotool(_ words: [String]) throws { _ = try run("/usr/bin/xdotool", words) }

  private func run(_ path: String, _ words: [String]) throws -> String {
    let program = try PipedProgram(path, words, home: home, variables: ["DISPLAY": name])
    guard try program.waitForExit() == .exited(0) else {
      throw HarnessError("\(path) failed: \(program.diagnostics)")
    }
    return program.output
  }

  private func wait(_ what: String, _ condition: () -> Bool) throws {
    let deadline = MonotonicClock.nanoseconds + Self.patienceNanoseconds
    while !condition() {
      guard MonotonicClock.nanoseconds < deadline else {
        throw HarnessError("waited in vain for \(what)")
      }
      // Nobody says when a screen has come to rest: it is looked at again.
      poll(nil, 0, 150)
    }
  }
}

extension String {
  fileprivate var trimmingSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}

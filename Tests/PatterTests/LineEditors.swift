// The same keys for Bash's readline and for Patter's composer, each on a terminal of its own, and for the
// composer alone.
//
// Behind the keys of each script a mark is typed where the cursor stands, and then a number at the start of
// the line: so the lines tell where the cursor was, none is blank or begins as a slash command, and the
// number on the screen tells that the keys before it were taken. No key of the next script is sent before
// the line of the last has come: between two lines Bash gives the terminal back to the kernel's own line
// editing.

import FoundationEssentials
import Interface
import Support
import Terminal
import Testing

/// Whoever edits a line with the keys of a terminal.
protocol LineEditor {
  /// The lines that came of these scripts, in order. The kill ring is empty before the first.
  func lines(of scripts: [KeyScript]) throws -> [String]
}

extension KeyScript {
  /// What shows where the cursor stood.
  static let cursorMark = "‸"

  /// The keys, then the mark, then the number of the line before everything.
  func numbered(_ number: Int) -> [UInt8] {
    bytes + Self.cursorMark.utf8 + TypedKey.control("a").bytes + Self.label(number).utf8
  }

  static func label(_ number: Int) -> String { "\(number)=" }
}

/// Bash, as it is where nobody configured anything.
struct BashLineEditor: LineEditor {
  // With a count, even one that no line reaches, readline takes each key by itself. Without, it gathers
  // what is typed ahead, and then forgets that what was typed stands between two kills.
  private static let loop = """
    for ((number = 1; ; number++)); do
      IFS= read -r -e -n 1000000 -p "[$number] " line || break
      printf '%s\\n' "$line" >>lines
      history -s -- "$line"
    done
    """

  func lines(of scripts: [KeyScript]) throws -> [String] {
    let home = try TestHome()
    let bash = try TerminalProgram(
      "/bin/bash", ["--norc", "--noprofile", "-c", Self.loop], home: home,
      variables: ["INPUTRC": "/dev/null"])
    for (index, script) in scripts.enumerated() {
      try bash.waitUntil("the prompt \(index + 1)") { $0.shows("[\(index + 1)]") }
      bash.send(script.numbered(index + 1) + TypedKey.enter.bytes)
    }
    try bash.waitUntil("the last prompt") { $0.shows("[\(scripts.count + 1)]") }
    bash.press(.control("d"))
    try bash.waitForExit()
    let text = try #require(home.read("lines"))
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map(String.init)
  }
}

/// Patter, as it is where nobody configured anything, with a scripted server that hears the prompts.
struct PatterLineEditor: LineEditor {
  private struct Body: Decodable {
    struct Message: Decodable {
      var role: String
      var content: String
    }
    var messages: [Message]
  }

  func lines(of scripts: [KeyScript]) throws -> [String] {
    let server = try LoopbackServer(
      script: (1...scripts.count).map { .reply("heard \($0).") })
    let chat = try Journey(with: server)
    let lines = try scripts.enumerated().map { index, script in
      chat.patter.send(script.numbered(index + 1))
      try chat.see(KeyScript.label(index + 1))
      chat.press(.enter)
      try chat.see("heard \(index + 1).")
      let body = try #require(server.chatBody(index + 1))
      let messages = try JSONDecoder().decode(Body.self, from: Data(body.utf8)).messages
      return try #require(messages.last?.content)
    }
    try chat.leave()
    return lines
  }
}

/// The composer without the program around it. What readline binds and Patter leaves to the configuration
/// is bound as in readline.
struct ComposerLineEditor: LineEditor {
  private static let keys = KeyMap(
    [
      KeyBinding("alt-t", in: .draft, .text(.transposeWords), ""),
      KeyBinding("alt-u", in: .draft, .text(.upcaseWord), ""),
      KeyBinding("alt-c", in: .draft, .text(.capitalizeWord), ""),
    ] + KeyMap.standard.bindings)

  func lines(of scripts: [KeyScript]) throws -> [String] {
    var composer = Composer()
    return try scripts.enumerated().map { index, script in
      for stroke in script.strokes { try press(stroke.key, in: &composer) }
      composer.insert(KeyScript.cursorMark)
      composer.perform(.lineStart)
      composer.insert(KeyScript.label(index + 1))
      return composer.take()
    }
  }

  private func press(_ key: KeyPress, in composer: inout Composer) throws {
    if case .character(let letter) = key.key, key.modifiers.isEmpty {
      composer.insert(String(letter))
    } else if case .text(let edit) = Self.keys.action(for: key, in: .draft) {
      composer.perform(edit)
    } else {
      throw HarnessError("\(key.name) edits nothing")
    }
  }
}

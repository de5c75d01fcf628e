// The scripts of vi's keys, asked again of the Bash of this machine.

import Support
import Testing

struct ViReadlineTests {
  // With a count, even one that no line reaches, readline takes each key by itself.
  private static let loop = """
    set -o vi
    for ((number = 1; ; number++)); do
      IFS= read -r -e -n 1000000 -p "[$number] " line || break
      printf '%s\\n' "$line" >>lines
    done
    """

  /// What a terminal sends for keys, one byte or letter after another.
  private func bytes(_ keys: String) -> [UInt8] {
    ViScript.keys(keys).flatMap { key -> [UInt8] in
      switch key {
      case .letter(let letter): Array(String(letter).utf8)
      case .escape: [0x1B]
      case .backspace: [0x7F]
      }
    }
  }

  @Test(arguments: ViScriptTable.all)
  func `is what Bash does`(table: ViScriptTable) throws {
    let home = try TestHome()
    let bash = try TerminalProgram(
      "/bin/bash", ["--norc", "--noprofile", "-c", Self.loop], home: home,
      variables: ["INPUTRC": "/dev/null"])
    for (index, script) in table.scripts.enumerated() {
      try bash.waitUntil("the prompt \(index + 1)") { $0.shows("[\(index + 1)]") }
      bash.send(
        bytes(script.start + "<Esc>" + script.keys + "<Esc>i" + String(ViScript.mark)) + [0x0D])
    }
    try bash.waitUntil("the last prompt") { $0.shows("[\(table.scripts.count + 1)]") }
    bash.press(.control("d"))
    try bash.waitForExit()
    let lines = try #require(home.read("lines")).split(
      separator: "\n", omittingEmptySubsequences: false)
    for (line, script) in zip(lines, table.scripts) {
      #expect(String(line) == script.expected, "\(script)")
    }
    #expect(lines.count == table.scripts.count + 1)
  }
}

// The built program, held in a terminal.

import Support
import Testing

struct CommandLineTests {
  @Test func `says which version it is`() throws {
    let patter = try TerminalProgram(
      BuiltProgram.path("patter"), ["--version"], home: TestHome())
    #expect(try patter.waitForExit() == .exited(0))
    #expect(patter.screen.contains(/^patter \d+\.\d+/))
    #expect(patter.modes.leftBehind == [])
    #expect(patter.settings == patter.settingsAtStart)
  }
}

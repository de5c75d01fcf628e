import Glibc
import Support
import Testing

struct TestHomeTests {
  @Test func `keeps files and takes everything away at the end`() throws {
    var home: TestHome? = try TestHome()
    let path = try #require(home?.path)
    try home?.write("text", to: "deep/down/file")
    #expect(home?.read("deep/down/file") == "text")
    #expect(home?.read("elsewhere") == nil)
    #expect(access(path, F_OK) == 0)
    home = nil
    #expect(access(path, F_OK) != 0)
  }

  @Test func `two homes are two folders`() throws {
    let homes = try [TestHome(), TestHome()]
    #expect(homes[0].path != homes[1].path)
  }

  @Test func `a script can be written and run`() throws {
    let home = try TestHome()
    try home.write("#!/bin/sh\necho it runs\n", to: "bin/script", permissions: 0o755)
    let program = try TerminalProgram("\(home.path)/bin/script", home: home)
    #expect(try program.waitForExit() == .exited(0))
    #expect(program.screen == "it runs")
  }
}

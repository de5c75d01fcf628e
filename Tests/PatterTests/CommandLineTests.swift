// The command line of the built program: what it prints, and with which code it leaves.

import LoopbackTests
import Support
import Testing

@testable import Patter

@Suite(.everyConnectionCloses) struct CommandLineTests {
  private static func run(
    _ arguments: [String], variables: [String: String] = [:]
  ) throws -> (exit: ProgramExit, text: String) {
    let chat = try Journey(
      BuiltProgram.path("patter"), arguments, variables: variables, rows: 60, columns: 100)
    let exit = try chat.patter.waitForExit()
    chat.expectTerminalGivenBack()
    #expect(!chat.written.contains("\u{1B}"))
    return (exit, chat.picture.sentences)
  }

  @Test(arguments: ["--version", "-V"])
  func `says which version it is`(option: String) throws {
    let (exit, text) = try Self.run([option])
    #expect(exit == .exited(0))
    #expect(text.wholeMatch(of: /patter \d+\.\d+\.\d+/) != nil)
  }

  @Test(arguments: ["--help", "-h"])
  func `shows its options and how to stop a reply`(option: String) throws {
    let (exit, text) = try Self.run([option])
    #expect(exit == .exited(0))
    for word in [
      "exit status", "patter replay FILE", "patter keys [--probe]", "Esc stops the reply",
      "OPENAI_API_KEY",
    ] + Arguments.rows.map({ $0.names.joined(separator: ", ") }) {
      #expect(text.contains(word))
    }
  }

  @Test(arguments: ["--help", "--version"])
  func `says so when that cannot be written`(option: String) throws {
    let script = #""$0" \#(option) >/dev/full"#
    let program = try PipedProgram(
      "/bin/sh", ["-c", script, BuiltProgram.path("patter")], home: TestHome())
    try program.expectEnd(
      .exited(1), diagnostics: "patter: The text cannot be written: No space left on device.\n")
  }

  @Test(arguments: [
    (["--modle", "a/b"], "there is no option --modle; did you mean --model?"),
    (["--frobnicate"], "there is no option --frobnicate; patter --help shows what there is."),
    (["-m"], "-m needs PROVIDER/NAME behind it."),
    (
      ["-m", "llama"],
      "-m: 'llama' is neither a model, written PROVIDER/NAME, nor a chain or pool."
    ),
    (["-m", "ollama"], "-m: 'ollama' is a provider; its models are written 'ollama/NAME'."),
    (["--theme="], "--theme needs NAME|PATH behind it."),
    (["--version=2"], "--version takes no value."),
    (["--print=hi"], "--print takes no value."),
    (["-p", "--trace", "x", "hi"], "--trace records a chat, and with -p there is none."),
    (["--trace"], "--trace needs FILE behind it."),
    (["--jsno"], "there is no option --jsno; did you mean --json?"),
    (["--json", "hi"], "--json goes with -p, which prints a reply and leaves."),
    (["-p", "--json=yes", "hi"], "--json takes no value."),
    (["-p", "--file"], "--file needs FILE behind it."),
    (["-p", "-s"], "-s needs TEXT behind it."),
    (
      ["-p", "-f", "-"],
      "-f - is not needed: with -p standard input is added to the prompt anyway."
    ),
    (
      ["--max-tokens", "0"], "--max-tokens must be a whole number from 1 to 10000000, not '0'."
    ),
    (["--temperature", "warm"], "--temperature must be a number from 0.0 to 2.0, not 'warm'."),
    (["--temperature", "nan"], "--temperature must be a number from 0.0 to 2.0, not 'nan'."),
    (["-p", "--timeout", "0"], "--timeout: the time must be from 1 ms to 24 h, not '0'."),
    (["-p", "--timeout", "25h"], "--timeout: the time must be from 1 ms to 24 h, not '25h'."),
    (
      ["-p", "--idle-timeout", "3 x"],
      "--idle-timeout: 'x' is no unit of time; there are: ms, s, min, h."
    ),
    (
      ["-p", "--timeout", "soon"],
      "--timeout: the time must be a time such as '500 ms', '2 s' or '10 min', not 'soon'."
    ),
    (["replay"], "replay needs FILE behind it; as a prompt the word is written patter -- replay."),
    (["-m", "olama/x"], "There is no provider “olama”. Did you mean ollama?"),
    (["-m", "openai/x"], "OpenAI needs a key. Set OPENAI_API_KEY."),
  ])
  func `says what is wrong with the command line`(arguments: [String], sentence: String) throws {
    let (exit, text) = try Self.run(arguments)
    #expect(exit == .exited(2))
    #expect(text.hasPrefix("patter: \(sentence)"))
  }

  @Test(arguments: [
    ("olama/x", "There is no provider “olama”. Did you mean ollama?"),
    ("openai/x", "OpenAI needs a key. Set OPENAI_API_KEY."),
    (
      "careful",
      "PATTER_MODEL: 'careful' is neither a model, written PROVIDER/NAME, nor a chain or pool."
    ),
  ])
  func `says what is wrong with the model that a variable names`(
    name: String, sentence: String
  ) throws {
    let (exit, text) = try Self.run([], variables: ["PATTER_MODEL": name])
    #expect(exit == .exited(2))
    #expect(text.hasPrefix("patter: \(sentence)"))
  }

  @Test func `S29 an unknown provider is told before anybody is asked`() throws {
    let server = try LoopbackServer()
    let (exit, text) = try Self.run(
      ["-m", "opnai/test", "hello"], variables: Dialect.openAI.variables(port: server.port))
    #expect(exit == .exited(2))
    #expect(text.contains("Did you mean openai?"))
    #expect(server.journal.isEmpty)
  }

  @Test func `an address that is none is told without repeating it`() throws {
    let (exit, text) = try Self.run(
      ["-m", "openai/test"], variables: ["OPENAI_BASE_URL": "http://user:hunter2@host/v1"])
    #expect(exit == .exited(2))
    #expect(text.contains("OPENAI_BASE_URL"))
    #expect(!text.contains("hunter2"))
  }
}

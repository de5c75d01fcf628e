// Presets and snippets on a terminal and in a pipe: from the file to what the server is asked.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct PresetJourneyTests {
  private static let presets = ".config/patter/presets"
  private static let snippets = ".config/patter/snippets"

  private static func home(_ configuration: String = "") throws -> TestHome {
    let home = try TestHome.configured(configuration)
    try home.write(
      """
      ---
      description: as a reviewer does
      model: openai/other
      temperature: 0.25
      ---
      You review code.
      """, to: "\(presets)/review.md")
    try home.write("Be terse.\n", to: "\(presets)/terse.md")
    try home.write("Say {{what}} to {{whom:everybody}}.", to: "\(snippets)/say.md")
    return home
  }

  /// `patter -p` without a model on its command line.
  private func pipe(
    _ server: LoopbackServer, options: [String] = [], home: TestHome
  ) throws -> PipedProgram {
    try PipedProgram(
      BuiltProgram.path("patter"), ["-p"] + options + ["hi"], home: home,
      variables: Dialect.openAI.variables(port: server.port))
  }

  /// The body of the prompt of this number.
  private func body(_ number: Int, _ server: LoopbackServer) throws -> String {
    try #require(server.chatBody(number))
  }

  private func expectReview(_ body: String) {
    #expect(body.contains(#""model":"other""#), "\(body)")
    #expect(body.contains(#""temperature":0.25"#), "\(body)")
    #expect(body.contains(#""content":"You review code.""#), "\(body)")
  }

  private func expectPlain(_ body: String) {
    #expect(body.contains(#""model":"test""#), "\(body)")
    #expect(!body.contains("temperature"), "\(body)")
    #expect(!body.contains("You review code."), "\(body)")
  }

  // MARK: - /preset

  @Test func `a preset is what the server is asked with, until it is taken away`() throws {
    let server = try LoopbackServer(.reply("One."), .reply("Two."), .reply("Three."))
    let chat = try Journey(with: server, home: try Self.home())
    try chat.ask("/preset review")
    try chat.seeSentence(
      "Preset review: asks openai/other, temperature 0.25, a system prompt; from the next prompt on."
    )
    try chat.ask("one")
    try chat.see("One.")
    try chat.see("preset review")
    expectReview(try body(1, server))
    try chat.ask("/new")
    try chat.seeNo("One.")
    try chat.ask("two")
    try chat.see("Two.")
    expectPlain(try body(2, server))
    chat.press(.alt("g"))
    try chat.see("Conversation")
    chat.press(.enter)
    try chat.see("One.")
    try chat.ask("/preset none")
    try chat.seeSentence("Preset review is gone; from the next prompt on it is as configured.")
    try chat.ask("three")
    try chat.see("Three.")
    expectPlain(try body(3, server))
    try chat.leave()
  }

  @Test func `is picked from a list that is read anew, and shows what is wrong`() throws {
    let server = try LoopbackServer(.reply("One."))
    let home = try Self.home()
    let chat = try Journey(with: server, home: home)
    try home.write("---\ntemprature: 1\n---\nBe brave.", to: "\(Self.presets)/brave.md")
    try chat.ask("/preset")
    try chat.see("● none")
    chat.type("brave")
    try chat.seeSentence("brave.md:2:1: 'temprature' is not known; did you mean 'temperature'?")
    chat.press(.enter)
    try chat.see("preset brave")
    try chat.seeSentence("brave.md:2:1: 'temprature' is not known; did you mean 'temperature'?")
    try chat.ask("one")
    try chat.see("One.")
    #expect(try body(1, server).contains(#""content":"Be brave.""#))
    try chat.leave()
  }

  @Test func `one whose file vanished, or whose model nobody has, changes nothing`() throws {
    let server = try LoopbackServer(.reply("One."))
    let home = try Self.home()
    try home.write(
      "---\nmodel: anthropic/claude\n---\nBe brave.", to: "\(Self.presets)/brave.md")
    let chat = try Journey(with: server, home: home)
    try chat.ask("/preset terce")
    try chat.seeSentence("No preset is called 'terce'; did you mean 'terse'?")
    try chat.ask("/preset brave")
    try chat.see("ANTHROPIC_API_KEY")
    try chat.ask("one")
    try chat.see("One.")
    try chat.seeNo("preset brave")
    let body = try body(1, server)
    expectPlain(body)
    #expect(!body.contains("Be brave."))
    try chat.leave()
  }

  // MARK: - --preset

  @Test func `the chat begins with a preset, and each new conversation does`() throws {
    let server = try LoopbackServer(.reply("One."), .reply("Two."), .reply("Three."))
    let home = try Self.home("model: openai/test\nsystem: Be kind.")
    let chat = try Journey(
      with: server, model: nil, arguments: ["--preset", "review"], home: home)
    try chat.ask("one")
    try chat.see("One.")
    expectReview(try body(1, server))
    try chat.ask("/new")
    try chat.seeNo("One.")
    try chat.ask("two")
    try chat.see("Two.")
    expectReview(try body(2, server))
    try chat.ask("/preset none")
    try chat.ask("three")
    try chat.see("Three.")
    expectPlain(try body(3, server))
    #expect(try body(3, server).contains("Be kind."))
    try chat.leave()
  }

  @Test func `what the command line says goes before the preset`() throws {
    let server = try LoopbackServer(.reply("One."))
    let patter = try PipedProgram(
      asking: server, options: ["--preset", "review", "-s", "Be kind.", "--temperature", "1"],
      home: try Self.home())
    try patter.expectEnd(.exited(0), output: "One.\n")
    let body = try body(1, server)
    #expect(body.contains(#""model":"test""#))
    #expect(body.contains(#""temperature":1"#))
    #expect(body.contains("Be kind.") && !body.contains("You review code."))
  }

  @Test func `a preset says in a pipe who is asked, whatever the configuration says`() throws {
    let server = try LoopbackServer(.reply("One."))
    let patter = try pipe(
      server, options: ["--preset", "review"], home: try Self.home("model: openai/test"))
    try patter.expectEnd(.exited(0), output: "One.\n")
    expectReview(try body(1, server))
  }

  @Test func `a configuration may name the preset to begin with`() throws {
    let server = try LoopbackServer(.reply("One."))
    let patter = try pipe(server, home: try Self.home("preset: review"))
    try patter.expectEnd(.exited(0), output: "One.\n")
    expectReview(try body(1, server))
  }

  @Test(arguments: [["-p"], []])
  func `a preset that there is not is told before anything is asked`(options: [String]) throws {
    let patter = try PipedProgram(
      BuiltProgram.path("patter"), options + ["--preset", "reveiw", "hi"], home: try Self.home())
    try patter.expectEnd(
      .exited(2),
      diagnostics: "patter: --preset: No preset is called 'reveiw'; did you mean 'review'?\n")
  }

  @Test func `a preset whose model nobody has is told before anything is asked`() throws {
    let patter = try PipedProgram(
      BuiltProgram.path("patter"), ["-p", "--preset", "review", "hi"], home: try Self.home())
    #expect(try patter.waitForExit() == .exited(2))
    #expect(patter.diagnostics.hasPrefix("patter: --preset review: "))
    #expect(patter.diagnostics.contains("OPENAI_API_KEY"))
  }

  @Test func `mistakes in a preset are errors in a pipe, and told in a chat`() throws {
    let home = try Self.home("preset: wrong")
    let file = "\(home.path)/\(Self.presets)/wrong.md"
    try home.write("---\nsend: qeue\n---\nBe brave.", to: "\(Self.presets)/wrong.md")
    let sentence = "\(file):2:7: 'send' cannot be 'qeue'; did you mean 'queue'?"
    let patter = try PipedProgram(BuiltProgram.path("patter"), ["-p", "hi"], home: home)
    try patter.expectEnd(.exited(2), diagnostics: "patter: \(sentence)\n")
    let chat = try Journey(with: nil, home: home, columns: 200)
    try chat.seeSentence(sentence)
    try chat.see("preset wrong")
    try chat.leave()
  }

  @Test func `a preset without its model is taken, and the sentence says where and which is near`()
    throws
  {
    let home = try Self.home()
    let file = "\(home.path)/\(Self.presets)/odd.md"
    try home.write("---\nmodel: opnai/gpt\n---\nBe odd.", to: "\(Self.presets)/odd.md")
    let chat = try Journey(with: nil, home: home, columns: 200)
    try chat.ask("/preset odd")
    try chat.seeSentence("\(file):2:8: There is no provider 'opnai'; did you mean 'openai'?")
    try chat.seeSentence("The rest of preset odd counts from the next prompt on.")
    try chat.see("preset odd")
    // Nothing of one whose model cannot be asked.
    try chat.ask("/preset review")
    try chat.seeSentence(
      "The preset “review” is not taken. OpenAI needs a key. Set OPENAI_API_KEY.")
    try chat.see("preset odd")
    try chat.leave()
  }

  @Test func `a configuration that names no preset there is says so, and the chat goes on`() throws
  {
    let home = try Self.home("preset: reveiw")
    let chat = try Journey(with: nil, home: home, columns: 200)
    try chat.seeSentence(
      "config.yaml:1:9: 'preset': No preset is called 'reveiw'; did you mean 'review'?")
    try chat.seeNo("· preset")
    try chat.leave()
  }

  // MARK: - /snippet

  @Test func `a snippet is filled in and sent`() throws {
    let server = try LoopbackServer(.reply("Aye."))
    let chat = try Journey(with: server, home: try Self.home())
    try chat.ask("/snippet")
    try chat.see("Say {{what}} to {{whom:everybody}}.")
    chat.press(.enter)
    try chat.see("› Say {{what}} to everybody.")
    chat.press(.enter)
    try chat.seeSentence("“what” is still to be filled in.")
    chat.type("hello")
    chat.press(.tab)
    chat.type("Ann")
    try chat.see("› Say hello to Ann.")
    chat.press(.enter)
    try chat.see("Aye.")
    #expect(try body(1, server).contains(#""content":"Say hello to Ann.""#))
    try chat.ask("/snippet sya")
    try chat.seeSentence("No snippet is called 'sya'; did you mean 'say'?")
    try chat.leave()
  }
}

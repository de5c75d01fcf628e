// `patter config`, in a pipe and on a terminal with a scripted editor.

import Glibc
import Providers
import Support
import Testing
import YAMLDocuments

@testable import Patter

@Suite struct ConfigCommandTests {
  private static let place = ".config/patter/config.yaml"

  private func run(
    _ words: [String], home: TestHome, variables: [String: String] = [:]
  ) throws -> PipedProgram {
    try PipedProgram(
      BuiltProgram.path("patter"), ["config"] + words, home: home,
      variables: ["SWIFT_BACKTRACE": "enable=no"].merging(variables) { $1 })
  }

  /// A terminal in which `patter config` opens an editor that runs these commands; the file is `$1`.
  private func edit(_ script: String, home: TestHome) throws -> Journey {
    try home.write("#!/bin/sh\n\(script)\n", to: "editor", permissions: 0o755)
    return try Journey(
      BuiltProgram.path("patter"), ["config"], variables: ["EDITOR": "\(home.path)/editor"],
      home: home, columns: 160)
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  // MARK: - Without an editor

  @Test func `tells where the file is`() throws {
    let home = try TestHome()
    try run(["--path"], home: home)
      .expectEnd(.exited(0), output: "\(home.path)/\(Self.place)\n")
    try run(["--path"], home: home, variables: ["PATTER_CONFIG": "~/mine.yaml"])
      .expectEnd(.exited(0), output: "\(home.path)/mine.yaml\n")
  }

  @Test func `checks the file, each mistake in a line that editors jump to`() throws {
    let home = try TestHome()
    try run(["--check"], home: home).expectEnd(
      .exited(0),
      output: "\(home.path)/\(Self.place): There is no such file. Everything has its default; "
        + "patter config makes one.\n")
    try home.write("send: queue\n", to: Self.place)
    try run(["--check"], home: home)
      .expectEnd(.exited(0), output: "\(home.path)/\(Self.place): All is well.\n")
    try home.write("send: qeue\n\nmodle: x\n", to: Self.place)
    try run(["--check"], home: home).expectEnd(
      .exited(1),
      output: """
        \(home.path)/\(Self.place):1:7: 'send' cannot be 'qeue'; did you mean 'queue'?
        \(home.path)/\(Self.place):3:1: 'modle' is not known; did you mean 'model'?

        """)
  }

  @Test func `a file that a variable names has to be there`() throws {
    let home = try TestHome()
    try run(["--check"], home: home, variables: ["PATTER_CONFIG": "/nowhere/c.yaml"]).expectEnd(
      .exited(1), output: "/nowhere/c.yaml: There is no such file; PATTER_CONFIG names it.\n")
  }

  @Test func `prints what counts, before it options and variables, and no secret`() throws {
    let home = try TestHome.configured(
      "send: queue\nproviders: {openai: {apiKey: sk-planted, headers: {X: planted}}}\n")
    let program = try run(
      ["--print", "-m", "ollama/x"], home: home,
      variables: [
        "PATTER_THEME": "nord", "OPENAI_API_KEY": "sk-planted",
        "OLLAMA_HOST": "http://ada:planted@127.0.0.1:1",
      ])
    #expect(try program.waitForExit() == .exited(0))
    #expect(program.diagnostics == "")
    let lines = program.output.split(separator: "\n").map(String.init)
    func has(_ words: String, _ origin: String) -> Bool {
      lines.contains { $0.hasPrefix(words + " ") && $0.hasSuffix(" # \(origin)") }
    }
    #expect(has("model: ollama/x", "-m"))
    #expect(has("theme: nord", "PATTER_THEME"))
    #expect(has("send: queue", "config.yaml:1"))
    #expect(has("cutReplies: keep", "default"))
    #expect(
      lines.contains("# Set, and before what is written of providers: OPENAI_API_KEY, OLLAMA_HOST"))
    #expect(lines.contains("# OPENAI_API_KEY and the headers of openai go to api.openai.com."))
    #expect(!program.output.contains("planted"))
  }

  @Test func `prints which key goes where, and warns where it can be read on its way`() throws {
    let home = try TestHome.configured(
      "providers: {openai: {baseURL: http://gate.example.org/v1}}\n")
    let program = try run(["--print"], home: home, variables: ["OPENAI_API_KEY": "sk-planted"])
    #expect(try program.waitForExit() == .exited(0))
    #expect(
      program.output.contains(
        "\n# OPENAI_API_KEY goes to gate.example.org over plain http: whoever is on the way can read it.\n"
      ))
    #expect(
      program.diagnostics.contains(
        "config.yaml:1:22: 'providers.openai.baseURL' is plain http: whoever is on the way can read "
          + "prompts, replies and the key. Begin it with https://"))
    #expect(!(program.output + program.diagnostics).contains("planted"))
  }

  @Test(
    arguments: [
      // The variable's address is asked, and not the file's.
      (
        "providers: {openai: {baseURL: http://gate.example.org/v1}}\n",
        ["OPENAI_BASE_URL": "https://other.example.org", "OPENAI_API_KEY": "planted"], nil
      ),
      (
        "providers: {openai: {baseURL: https://gate.example.org/v1}}\n",
        ["OPENAI_BASE_URL": "http://other.example.org", "OPENAI_API_KEY": "planted"],
        "environment: OPENAI_BASE_URL is plain http: whoever is on the way can read prompts, replies "
          + "and the key."
      ),
      (
        "providers: {ollama: {baseURL: http://gate.example.org}}\n", [:],
        "'providers.ollama.baseURL' is plain http: whoever is on the way can read prompts and replies."
      ),
      (
        "providers: {ollama: {baseURL: http://gate.example.org, headers: {X: planted}}}\n", [:],
        "'providers.ollama.baseURL' is plain http: whoever is on the way can read prompts, replies and "
          + "headers."
      ),
    ] as [(String, [String: String], String?)])
  func `warns of the address that is asked, and of what goes there`(
    yaml: String, variables: [String: String], sentence: String?
  ) throws {
    let home = try TestHome.configured(yaml)
    let program = try run(["--check"], home: home, variables: variables)
    #expect(try program.waitForExit() == .exited(0))
    if let sentence {
      #expect(program.output.ranges(of: sentence).count == 1, "\(program.output)")
    } else {
      #expect(program.output.hasSuffix(": All is well.\n"), "\(program.output)")
    }
    #expect(!program.output.contains("planted"))
  }

  @Test func `prints what is right of a file, and says what is wrong`() throws {
    let home = try TestHome.configured("send: sideways\nnotify: bell\n")
    let program = try run(["--print"], home: home)
    #expect(try program.waitForExit() == .exited(1))
    #expect(program.output.contains("\nnotify: bell"))
    #expect(program.output.contains("\nsend: replace"))
    #expect(program.diagnostics.contains("config.yaml:1:7: 'send' cannot be 'sideways'"))
  }

  @Test(arguments: [
    (["--prnit"], "there is no option --prnit; did you mean --print?"),
    (["--print", "hi"], "config --print takes neither a prompt nor -p, -f or --trace"),
    (["--check", "-p"], "config --check takes neither a prompt nor -p, -f or --trace"),
    (["--print", "-f", "x"], "config --print takes neither a prompt nor -p, -f or --trace"),
  ])
  func `what makes no sense is refused`(words: [String], sentence: String) throws {
    try run(words, home: TestHome()).expectEnd(.exited(2), saying: [sentence])
  }

  @Test func `without a terminal it says where the file is and what to do`() throws {
    let home = try TestHome()
    try run([], home: home).expectEnd(
      .exited(1), saying: ["The configuration is \(home.path)/\(Self.place).", "--check"])
    #expect(home.read(Self.place) == nil)
  }

  // MARK: - With an editor

  @Test func `makes an example where there is none, for the user alone, and opens it`() throws {
    let home = try TestHome()
    let journey = try edit("cp \"$1\" \"$1.seen\"", home: home)
    #expect(try journey.patter.waitForExit() == .exited(0))
    #expect(journey.picture.shows("config.yaml: All is well."))
    let path = "\(home.path)/\(Self.place)"
    #expect(mode(path) == 0o600)
    #expect(mode("\(home.path)/.config/patter") == 0o700)
    let seen = try #require(home.read("\(Self.place).seen"))
    #expect(seen == home.read(Self.place))
    #expect(seen.hasPrefix("# yaml-language-server: $schema=/"))
    #expect(seen.contains("# model: ollama/llama3.2"))
  }

  @Test func `opens the file there is, and tells what is wrong with it afterwards`() throws {
    let home = try TestHome.configured("send: queue\n")
    let journey = try edit("cat \"$1\"; echo 'send: qeue' > \"$1\"", home: home)
    #expect(try journey.patter.waitForExit() == .exited(1))
    #expect(journey.picture.shows("send: queue"))
    #expect(journey.picture.shows("config.yaml:1:7: 'send' cannot be 'qeue'; did you mean"))
  }

  @Test func `an editor that fails is told, and the file is checked all the same`() throws {
    let home = try TestHome.configured("send: queue\n")
    let journey = try edit("exit 3", home: home)
    #expect(try journey.patter.waitForExit() == .exited(1))
    #expect(journey.picture.shows("failed (exit code 3)."))
    #expect(journey.picture.shows("config.yaml: All is well."))
  }

  @Test func `Ctrl-C is the editor's while that has the terminal`() throws {
    let home = try TestHome.configured("send: queue\n")
    let journey = try edit("trap 'echo got it; exit 0' INT; echo is' 'open; read line", home: home)
    try journey.see("is open")
    journey.press(.control("c"))
    try journey.see("got it")
    #expect(try journey.patter.waitForExit() == .exited(0))
    #expect(journey.picture.shows("config.yaml: All is well."))
  }

  // MARK: - The example

  private func read(_ yaml: String) throws -> Configuration.Reading {
    Configuration.read(
      try YAMLDocument.read(yaml, file: ""), file: "", providers: .standard,
      themes: ["patter-dark", "patter-light"])
  }

  @Test func `the example as it is written is the defaults`() throws {
    let reading = try read(ConfigurationExample.text(schema: "/a/b"))
    #expect(reading.errors == [])
    #expect(reading.value == Configuration())
  }

  @Test func `the example has every member, and all of it is right once it counts`() throws {
    let yaml = uncommented(ConfigurationExample.text(schema: nil))
    let reading = try read(yaml)
    #expect(reading.errors == [])
    #expect(reading.value.ownProviders.map(\.id) == ["work"])
    #expect(reading.value.commands.keys.sorted() == ["echo"])
    #expect(reading.value.keyFiles["anthropic"] != nil)
    for name in Configuration.memberNames { #expect("\n\(yaml)".contains("\n\(name):"), "\(name)") }
    for name in ConfigurationSheet.members { #expect(yaml.contains(" \(name):"), "\(name)") }
  }

  @Test func `what the example says of defaults is so`() throws {
    let yaml = uncommented(ConfigurationExample.text(schema: nil))
    let start = try #require(yaml.firstRange(of: "editing:"))
    let reading = try read(String(yaml[start.lowerBound...]))
    #expect(reading.errors == [])
    #expect(reading.value == Configuration())
  }
}

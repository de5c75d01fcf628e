// Presets and snippets from their files: what is right counts, each mistake is told at its place in the
// whole file, and what cannot be is refused.

import Chat
import Interface
import Providers
import Settings
import Support
import Testing

@testable import Patter

struct PresetFileTests {
  private static let configuration = {
    var configuration = Configuration()
    configuration.routes["careful"] = Route(
      "careful", .chain, [ModelID(provider: "ollama", name: "llama3.2")])
    configuration.commands["echo"] = CommandProvider(["cat"], input: .prompt)
    return configuration
  }()

  /// Folders below a home, with these files in them.
  private struct Shelf {
    let home: TestHome
    let folders: OwnTextFolders

    init(_ files: [String: String] = [:]) throws {
      home = try TestHome()
      for (name, text) in files { try home.write(text, to: name) }
      folders = OwnTextFolders(folder: home.path, configuration: PresetFileTests.configuration)
    }

    /// A sentence with the home's path left out.
    func bare(_ sentence: String) -> String { sentence.replacing("\(home.path)/", with: "") }

    func preset(_ name: String) throws -> WrittenPreset { try folders.preset(name).value }

    func refusal(of name: String, _ kind: OwnTextKind = .preset) -> String? {
      do {
        switch kind {
        case .preset: _ = try folders.preset(name)
        case .snippet: _ = try folders.snippet(name)
        }
        return nil
      } catch {
        return bare(error.message)
      }
    }
  }

  /// A preset of this text, and what is wrong with it, without the file's name.
  private func read(_ text: String) throws -> (value: WrittenPreset, errors: [String]) {
    let shelf = try Shelf(["presets/a.md": text])
    let read = try shelf.folders.preset("a")
    return (read.value, read.errors.map { String(shelf.bare($0.description).dropFirst(13)) })
  }

  // MARK: - What is right

  @Test func `a file without settings is a system prompt`() throws {
    let (value, errors) = try read("\nBe brief.\n\n- and kind\n")
    #expect(errors == [])
    #expect(value == WrittenPreset(value: Preset("a", systemPrompt: "Be brief.\n\n- and kind")))
  }

  @Test func `reads everything there is`() throws {
    let (value, errors) = try read(
      """
      ---
      description: >
        For code
        and prose.
      model: ollama/llama3.2
      maxTokens: 100
      temperature: 0.5
      topP: 0.9
      stop: [END]
      seed: 7
      effort: high
      send: queue
      cutReplies: note
      ---
      Be brief.
      """)
    #expect(errors == [])
    var preset = Preset("a", systemPrompt: "Be brief.")
    preset.options = ReplyOptions(
      maxTokens: 100, temperature: 0.5, topP: 0.9, stop: ["END"], seed: 7, effort: .high)
    preset.sendPolicy = .queue
    preset.cutReplyPolicy = .note
    #expect(
      value
        == WrittenPreset(
          value: preset, model: "ollama/llama3.2", description: "For code and prose."))
  }

  @Test(arguments: ["careful", "echo/anything", "openai/gpt-6-luna"])
  func `names whom the configuration can name`(model: String) throws {
    let (value, errors) = try read("---\nmodel: \(model)\n---\n")
    #expect(errors == [])
    #expect(value.model == model)
    #expect(value.value.systemPrompt == nil)
  }

  @Test(arguments: ["", "---\n---\n", "---\n# nothing\n---\n \n"])
  func `a file without anything sets nothing`(text: String) throws {
    #expect(try read(text).value == WrittenPreset(value: Preset("a")))
  }

  // MARK: - What is wrong, and counts no more than that

  @Test(arguments: [
    ("temprature: 1", "3:1: 'temprature' is not known; did you mean 'temperature'?"),
    (
      "options: {seed: 1}",
      "3:1: 'options' is not known; known: description, model, send, cutReplies, maxTokens, temperature, "
        + "topP, stop, seed, effort."
    ),
    ("temperature: 3", "3:14: 'temperature' must be a number from 0.0 to 2.0, not '3'."),
    (
      "maxTokens: '5'",
      "3:12: 'maxTokens' must be a whole number from 1 to 10000000, without quotation marks, not '5'."
    ),
    ("send: qeue", "3:7: 'send' cannot be 'qeue'; did you mean 'queue'?"),
    ("cutReplies: maybe", "3:13: 'cutReplies' cannot be 'maybe'; known: keep, drop, note."),
    ("effort: hihg", "3:9: 'effort' cannot be 'hihg'; did you mean 'high'?"),
    ("model: openai", "3:8: 'openai' is a provider; its models are written 'openai/NAME'."),
    (
      "model: carefull",
      "3:8: 'carefull' is neither a model, written PROVIDER/NAME, nor a chain or pool; did you mean "
        + "'careful'?"
    ),
    ("model: opnai/x", "3:8: There is no provider 'opnai'; did you mean 'openai'?"),
    ("description: [a]", "3:14: 'description' must be text, not a list."),
    (
      "seed: 1\nseed: 2", "4:1: 'seed' stands here a second time; the first one, in line 3, counts."
    ),
    (
      "model:",
      "3:7: 'model' has no value; it must be text. A '#' outside quotation marks begins a comment."
    ),
  ])
  func `a mistake is told once, and the rest counts`(line: String, sentence: String) throws {
    let (value, errors) = try read("---\ntopP: 0.5\n\(line)\n---\nBe brief.")
    #expect(errors == [sentence])
    #expect(value.value.options.topP == 0.5)
    #expect(value.value.systemPrompt == "Be brief.")
  }

  @Test func `mistakes are told in the order of the file`() throws {
    let (_, errors) = try read("---\nsend: x\ntopP: 7\nbogus: 1\n---\n")
    #expect(errors.map { $0.prefix(2) } == ["2:", "3:", "4:"])
  }

  // MARK: - What is refused

  @Test(arguments: [
    (
      "---\ntopP: 1\n",
      "presets/a.md:1:1: The settings that begin here do not end; write --- in a line below them."
    ),
    ("---\nstop: [a\n---\n", "presets/a.md:3:1: "),
    ("a\0b", "presets/a.md: This is not text: it has NUL characters."),
  ])
  func `a file that cannot be read is no preset`(text: String, sentence: String) throws {
    let shelf = try Shelf(["presets/a.md": text])
    let refusal = try #require(shelf.refusal(of: "a"))
    #expect(refusal.hasPrefix(sentence), "\(refusal)")
    #expect(shelf.folders.list(.preset).rows.map(\.description) == ["broken"])
  }

  @Test func `a name that there is not is told with the nearest`() throws {
    let shelf = try Shelf(["presets/review.md": "", "presets/terse.md": "", "snippets/bug.md": ""])
    #expect(
      shelf.refusal(of: "reveiw") == "No preset is called 'reveiw'; did you mean 'review'?")
    #expect(shelf.refusal(of: "other") == "No preset is called 'other'; known: review, terse.")
    #expect(
      shelf.refusal(of: "bugg", .snippet) == "No snippet is called 'bugg'; did you mean 'bug'?")
    #expect(try Shelf().refusal(of: "x") == "No preset is called 'x'; there is none in presets.")
    let homeless = OwnTextFolders(folder: nil, configuration: Configuration())
    #expect(throws: OwnTextFolders.Fault(message: "No preset is called 'x': there is no home.")) {
      try homeless.preset("x")
    }
  }

  @Test(arguments: ["../secret", "/etc/passwd", "a/b", ".hidden", " a", "", "none", "a\nb"])
  func `a name leads to no other folder`(name: String) throws {
    let shelf = try Shelf([
      "presets/a.md": "", "presets/a/b.md": "", "secret.md": "x", "presets/.hidden.md": "x",
      "presets/none.md": "x",
    ])
    #expect(shelf.refusal(of: name)?.hasPrefix("No preset is called") == true)
  }

  // MARK: - Lists

  @Test func `lists the files by their names, and says which are left out`() throws {
    let long = String(repeating: "x", count: 65)
    let shelf = try Shelf([
      "presets/b.md": "Be brief.", "presets/a code.md": "---\ndescription: For code.\n---\n",
      "presets/none.md": "", "presets/\(long).md": "", "presets/c.txt": "", "presets/.d.md": "",
    ])
    let list = shelf.folders.list(.preset)
    #expect(list.rows.map(\.name) == ["a code", "b"])
    #expect(list.rows.map(\.description) == ["For code.", ""])
    #expect(
      list.notes == [
        "'none.md' is left out: a name has up to 64 characters, no blanks at its ends, and none is called "
          + "'none'."
      ])
    #expect(list.folder == "\(shelf.home.path)/presets")
  }

  @Test func `a row shows what the preset sets, and first what is wrong`() throws {
    let shelf = try Shelf([
      "presets/a.md":
        "---\ndescription: For code.\nmodel: careful\ntopP: 0.5\nsend: block\n---\nBe brief.",
      "presets/b.md": "---\nbogus: 1\n---\n",
    ])
    let rows = shelf.folders.list(.preset).rows
    #expect(
      rows[0].preview
        == "For code.\nasks careful, topP 0.5, no prompt while a reply is live\nBe brief.")
    #expect(
      shelf.bare(rows[1].preview).hasPrefix("presets/b.md:2:1: 'bogus' is not known;"))
    #expect(rows[1].preview.hasSuffix("\nNo system prompt: the conversation keeps its own."))
  }

  @Test func `lists no more files than it says`() throws {
    let names = (100...(100 + OwnTextFolders.listLimit)).map { "snippets/\($0).md" }
    let shelf = try Shelf(Dictionary(uniqueKeysWithValues: names.map { ($0, "x") }))
    let list = shelf.folders.list(.snippet)
    #expect(list.rows.count == OwnTextFolders.listLimit)
    #expect(
      list.notes == ["There are more than 200 files; those behind '299' are left out."])
  }

  // MARK: - Snippets

  @Test func `a snippet is its text, and may say what it is for`() throws {
    let shelf = try Shelf([
      "snippets/bug.md": "---\ndescription: A report.\nmodel: x\n---\nIt {{what}}.\n",
      "snippets/empty.md": "---\ndescription: Nothing.\n---\n",
    ])
    let read = try shelf.folders.snippet("bug")
    #expect(read.value == OwnTextFolders.Snippet(text: "It {{what}}.", description: "A report."))
    #expect(
      read.errors.map { shelf.bare($0.description) }
        == ["snippets/bug.md:3:1: 'model' is not known; known: description."])
    #expect(shelf.refusal(of: "empty", .snippet) == "snippets/empty.md: There is no text in it.")
  }

  // MARK: - The command line goes before it

  @Test func `what the command line says goes before a preset`() throws {
    let preset = WrittenPreset(
      value: Preset(
        "a", systemPrompt: "Be brief.", options: ReplyOptions(temperature: 1, topP: 0.5)),
      model: "careful")
    let nothing = try Arguments([])
    #expect(preset.below(nothing) == preset)
    let all = preset.below(try Arguments(["-m", "a/b", "-s", "", "--temperature", "0"]))
    #expect(all.model == nil)
    #expect(all.value.systemPrompt == nil)
    #expect(all.value.options == ReplyOptions(temperature: 0, topP: 0.5))
  }
}

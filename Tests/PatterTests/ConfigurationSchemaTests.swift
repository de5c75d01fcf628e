// The schema for editors, held against what reads the file.

import Chat
import FoundationEssentials
import Glibc
import Interface
import Providers
import Settings
import Support
import Testing
import YAMLDocuments

@testable import Patter

struct ConfigurationSchemaTests {
  private let schema: JSONSchema

  init() throws {
    schema = JSONSchema(
      root: try JSONDecoder().decode(JSONValue.self, from: Data(ConfigurationSchema.text.utf8)))
  }

  private func allows(_ yaml: String) throws -> Bool {
    try schema.allows(JSONValue(try YAMLDocument.read(yaml, file: "")))
  }

  /// The members of a schema at this way, through whatever else is around them.
  private func members(_ path: String...) -> Set<String> {
    var here = schema.root
    for name in path {
      here =
        name == "*"
        ? here.object["additionalProperties"] ?? .null
        : here.object["properties"]?.object[name] ?? .null
      if let reference = here.object["$ref"] { here = schema.referred(reference) }
    }
    return Set((here.object["properties"]?.object ?? [:]).keys)
  }

  @Test func `the file is what the program prints`() throws {
    let path = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    let file = fopen("\(path)/Sources/Schemas/config.schema.json", "r")
    let stream = try #require(file, "the schema lies there")
    defer { fclose(stream) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, stream)
    #expect(
      String(decoding: bytes[..<count], as: UTF8.self) == ConfigurationSchema.text,
      "swift run patter config --schema > Sources/Schemas/config.schema.json makes it anew")
  }

  @Test func `it knows the members that the rows know, and no others`() {
    #expect(members() == Set(ConfigurationSheet.rows.map(\.name)))
    for row in ConfigurationSheet.rows where !row.innerNames.isEmpty {
      #expect(members(row.name) == Set(row.innerNames), "\(row.name)")
    }
    #expect(members("theme").isEmpty)
    #expect(members("keys") == Set(Action.allCases.map(\.name)))
    #expect(members("commands", "*") == ["command", "input"])
    #expect(members("models", "*") == Set(["window"] + ConfigurationSheet.optionNames))
    #expect(members("providers", "*") == Set(ConfigurationSheet.members))
    let servers = ProviderTable.standard.rows.filter { $0.server != nil }.map(\.id)
    #expect(members("providers") == Set(servers))
    for server in servers {
      #expect(members("providers", server) == Set(ConfigurationSheet.members).subtracting(["type"]))
    }
  }

  @Test func `every member says what it is for`() {
    func check(_ schema: JSONValue, _ path: String) {
      for (name, member) in schema.object["properties"]?.object ?? [:] {
        let isProvider = path == ".providers"
        #expect(isProvider || member.object["description"] != nil, "\(path).\(name)")
        check(member, "\(path).\(name)")
      }
      if let value = schema.object["additionalProperties"] { check(value, "\(path).*") }
    }
    check(schema.root, "")
  }

  @Test func `it allows everything that can be written`() throws {
    #expect(try allows(ConfigurationPrintTests.everything))
    #expect(try allows(uncommented(ConfigurationExample.text(schema: nil))))
    #expect(try allows(""))
    let printed = ConfigurationText.text(of: Configuration(), ConfigurationOrigins(), path: nil)
    #expect(try allows(printed))
  }

  @Test(arguments: [
    "modle: a/b", "retry: {retrys: 1}", "models: {ollama/x: {windw: 1}}", "theme: {name: nord}",
    "commands: {echo: {command: [cat], shell: yes}}", "[]", "model: [a/b]", "theme: [nord]",
    "theme:", "fallback: [ollama/x]", "pools: {fast: ollama/x}", "pools: {fast: [[ollama/x]]}",
    "retry: often", "idle: 90 s", "models: {ollama/x: 8192}", "commands: {echo: [cat]}",
    "commands: {echo: {command: cat -n}}", "commands: {echo: {command: []}}",
    "commands: {echo: {input: json}}", "retry: {retries: 11}", "retry: {retries: -1}",
    "retry: {retries: '1'}", "retry: {base: 500}", "retry: {total: for ever}", "send: que",
    "commands: {echo: {command: [cat], input: jsn}}", "cutReplies: forget", "parallelStreams: 0",
    "parallelStreams: 65", "parallelStreams: 1.5", "notify: ring", "editing: ed",
    "models: {ollama/x: {window: 255}}", "models: {ollama/x: {window: 8k}}", "models: {ollama: {}}",
    "pools: {fast: []}", "pools: {fast: [ollama]}", "pools: {a/b: [ollama/x]}",
    "options: {temperature: 2.1}", "options: {topP: -0.1}", "options: {maxTokens: 0}",
    "options: {stop: END}", "options: {effort: hard}", "options: {seed: x}",
    "keys: {snd: enter}", "keys: {send: {a: b}}", "view: {details: yes}", "view: {mouse: 1}",
    "view: {colour: true}", "providers: {work: {baseURL: \"http://a\"}}",
    "providers: {work: {type: openai}}", "providers: {openai: {type: openai}}",
    "providers: {work: {type: oracle, baseURL: \"http://a\"}}", "providers: {guide: {}}",
    "providers: {openai: {baseURL: \"ftp://a\"}}", "providers: {openai: {apiKeyCommand: pass}}",
    "providers: {openai: {apikey: x}}", "providers: {openai: {headers: [a]}}",
  ])
  func `it refuses what the reader refuses`(yaml: String) throws {
    let document = try YAMLDocument.read(yaml, file: "")
    let reading = Configuration.read(
      document, file: "", providers: .standard, themes: ["nord", "patter-dark"])
    #expect(!reading.errors.isEmpty)
    #expect(try !allows(yaml))
  }
}

/// An example with everything in it that was commented out.
func uncommented(_ example: String) -> String {
  example.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    line.hasPrefix(ConfigurationExample.mark)
      ? String(line.dropFirst(ConfigurationExample.mark.count)) : String(line)
  }.joined(separator: "\n")
}

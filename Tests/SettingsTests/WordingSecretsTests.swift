// What may be a key is repeated in no sentence.

import Settings
import Testing

@Suite struct `What a sentence repeats` {
  @Test(arguments: [
    "sk-SECRET1234567890", "sk-proj-abc", "gsk_abcd", "gsk-NEWKEY-123456789012345", "AIzaSyabc",
    "Bearer abc", "Authorization Bearer x", "echo sk-abcd", "0123456789abcdef0123456789abcdef",
    "key=a1b2c3d4e5f6a7b8c9d0e1", "hf_abcd", "a/sk-abcd", "a,sk-abcd", "AKIAIOSFODNN7EXAMPLE",
  ])
  func `is no key`(text: String) {
    #expect(mayBeKey(text))
    #expect(quoted(text) == "what may be a key")
  }

  @Test(arguments: [
    "careful", "anthropic/claude-sonnet-4-20250514", "ollama/llama3.2:70b-instruct-q4_K_M",
    "~/.config/patter/keys/openai", "http://127.0.0.1:8080/v1", "sk-", "task-list", "1000000",
    "Antidisestablishmentarianism", "disk-usage", "",
  ])
  func `is any other word`(text: String) {
    #expect(!mayBeKey(text))
    #expect(quoted(text) == "'\(text)'")
  }

  @Test func `is no value below members that hold keys, nor a document that is one value`() {
    var reader = SettingsReader(file: "f", secretMembers: ["providers"])
    let node = Node(.scalar("hunter2", isQuoted: false), at: Place(line: 1, column: 1))
    _ = reader.mapping(Setting(path: "providers.x", node: node))
    _ = reader.integer(Setting(path: "providers.x", node: node), in: 0...1)
    _ = reader.mapping(Setting(path: "", node: node))
    _ = reader.mapping(Setting(path: "retry", node: node))
    #expect(
      reader.errors.map { $0.message.contains("hunter2") } == [false, false, false, true])
  }
}

// What may be a key is not shown, wherever in a command or an address it stands.

import Settings
import Testing

@Suite struct `Words that are shown` {
  @Test(arguments: [
    ["pass", "show", "openai"], ["op", "read", "op://vault/openai/credential"],
    ["secret-tool", "lookup", "service", "openai"], ["~/bin/key", "--for", "openai", "-n"],
    ["sh", "-c", "pass show openai | head -1"], ["gcloud", "auth", "print-access-token"],
    ["curl", "https://vault.example.org:8200/v1/openai"], ["cat", "", "a, b", "--token"],
  ])
  func `are ordinary ones`(words: [String]) {
    #expect(withoutKeys(words) == words)
  }

  @Test(arguments: [
    (["echo", "sk-planted-1234"], ["echo", "(hidden)"]),
    (["sk-planted-1234"], ["(hidden)"]),
    (["sh", "-c", "echo sk-planted-1234"], ["sh", "-c", "(hidden)"]),
    (["echo", "0123456789abcdef0123"], ["echo", "(hidden)"]),
    (
      ["curl", "-H", "Authorization: Bearer planted"], ["curl", "-H", "Authorization: (hidden)"]
    ),
    (
      ["curl", "-H", "authorization:bearer planted"],
      ["curl", "-H", "authorization:bearer (hidden)"]
    ),
    (["curl", "-H", "X-Api-Key: planted"], ["curl", "-H", "X-Api-Key: (hidden)"]),
    (["env", "TOKEN=planted", "get"], ["env", "TOKEN=(hidden)", "get"]),
    (["vault", "--token=planted="], ["vault", "--token=(hidden)"]),
    (["vault", "--token", "planted"], ["vault", "--token", "(hidden)"]),
    (["curl", "-u", "ada:planted"], ["curl", "-u", "(hidden)"]),
    (["echo", "sk-planted-1234=="], ["echo", "(hidden)"]),
    (
      ["curl", "https://ada:planted@a.example.org/v1?planted"],
      ["curl", "https://(hidden)@a.example.org/v1?(hidden)"]
    ),
    (
      ["curl", "https://a.example.org/?key=planted"], ["curl", "https://a.example.org/?(hidden)"]
    ),
  ])
  func `are those without a key`(words: [String], shown: [String]) {
    #expect(withoutKeys(words) == shown)
  }

  @Test(arguments: [
    ("https://llm.example.org/v1", "https://llm.example.org/v1"),
    ("127.0.0.1:11434", "127.0.0.1:11434"),
    ("https://[::1]:8080/v1/", "https://[::1]:8080/v1/"),
    (
      "https://gate.example.org/sk-planted-1234/v1", "https://gate.example.org/(hidden)/v1"
    ),
    ("https://ada:planted@gate.example.org", "https://(hidden)@gate.example.org"),
    ("https://gate.example.org?key=planted#x", "https://gate.example.org?(hidden)"),
    ("sk-planted-1234", "(hidden)"),
    ("sk-planted-1234://x", "(hidden)"),
  ])
  func `are an address without a key`(address: String, shown: String) {
    #expect(withoutKeys(inAddress: address) == shown)
  }
}

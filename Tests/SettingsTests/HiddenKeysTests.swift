// What may be a key is not shown, wherever in a command or an address it stands.

import Settings
import Testing

@Suite struct `Words that are shown` {
  @Test(arguments: [
    ["pass", "show", "openai"], ["op", "read", "op://vault/openai/credential"],
    ["secret-tool", "lookup", "service", "openai"], ["~/bin/key", "--for", "openai", "-n"],
    ["sh", "-c", "pass show openai | head -1"], ["gcloud", "auth", "print-access-token"],
    ["curl", "https://vault.example.org:8200/v1/openai"], ["cat", "", "a, b", "--token"],
    ["llm", "--max-tokens", "100", "-u", "x"], ["python3", "-u", "bot.py"],
  ])
  func `are those of a command that holds no key`(words: [String]) {
    #expect(!mayHoldKey(words))
  }

  @Test(arguments: [
    ["echo", "sk-planted-1234"], ["sk-planted-1234"], ["sh", "-c", "echo sk-planted-1234"],
    ["echo", "0123456789abcdef0123"], ["curl", "-H", "Authorization: Bearer planted"],
    ["curl", "-H", "authorization:bearer planted"], ["curl", "-H", "X-Api-Key: planted"],
    ["curl", "-H", "x-api-key:planted"], ["curl", "-Hx-api-key:planted"],
    ["curl", "--header", "x-api-key:planted"], ["env", "TOKEN=planted", "get"],
    ["vault", "--token=planted="], ["vault", "--token", "planted"], ["vault", "--key", "planted"],
    ["vault", "--pass", "planted"], ["vault", "--auth", "planted"],
    ["vault", "--client-secret-id", "planted"], ["vault", "--user-token", "planted"],
    ["curl", "-u", "ada:planted"], ["curl", "-uada:planted"], ["echo", "sk-planted-1234=="],
    ["sh", "-c", "curl -u ada:planted https://a.example.org"],
    ["sh", "-c", "curl --password planted https://a.example.org"],
    ["sh", "-c", "curl '-uada:planted' https://a.example.org"],
    ["curl", "https://ada:planted@a.example.org/v1"], ["curl", "https://a.example.org/?planted"],
    ["curl", "https://a.example.org,https://ada:planted@b.example.org"],
    ["/nonexistent/sk-planted1234"], ["curl", "https://h/x,sk-planted-1234"],
    ["echo", "AKIAIOSFODNN7EXAMPLE"],
  ])
  func `are not those of a command that may hold one`(words: [String]) {
    #expect(mayHoldKey(words))
  }

  @Test(arguments: [
    (["pass", "show"], "pass"), (["/usr/bin/op", "planted"], "/usr/bin/op"),
    (["~/bin/my-key.sh"], "~/bin/my-key.sh"), (["sk-planted-1234"], "a program"),
    (["/nonexistent/sk-planted1234"], "a program"), (["echo planted"], "a program"),
    (["\u{1B}[2J"], "a program"), ([], "a program"),
  ])
  func `are the program alone, where its name is an ordinary one`(words: [String], shown: String) {
    #expect(shownProgram(of: words) == shown)
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
    ("https://gate.example.org/v1,gsk_planted/v1", "https://gate.example.org/(hidden)/v1"),
    ("https://gate.example.org/AKIAIOSFODNN7EXAMPLE", "https://gate.example.org/(hidden)"),
    ("sk-planted-1234", "(hidden)"),
    ("sk-planted-1234://x", "(hidden)"),
  ])
  func `are an address without a key`(address: String, shown: String) {
    #expect(withoutKeys(inAddress: address) == shown)
  }
}

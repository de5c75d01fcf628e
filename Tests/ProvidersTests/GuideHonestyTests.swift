import Providers
import Testing

@Suite struct `The guide, being honest` {
  @Test(arguments: GuideAsking.prompts)
  func `says in the first answer that it is no model`(prompt: String) {
    #expect(GuideAsking.answer([prompt]).contains("no model"))
  }

  @Test(arguments: [
    "who are you", "What are you?", "are you a human", "Are you ChatGPT?", "which model is this",
    "what is this?", "what's your name",
  ])
  func `says so whenever it is asked`(prompt: String) {
    let text = GuideAsking.later(prompt)
    #expect(text.contains("I am no model"))
    #expect(text.contains("9.8.7"))
  }

  @Test func `does not repeat it in every answer`() {
    #expect(!GuideAsking.later("keys").contains("no model"))
    #expect(!GuideAsking.later("thanks").contains("no model"))
  }

  @Test(arguments: [
    "What is the capital of France?", "hello, what is the capital of France?", "42", "",
    "How long does it take to fly to Mars?", "🦀", "translate this to Danish",
  ])
  func `says that it cannot think, and how to connect what can`(prompt: String) {
    let text = GuideAsking.later(prompt)
    #expect(text.hasPrefix("I cannot think about that"))
    #expect(text.contains("OpenAI, llama.cpp, Zebra"))
    #expect(text.contains("connect a model"))
  }

  @Test(arguments: ["help", "What can you do?", "?", "how does this work", "tutorial"])
  func `says what it can be asked`(prompt: String) {
    #expect(GuideAsking.later(prompt).contains("What you can ask me"))
  }

  @Test(arguments: [
    ("Hello!", "Hello!"), ("hi there", "Hello!"), ("你好", "你好！"), ("こんにちは。", "こんにちは！"),
    ("안녕하세요", "안녕하세요!"), ("Привет, гид", "Привет!"), ("नमस्ते", "नमस्ते!"),
    ("How are you?", "Hello, all is well."),
  ])
  func `greets in the language it was greeted in`(prompt: String, greeting: String) {
    #expect(GuideAsking.later(prompt).hasPrefix(greeting + " "))
  }

  @Test func `answers the last of several prompts that had no reply between them`() {
    #expect(GuideAsking.answer(["something long", "keys"]).contains("| Key |"))
  }

  @Test func `does without any row`() {
    let empty = GuideTables(keys: [], commands: [], providers: [], places: [], version: "")
    for prompt in GuideAsking.prompts { #expect(!GuideAsking.later(prompt, tables: empty).isEmpty) }
  }

  @Test func `reads only the beginning of an endless prompt`() {
    let text = GuideAsking.later(String(repeating: "word ", count: 10_000) + "keys")
    #expect(text.hasPrefix("I cannot think about that"))
  }
}

@Suite struct `The guide, showing` {
  @Test(arguments: [
    "write something long", "Tell me a long story", "long", "an essay on tea", "poem 500 words",
    "give me a longer answer", "write a long text in Chinese",
  ])
  func `writes something long when asked to`(prompt: String) {
    let text = GuideAsking.later(prompt)
    #expect(text.split(whereSeparator: \.isWhitespace).count >= 1_200)
    #expect(text.contains("no model"))
    #expect(text.contains("- `Esc`:"))
    for sample in ["\n1. ", "\n- ", "\n|", "\n```swift\n", "中文", "\n> "] {
      #expect(text.contains(sample))
    }
  }

  @Test(arguments: ["markdown", "show me a table", "write some code in Python", "headings"])
  func `shows what Markdown can do`(prompt: String) {
    let text = GuideAsking.later(prompt)
    for sample in ["\n# ", "\n   - ", "\n> ", "|:-----:|", "\n```swift\n", "\n```python\n", "]("] {
      #expect(text.contains(sample))
    }
  }

  @Test(arguments: ["emoji", "Unicode?", "do you speak Chinese", "right-to-left text"])
  func `shows wide and joined text`(prompt: String) {
    let text = GuideAsking.later(prompt)
    for sample in ["한글", "漢字", "\u{200D}", "cafe\u{301}", "שלום"] {
      #expect(text.unicodeScalars.contains(sample.unicodeScalars))
    }
  }

  @Test(arguments: GuideAsking.prompts)
  func `writes no control character and closes every fence`(prompt: String) {
    let text = GuideAsking.answer([prompt])
    #expect(
      text.unicodeScalars.allSatisfy {
        $0 == "\n" || $0.properties.generalCategory != .control
      })
    let fences = text.split(separator: "\n").filter { $0.hasPrefix("```") }
    #expect(fences.count.isMultiple(of: 2))
  }
}

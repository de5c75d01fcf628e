// What the guide can talk about, and by which words it knows what is meant: one table, read from the
// top, where the first row that fits wins.

/// What a prompt is about.
enum GuideTopic: Hashable, Sendable, CaseIterable {
  case identity
  case greeting
  case help
  case keys
  case commands
  case connecting
  case places
  case themes
  case stopping
  case resending
  case quitting
  case scrolling
  case newLine
  case longRead
  case markdown
  case wideText
  case thanks
  case farewell
  case unknown

  /// Chooses the topic of a prompt. The name of a provider is a word of `connecting`.
  init(of prompt: GuidePrompt, providers: [String]) {
    if prompt.isBareQuestion {
      self = .help
      return
    }
    let row = GuideTopic.rows.first { row in
      prompt.words.count <= row.mostWords
        && (row.phrases.contains { prompt.holds($0) }
          || row.topic == .connecting && providers.contains { prompt.names($0) })
    }
    self = row?.topic ?? .unknown
  }

  /// Whether the answer says by itself that no model speaks.
  var saysItIsNoModel: Bool {
    switch self {
    case .identity, .greeting, .help, .longRead, .unknown: true
    case .keys, .commands, .connecting, .places, .themes, .stopping, .resending, .quitting,
      .scrolling, .newLine, .markdown, .wideText, .thanks, .farewell:
      false
    }
  }

  /// Phrases that mean a topic.
  struct Row {
    let topic: GuideTopic
    /// As `GuidePrompt.holds(_:)` reads them.
    let phrases: [String]
    /// A longer prompt is about something else: `hello` is a greeting, `hello, what is the capital of
    /// France` is none.
    let mostWords: Int

    init(_ topic: GuideTopic, _ phrases: [String], mostWords: Int = .max) {
      self.topic = topic
      self.phrases = phrases
      self.mostWords = mostWords
    }
  }

  static let rows: [Row] = [
    Row(.greeting, ["how are you", "how is it going", "hows it going", "whats up"], mostWords: 6),
    Row(
      .identity,
      [
        "who are you", "what are you", "are you a", "are you an", "are you the", "are you real",
        "are you human", "are you gpt*", "are you chatgpt", "are you claude", "are you gemini",
        "are you llama", "your name", "model are you", "model is this", "model am i", "who is this",
        "am i talking", "who made you", "what is patter", "whats patter", "version of patter",
        "patter version", "your version",
      ]),
    Row(
      .identity, ["what is this", "whats this", "what version", "which version", "version"],
      mostWords: 4),
    // Asked for a duration and not for a long text.
    Row(.unknown, ["how long", "no longer"]),
    Row(
      .longRead,
      [
        "long", "longer", "lengthy", "essay", "story", "stories", "poem", "novel", "article",
        "words about", "500 words", "1000 words", "tell me everything", "lorem ipsum",
      ]),
    Row(
      .wideText,
      [
        "unicode", "utf", "utf8", "emoji*", "cjk", "chinese", "japanese", "korean", "arabic",
        "hebrew", "hindi", "thai", "kanji", "hangul", "wide text", "wide characters", "full width",
        "fullwidth", "right to left", "rtl", "combining", "accents", "umlauts", "中文", "日本語*",
      ]),
    Row(
      .markdown,
      [
        "markdown", "table", "tables", "code", "heading*", "formatting", "format text",
        "syntax highlight*", "fenced", "bullet*",
      ]),
    Row(
      .resending,
      [
        "resend*", "retry", "retries", "retrying", "replac*", "supersede*", "regenerat*", "again",
        "another answer", "another reply", "while a reply", "while you answer",
      ]),
    Row(
      .stopping, ["stop*", "cancel*", "abort*", "interrupt*", "halt", "esc", "escape", "too long"]),
    Row(
      .quitting,
      ["quit", "quitting", "exit", "leave patter", "close patter", "get out", "leave this"]),
    Row(.scrolling, ["scroll*", "page up", "page down", "go back up", "earlier messages"]),
    Row(.newLine, ["new line", "newline*", "line break*", "multi line", "multiline", "two lines"]),
    Row(.commands, ["slash", "command", "commands"]),
    Row(
      .connecting,
      [
        "connect*", "provider*", "api key*", "base url", "real model", "a model", "another model",
        "model", "models", "llm*", "openai", "gpt*", "chatgpt", "ollama", "llama", "llama cpp",
        "llamacpp", "lm studio", "lmstudio", "vllm", "anthropic", "claude", "gemini", "mistral",
        "compatible server", "local server", "own server", "localhost", "offline",
      ]),
    Row(
      .themes,
      [
        "theme*", "colour*", "color*", "dark mode", "light mode", "dark background",
        "light background",
      ]),
    Row(
      .places,
      [
        "config*", "preset*", "snippet*", "settings", "preferences", "options", "environment*",
        "variable", "variables", "xdg", "which files", "what files", "where are my",
        "where do you keep", "where does patter", "files live", "dotfile*",
      ]),
    Row(.keys, ["key", "keys", "keyboard", "shortcut*", "hotkey*", "binding*", "keybind*"]),
    Row(
      .help,
      [
        "help", "what can you", "what do you do", "what can i", "how does this work",
        "how do i use this", "how do i use you", "get started", "getting started", "tutorial",
        "tour", "guide", "patter",
      ]),
    Row(.thanks, ["thanks", "thank you", "thx", "cheers", "danke", "merci", "谢谢*", "ありがとう*"]),
    Row(
      .farewell, ["bye", "goodbye", "good bye", "good night", "see you", "ciao", "再见*", "さようなら*"],
      mostWords: 5),
    Row(.greeting, Guide.greetings.map(\.phrase), mostWords: 4),
    Row(.greeting, ["test", "testing", "ping"], mostWords: 2),
  ]
}

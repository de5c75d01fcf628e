// The command line. A pure reading of the words; nothing is looked up here.

import Chat
import Settings

/// What the command line asked for.
struct Arguments: Hashable {
  enum Wish: Hashable {
    case chat
    /// One prompt, and the reply on standard output.
    case print
    case help
    case version
    /// `patter replay FILE`
    case replay(String)
    /// `patter models`, or `patter models PROVIDER`
    case models(String?)
    /// `patter keys`
    case keys
    /// `patter keys --probe`
    case probeKeys
    /// `patter doctor`, or `patter doctor --json`
    case doctor(isJSON: Bool)
    /// `patter config`, and what may stand behind it
    case config(ConfigCommand.Form)
  }

  var wish = Wish.chat
  /// `-m PROVIDER/NAME`, or `-m` and the name of a chain or pool
  var model: String?
  /// `--theme NAME|PATH`
  var theme: String?
  /// `--trace FILE`
  var trace: String?
  /// `-s TEXT`; an empty one leaves out what the configuration says.
  var systemPrompt: String?
  /// `--preset NAME`
  var preset: String?
  /// `--max-tokens N` and `--temperature X`
  var options = ReplyOptions()
  /// `-f FILE`, in the order in which they were given
  var files: [String] = []
  var printing = Printing()
  /// A prompt that is sent at once.
  var prompt: String?

  /// What goes with `-p` alone.
  struct Printing: Hashable {
    /// `--json` and `--no-stream`
    var form = PrintedForm()
    /// `--timeout T`: how long the whole reply may take.
    var timeoutMilliseconds: Int64?
    /// `--idle-timeout T`: how long a reply that began may be silent.
    var idleTimeoutMilliseconds: Int64?
  }

  /// What is wrong with the command line, as one sentence.
  struct Fault: Error, Hashable {
    let message: String
  }

  /// What an option does.
  enum Option {
    case print, model, system, file, maxTokens, temperature, timeout, idleTimeout, json, noStream
    case theme, trace, help, version
    case preset
  }

  struct Row {
    let names: [String]
    var argument: String?
    let option: Option
    /// Whether it means nothing without `-p`.
    var isForPrint = false
    let help: String
  }

  static let rows = [
    Row(
      names: ["-p", "--print"], option: .print,
      help: "print the reply to the prompt and to standard input, and leave"),
    Row(
      names: ["-m", "--model"], argument: "PROVIDER/NAME", option: .model,
      help: "ask this model, such as ollama/llama3.2, or this chain or pool of config.yaml"),
    Row(
      names: ["-s", "--system"], argument: "TEXT", option: .system,
      help: "the standing instruction; an empty one is none"),
    Row(
      names: ["--preset"], argument: "NAME", option: .preset,
      help: "begin with this preset; what the command line says goes before it"),
    Row(
      names: ["-f", "--file"], argument: "FILE", option: .file,
      help: "attach this text, picture or PDF to the prompt; may be repeated"),
    Row(
      names: ["--max-tokens"], argument: "N", option: .maxTokens,
      help: "the longest reply, in tokens"),
    Row(
      names: ["--temperature"], argument: "X", option: .temperature,
      help: "how much chance there is in the choice of words, 0 to 2"),
    Row(
      names: ["--timeout"], argument: "TIME", option: .timeout, isForPrint: true,
      help: "with -p: give up a reply that is not whole by then, such as 90s or '2 min'"),
    Row(
      names: ["--idle-timeout"], argument: "TIME", option: .idleTimeout, isForPrint: true,
      help: "with -p: give up a reply that began and says nothing for so long"),
    Row(
      names: ["--json"], option: .json, isForPrint: true,
      help: "with -p: print each event of the reply as a line of JSON"),
    Row(
      names: ["--no-stream"], option: .noStream, isForPrint: true,
      help: "with -p: print nothing before the reply is whole"),
    Row(names: ["--theme"], argument: "NAME|PATH", option: .theme, help: "draw in this theme"),
    Row(
      names: ["--trace"], argument: "FILE", option: .trace,
      help: "record the chat, prompts and replies, in a new file"),
    Row(names: ["-h", "--help"], option: .help, help: "show this and leave"),
    Row(names: ["-V", "--version"], option: .version, help: "show the version and leave"),
  ]

  /// Reads the words behind the program's name. `--NAME=VALUE` and `--NAME VALUE` are the same; `--`
  /// ends the options. `replay` and one word behind it replay the file of that name, `models` lists models,
  /// those of the one provider behind it where there is one; three words and more that begin with either are
  /// a prompt as any other. `keys` prints the keys where it stands alone, and looks at them with `--probe`
  /// behind it. `doctor` looks at everything, and tells it as JSON with `--json` behind it. `config` stands alone too, or before one of its words and options.
  init(_ words: [String]) throws(Fault) {
    if words == ["replay"] {
      throw Fault(
        message: "replay needs FILE behind it; as a prompt the word is written patter -- replay.")
    }
    if words.count == 2, words[0] == "replay", !words[1].hasPrefix("-") {
      wish = .replay(words[1])
      return
    }
    if words.first == "models", words.count <= 2, words.last?.hasPrefix("-") == false {
      wish = .models(words.dropFirst().first)
      return
    }
    if words.first == "keys", words.dropFirst().isEmpty || words.dropFirst() == ["--probe"] {
      wish = words.count == 1 ? .keys : .probeKeys
      return
    }
    if words.first == "doctor", words.dropFirst().isEmpty || words.dropFirst() == ["--json"] {
      wish = .doctor(isJSON: words.count == 2)
      return
    }
    var rest = words[...]
    if words.first == "config", words.count == 1 || ConfigCommand.Form(rawValue: words[1]) != nil {
      wish = .config(words.dropFirst().first.flatMap(ConfigCommand.Form.init) ?? .edit)
      rest = rest.dropFirst(2)
    }
    let first = wish
    var prompt: [String] = []
    var printOnly: String?
    while let word = rest.popFirst() {
      if word == "--" {
        prompt += rest
        break
      }
      guard word.hasPrefix("-"), word.count > 1 else {
        prompt.append(word)
        continue
      }
      let equals = word.hasPrefix("--") ? word.firstIndex(of: "=") : nil
      let name = equals.map { String(word[..<$0]) } ?? word
      var value = equals.map { String(word[word.index(after: $0)...]) }
      guard let row = Arguments.rows.first(where: { $0.names.contains(name) }) else {
        let guess = nearest(to: name, among: Arguments.rows.flatMap(\.names))
        let hint = guess.map { "did you mean \($0)?" } ?? "patter --help shows what there is."
        throw Fault(message: "there is no option \(name); \(hint)")
      }
      if let argument = row.argument {
        value = value ?? rest.popFirst()
        guard let value, !value.isEmpty || row.option == .system else {
          throw Fault(message: "\(name) needs \(argument) behind it.")
        }
        try take(row.option, value, for: name)
      } else if value != nil {
        throw Fault(message: "\(name) takes no value.")
      } else {
        try take(row.option, "", for: name)
      }
      if row.isForPrint { printOnly = printOnly ?? name }
    }
    if !prompt.isEmpty { self.prompt = prompt.joined(separator: " ") }
    if wish == .print, trace != nil {
      throw Fault(message: "--trace records a chat, and with -p there is none.")
    }
    let isOfChat = self.prompt != nil || trace != nil || !files.isEmpty
    if case .config(let form) = first, wish == .print || isOfChat {
      throw Fault(
        message:
          "config \(form.rawValue) takes neither a prompt nor -p, -f or --trace; as a prompt the words "
          + "are written patter -- config \(form.rawValue).")
    }
    if wish == first, wish != .print, let printOnly {
      throw Fault(message: "\(printOnly) goes with -p, which prints a reply and leaves.")
    }
  }

  private mutating func take(
    _ option: Option, _ value: String, for name: String
  ) throws(Fault) {
    switch option {
    case .print: wish = .print
    case .model: model = value
    case .system: systemPrompt = value
    case .file: files.append(try Arguments.path(value, for: name))
    case .maxTokens:
      options.maxTokens = try Arguments.count(value, for: name, in: ReplyOptions.Limit.maxTokens)
    case .temperature:
      options.temperature = try Arguments.number(
        value, for: name, in: ReplyOptions.Limit.temperature)
    case .timeout: printing.timeoutMilliseconds = try Arguments.time(value, for: name)
    case .idleTimeout: printing.idleTimeoutMilliseconds = try Arguments.time(value, for: name)
    case .json: printing.form.isJSON = true
    case .noStream: printing.form.isWhole = true
    case .theme: theme = value
    case .trace: trace = value
    case .help: wish = .help
    case .version: wish = .version
    case .preset: preset = value
    }
  }

  /// The text of `--help`.
  static var help: String {
    var text = """
      Patter: chat with large language models in the terminal.
      Esc stops the reply; a new prompt replaces it.

      usage: patter [options] [prompt]
             patter -p [options] [prompt]
             patter replay FILE
             patter models [PROVIDER]
             patter keys [--probe]
             patter doctor [--json]


      """
    for row in rows {
      let names = row.names.joined(separator: ", ")
      let name = ([names] + [row.argument].compactMap { $0 }).joined(separator: " ")
      text +=
        "  " + name + String(repeating: " ", count: max(2, 30 - name.count)) + row.help + "\n"
    }
    return text + """

      Models come from a service whose key is set (OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY and
      others), from an address of your own (OPENAI_BASE_URL, OLLAMA_HOST and others), from a server on this
      machine (Ollama, llama.cpp, LM Studio, vLLM), or from a program that the configuration names. Where
      there is none, a built-in guide answers and tells how to connect each; patter models lists them.
      The configuration stands in ~/.config/patter/config.yaml. F1 in the chat shows all keys, and so does
      patter keys; with --probe it shows what the terminal sends for each. patter doctor looks for what
      keeps a chat from working, asks each provider one short question, and tells how to mend it; its exit
      status is 0 when a chat would work.

      With -p the prompt is the words on the command line and, behind them, standard input, unless that
      is a terminal. The words of the reply go to standard output as they come, and a line end after the
      last one if it has none; everything else goes to standard error. The exit status is 0 when the reply
      is whole, 1 when it is not, 2 when nothing was asked.

      """
  }
}

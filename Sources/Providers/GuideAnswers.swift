// The short answers. Every key, command, path and variable in them comes from a row; a row is found by
// what its help says, so that another key for the same thing is another answer.

extension Guide {
  /// The ways to greet, and how each is returned.
  static let greetings: [(phrase: String, reply: String)] = [
    ("hello", "Hello!"), ("hi", "Hello!"), ("hey", "Hello!"), ("good morning", "Good morning!"),
    ("good evening", "Good evening!"), ("good afternoon", "Good afternoon!"), ("moin", "Moin!"),
    ("hallo", "Hallo!"), ("guten tag", "Guten Tag!"), ("bonjour", "Bonjour !"), ("hola", "¡Hola!"),
    ("olá", "Olá!"), ("ciao", "Ciao!"), ("привет*", "Привет!"), ("здравствуй*", "Здравствуйте!"),
    ("γεια*", "Γεια σας!"), ("你好*", "你好！"), ("您好*", "您好！"), ("こんにちは*", "こんにちは！"),
    ("おはよう*", "おはようございます！"), ("안녕*", "안녕하세요!"), ("नमस्ते*", "नमस्ते!"), ("สวัสดี*", "สวัสดี"),
    ("שלום", "שלום!"), ("مرحبا*", "مرحبا!"),
  ]

  func greeting(_ prompt: GuidePrompt) -> String {
    let reply = Guide.greetings.first { prompt.holds($0.phrase) }?.reply ?? "Hello, all is well."
    return "\(reply) \(Guide.introduction)\n\n\(offers)"
  }

  var identity: String {
    """
    \(Guide.introduction) I am part of Patter \(tables.version), a terminal chat for large \
    language models, and need neither network nor key.

    I stand in until a model is connected: ask me how to **connect a model**. Until then you can try \
    everything else with me: I stream like a model does, and can be stopped and asked again.
    """
  }

  var help: String { "\(Guide.introduction)\n\n\(offers)" }

  var unknown: String {
    """
    I cannot think about that: I am Patter's built-in guide and no model, and I only have answers \
    that were written beforehand.

    To get a real one, connect a model\(providerNames.isEmpty ? "" : " (\(providerNames))") and start \
    `patter -m PROVIDER/NAME`; ask me how to **connect a model** for the exact lines.

    \(offers)
    """
  }

  private var offers: String {
    """
    What you can ask me:

    - **keys** and **commands**: what there is to press and to type
    - **connect a model**: how to reach each provider
    - **configuration** and **themes**: where things live
    - **something long**: a long text, to try stopping and sending again
    - **markdown** or **unicode**: what the screen can show
    """
  }

  var farewell: String {
    "Goodbye. This is how to leave:\n\n" + items(ways(to: ["quit", "leave"]))
  }

  // MARK: - Keys and commands

  var keys: String {
    """
    These are the keys:

    \(table("Key", tables.keys))

    Ask about one by its name to see it alone.
    """
  }

  var commands: String {
    """
    A draft that begins with a slash is a command:

    \(table("Command", tables.commands))
    """
  }

  var stopping: String {
    """
    A reply can be stopped at any time, also before its first word. What has come stays on the page, \
    marked as stopped, and a model will see that much of it next time.

    \(items(ways(to: ["stop"])))

    To try it, ask me for **something long**.
    """
  }

  var resending: String {
    """
    Nothing has to be finished before you write on. A prompt that is sent while a reply is live takes \
    its place: the old stream is closed first, and what it had said stays, marked as superseded. \
    The last prompt can be sent again too, during the reply or after it.

    \(items(ways(to: ["replace", "again", "resend"])))

    To try it, ask me for **something long** and send another prompt while it streams.
    """
  }

  var quitting: String { "This is how to leave Patter:\n\n" + items(ways(to: ["quit", "leave"])) }

  var scrolling: String {
    """
    The page follows the reply until you scroll away; then it stays where you read.

    \(items(ways(to: ["scroll", "first message", "follow"])))
    """
  }

  var newLine: String {
    "A draft may have many lines:\n\n" + items(ways(to: ["new line", "line above", "line below"]))
  }

  // MARK: - Providers and places

  func connecting(_ prompt: GuidePrompt) -> String {
    let asked = tables.providers.filter { prompt.names($0.name) }
    let rows = asked.isEmpty ? tables.providers : asked
    if rows.count > Guide.mostProvidersInFull { return connectingInShort(rows) }
    let lines = rows.flatMap { row in
      row.commandLines.isEmpty ? [] : ["# \(row.name)"] + row.commandLines
    }
    let block = lines.isEmpty ? "" : "\n\n```sh\n\(lines.joined(separator: "\n"))\n```"
    let opening =
      asked.isEmpty
      ? "These are the ways to connect a model:\n\n"
      : "This is how to connect \(asked.map(\.name).joined(separator: " and ")):\n\n"
    let list = rows.map { Guide.item($0, isCode: false) }.joined(separator: "\n")
    return stepByStep + opening + list + block + changingModel
  }

  /// What asks for all that is needed; empty where nothing does.
  private var stepByStep: String {
    let rows = ways(to: ["connect"])
    return rows.isEmpty
      ? "" : "Patter can ask for what is needed, one thing after the other:\n\n\(items(rows))\n\n"
  }

  /// How many providers are explained, or named, at once. Where more are asked about, each has one line of
  /// a table.
  private static let mostProvidersInFull = 6

  private func connectingInShort(_ rows: [GuideTables.Row]) -> String {
    let lines = rows.map { row in
      let commands = row.commandLines.map(Guide.code).joined(separator: ", ")
      return "| \(Guide.cell(row.name)) | \(Guide.cell(commands)) |"
    }
    return """
      \(stepByStep)These are the ways to connect a model, each with what to type in a shell:

      \((["| Provider | In a shell |", "|:--|:--|"] + lines).joined(separator: "\n"))

      Ask about one by its name for more.\(changingModel)
      """
  }

  /// How another model is chosen later; empty where nothing can.
  private var changingModel: String {
    let changes = ways(to: ["model"])
    return changes.isEmpty
      ? "" : "\n\nIn a running Patter the model is changed like this:\n\n\(items(changes))"
  }

  var places: String {
    "This is what Patter reads and where things live:\n\n\(items(tables.places))"
  }

  var themes: String {
    let rows = tables.places.filter { row in
      let words = GuidePrompt("\(row.name) \(row.help)")
      return ["theme*", "color*", "colour*"].contains { words.holds($0) }
    }
    return "A theme gives every part of the page its colours and attributes.\n\n"
      + items(ways(to: ["theme*"]) + rows)
  }

  /// All of them, or the first few and how many more.
  private var providerNames: String {
    let names = tables.providers.map(\.name)
    let others = names.count - Guide.mostProvidersInFull
    return names.prefix(Guide.mostProvidersInFull).joined(separator: ", ")
      + (others > 0 ? " and \(others) more" : "")
  }

  // MARK: - Long

  var longRead: String {
    """
    *I am Patter's built-in guide and no model, so I cannot write one for you. This is a long text \
    that I always carry with me. While it streams, try these:*

    \(items(tables.keys.filter { Guide.help(of: $0, mentions: ["stop", "replace", "again"]) }))

    ---

    \(Guide.longReadText)
    """
  }

  // MARK: - Rows as Markdown

  /// The keys and commands whose help mentions one of these.
  private func ways(to phrases: [String]) -> [GuideTables.Row] {
    (tables.keys + tables.commands).filter { Guide.help(of: $0, mentions: phrases) }
  }

  private static func help(of row: GuideTables.Row, mentions phrases: [String]) -> Bool {
    let help = GuidePrompt(row.help)
    return phrases.contains { help.holds($0) }
  }

  private func items(_ rows: [GuideTables.Row]) -> String {
    rows.isEmpty
      ? "- there is nothing of this kind yet"
      : rows.map { Guide.item($0) }.joined(separator: "\n")
  }

  /// One row as an item of a list; further lines of its help stay inside the item.
  static func item(_ row: GuideTables.Row, isCode: Bool = true) -> String {
    let help = row.help.split(separator: "\n", omittingEmptySubsequences: false)
    let name = isCode ? code(row.name) : "**\(row.name)**"
    return "- \(name): " + help.joined(separator: "\n  ")
  }

  private func table(_ title: String, _ rows: [GuideTables.Row]) -> String {
    let lines = rows.map { row in
      "| \(Guide.cell(Guide.code(row.name))) | \(Guide.cell(row.help)) |"
    }
    return (["| \(title) | What it does |", "|:--|:--|"] + lines).joined(separator: "\n")
  }

  /// A cell ends at a bar and a row at a line's end (GitHub Flavored Markdown, section 4.10).
  private static func cell(_ text: String) -> String {
    var cell = ""
    for character in text {
      if character == "|" { cell.append("\\") }
      cell.append(character.isNewline ? " " : character)
    }
    return cell
  }

  /// A code span that may hold backticks itself (CommonMark, section 6.1).
  static func code(_ text: String) -> String {
    text.contains("`") ? "`` \(text) ``" : "`\(text)`"
  }
}

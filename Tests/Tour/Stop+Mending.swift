// What is wrong, and how it is mended.

extension Stop {
  static let mending = [
    Stop(
      name: "doctor", title: "What keeps a chat from working", program: .shell, rows: 50,
      columns: 120, variables: ["OLLAMA_HOST": "127.0.0.1:1"],
      replies: [.begun("OK"), .begun("OK")]
    ) { visit in
      try visit.press("patter doctor<Enter>")
      try visit.page(
        "Each thing, each step of each provider, and the line that mends it",
        seeing: "openrouter/open/lagoon answers, of 3 models.", "first token", "ollama serve",
        "A chat would work: openrouter/open/lagoon answers. One thing is wrong above.")
      try visit.press("clear; patter doctor --json | tr ',' '\\n' | grep -A2 works<Enter>")
      try visit.page("The same for a program", seeing: "{\"works\":true")
    }
  ]
}

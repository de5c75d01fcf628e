// What is prepared beforehand: presets, snippets, files that go along, and the configuration.

extension Stop {
  private static let review = """
    ---
    description: reads code as a reviewer does
    temperature: 0.2
    send: queue
    ---
    You review code. Name what is wrong first, with its line.
    """
  private static let translate = """
    ---
    description: asks for a translation
    ---
    Translate into {{language:English}}, for {{reader}}.
    """

  static let preparing = [
    Stop(
      name: "presets", title: "Presets and snippets",
      files: [
        ".config/patter/presets/review.md": review,
        ".config/patter/presets/terse.md": "Answer in one sentence.",
        ".config/patter/snippets/translate.md": translate,
      ], replies: [.said("Line 3 reads past the end.")]
    ) { visit in
      try visit.press("/preset<Enter>")
      try visit.see("as configured")
      try visit.press("<Down>")
      try visit.page("Each shows what it sets", seeing: "Preset", "temperature 0.2")
      try visit.press("<Enter>")
      try visit.seeNo("as configured")
      try visit.page("It counts from the next prompt on", seeing: "review")
      try visit.press("/snippet translate<Enter>")
      try visit.page("The first placeholder is selected", seeing: "Translate into English")
      try visit.press("<Tab>a child")
      try visit.page("Tab goes to the next one", seeing: "for a child.")
      try visit.press("<Enter>")
      try visit.see("Line 3 reads past the end.")
      try visit.seeIdle()
      try visit.page("It goes out as any prompt", seeing: "Line 3 reads past the end.")
    },
    Stop(
      name: "attachments", title: "Files that go along",
      files: ["notes.txt": "one\ntwo\n", "novel/first.md": "It was a dark night.\n"],
      replies: [.said("Two lines, and a night.")]
    ) { visit in
      try visit.press("@no")
      try visit.page("What is in the folder", seeing: "notes.txt", "novel/")
      try visit.press("tes<Tab>")
      try visit.page("The file is one thing in the draft", seeing: "[notes.txt 8 bytes]")
      try visit.press("@novel/f")
      try visit.see("first.md")
      try visit.press("<Tab>")
      try visit.see("[first.md")
      try visit.press("what is in them?<Enter>")
      try visit.see("Two lines, and a night.")
      try visit.seeIdle()
      try visit.page("It was sent with the prompt", seeing: "Two lines, and a night.")
    },
    Stop(
      name: "config", title: "The configuration", program: .shell, columns: 100,
      files: ["bin/ed": "#!/bin/sh\necho 'thmee: nord' >> \"$1\"\n"]
    ) { visit in
      try visit.press("EDITOR=ed patter config<Enter>")
      try visit.page("What was written is checked", seeing: "'thmee' is not known; did you mean")
      try visit.press("clear; patter config --print | head -18<Enter>")
      try visit.page("What counts, and where it comes from", seeing: "config.yaml:1", "# default")
    },
  ]
}

// Under the fingers: how a draft is written, pasted, cut, and never lost.

import Support

extension Stop {
  static let writing = [
    Stop(name: "welcome", title: "The welcome, on three screens") { visit in
      try visit.page("As a terminal opens", seeing: "answers", "Enter sends")
      try visit.resize(rows: 40, columns: 120)
      try visit.page("On a large one", seeing: "answers", "Enter sends")
      try visit.resize(rows: 12, columns: 40)
      try visit.page("On a small one", seeing: "answers")
    },
    Stop(name: "line", title: "The keys of a shell's line") { visit in
      try visit.press("quick brown fox<Ctrl-A>The <Ctrl-E> jumps over<Alt-B><Alt-B>once ")
      try visit.page("To both ends, and by words", seeing: "› The quick brown fox once jumps over")
      try visit.press("<Ctrl-K>")
      try visit.seeNo("jumps over")
      try visit.page("Ctrl-K cuts to the end", seeing: "› The quick brown fox once")
      try visit.press("<Ctrl-A><Ctrl-Y>, says <Alt-F>")
      try visit.page("Ctrl-Y puts it where it belongs", seeing: "› jumps over, says The quick")
      try visit.press("<Ctrl-_><Ctrl-_>")
      try visit.page("Ctrl-_ undoes it again, step by step", seeing: "fox once jumps over")
      try visit.press("<Ctrl-E><Alt-B><Alt-D>the dog<Alt-B><Alt-B><Alt-Backspace>sees ")
      try visit.page("Words are cut in both directions", seeing: "fox once sees the dog")
    },
    Stop(name: "kill-ring", title: "What was cut before") { visit in
      try visit.press("say alpha<Ctrl-W>beta<Ctrl-W>gamma<Ctrl-W><Ctrl-Y>")
      try visit.page("Three words were cut; Ctrl-Y puts the last one back", seeing: "› say gamma")
      try visit.press("<Alt-Y>")
      try visit.page("Alt-Y: the one before", seeing: "› say beta")
      try visit.press("<Alt-Y>")
      try visit.page("And the one before that", seeing: "› say alpha")
    },
    Stop(name: "graphemes", title: "Letters of all kinds") { visit in
      try visit.press("日本語 👩‍🚀 é שלום")
      try visit.page("Wide letters, joined ones, letters from the right", seeing: "日本語", "é")
      try visit.press("<Ctrl-A><Right><Right><Backspace><Ctrl-F><Right><Delete>x")
      try visit.page("One key takes a whole letter, and the cursor stands beside it", seeing: "日語")
    },
    Stop(name: "lines", title: "A draft of many lines") { visit in
      // What a person needs a second for; all of it at once would be a paste.
      for piece in [#"first line\"#, "<Enter>", "second line", "<Ctrl-J>", "third line"] {
        try visit.press(piece)
        try visit.see(piece.first == "<" ? "›" : piece)
      }
      try visit.press("<Alt-Enter>fourth")
      try visit.page(
        "A backslash and Enter, Ctrl-J and Alt-Enter begin a new line", seeing: "  fourth")
      for number in 5...14 {
        try visit.press("<Alt-Enter>line \(number)")
        try visit.see("  line \(number)")
      }
      try visit.page("It grows to a third of the screen, then it scrolls", seeing: "  line 14")
      try visit.press(String(repeating: "<Up>", count: 12) + "<Ctrl-E>!")
      try visit.page("Up goes through its lines", seeing: "second line!")
    },
    Stop(name: "paste", title: "A long paste is folded") { visit in
      let lines = (1...214).map { "line \($0) of a log" }.joined(separator: "\n")
      try visit.press("What is wrong here? ")
      visit.paste(lines, "a paste of 214 lines")
      try visit.press(" It began today.")
      try visit.page("One element of the draft", seeing: "[pasted 214 lines] It began today.")
      try visit.press("<Alt-O>")
      try visit.page("Alt-O opens it", seeing: "line 214 of a log It began today.")
      try visit.press("<Ctrl-_>")
      try visit.page("Undo folds it again", seeing: "[pasted 214 lines]")
    },
    Stop(
      name: "bare-paste", title: "A paste from a terminal that does not mark it",
      replies: [.said("Three lines.")]
    ) { visit in
      visit.paste("one\rtwo\rthree\r", "three lines as if typed", hasBrackets: false)
      try visit.page("Several lines at once are a paste", seeing: "› one", "  three")
      try visit.hold("nothing was sent", visit.server.openedConnectionCount == 0)
      try visit.press("<Enter>")
      try visit.see("Three lines.")
      try visit.seeIdle()
      try visit.page("Enter sends them", seeing: "Three lines.")
      try visit.hold(
        "one prompt of three lines was asked", visit.sent(1, #"one\ntwo\nthree"#))
    },
    Stop(name: "cleared", title: "No draft dies") { visit in
      try visit.press("a thought that took an hour<Ctrl-C>")
      try visit.page("Ctrl-C clears the draft", seeing: "The draft is cleared.")
      try visit.press("<Ctrl-_>")
      try visit.page("Undo reaches past that", seeing: "› a thought that took an hour")
      try visit.press("<Ctrl-C>")
      try visit.seeNo("an hour")
      try visit.press("something else<Up>")
      try visit.page("It is an earlier prompt, too", seeing: "› a thought that took an hour")
      try visit.press("<Down>")
      try visit.page("And Down comes back to what was written since", seeing: "› something else")
    },
    Stop(
      name: "editor", title: "The draft in your editor", variables: ["EDITOR": "tour-editor"],
      files: [
        "bin/tour-editor": """
        #!/bin/sh
        echo "An editor with: $(cat "$1")"
        echo "A line, and Enter:"
        read line
        echo "$line" >>"$1"

        """
      ],
      replies: [.said(.openAIDelta("High water"), .gate("more"), .openAIDelta(" is at noon."))]
    ) { visit in
      try visit.ask("When is high water?")
      try visit.see("High water")
      try visit.press("And when is low")
      try visit.see("› And when is low")
      try visit.press("<Ctrl-G>")
      try visit.page("Ctrl-G, while the reply streams", seeing: "An editor with: And when is low")
      visit.open("more")
      try visit.press("water, tomorrow?<Enter>")
      try visit.page(
        "Its text is the draft, and the reply went on behind it", seeing: "High water is at noon.",
        "water, tomorrow?")
      try visit.seeIdle()
    },
  ]
}

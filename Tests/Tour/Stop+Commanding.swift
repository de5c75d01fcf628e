// Slash commands, and what they lay over the transcript.

import Support

extension Stop {
  static let commanding = [
    Stop(name: "unknown", title: "A command that there is not") { visit in
      try visit.press("/modle large<Enter>")
      try visit.page("The draft stays", seeing: "Did you mean /model?", "› /modle large")
      try visit.press("<Ctrl-U>//help<Ctrl-A>")
      try visit.page("Two slashes send one", seeing: "› //help")
    },
    Stop(name: "help", title: "Keys and commands") { visit in
      try visit.press("?")
      try visit.page("A question mark on an empty draft", seeing: "Keys", "Ctrl-C")
      try visit.press("<PgDn>")
      try visit.wait(for: "the next page") { !$0.shows("Alt-Q") }
      try visit.page("A page further", seeing: "Esc closes")
      try visit.press("<Esc>")
      try visit.seeNo("Esc closes")
      try visit.press("/keys<Enter>")
      try visit.page("/keys", seeing: "Enter", "Esc closes")
      try visit.press("<Esc>")
      try visit.seeNo("Esc closes")
      try visit.press("/help think<Enter>")
      try visit.page("/help and a name", seeing: "/think [EFFORT]")
    },
    Stop(name: "think", title: "How much a model thinks", replies: [.said("Done.")]) { visit in
      try visit.press("/think<Enter>")
      try visit.page("/think lets one choose", seeing: "medium", "Enter chooses")
      try visit.press("hi")
      try visit.page("Some letters find it", seeing: "› hi", "1 of 7", "high")
      try visit.press("<Enter>")
      try visit.page("It is said what holds", seeing: "high effort")
      try visit.ask("Think hard")
      try visit.see("Done.")
      try visit.hold("the effort was asked for", visit.sent(1, #""effort":"high""#))
      try visit.seeIdle()
    },
    Stop(name: "system", title: "A system prompt", replies: [.said("Aye.")]) { visit in
      try visit.press("/system Answer as a sailor.<Enter>")
      try visit.page("/system gives one", seeing: "The system prompt is set")
      try visit.ask("Ready?")
      try visit.see("Aye.")
      try visit.hold("it went with the prompt", visit.sent(1, "Answer as a sailor."))
      try visit.seeIdle()
      try visit.press("/system<Enter>")
      try visit.page("/system alone changes it", seeing: "› /system Answer as a sailor.")
    },
    Stop(
      name: "conversations", title: "Two conversations, two drafts",
      replies: [.said("Twelve hours.")]
    ) { visit in
      try visit.ask("How long between two floods?")
      try visit.see("Twelve hours.")
      try visit.seeIdle()
      try visit.press("and twenty-")
      try visit.see("› and twenty-")
      try visit.press("<Ctrl-A>/new <Ctrl-K><Enter>")
      try visit.seeNo("Twelve hours.")
      try visit.page("/new begins another", seeing: "answers")
      try visit.press("a draft of its own")
      try visit.see("› a draft of its own")
      try visit.press("<Ctrl-A>/conversations <Ctrl-K><Enter>")
      try visit.page("/conversations", seeing: "How long between two floods?")
      try visit.press("how<Enter>")
      try visit.page("The first one is as it was", seeing: "Twelve hours.")
      try visit.press("<Ctrl-Y>")
      try visit.page("What was cut there can be put back here", seeing: "› a draft of its own")
    },
    Stop(
      name: "many", title: "Many conversations at once",
      replies: [
        .said(.openAIDelta("Twelve hours"), .gate("rest"), .openAIDelta(" and a half.")),
        .begun("The Bay of Fundy"), .begun("Because the moon"),
      ]
    ) { visit in
      try visit.ask("How long between two floods?")
      try visit.see("Twelve hours")
      try visit.press("<F4>")
      try visit.seeNo("Twelve hours")
      try visit.ask("Where is the highest one?")
      try visit.see("The Bay of Fundy")
      try visit.press("<F4>")
      try visit.seeNo("The Bay of Fundy")
      try visit.ask("Why are there two a day?")
      try visit.see("Because the moon")
      try visit.page("Replies go on out of view", seeing: "Because the moon")
      try visit.press("<Esc>")
      try visit.see("■ stopped here")
      visit.open("rest")
      try visit.page(
        "Esc stopped the one in view alone, another has ended",
        seeing: "■ stopped here", "1 live, 1 finished elsewhere")
      try visit.press("<Alt-G>")
      try visit.page("Alt-G lists them", seeing: "✓ unread", "Enter shows")
      try visit.press("<Ctrl-D>")
      try visit.page("Ctrl-D deletes one, at once", seeing: "is deleted", "brings it back")
      try visit.press("<Ctrl-_>")
      try visit.page("Ctrl-_ brings it back", seeing: "is back.", "Twelve hours and a half.")
      try visit.resize(rows: 50, columns: 160)
      try visit.page("On a large screen", seeing: "Conversation ›", "Twelve hours and a half.")
      try visit.press("<Esc>")
      try visit.seeNo("Conversation ›")
      try visit.press("/rename The tides<Enter>")
      try visit.see("is called “The tides”")
      try visit.press("<Alt-G>Fundy")
      try visit.page("Letters of a name find it", seeing: "No conversation has these letters.")
      try visit.press("<Ctrl-U>highest<Enter>")
      try visit.page("Its reply has gone on meanwhile", seeing: "The Bay of Fundy")
      try visit.press("<Esc>")
      try visit.see("■ stopped here")
    },
    Stop(
      name: "usage", title: "What it took",
      replies: [.said("One.", input: 8_000, output: 240), .begun("Two")]
    ) { visit in
      try visit.ask("First")
      try visit.see("One.")
      try visit.seeIdle()
      try visit.ask("Second")
      try visit.see("Two")
      try visit.press("<Esc>")
      try visit.see("■ stopped here")
      try visit.press("/usage<Enter>")
      try visit.page("/usage", seeing: "Esc closes", "$")
      try visit.press("<Enter>")
      try visit.seeNo("Esc closes")
      try visit.press("/trace<Enter>")
      try visit.page("/trace", seeing: "Esc closes")
    },
    Stop(
      name: "theme", title: "A theme is looked at", replies: [.said("## Tides\n\n**High** water")]
    ) { visit in
      try visit.ask("Say something")
      try visit.see("High water")
      try visit.seeIdle()
      try visit.press("/theme<Enter>")
      try visit.see("Enter keeps it")
      let before = visit.background
      try visit.press("gruv")
      try visit.see("› gruv")
      try visit.wait(for: "another look") { _ in visit.background != before }
      try visit.page("The conversation is drawn in what is selected", seeing: "High water")
      try visit.press("<Esc>")
      try visit.wait(for: "the look from before") { _ in visit.background == before }
      try visit.seeNo("Enter keeps it")
      try visit.page("Esc puts back what was", seeing: "High water")
    },
    Stop(
      name: "model", title: "Another model, while a reply streams",
      replies: [
        .said(.openAIDelta("Lagoons are"), .gate("more"), .openAIDelta(" shallow.")),
        .said("Rivers are not."),
      ]
    ) { visit in
      try visit.ask("What are lagoons?")
      try visit.see("Lagoons are")
      try visit.press("<Alt-M>")
      try visit.page("Alt-M lists the models", seeing: "open/river", "open/lagoon-mini")
      try visit.press("riv")
      try visit.page("Some letters find one", seeing: "› riv", "1 of")
      visit.open("more")
      try visit.press("<Enter>")
      try visit.see("Lagoons are shallow.")
      try visit.ask("And rivers?")
      try visit.see("Rivers are not.")
      try visit.hold("it was asked", visit.sent(2, #""model":"open/river""#))
      try visit.seeIdle()
      try visit.page("It answers from now on", seeing: "Rivers are not.")
    },
  ]
}

extension Visit {
  /// The colour behind the upper left cell.
  var background: PictureCell.Color { patter.picture.cell(row: 0, column: 0).background }
}

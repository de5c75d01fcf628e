// Prompts and replies: asked, watched, stopped, replaced, queued, edited.

import Support

extension Stop {
  static let asking = [
    Stop(
      name: "ask", title: "A reply arrives",
      replies: [
        .said(
          .openAIDelta("The moon pulls at the **near** side"), .gate("one"),
          .openAIDelta(" of the earth more than at its middle.\n\n- Two floods a day\n"),
          .gate("two"), .openAIDelta("- twelve hours and *twenty-five* minutes apart\n"))
      ]
    ) { visit in
      try visit.ask("How is a tide made?")
      try visit.page("The first words", seeing: "The moon pulls at the near side", "streaming")
      visit.open("one")
      try visit.page("More of them", seeing: "• Two floods a day")
      visit.open("two")
      try visit.see("apart")
      try visit.seeIdle()
      try visit.page("All of it, and what it took", seeing: "twenty-five", "38")
    },
    Stop(name: "stop", title: "Esc stops the reply", replies: [.begun("First, an answer that")]) {
      visit in
      try visit.ask("Tell me everything")
      try visit.see("First, an answer that")
      try visit.press("<Esc>")
      try visit.hold("the server saw the connection close", visit.server.sawClose(ofChat: 1))
      try visit.seeIdle()
      try visit.page("One press", seeing: "■ stopped here")
    },
    Stop(
      name: "edit", title: "Esc Esc edits the last prompt",
      replies: [.said("It is 384,400 km away."), .said("It is 149,600,000 km away.")]
    ) { visit in
      try visit.ask("How far is the moon?")
      try visit.see("It is 384,400 km away.")
      try visit.seeIdle()
      try visit.press("a draft")
      try visit.see("› a draft")
      try visit.press("<Esc><Esc>")
      try visit.page("The prompt is in the composer", seeing: "› How far is the moon?")
      try visit.press("<Alt-Backspace>sun?")
      try visit.see("› How far is the sun?")
      try visit.press("<Enter>")
      try visit.see("It is 149,600,000 km away.")
      try visit.seeIdle()
      try visit.page(
        "What is sent takes its place, and the draft is back", seeing: "› a draft", "sun?")
      try visit.hold("the first prompt was not sent again", !visit.sent(2, "moon"))
    },
    Stop(
      name: "replace", title: "Enter while a reply streams",
      replies: [.begun("A long and thorough"), .said("Briefly: no.")]
    ) { visit in
      try visit.ask("Is it so?")
      try visit.see("A long and thorough")
      try visit.ask("In one word, please")
      try visit.see("Briefly: no.")
      try visit.hold("the server saw the first one close", visit.server.sawClose(ofChat: 1))
      try visit.seeIdle()
      try visit.page("The new prompt takes the place of the reply", seeing: "■ superseded here")
    },
    Stop(
      name: "queue", title: "Alt-Q queues",
      replies: [
        .said(.openAIDelta("One moment"), .gate("end"), .openAIDelta(", done.")),
        .said("You are welcome."),
      ]
    ) { visit in
      try visit.ask("Sort this for me")
      try visit.see("One moment")
      try visit.press("Thank you")
      try visit.see("› Thank you")
      try visit.press("<Alt-Q>")
      try visit.page("The prompt waits", seeing: "1 prompt waits")
      visit.open("end")
      try visit.see("You are welcome.")
      try visit.seeIdle()
      try visit.page("And goes out by itself", seeing: "One moment, done.", "You are welcome.")
    },
    Stop(
      name: "esc-layers", title: "Esc goes layer by layer",
      replies: [.said(.openAIDelta("One"), .gate("two"), .openAIDelta(" two"), .gate("shut"))]
    ) { visit in
      try visit.ask("Count")
      try visit.see("One")
      try visit.press("<F1>")
      try visit.page("F1 lays the keys over a live reply", seeing: "Esc closes")
      let help = visit.patter.picture.rows.dropLast(2)
      visit.open("two")
      try visit.press("x")
      try visit.page("A letter closes them and is written", seeing: "One two", "› x")
      try visit.press("<F1>")
      try visit.see("Esc closes")
      try visit.hold("they look as before", visit.patter.picture.rows.dropLast(2) == help)
      try visit.press("<Esc>")
      try visit.page("Esc closes them; the reply goes on", seeing: "One two", "streaming")
      try visit.hold("the server still has its client", visit.server.stillHolds(chat: 1))
      try visit.press("<Esc>")
      try visit.hold("it saw the connection close", visit.server.sawClose(ofChat: 1))
      try visit.seeIdle()
      try visit.page("The next stops the reply", seeing: "■ stopped here", "› x")
    },
    Stop(
      name: "resizes", title: "A storm of resizes",
      replies: [
        .said(
          .openAIDelta("Steady "), .gate("a"), .openAIDelta("as "), .gate("b"),
          .openAIDelta("she "),
          .gate("c"), .openAIDelta("goes."))
      ]
    ) { visit in
      try visit.ask("Hold on")
      try visit.see("Steady")
      for (index, gate) in ["a", "b", "c"].enumerated() {
        for step in 0..<20 {
          let number = 20 * index + step
          visit.shake(rows: 1 + number * 7 % 50, columns: 1 + number * 13 % 140)
          if number % 5 == 0 { try visit.press("x") }
        }
        visit.open(gate)
      }
      try visit.resize(rows: 24, columns: 80)
      try visit.see("Steady as she goes.")
      try visit.seeIdle()
      try visit.page(
        "Sixty sizes later all is there", seeing: "Steady as she goes.", "› xxxxxxxxxxxx")
    },
  ]
}

extension Visit {
  /// Whether the body of the `number`-th chat, counted from one, has `text` in it.
  func sent(_ number: Int, _ text: String) -> Bool {
    server.chatBody(number)?.contains(text) == true
  }
}

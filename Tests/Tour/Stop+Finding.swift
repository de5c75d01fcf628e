// What is found as one types: earlier prompts, commands and their values.

import Support

extension Stop {
  static let finding = [
    Stop(
      name: "recall", title: "Ctrl-R finds an earlier prompt",
      replies: [.said("Blue."), .said("Red."), .begun("It depends")]
    ) { visit in
      for (prompt, reply) in [
        ("Which colour has the sea?", "Blue."), ("Which colour has the evening sky?", "Red."),
      ] {
        try visit.ask(prompt)
        try visit.see(reply)
        try visit.seeIdle()
      }
      try visit.ask("Is it always so?")
      try visit.see("It depends")
      try visit.press("colour")
      try visit.see("› colour")
      try visit.press("<Ctrl-R>")
      try visit.page("What is typed is looked for, while a reply streams", seeing: "2 of 3")
      try visit.press(" sea")
      try visit.page("And what is typed on", seeing: "› colour sea", "1 of 3")
      try visit.press("<Enter>")
      try visit.page("Enter puts it into the draft", seeing: "› Which colour has the sea?")
      try visit.press("<Ctrl-_>")
      try visit.page("Undo brings back the draft that stood there", seeing: "› colour")
    },
    Stop(name: "completion", title: "Commands complete themselves") { visit in
      try visit.press("/")
      try visit.page("A slash shows what there is", seeing: "/help [COMMAND]")
      try visit.press("us")
      try visit.page(
        "More letters narrow it", seeing: "› /us", "/usage  show what the conversation took")
      try visit.press("<Tab>")
      try visit.page("Tab completes it", seeing: "› /usage")
      try visit.press("<Ctrl-U>")
      try visit.seeNo("› /usage")
      try visit.press("/theme patter-l")
      try visit.page("Values are completed, too", seeing: "› /theme patter-l", "Patter Light")
      try visit.press("<Ctrl-U>")
      try visit.seeNo("Patter Light")
      try visit.press("/model ")
      try visit.page("Models are asked for", seeing: "open/lagoon-mini", "open/river")
      try visit.press("open/r")
      try visit.seeNo("open/lagoon-mini")
      try visit.press("<Tab>")
      try visit.see("› /model openrouter/open/river")
      try visit.press("<Enter>")
      try visit.wait(for: "the model in the last row") { $0.status.contains("open/river") }
      try visit.page("And the chosen one answers", seeing: "open/river")
    },
  ]
}

// Several models at once.

import Support

extension Stop {
  static let racing = [
    Stop(
      name: "race", title: "Models race", columns: 110,
      repliesOfModels: [
        "lagoon": .said(
          .openAIDelta("The moon pulls at the near side"), .gate("lagoon"),
          .openAIDelta(" and never says this.")),
        "river": .said(
          .openAIDelta("Two bulges of water, "), .gate("river"),
          .openAIDelta("and the earth turns below them.")),
      ]
    ) { visit in
      try visit.press("/race openrouter/open/lagoon openrouter/open/river")
      try visit.see("› /race openrouter/open/lagoon openrouter/open/river")
      try visit.press("<Enter>")
      try visit.page(
        "/race names who is asked next",
        seeing: "the next prompt races open/lagoon and open/river", "Enter races")
      try visit.ask("How is a tide made?")
      try visit.page(
        "Their replies stand side by side", seeing: "The moon pulls", "Two bulges",
        "race of 2: 2 live")
      visit.open("river")
      try visit.page(
        "One is whole; what it took stands below it", seeing: "2 open/river  ✓ done", "1 live")
      try visit.press("<Right>")
      try visit.page("Right turns to it", seeing: "[2 open/river] ✓ done")
      try visit.resize(rows: 24, columns: 60)
      try visit.page(
        "Where there is no room for both, one stands below a row of names",
        seeing: "[2 open/river ✓]", "and the earth turns below them.")
      let other = visit.server.chats.firstIndex { request in
        String(decoding: request.body, as: UTF8.self).contains("lagoon\"")
      }
      try visit.press("<Alt-P>")
      try visit.hold(
        "the server saw the other one close", visit.server.sawClose(ofChat: (other ?? 0) + 1))
      try visit.page(
        "Alt-P goes on with it, and the other stays beside it", seeing: "open/river is picked",
        "an earlier attempt")
    }
  ]
}

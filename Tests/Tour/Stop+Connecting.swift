// From nothing to the first reply.

import Support

extension Stop {
  private static let wantedKey = "sk-tour-0123456789abcdefWXYZ"

  static let connecting = [
    Stop(
      name: "setup", title: "From an empty home to the first reply", isConfigured: false,
      key: wantedKey, replies: [.said("Hello, friend."), .said("Here I am, and I stay.")]
    ) { visit in
      try visit.page("Nothing is configured: the guide answers", seeing: "No model is connected")
      try visit.press("/setup<Enter>")
      try visit.page("Who is to answer?", seeing: "Connect a model", "needs a key")
      try visit.press("another")
      try visit.seeNo("needs a key")
      try visit.press("<Enter>")
      try visit.see("its address")
      try visit.press(visit.server.url("/v1"))
      try visit.page("A server of one's own has an address", seeing: visit.server.url("/v1"))
      try visit.press("<Enter>")
      try visit.page("It wants a key", seeing: "asks for a key")
      visit.paste("sk-tour-wrong-000000000", "another key")
      try visit.see("23 characters")
      try visit.press("<Enter>")
      try visit.page("That was not the one; what was typed stays", seeing: "does not accept")
      try visit.press("<Ctrl-U>")
      visit.paste(wantedKey, "the key")
      try visit.page("Of a key only the end is shown", seeing: "WXYZ", "28 characters")
      try visit.press("<Enter>")
      try visit.page("The models of the server, as it lists them", seeing: "open/lagoon-mini")
      try visit.press("mini<Enter>")
      try visit.page("Nothing is sent before Enter", seeing: "Enter sends it")
      try visit.press("<Enter>")
      try visit.page("It answers", seeing: "Hello, friend.", "first token after")
      try visit.press("<Enter>")
      try visit.page("What is written where is said before", seeing: "keys/server")
      try visit.press("<Enter>")
      try visit.see("open/lagoon-mini answers")
      try visit.ask("Are you there?")
      try visit.see("Here I am, and I stay.")
      try visit.seeIdle()
      visit.tellSeconds()
      try visit.page("The first reply", seeing: "Here I am, and I stay.")
    }
  ]
}

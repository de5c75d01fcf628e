// What the configuration makes of the keys.

import Support

extension Stop {
  static let configured = [
    Stop(
      name: "vi", title: "vi's way to edit", configuration: "editing: vi", replies: [.said("Aye.")]
    ) { visit in
      try visit.press("the quick brown fox jumps")
      try visit.see("› the quick brown fox jumps")
      try visit.press("<Esc>")
      try visit.page("Esc leaves insert mode, and the last row says so", seeing: "command mode")
      try visit.press("0wcwslow")
      try visit.page("A word is changed", seeing: "› the slow brown fox jumps")
      try visit.press("<Esc>")
      try visit.see("command mode")
      try visit.press("w2dw")
      try visit.page("Two are cut", seeing: "› the slow jumps")
      try visit.press("$p")
      try visit.page("And put back behind the end", seeing: "› the slow jumpsbrown fox")
      try visit.press("uu")
      try visit.page("u goes back", seeing: "› the slow brown fox jumps")
      try visit.press("<Enter>")
      try visit.see("Aye.")
      try visit.seeIdle()
      try visit.page("Enter sends in both modes", seeing: "Aye.")
    },
    Stop(
      name: "bound", title: "Keys of your own", program: .shell,
      configuration: """
        keys:
          search: [ctrl-s, f6]
          details: f6
          bare: none
          killToEnd: alt-k
        """
    ) { visit in
      try visit.press("patter keys | grep -E 'search|bare text|end of the line'<Enter>")
      try visit.page("patter keys prints what is bound", seeing: "killToEnd", "bare", "search")
      try visit.press("patter<Enter>")
      try visit.page("A key can do one thing: which it does is said", seeing: "answers", "F6")
      try visit.press("one two<Alt-B><Alt-K>")
      try visit.seeNo("one two")
      try visit.page("Alt-K cuts to the end of the line here", seeing: "› one")
      try visit.press("<F6>")
      try visit.page("F6 searches", seeing: "Search:")
    },
  ]
}

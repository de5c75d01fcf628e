// Away and back, and out.

import Support

extension Stop {
  static let leaving = [
    Stop(
      name: "suspend", title: "Ctrl-Z and fg", program: .shell,
      replies: [.said(.openAIDelta("Before"), .gate("after"), .openAIDelta(" and after."))]
    ) { visit in
      try visit.press("patter<Enter>")
      try visit.see("answers")
      try visit.ask("Go on without me")
      try visit.see("Before")
      try visit.press("<Ctrl-Z>")
      try visit.wait(for: "the shell") { !$0.isAlternateScreen }
      try visit.page("The shell has its terminal", seeing: "Stopped")
      visit.open("after")
      try visit.press("fg<Enter>")
      try visit.see("Before and after.")
      try visit.seeIdle()
      try visit.page("And Patter has it again", seeing: "Before and after.")
      try visit.press("<Ctrl-D>")
      try visit.wait(for: "the shell") { !$0.isAlternateScreen }
    },
    Stop(name: "quit", title: "Leaving", program: .shell) { visit in
      try visit.press("patter<Enter>")
      try visit.see("answers")
      try visit.press("<Ctrl-C>")
      try visit.page("Ctrl-C asks once", seeing: "Press Ctrl-C again to quit.")
      try visit.press("<Ctrl-C>")
      // What is typed before the terminal is given back is lost with what nobody read.
      try visit.wait(for: "the shell's prompt") {
        !$0.isAlternateScreen && $0.rows.last { !$0.isEmpty } == "$"
      }
      try visit.press("echo status $?<Enter>")
      try visit.page("And the terminal is as it was", seeing: "status 0")
      try visit.hold(
        "nothing that Patter switched on is left on", visit.patter.modes.leftBehind == [])
    },
  ]
}

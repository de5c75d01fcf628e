// Branches: a prompt that was edited stays beside the new one, and the tree shows them all.

import Support

extension Stop {
  static let branching = [
    Stop(
      name: "siblings", title: "An edited prompt stays beside the new one",
      replies: [
        .said("Try the harbour at dusk."), .said("Cod, for sure."), .begun("Go up the hill"),
      ]
    ) { visit in
      try visit.ask("What should I see in Bergen?")
      try visit.see("Try the harbour at dusk.")
      try visit.seeIdle()
      try visit.ask("And eat?")
      try visit.see("Cod, for sure.")
      try visit.seeIdle()
      try visit.press("/edit<Enter>")
      try visit.page("/edit shows the prompts of the page", seeing: "Edit prompt ›")
      try visit.press("<Down><Enter>")
      try visit.page("One is edited", seeing: "edits prompt 1 of 2")
      try visit.press(" In the morning.<Enter>")
      try visit.page("What is sent stands beside it", seeing: "You ‹2/2›", "Go up the hill")
      try visit.press("<Alt-,>")
      try visit.page(
        "One steps back to the first, while the reply goes on", seeing: "You ‹1/2›",
        "Cod, for sure.", "on another branch")
      try visit.press("<Alt-.>")
      try visit.page("And to the other again", seeing: "You ‹2/2›", "Go up the hill")
    },
    Stop(
      name: "tree", title: "F6 shows the whole conversation",
      replies: [
        .said("Try the harbour at dusk."), .said("Cod, for sure."), .said("Go up the hill."),
        .begun("Take the stairs"),
      ]
    ) { visit in
      try visit.ask("What should I see in Bergen?")
      try visit.see("Try the harbour at dusk.")
      try visit.seeIdle()
      try visit.ask("And eat?")
      try visit.see("Cod, for sure.")
      try visit.seeIdle()
      try visit.press("/edit<Enter>")
      try visit.see("Edit prompt ›")
      try visit.press("<Down><Enter>")
      try visit.see("edits prompt 1 of 2")
      try visit.press(" In the morning.<Enter>")
      try visit.see("Go up the hill.")
      try visit.seeIdle()
      try visit.ask("How?")
      try visit.see("Take the stairs")
      try visit.press("<F6>")
      try visit.page("Every branch, and the chosen one marked", seeing: "Tree ›", "live")
      try visit.resize(rows: 50, columns: 160)
      try visit.page("On a large screen", seeing: "Tree ›", "How?")
      try visit.resize(rows: 24, columns: 80)
      try visit.press("cod")
      try visit.page("Words find a message", seeing: "1 of 8")
      try visit.press("<Enter>")
      try visit.page("Enter goes there", seeing: "You ‹1/2›", "on another branch")
    },
  ]
}

// What the last row says, and how little of it a narrow screen needs.

import Support

extension Stop {
  static let looking = [
    Stop(
      name: "status", title: "The status line on screens of all widths",
      replies: [.said("Twelve hours.", input: 20_480, output: 1_200), .begun("And twenty-five")]
    ) { visit in
      try visit.ask("How long between two floods?")
      try visit.see("Twelve hours.")
      try visit.seeIdle()
      try visit.page("Context and cost, in 80 columns", seeing: "ctx", "$")
      try visit.resize(rows: 24, columns: 120)
      try visit.page("In 120", seeing: "ctx", "$", "F1 keys")
      try visit.resize(rows: 24, columns: 80)
      try visit.ask("Exactly?")
      try visit.page("A reply is live", seeing: "And twenty-five", "Esc stops")
      try visit.resize(rows: 12, columns: 40)
      try visit.page("The same in 40 columns", seeing: "Esc")
      try visit.resize(rows: 12, columns: 20)
      try visit.page("And in 20", seeing: "And twenty-five")
    }
  ]
}

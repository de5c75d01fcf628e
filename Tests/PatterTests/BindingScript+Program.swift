// The rows of the key table that are about the program, the terminal and folded pastes.

import Glibc
import Interface
import LoopbackTests
import Support
import Testing

extension BindingScript {
  static let wholeProgram: [BindingScript] = [
    BindingScript(.text(.openPaste), in: .draft) { key in
      let chat = try Journey(with: nil)
      chat.press(.paste((1...12).map { "line \($0)\n" }.joined()))
      try chat.see("[pasted 12 lines]")
      chat.press(key)
      try chat.see("line 12")
      try chat.seeNo("[pasted")
      try chat.quitWithDraft()
    },
    BindingScript(.openEditor, in: .draft) { key in
      let home = try TestHome()
      try home.write(
        "#!/bin/sh\necho \"$(cat \"$1\"), edited\" >\"$1\"\n", to: "editor", permissions: 0o755)
      let chat = try Journey(
        with: nil, variables: ["EDITOR": "\(home.path)/editor", "TMPDIR": home.path], home: home)
      try chat.draft("words")
      chat.press(key)
      try chat.see("› words, edited")
      try chat.quitWithDraft()
    },
    BindingScript(.help) { key in
      let chat = try Journey(with: nil)
      try chat.draft("unsent")
      chat.press(key)
      try chat.see(helpSentence)
      chat.press(.escape)
      try chat.seeNo(helpSentence)
      try chat.quitWithDraft()
    },
    BindingScript(.help, in: .emptyDraft) { key in
      let chat = try Journey(with: nil)
      chat.press(key)
      try chat.see(helpSentence)
      chat.press(.escape)
      try chat.seeNo(helpSentence)
      // Behind other words it is a letter.
      try chat.draft("what")
      chat.press(key)
      try chat.see("› what?")
      #expect(!chat.picture.shows(helpSentence))
      try chat.quitWithDraft()
    },
    BindingScript(.redraw) { key in
      let chat = try Journey(with: nil)
      try chat.draft("unsent")
      let before = chat.picture.text
      try chat.scribble("\u{1B}[5;10Hgarbage")
      try chat.see("garbage")
      chat.press(key)
      try chat.waitUntil("the page as it was") { $0.text == before }
      try chat.quitWithDraft()
    },
    BindingScript(.suspend) { key in
      let chat = try Journey(with: nil)
      try chat.draft("unsent")
      chat.press(key)
      try chat.patter.waitForStop()
      chat.expectTerminalGivenBack()
      chat.patter.signal(SIGCONT)
      try chat.waitUntil("the page") { $0.isAlternateScreen && $0.shows("› unsent") }
      try chat.quitWithDraft()
    },
    BindingScript(.quit, in: .emptyDraft) { key in
      let chat = try Journey(with: nil)
      chat.press(key)
      try chat.expectEnd(.exited(0))
    },
  ]
}

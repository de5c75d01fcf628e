// The rows of the key table that are about the program, the terminal and folded pastes.

import Interface
import LoopbackTests
import Support
import Testing

extension BindingScript {
  static let wholeProgram: [BindingScript] = [
    BindingScript("open a folded paste", in: .draft) { key in
      let chat = try Journey(with: nil)
      chat.press(.paste((1...12).map { "line \($0)\n" }.joined()))
      try chat.see("[pasted 12 lines]")
      chat.press(key)
      try chat.see("line 12")
      try chat.seeNo("[pasted")
      try chat.quitWithDraft()
    },
    BindingScript("write the draft in your editor", in: .draft) { key in
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
    BindingScript("find an earlier prompt by what is typed", in: .draft) { key in
      let chat = try Journey(with: nil)
      try chat.draft("what was asked before")
      chat.press(.control("c"))
      try chat.see("The draft is cleared.")
      try chat.draft("asked")
      chat.press(key)
      try chat.see("Earlier prompt")
      try chat.see("what was asked before")
      chat.press(.enter)
      try chat.see("› what was asked before")
      try chat.quitWithDraft()
    },
    BindingScript("show the keys") { key in
      let chat = try Journey(with: nil)
      try chat.draft("unsent")
      chat.press(key)
      try chat.see(helpSentence)
      chat.press(.escape)
      try chat.seeNo(helpSentence)
      try chat.quitWithDraft()
    },
    BindingScript("show the keys", in: .emptyDraft) { key in
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
    BindingScript("draw the screen anew") { key in
      let chat = try Journey(with: nil)
      try chat.draft("unsent")
      let before = chat.picture.text
      try chat.scribble("\u{1B}[5;10Hgarbage")
      try chat.see("garbage")
      chat.press(key)
      try chat.waitUntil("the page as it was") { $0.text == before }
      try chat.quitWithDraft()
    },
    BindingScript("suspend; fg brings Patter back") { key in
      // Nothing can be stopped that has no shell to continue it.
      let shell = try Journey("/bin/sh", ["-i"], variables: ["PS1": "shell> "])
      try shell.see("shell>")
      shell.type("\(BuiltProgram.path("patter"))\r")
      try shell.see("answers")
      try shell.draft("unsent")
      shell.press(key)
      try shell.waitUntil("the shell") { $0.isPrompt && $0.shows("Stopped") }
      shell.expectTerminalGivenBack()
      shell.type("fg\r")
      try shell.waitUntil("the page") { $0.isAlternateScreen && $0.shows("› unsent") }
      shell.press(.control("c"))
      try shell.see("The draft is cleared.")
      shell.press(.control("d"))
      try shell.waitUntil("the shell") { $0.isPrompt }
      shell.type("exit 0\r")
      try shell.expectEnd(.exited(0))
    },
    BindingScript("quit", in: .emptyDraft) { key in
      let chat = try Journey(with: nil)
      chat.press(key)
      try chat.expectEnd(.exited(0))
    },
  ]
}

extension Picture {
  /// Whether the shell waits for a line.
  fileprivate var isPrompt: Bool {
    !isAlternateScreen && rows.last { !$0.isEmpty } == "shell>"
  }
}

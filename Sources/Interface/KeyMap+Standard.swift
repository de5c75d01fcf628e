// The keys of a fresh Patter, in the order of the help.

extension KeyMap {
  public static let standard = KeyMap([
    KeyBinding("enter", in: .anywhere, .send, "send the draft; while a reply is live, replace it"),
    KeyBinding(
      "alt-q", in: .draft, .sendOtherwise,
      "send the draft behind the live reply (or replace it, where Enter waits)"),
    KeyBinding(
      "alt-w", in: .anywhere, .waiting, "list the prompts that wait: move them, take them back"),
    KeyBinding("alt-k", in: .anywhere, .continueReply, "go on with a reply that was cut"),
    KeyBinding("esc", in: .anywhere, .cancel, "close what is open, else stop the reply"),
    KeyBinding(
      "ctrl-c", in: .anywhere, .interrupt,
      "stop the reply, else clear the draft, else quit (twice)"),
    KeyBinding(
      "alt-r f5", in: .anywhere, .retry, "send the last prompt again; while waiting to: now"),
    KeyBinding(
      "alt-e", in: .anywhere, .edit, "edit the prompt that is read (Esc twice: the last one)"),
    KeyBinding("alt-n", in: .anywhere, .nextModel, "ask the next model of the chain or pool"),
    KeyBinding(
      "alt-p", in: .anywhere, .pickWinner, "pick the reply in view while models race for it"),
    KeyBinding("alt-m", in: .anywhere, .pickModel, "pick the model that answers"),
    KeyBinding(
      "f4", in: .anywhere, .newConversation, "begin a new conversation; this one stays open"),
    KeyBinding("alt-g", in: .anywhere, .conversations, "list the conversations, to go to one"),
    KeyBinding(
      "alt-j", in: .anywhere, .nextFinished, "go to the next reply that ended out of view"),
    KeyBinding(
      "alt-,", in: .anywhere, .previousSibling,
      "show the version before, where a message has several: ‹2/3›"),
    KeyBinding("alt-.", in: .anywhere, .nextSibling, "show the version after"),
    KeyBinding("f6", in: .anywhere, .tree, "show the conversation as a tree, and go to a branch"),
    KeyBinding(
      "alt-a", in: .anywhere, .attempts, "show or fold the earlier attempts at replies"),
    KeyBinding("alt-t", in: .anywhere, .thoughts, "show or fold what models thought"),
    KeyBinding(
      "alt-u", in: .anywhere, .details, "show or hide tokens, times and cost below replies"),
    KeyBinding("pageup", in: .anywhere, .pageUp, "scroll up"),
    KeyBinding("pagedown", in: .anywhere, .pageDown, "scroll down"),
    KeyBinding("alt-up", in: .anywhere, .messageUp, "go to the message above"),
    KeyBinding("alt-down", in: .anywhere, .messageDown, "go to the message below"),
    KeyBinding("ctrl-home", in: .anywhere, .top, "go to the first message"),
    KeyBinding("home", in: .emptyDraft, .top, "go to the first message"),
    KeyBinding("ctrl-end", in: .anywhere, .end, "go to the end and follow the reply"),
    KeyBinding("end", in: .emptyDraft, .end, "go to the end and follow the reply"),
    KeyBinding("ctrl-s", in: .anywhere, .search, "search the conversation"),
    KeyBinding(
      "alt-c", in: .anywhere, .copy, "copy a message, a block of code or the last reply"),
    KeyBinding("f2", in: .anywhere, .mouse, "give the mouse to the terminal, or take it back"),
    KeyBinding(
      "f3", in: .anywhere, .bare, "show the bare text, for selecting with the terminal"),
    KeyBinding(
      "ctrl-j alt-enter shift-enter", in: .draft, .text(.newline),
      "new line in the draft (\\ and Enter does too)"),
    KeyBinding("up ctrl-p", in: .draft, .previous, "line above, else the earlier prompt"),
    KeyBinding("down ctrl-n", in: .draft, .next, "line below, else the later prompt"),
    KeyBinding("ctrl-g", in: .draft, .openEditor, "write the draft in your editor"),
    KeyBinding("ctrl-r", in: .draft, .recall, "find an earlier prompt by what is typed"),
    KeyBinding("tab", in: .draft, .complete, "complete a slash command, or a path behind @"),
    KeyBinding(
      "shift-tab", in: .draft, .completeBackward, "complete it with the candidate before"),
    KeyBinding("alt-o", in: .draft, .text(.openPaste), "open a folded paste"),
    KeyBinding("left ctrl-b", in: .draft, .text(.left), "left"),
    KeyBinding("right ctrl-f", in: .draft, .text(.right), "right"),
    KeyBinding("alt-b ctrl-left alt-left", in: .draft, .text(.wordLeft), "one word left"),
    KeyBinding("alt-f ctrl-right alt-right", in: .draft, .text(.wordRight), "one word right"),
    KeyBinding("ctrl-a home", in: .draft, .text(.lineStart), "start of the line"),
    KeyBinding("ctrl-e end", in: .draft, .text(.lineEnd), "end of the line"),
    KeyBinding(
      "backspace ctrl-h", in: .draft, .text(.deleteBackward), "delete the character before"),
    KeyBinding("ctrl-d delete", in: .draft, .text(.deleteForward), "delete the character under"),
    KeyBinding("ctrl-w", in: .draft, .text(.deleteToSpace), "cut back to white space"),
    KeyBinding("alt-backspace", in: .draft, .text(.deleteWordBackward), "cut the word before"),
    KeyBinding("alt-d", in: .draft, .text(.deleteWordForward), "cut the word after"),
    KeyBinding("ctrl-k", in: .draft, .text(.killToEnd), "cut to the end of the line"),
    KeyBinding("ctrl-u", in: .draft, .text(.killToStart), "cut to the start of the line"),
    KeyBinding("ctrl-y", in: .draft, .text(.yank), "put back what was cut last"),
    KeyBinding("alt-y", in: .draft, .text(.yankPop), "after that: what was cut before, instead"),
    KeyBinding("ctrl-_", in: .draft, .text(.undo), "undo"),
    KeyBinding("ctrl-t", in: .draft, .text(.transposeCharacters), "exchange two characters"),
    KeyBinding("", in: .draft, .text(.transposeWords), "exchange two words"),
    KeyBinding("", in: .draft, .text(.upcaseWord), "write the word after in capitals"),
    KeyBinding("alt-l", in: .draft, .text(.downcaseWord), "write the word after in small letters"),
    KeyBinding("", in: .draft, .text(.capitalizeWord), "begin the word after with a capital"),
    KeyBinding("f1", in: .anywhere, .help, "show the keys"),
    KeyBinding("?", in: .emptyDraft, .help, "show the keys"),
    KeyBinding("ctrl-l", in: .anywhere, .redraw, "draw the screen anew"),
    KeyBinding("ctrl-z", in: .anywhere, .suspend, "suspend; fg brings Patter back"),
    KeyBinding("ctrl-d", in: .emptyDraft, .quit, "quit"),
  ])
}

import Chat
import Testing

@testable import Interface

private func composer(_ text: String, at cursor: Int? = nil) -> Composer {
  var composer = Composer()
  composer.insert(text)
  if let cursor { for _ in cursor..<text.count { composer.moveLeft() } }
  return composer
}

@Suite struct `The composer` {
  @Test func `writes at the cursor and moves by graphemes`() {
    var draft = composer("e\u{301}👩‍💻x", at: 2)
    draft.insert("-")
    #expect(draft.text == "e\u{301}👩‍💻-x")
    draft.deleteBackward()
    draft.deleteBackward()
    #expect(draft.text == "e\u{301}x")
  }

  @Test func `a mark that comes after its letter is one grapheme with it`() {
    var draft = composer("xe")
    draft.insert("\u{301}")
    #expect(draft.elements == ["x", "e\u{301}"])
    #expect(draft.cursor == 2)
    draft.deleteBackward()
    #expect(draft.text == "x")
  }

  @Test func `moves by words`() {
    var draft = composer("one two-three", at: 13)
    draft.moveWordLeft()
    #expect(draft.cursor == 8)
    draft.moveWordLeft()
    #expect(draft.cursor == 4)
    draft.moveWordRight()
    #expect(draft.cursor == 7)
  }

  @Test func `cuts and puts back, and cuts in a row are one`() {
    var draft = composer("one two three", at: 7)
    draft.cutWordBackward()
    #expect(draft.text == "one  three")
    draft.cutToLineEnd()
    #expect(draft.text == "one ")
    draft.yank()
    #expect(draft.text == "one two three")
    draft.cutToLineStart()
    draft.cutWordForward()
    #expect(draft.isEmpty)
  }

  @Test func `cutting at the end of a line takes the line end`() {
    var draft = composer("a\nb", at: 1)
    draft.cutToLineEnd()
    #expect(draft.text == "ab")
  }

  @Test func `goes up and down between lines and keeps to their ends`() {
    var draft = composer("long line\nab\nlong line")
    draft.moveUp()
    #expect(draft.cursor == 12)
    draft.moveUp()
    #expect(draft.cursor == 2)
    draft.moveDown()
    draft.moveDown()
    #expect(draft.cursor == 15)
  }

  @Test func `recalls prompts and comes back to the draft`() {
    var draft = Composer()
    draft.insert("one")
    #expect(draft.take() == "one")
    draft.insert("two")
    _ = draft.take()
    draft.insert("unsent")
    draft.moveUp()
    #expect(draft.text == "two")
    draft.moveUp()
    draft.moveUp()
    #expect(draft.text == "one")
    draft.moveDown()
    draft.moveDown()
    #expect(draft.text == "unsent")
  }

  /// Everything that Up brings, from the latest on.
  private func recallable(_ composer: Composer) -> [String] {
    var composer = composer
    var texts: [String] = []
    for _ in 0..<10 {
      let before = composer.text
      for _ in composer.elements { composer.moveLeft() }
      composer.moveUp()
      if composer.text == before { break }
      texts.append(composer.text)
    }
    return texts
  }

  @Test func `a draft that was set aside for a recalled prompt is still there after it is sent`() {
    var draft = composer("earlier")
    _ = draft.take()
    draft.insert("precious")
    draft.moveUp()
    #expect(draft.take() == "earlier")
    #expect(recallable(draft) == ["earlier", "precious", "earlier"])
  }

  @Test
  func `clearing a recalled prompt keeps the draft too, and so does a prompt that comes back`() {
    var draft = composer("earlier")
    _ = draft.take()
    draft.insert("precious")
    draft.moveUp()
    var other = draft
    draft.clear()
    #expect(recallable(draft).contains("precious"))
    other.giveBack("held")
    #expect(other.text == "held\nearlier")
    other.clear()
    #expect(recallable(other).contains("precious"))
  }

  @Test func `what is written into a recalled prompt is kept`() {
    var draft = composer("one")
    _ = draft.take()
    draft.moveUp()
    draft.insert("!")
    draft.moveDown()
    #expect(draft.isEmpty)
    draft.moveUp()
    #expect(draft.text == "one!")
    draft.moveDown()
    draft.insert("new")
    _ = draft.take()
    #expect(recallable(draft) == ["new", "one!", "one"])
  }

  @Test func `recall keeps a bounded number of prompts`() {
    var draft = Composer()
    for number in 0...Recall.limit {
      draft.insert("\(number)")
      _ = draft.take()
    }
    for _ in 0..<(Recall.limit * 2) { draft.moveUp() }
    #expect(draft.text == "1")
  }

  @Test func `a prompt that comes back stands before what was written since`() {
    var draft = composer("later")
    draft.giveBack("first")
    #expect(draft.text == "first\nlater")
  }

  @Test func `a full draft says that something was left out`() {
    var draft = Composer()
    let wasAllTaken = draft.insert(String(repeating: "x", count: Draft.longest))
    let wasMoreTaken = draft.insert("y")
    #expect(wasAllTaken)
    #expect(!wasMoreTaken)
    #expect(draft.elements.count == Draft.longest)
  }

  @Test func `a carriage return never stays in a draft`() {
    var draft = Composer()
    draft.insert("a\r\nb\rc")
    #expect(draft.text == "a\nb\nc")
  }
}

@Suite struct `A long paste` {
  private let lines = (1...214).map { "line \($0)\n" }.joined()

  @Test func `is one thing in the draft, and sent whole`() {
    var draft = composer("before ")
    draft.paste(lines)
    draft.insert(" after")
    #expect(draft.elements.count == 14)
    #expect(draft.text == "before \(lines) after")
    for _ in 0..<6 { draft.moveLeft() }
    draft.deleteBackward()
    #expect(draft.text == "before  after")
    draft.undo()
    #expect(draft.take() == "before \(lines) after")
  }

  @Test func `opens where the cursor is, and undo folds it again`() {
    var draft = Composer()
    draft.paste(lines)
    draft.insert("-")
    draft.paste(lines.uppercased())
    #expect(draft.hasFoldedPaste)
    for _ in 0..<2 { draft.moveLeft() }
    draft.openPaste()
    #expect(draft.elements.count == lines.count + 2)
    #expect(draft.elements.last?.isPaste == true)
    draft.undo()
    #expect(draft.elements.count == 3)
  }

  @Test(arguments: [
    ("a\nb\n", false), (String(repeating: "a\n", count: 10), false),
    (String(repeating: "a\n", count: 11), true), (String(repeating: "é", count: 2_000), false),
    (String(repeating: "é", count: 2_001), true),
  ])
  func `is folded from a length on`(text: String, isFolded: Bool) {
    var draft = Composer()
    draft.paste(text)
    #expect(draft.hasFoldedPaste == isFolded)
    #expect(draft.text == text)
  }

  @Test func `says how long it is`() {
    #expect(PastedText(lines).label == "[pasted 214 lines]")
    #expect(PastedText(String(repeating: "x", count: 3000)).label == "[pasted 3000 characters]")
  }

  @Test func `counts against the room of the draft with all that is in it`() {
    var draft = Composer()
    let half = String(repeating: "x", count: Draft.longest / 2)
    let wasTaken = [draft.paste(half), draft.paste(half), draft.paste(half), draft.insert("y")]
    #expect(wasTaken == [true, true, false, false])
    #expect(draft.text.count == Draft.longest)
  }
}

@Suite struct `No draft dies` {
  @Test func `a cleared one comes back by undo as by recall`() {
    var draft = composer("ten minutes of writing")
    draft.clear()
    var other = draft
    draft.undo()
    #expect(draft.text == "ten minutes of writing")
    other.moveUp()
    #expect(other.text == "ten minutes of writing")
  }

  @Test func `each conversation keeps its own`() {
    var draft = composer("of the first")
    draft.turn(from: ConversationID(0), to: ConversationID(1))
    #expect(draft.isEmpty)
    #expect(draft.conversationsWithDrafts == [ConversationID(0)])
    draft.insert("of the second")
    draft.turn(from: ConversationID(1), to: ConversationID(0))
    #expect(draft.text == "of the first")
    draft.turn(from: ConversationID(0), to: ConversationID(1))
    #expect(draft.text == "of the second")
  }

  @Test func `one that an earlier prompt took the place of comes back when that is sent or left`() {
    var draft = composer("unsent")
    draft.beginEditing("earlier".draftElements)
    draft.insert("!")
    var left = draft
    #expect(draft.take() == "earlier!")
    #expect(draft.text == "unsent")
    left.endEditing()
    #expect(left.text == "unsent")
    left.moveUp()
    #expect(left.text == "earlier!")
  }

  @Test func `what was sent is not undone`() {
    var draft = composer("sent")
    _ = draft.take()
    draft.undo()
    #expect(draft.isEmpty)
  }
}

import Interface
import Testing

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
    #expect(draft.characters == ["x", "e\u{301}"])
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

  @Test func `cuts and puts back`() {
    var draft = composer("one two three", at: 7)
    draft.cutWordBackward()
    #expect(draft.text == "one  three")
    draft.cutToLineEnd()
    #expect(draft.text == "one ")
    draft.putBack()
    #expect(draft.text == "one  three")
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
      for _ in composer.characters { composer.moveLeft() }
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
    for number in 0...Composer.recallLimit {
      draft.insert("\(number)")
      _ = draft.take()
    }
    for _ in 0..<(Composer.recallLimit * 2) { draft.moveUp() }
    #expect(draft.text == "1")
  }

  @Test func `a prompt that comes back stands before what was written since`() {
    var draft = composer("later")
    draft.giveBack("first")
    #expect(draft.text == "first\nlater")
  }

  @Test func `a full draft says that something was left out`() {
    var draft = Composer()
    let wasAllTaken = draft.insert(String(repeating: "x", count: Composer.longestDraft))
    let wasMoreTaken = draft.insert("y")
    #expect(wasAllTaken)
    #expect(!wasMoreTaken)
    #expect(draft.characters.count == Composer.longestDraft)
  }

  @Test func `a carriage return never stays in a draft`() {
    var draft = Composer()
    draft.insert("a\r\nb\rc")
    #expect(draft.text == "a\nb\nc")
  }
}

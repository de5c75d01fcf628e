import Testing

@testable import Interface

private func draft(_ text: String) -> Draft {
  var draft = Draft()
  for letter in text { draft.insert(String(letter)) }
  return draft
}

@Suite struct `Undo` {
  @Test func `takes twenty bytes of typing at a time`() {
    var draft = draft(String(repeating: "x", count: 45))
    let counts = (0..<3).map { _ in
      draft.undo()
      return draft.elements.count
    }
    #expect(counts == [40, 20, 0])
  }

  @Test func `takes a mark that came by itself with its letter`() {
    var draft = draft("one e")
    draft.insert("\u{301}")
    draft.insert("x")
    #expect(draft.text == "one e\u{301}x")
    draft.undo()
    #expect(draft.isEmpty)
  }

  @Test func `gives the letter back that a mark was put on later`() {
    var draft = draft("one e")
    draft.cursor = 1
    draft.insert("x")
    draft.cursor = 1
    draft.insert("\u{302}")
    #expect(draft.text == "o\u{302}xne e")
    draft.undo()
    #expect(draft.text == "oxne e")
    #expect(draft.cursor == 1)
  }

  @Test func `takes an exchange back at once`() {
    var draft = draft("one two")
    draft.replace(0..<3, with: "three".draftElements)
    draft.undo()
    #expect(draft.text == "one two")
    #expect(draft.cursor == 3)
  }

  @Test func `takes what was written over a selection back at once`() {
    var draft = draft("one two")
    draft.selection = 0..<3
    for letter in "three" { draft.insert(String(letter)) }
    #expect(draft.text == "three two")
    draft.undo()
    #expect(draft.text == "one two")
    draft.selection = 0..<3
    for letter in ["e", "\u{301}", "x"] { draft.insert(letter) }
    #expect(draft.text == "e\u{301}x two")
    draft.undo()
    #expect(draft.text == "one two")
    draft.undo()
    #expect(draft.isEmpty)
  }

  @Test func `takes twenty bytes at a time of what was written over a selection`() {
    var draft = draft("one two")
    draft.selection = 0..<3
    for letter in String(repeating: "x", count: 30) { draft.insert(String(letter)) }
    draft.undo()
    #expect(draft.elements.count == 24)
    draft.undo()
    #expect(draft.text == "one two")
  }

  @Test func `leaves alone what stood before a letter that is typed behind an exchange`() {
    var draft = draft("one two")
    draft.replace(0..<3, with: "three".draftElements)
    draft.insert("x")
    draft.undo()
    #expect(draft.text == "three two")
    draft.undo()
    #expect(draft.text == "one two")
  }

  @Test func `takes a group back at once, and groups within it`() {
    var draft = draft("one")
    draft.asOneStep {
      $0.replace(0..<1, with: [])
      $0.asOneStep { $0.replace(0..<1, with: ["x"]) }
      $0.insert("y")
    }
    #expect(draft.text == "xye")
    draft.insert("z")
    draft.undo()
    draft.undo()
    #expect(draft.text == "one")
  }

  @Test func `forgets the oldest steps beyond a limit, and none by half`() {
    var draft = Draft()
    for _ in 0...UndoList.limit {
      draft.replace(0..<draft.elements.count, with: ["a", "b"])
    }
    var steps = 0
    while !draft.isEmpty {
      let before = draft
      draft.undo()
      if draft == before { break }
      #expect(draft.text == "ab")
      steps += 1
    }
    #expect(steps > UndoList.limit / 8 && steps <= UndoList.limit / 2)
  }

  @Test func `forgets the oldest deletions when they hold too much`() {
    var draft = Draft()
    let half = String(repeating: "x", count: Draft.longest / 2).draftElements
    for _ in 0..<6 {
      draft.replace(0..<0, with: half)
      draft.replace(0..<half.count, with: [])
    }
    // Each of the last four comes and goes.
    for _ in 0..<8 { draft.undo() }
    #expect(draft.isEmpty)
    draft.undo()
    draft.undo()
    #expect(draft.isEmpty)
  }
}

@Suite struct `A draft of several lines` {
  private func composer(_ text: String, at cursor: Int) -> Composer {
    var composer = Composer()
    composer.insert(text)
    for _ in cursor..<text.count { composer.perform(.left) }
    return composer
  }

  @Test func `has its keys for lines on the line of the cursor`() {
    var composer = composer("one\ntwo three\nfour", at: 8)
    composer.perform(.lineStart)
    #expect(composer.cursor == 4)
    composer.perform(.lineEnd)
    #expect(composer.cursor == 13)
    composer.perform(.wordLeft)
    composer.perform(.killToEnd)
    #expect(composer.text == "one\ntwo \nfour")
    composer.perform(.killToStart)
    #expect(composer.text == "one\n\nfour")
    composer.perform(.yank)
    #expect(composer.text == "one\ntwo three\nfour")
  }

  @Test func `is cut beyond its line from an end of it`() {
    var composer = composer("one\ntwo\nthree", at: 7)
    composer.perform(.killToEnd)
    #expect(composer.text == "one\ntwothree")
    composer.perform(.lineStart)
    composer.perform(.killToStart)
    #expect(composer.text == "onetwothree")
    composer.perform(.undo)
    composer.perform(.undo)
    #expect(composer.text == "one\ntwo\nthree")
  }

  @Test func `exchanges no letter with a line end`() {
    var composer = composer("ab\ncd", at: 3)
    composer.perform(.transposeCharacters)
    #expect(composer.text == "ab\ncd")
    composer.perform(.left)
    composer.perform(.transposeCharacters)
    #expect(composer.text == "ba\ncd")
  }

  @Test func `has words over line ends`() {
    var composer = composer("one\n  two", at: 6)
    composer.perform(.wordLeft)
    #expect(composer.cursor == 0)
    composer.perform(.lineEnd)
    composer.perform(.deleteWordForward)
    #expect(composer.text == "one")
    composer.perform(.undo)
    composer.perform(.deleteToSpace)
    composer.perform(.deleteToSpace)
    #expect(composer.isEmpty)
  }
}

@Suite struct `A folded paste among words` {
  private func composer() -> Composer {
    var composer = Composer()
    composer.insert("see this")
    composer.paste(String(repeating: "line\n", count: 40))
    composer.insert("now")
    return composer
  }

  @Test func `is a word of its own`() {
    var composer = composer()
    let places = (0..<4).map { _ in
      composer.perform(.wordLeft)
      return composer.cursor
    }
    #expect(places == [9, 8, 4, 0])
    let further = (0..<4).map { _ in
      composer.perform(.wordRight)
      return composer.cursor
    }
    #expect(further == [3, 8, 9, 12])
  }

  @Test func `is cut alone, and put back folded`() {
    var composer = composer()
    composer.perform(.deleteToSpace)
    #expect(composer.cursor == 9)
    composer.perform(.deleteToSpace)
    #expect(composer.text == "see this")
    composer.perform(.left)
    composer.perform(.yank)
    #expect(composer.elements[7].isPaste)
  }
}

@Suite struct `What was cut` {
  @Test func `is kept ten times`() {
    var composer = Composer()
    for letter in "abcdefghijkl" {
      composer.insert(String(letter))
      composer.perform(.killToStart)
    }
    composer.perform(.yank)
    var texts = [composer.text]
    for _ in 0..<10 {
      composer.perform(.yankPop)
      texts.append(composer.text)
    }
    #expect(texts.joined() == "lkjihgfedcl")
  }

  @Test func `joins at the side that it was cut from`() {
    var ring = KillRing()
    ring.cut("cd".draftElements, on: .after, isJoining: false)
    ring.cut("b".draftElements, on: .before, isJoining: true)
    ring.cut("ef".draftElements, on: .after, isJoining: true)
    ring.cut("xa".draftElements, on: .before, isJoining: true)
    #expect(ring.current?.text == "xabcdef")
  }

  @Test func `outlives what is sent`() {
    var composer = Composer()
    composer.insert("one two")
    composer.perform(.deleteToSpace)
    _ = composer.take()
    composer.perform(.yank)
    #expect(composer.text == "two")
  }
}

@Suite struct `A step of undo that is longer than what is kept` {
  @Test func `is taken back as a whole`() {
    var draft = Draft(Array(repeating: DraftElement.character("a"), count: UndoList.limit + 5))
    draft.asOneStep { draft in
      for place in draft.elements.indices { draft.replace(place..<(place + 1), with: ["b"]) }
    }
    draft.undo()
    #expect(draft.elements.allSatisfy { $0 == "a" })
    #expect(draft.elements.count == UndoList.limit + 5)
  }
}

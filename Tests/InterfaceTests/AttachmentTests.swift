// Files in a draft: how they come there, what they are there, and what becomes of them when it is sent. A file
// system of a few names answers what is asked.

import Chat
import Terminal
import Testing

@testable import Interface

/// Files by their paths; nil stands for a folder.
struct SmallDisk {
  var files: [String: String?] = [
    "notes.txt": "my notes", "src": nil, "src/main.swift": "print(1)", "my photo.png": "PNG",
    "/tmp/a b.txt": "a and b", "/tmp/c.pdf": "PDF",
  ]
  /// What speaks against pictures.
  var remark: String?
  /// How often a file was read.
  var readCount = 0

  private func facts(_ path: String, _ text: String) -> FileFacts {
    let kind: AttachmentKind =
      path.hasSuffix(".png")
      ? .picture(mediaType: "image/png") : path.hasSuffix(".pdf") ? .pdf : .text
    return FileFacts(kind, byteCount: text.utf8.count, modified: Int64(text.utf8.count))
  }

  mutating func answers(to request: FileRequest) -> [FileNews] {
    switch request {
    case .list(let folder):
      let inFolder = files.keys.filter { PathWriting.parts(of: $0).folder == folder }
      let names = inFolder.map { (PathWriting.name(of: $0), files[$0] == .some(nil)) }
      return [
        .listed(
          FolderListing(
            folder, folders: names.filter(\.1).map(\.0), files: names.filter { !$0.1 }.map(\.0)))
      ]
    case .inspect(let number, let paths, _):
      return [
        .inspected(
          number,
          paths.map { path in
            switch files[path] {
            case nil: .missing
            case .some(nil): .folder
            case "": .refused("\(path) is empty.")
            case .some(.some(let text)): .file(facts(path, text), remark: remark)
            }
          })
      ]
    case .read(let number, let paths, _):
      return paths.enumerated().map { place, path in
        readCount += 1
        guard case .some(.some(let text)) = files[path] else {
          return .read(number, place: place, .refused("\(path) is gone."))
        }
        let facts = facts(path, text)
        let name = PathWriting.name(of: path)
        let part =
          path.hasSuffix(".png")
          ? Part(.image(mediaType: "image/png"), data: Array(text.utf8), pictureName: name)
          : Part(.file(name: name, mediaType: facts.kind.mediaType), text: text)
        return .read(number, place: place, .part(part, facts, remark: nil))
      }
    case .stop: return []
    }
  }
}

/// An app and its files.
struct Desk {
  var app = readyApp()
  var disk = SmallDisk()

  init(_ app: App = readyApp()) {
    self.app = app
  }

  /// Takes in an event, with the files' answers at once; the other effects, without the saves.
  @discardableResult
  mutating func take(_ event: AppEvent) -> [AppEffect] {
    var effects = app.take(event).effects[...]
    var others: [AppEffect] = []
    while let effect = effects.popFirst() {
      if case .files(let request) = effect {
        for news in disk.answers(to: request) { effects += app.take(.files(news)).effects }
      } else {
        others.append(effect)
      }
    }
    return others
  }

  @discardableResult
  mutating func press(_ names: String...) -> [AppEffect] {
    names.flatMap { name in take(.input(.key(KeyPress(name) ?? KeyPress(.insert)))) }
  }

  mutating func type(_ text: String) {
    for character in text { take(.input(.key(KeyPress(.character(character))))) }
  }

  mutating func paste(_ text: String) { take(.input(.paste(text))) }

  /// The draft as it is seen.
  var draft: String { app.composer.elements.map(\.seen).joined() }

  /// The parts of the last prompt.
  var sent: [Part] {
    app.store.conversation.lastPrompt.map { app.store.conversation[$0].parts } ?? []
  }

  var rows: [String] { app.shownCompletion?.completion.rows.map(\.name) ?? [] }
}

extension DraftElement {
  fileprivate var seen: String {
    switch self {
    case .character(let character): String(character)
    case .paste(let paste): paste.label
    case .attachment(let attachment): attachment.label
    }
  }
}

private let notes = Part(.file(name: "notes.txt", mediaType: "text/plain"), text: "my notes")
private let photo = Part(
  .image(mediaType: "image/png"), data: Array("PNG".utf8), pictureName: "my photo.png")

@Suite struct `A path behind @` {
  @Test func `shows what is in the folder, and Tab makes the file of it`() {
    var desk = Desk()
    desk.type("see @")
    #expect(desk.rows == ["src/", "my photo.png", "notes.txt"])
    desk.type("n")
    #expect(desk.rows == ["notes.txt", "my photo.png"])
    desk.press("tab")
    #expect(desk.draft == "see [notes.txt 8 bytes]")
    #expect(desk.rows == [])
  }

  @Test func `goes down into a folder with Tab, and Enter takes the row that is chosen`() {
    var desk = Desk()
    desk.type("@sr")
    desk.press("tab")
    #expect(desk.draft == "@src/")
    #expect(desk.rows == ["main.swift"])
    desk.press("down")
    #expect(desk.press("enter") == [])
    #expect(desk.draft == "[main.swift 8 bytes]")
    desk.press("ctrl-u")
    desk.type("@")
    desk.press("down", "tab")
    #expect(desk.draft == "@src/")
    desk.press("ctrl-u")
    desk.type("@")
    desk.press("down", "enter")
    #expect(desk.rows == ["main.swift"])
  }

  @Test func `that is half written is completed by Enter, and not sent`() {
    var desk = Desk()
    desk.type("see @no")
    #expect(desk.press("enter") == [])
    #expect(desk.draft == "see [notes.txt 8 bytes]")
    desk.press("ctrl-u")
    desk.disk.files["note"] = "a note"
    desk.type("@no")
    desk.press("enter")
    #expect(desk.draft == "@note")
    desk.press("enter")
    #expect(desk.draft == "[note 6 bytes]")
    desk.press("ctrl-u")
    desk.type("@no")
    desk.press("esc")
    desk.press("enter")
    #expect(desk.sent == [.text("@no")])
    desk.type("@src/")
    desk.press("enter")
    #expect(desk.sent == [.text("@src/")])
  }

  @Test func `that was text once is looked at again in another draft`() {
    var desk = Desk()
    for _ in 0..<2 {
      desk.type("@notes.txt is mine")
      #expect(desk.press("enter") == [])
      #expect(desk.draft == "[notes.txt 8 bytes] is mine")
      desk.press("ctrl-_", "ctrl-c")
    }
  }

  @Test func `writes blanks with a backslash, and reads them`() {
    var desk = Desk()
    desk.type("@my")
    desk.press("tab")
    #expect(desk.draft == "[my photo.png 3 bytes]")
    desk.press("ctrl-u")
    desk.type(#"@"my p"#)
    #expect(desk.rows == ["my photo.png"])
    desk.press("tab")
    #expect(desk.draft == "[my photo.png 3 bytes]")
  }

  @Test(arguments: ["me@notes", "@", "@someone", "a@", "@@dataclass", "@src/nobody"])
  func `is text where it names nothing, and is sent as text`(text: String) {
    var desk = Desk()
    desk.type(text)
    desk.press("esc")
    desk.press("enter")
    #expect(desk.sent == [.text(text)])
  }

  @Test func `is shown to be a file by Enter, and sent by the next`() {
    var desk = Desk()
    desk.type("what is in @notes.txt, and why")
    #expect(desk.press("enter") == [])
    #expect(desk.draft == "what is in [notes.txt 8 bytes], and why")
    #expect(
      desk.app.notice?.text
        == "Attached: notes.txt. Enter sends it; Ctrl-_ makes text of it again.")
    #expect(desk.disk.readCount == 0)
    desk.press("enter")
    #expect(desk.sent == [notes, .text("what is in notes.txt, and why")])
  }

  @Test func `is text again by undo, and then stays text`() {
    var desk = Desk()
    desk.type("@notes.txt is mine")
    desk.press("enter")
    desk.press("ctrl-_")
    #expect(desk.draft == "@notes.txt is mine")
    desk.press("enter")
    #expect(desk.sent == [.text("@notes.txt is mine")])
    #expect(desk.disk.readCount == 0)
  }

  @Test(arguments: [
    ("see @notes.txt).", "see [notes.txt 8 bytes])."),
    ("see (@notes.txt) now", "see ([notes.txt 8 bytes]) now"),
    ("see [@notes.txt]; {@notes.txt}", "see [[notes.txt 8 bytes]]; {[notes.txt 8 bytes]}"),
    (#"see "@notes.txt"."#, #"see "[notes.txt 8 bytes]"."#),
    ("see '@notes.txt', <@notes.txt>", "see '[notes.txt 8 bytes]', <[notes.txt 8 bytes]>"),
    ("see “@notes.txt”…", "see “[notes.txt 8 bytes]”…"),
    (
      "put @notes.txt's head before @src/main.swift’s tail",
      "put [notes.txt 8 bytes]'s head before [main.swift 8 bytes]’s tail"
    ),
    ("it is (@notes.txt)'s", "it is ([notes.txt 8 bytes])'s"),
    (#"is @"my photo.png"?!"#, "is [my photo.png 3 bytes]?!"),
    (#"is @my\ photo.png?!"#, "is [my photo.png 3 bytes]?!"),
  ])
  func `is found among the marks of a sentence`(text: String, draft: String) {
    var desk = Desk()
    desk.type(text + " ")
    #expect(desk.press("enter") == [])
    #expect(desk.draft == draft + " ")
  }

  @Test func `is found with the marks that are in its name`() {
    var desk = Desk()
    for name in ["it's (1).txt", "why?", "why"] { desk.disk.files[name] = "it" }
    desk.type(#"@"it's (1).txt" @it\'s\ (1).txt, @why? "#)
    desk.press("enter")
    #expect(desk.draft == "[it's (1).txt 2 bytes] [it's (1).txt 2 bytes], [why? 2 bytes] ")
  }

  @Test func `leaves its name among the marks around it`() {
    var desk = Desk()
    desk.type("see (@notes.txt), [@notes.txt] ")
    desk.press("enter", "enter")
    #expect(desk.sent == [notes, .text("see (notes.txt), [notes.txt] ")])
    desk.press("ctrl-p")
    #expect(desk.press("ctrl-g") == [.openEditor("see (@notes.txt ), [@notes.txt ] ")])
  }

  @Test(arguments: [
    ("@notes.txt and @/tmp/c.pdf differ?", "notes.txt and c.pdf differ?"),
    ("@notes.txt's end", "notes.txt's end"),
    ("@notes.txt, @src/main.swift x", "notes.txt, main.swift x"),
    (" @notes.txt @/tmp/c.pdf differ", "notes.txt c.pdf differ"),
  ])
  func `leaves its name at the beginning of a sentence, too`(text: String, words: String) {
    var desk = Desk()
    desk.type(text)
    desk.press("enter", "enter")
    #expect(desk.sent.last == .text(words))
  }

  @Test func `is not looked for behind more marks than a sentence has`() {
    var desk = Desk()
    desk.type("@notes.txt" + String(repeating: ")", count: 3_000) + " ")
    let effects = desk.app.press("enter")
    guard case .files(.inspect(_, let paths, _)) = effects.first else {
      Issue.record("nothing is asked")
      return
    }
    #expect(paths.count <= 9)
  }

  @Test func `is text again with all others that Enter showed`() {
    var desk = Desk()
    desk.type("@notes.txt, @src/main.swift and @/tmp/c.pdf are mine")
    desk.press("enter")
    #expect(desk.draft == "[notes.txt 8 bytes], [main.swift 8 bytes] and [c.pdf 3 bytes] are mine")
    desk.press("ctrl-_")
    #expect(desk.draft == "@notes.txt, @src/main.swift and @/tmp/c.pdf are mine")
  }

  @Test func `is looked at again after its file was taken out`() {
    var desk = Desk()
    desk.type("in short: @notes.txt ")
    desk.press("enter", "backspace", "backspace")
    desk.type("look at @notes.txt please")
    #expect(desk.press("enter") == [])
    #expect(desk.draft == "in short: look at [notes.txt 8 bytes] please")
  }

  @Test func `that was to stay text is looked at again when it is written again`() {
    var desk = Desk()
    desk.type("in short: @notes.txt ")
    desk.press("enter", "ctrl-_", "ctrl-u")
    desk.type("sum up @notes.txt ")
    #expect(desk.press("enter") == [])
    // The blank behind the path was not cut.
    #expect(desk.draft == "sum up [notes.txt 8 bytes]  ")
  }

  @Test func `that stands alone stays text, too`() {
    var desk = Desk()
    desk.type("@notes.txt")
    desk.press("tab", "ctrl-_", "esc")
    #expect(desk.draft == "@notes.txt")
    desk.press("enter")
    #expect(desk.sent == [.text("@notes.txt")])
  }

  @Test func `stays text in its own conversation`() {
    var desk = Desk()
    desk.type("@notes.txt is mine")
    desk.press("enter", "ctrl-_", "f4")
    desk.type("@notes.txt is mine")
    #expect(desk.press("enter") == [])
    #expect(desk.draft == "[notes.txt 8 bytes] is mine")
    desk.press("ctrl-u", "alt-g", "enter")
    #expect(desk.draft == "@notes.txt is mine")
    desk.press("enter")
    #expect(desk.sent == [.text("@notes.txt is mine")])
  }

  @Test func `of a file that cannot be sent is told, and then sent as text`() {
    var desk = Desk()
    desk.disk.files["void"] = ""
    desk.type("@void x")
    #expect(desk.press("enter") == [])
    #expect(desk.app.notice?.text == "void is empty. Enter sends its path as text.")
    desk.press("enter")
    #expect(desk.sent == [.text("@void x")])
  }

  @Test func `is told with all others that cannot be sent, before any is sent as text`() {
    var desk = Desk()
    desk.disk.files["void"] = ""
    desk.type("see @src and @void x")
    #expect(desk.press("enter") == [])
    #expect(
      desk.app.notice?.text
        == "src is a folder; only files can be attached. void is empty. Enter sends their paths as text."
    )
  }

  @Test func `more than a prompt takes are counted in words, pasted or named`() {
    let paths = (1...65).map { "/\($0)" }.joined(separator: " ")
    let sentence = "A prompt takes 64 files at the most, and these are 65."
    var desk = Desk()
    desk.paste(paths)
    #expect(desk.app.notice?.text == "\(sentence) They stay as text.")
    desk = Desk()
    desk.type("/attach ")
    desk.paste(paths)
    desk.press("enter")
    #expect(desk.app.notice?.text == sentence)
  }

  @Test func `is attached behind a path that stays text`() {
    var desk = Desk()
    desk.disk.files["./notes.txt"] = "my notes"
    desk.paste("/tmp/nobody")
    desk.type(" ")
    desk.paste("./notes.txt")
    #expect(desk.draft == "/tmp/nobody [notes.txt 8 bytes]")
  }

  @Test(arguments: ["src/", "src"])
  func `of a folder is told, and then sent as text`(path: String) {
    var desk = Desk()
    desk.disk.files["src/"] = .some(nil)
    desk.type("what is in @\(path)")
    desk.press("esc")
    #expect(desk.press("enter") == [])
    #expect(
      desk.app.notice?.text
        == "src is a folder; only files can be attached. Enter sends its path as text.")
    #expect(desk.app.notice?.kind == .error)
    desk.press("enter")
    #expect(desk.sent == [.text("what is in @\(path)")])
  }

  @Test func `of a folder is told beside files, and no dots are one`() {
    var desk = Desk()
    for name in [".", "..", "./", "/"] { desk.disk.files[name] = .some(nil) }
    desk.type("compare @notes.txt and @src. ")
    desk.press("enter")
    #expect(desk.draft == "compare [notes.txt 8 bytes] and @src. ")
    #expect(desk.app.notice?.text.hasPrefix("src is a folder;") == true)
    desk.press("enter")
    #expect(desk.sent == [notes, .text("compare notes.txt and @src. ")])
    desk.type("well @... and @.. and @. and @/ ")
    desk.press("enter")
    #expect(desk.sent == [.text("well @... and @.. and @. and @/ ")])
  }
}

@Suite struct `A file in the draft` {
  private func attached(_ before: String = "see ") -> Desk {
    var desk = Desk()
    desk.type(before + "@notes.txt")
    desk.press("tab")
    return desk
  }

  @Test func `is one thing for every key`() {
    var desk = attached()
    desk.press("left", "delete")
    #expect(desk.draft == "see ")
    desk.press("ctrl-_")
    #expect(desk.draft == "see [notes.txt 8 bytes]")
    desk.press("end", "backspace")
    #expect(desk.draft == "see ")
    desk.press("ctrl-_", "end", "alt-b")
    #expect(desk.app.composer.cursor == 4)
    desk.press("end", "ctrl-w", "ctrl-y", "ctrl-c")
    #expect(desk.draft == "")
    desk.press("ctrl-_")
    #expect(desk.draft == "see [notes.txt 8 bytes]")
  }

  @Test func `is read when it is sent, and gone from the draft then`() {
    var desk = attached("")
    #expect(desk.disk.readCount == 0)
    desk.type(" what is this?")
    desk.press("enter")
    #expect(desk.sent == [notes, .text("notes.txt what is this?")])
    #expect(desk.disk.readCount == 1)
    #expect(desk.app.composer.isEmpty)
    desk.press("enter")
    #expect(desk.disk.readCount == 1)
    #expect(desk.app.store.conversation.allMessages.count { $0.role == .user } == 1)
  }

  @Test func `leaves no name on a line of its own before the words`() {
    var desk = attached("")
    desk.press("alt-enter")
    desk.type("what is in @notes.txt")
    desk.press("tab", "enter")
    #expect(desk.sent == [notes, .text("what is in notes.txt")])
  }

  @Test func `leaves its name once, however often its prompt comes back`() {
    var desk = attached("")
    desk.type(" is mine")
    desk.press("enter")
    for _ in 0..<2 {
      desk.press("alt-e", "enter")
      #expect(desk.sent == [notes, .text("notes.txt is mine")])
    }
  }

  @Test func `is sent alone, and once however often it stands there`() {
    var desk = attached("")
    desk.press("ctrl-u", "ctrl-y", "ctrl-y", "enter")
    #expect(desk.sent == [notes])
    #expect(desk.app.name(of: desk.app.store) == "[notes.txt 8 bytes]")
  }

  @Test func `is sent once although it has two paths`() {
    var desk = attached("")
    desk.disk.files["./notes.txt"] = "my notes"
    desk.type("@./notes.txt both")
    desk.press("enter", "enter")
    #expect(desk.sent == [notes, .text("notes.txt notes.txt both")])
  }

  @Test func `is held once though two prompts have it`() {
    var app = readyApp()
    app.answering = .looking
    var desk = Desk(app)
    for word in ["one", "two"] {
      desk.type("@notes.txt")
      desk.press("tab")
      desk.type(word)
      desk.press("enter")
    }
    #expect(desk.app.heldPrompt == Prompt("one\ntwo", attachments: [notes]))
  }

  @Test func `stays in the draft where a prompt that is held leaves no room for it`() {
    var app = readyApp()
    app.answering = .looking
    var desk = Desk(app)
    let names = (1...64).map { "file\($0)" }
    for name in names { desk.disk.files[name] = name }
    desk.type("/attach " + names.joined(separator: " "))
    desk.press("esc", "enter", "enter")
    #expect(desk.app.heldPrompt?.attachments.count == 64)
    desk.type("see @notes.txt")
    desk.press("tab", "enter")
    #expect(desk.app.heldPrompt?.attachments.count == 64)
    #expect(desk.draft == "see [notes.txt 8 bytes]")
    #expect(
      desk.app.notice?.text
        == "With the files of the prompt that waits already these are more than one prompt takes: 64 files, "
        + "64 MiB. This one stays here until that one has gone out.")
    desk.take(.modelFound(Route(ModelID(provider: "test", name: "m")), place: "a test"))
    #expect(desk.sent.count == 64)
    desk.press("enter")
    #expect(desk.sent == [notes, .text("see notes.txt")])
  }

  @Test func `stays in the draft where a prompt that is held is too large beside it`() {
    var app = readyApp()
    app.answering = .looking
    var desk = Desk(app)
    for name in ["a", "b"] { desk.disk.files[name] = String(repeating: name, count: 33 << 20) }
    for name in ["a", "b"] {
      desk.type("@" + name)
      desk.press("tab", "enter")
    }
    #expect(desk.app.heldPrompt?.attachments.map(\.attachmentName) == ["a"])
    #expect(desk.draft == "[b 34.6 MB]")
    desk.press("esc", "enter")
    #expect(desk.draft == "[a 34.6 MB]\n[b 34.6 MB]")
    #expect(
      desk.app.notice?.text
        == "The files are larger than 64 MiB together, which is the most that can be attached. "
        + "Nothing was sent.")
  }

  @Test func `that is gone, or was changed, is told, and nothing is sent`() {
    var desk = attached()
    desk.disk.files["notes.txt"] = "other notes"
    #expect(desk.press("enter") == [])
    #expect(desk.sent == [])
    #expect(
      desk.app.notice?.text
        == "notes.txt has changed since it was attached; nothing was sent. Enter sends it as it is now."
    )
    #expect(desk.draft == "see [notes.txt 11 bytes]")
    desk.disk.files["notes.txt"] = .none
    #expect(desk.press("enter") == [])
    #expect(desk.app.notice?.text == "notes.txt is gone. Nothing was sent.")
    #expect(desk.draft == "see [notes.txt 11 bytes]")
    desk.disk.files["notes.txt"] = "other notes"
    desk.press("enter")
    #expect(desk.sent.first?.text == "other notes")
  }

  @Test func `that the model does not take is told beside it`() {
    var desk = Desk()
    desk.disk.remark = "It takes no pictures."
    desk.type("@my")
    desk.press("tab")
    #expect(desk.draft == "[my photo.png 3 bytes]")
    #expect(desk.app.notice == Notice("It takes no pictures.", kind: .error))
  }

  @Test func `comes back by recall as the file it was, and is read again`() {
    var desk = attached()
    desk.press("enter")
    desk.press("up")
    #expect(desk.draft == "see [notes.txt 8 bytes]")
    desk.disk.files["notes.txt"] = "newer"
    desk.press("enter")
    #expect(desk.sent == [notes, .text("see notes.txt")])
    desk.press("enter")
    #expect(desk.sent.first?.text == "newer")
  }

  @Test func `comes back by edit as it was sent, can be left out, and is not read again`() {
    var desk = attached("look: ")
    desk.type(" and answer")
    desk.press("enter")
    desk.disk.files = [:]
    desk.press("alt-e")
    #expect(desk.draft == "[notes.txt 8 bytes]look: notes.txt and answer")
    desk.type("!")
    desk.press("enter")
    #expect(desk.sent == [notes, .text("look: notes.txt and answer!")])
    #expect(desk.disk.readCount == 1)
    desk.press("alt-e", "home", "delete", "enter")
    #expect(desk.sent == [.text("look: notes.txt and answer!")])
  }

  @Test func `goes with a prompt that waits, and comes back with it`() {
    var desk = Desk()
    desk.type("one")
    desk.press("enter")
    desk.type("two @notes.txt")
    desk.press("tab")
    desk.press("alt-q")
    #expect(desk.app.store.queue.first?.attachments == [notes])
    #expect(desk.app.store.queue.first?.line == "[notes.txt 8 bytes] two notes.txt")
    desk.press("up")
    #expect(desk.draft == "[notes.txt 8 bytes]two notes.txt")
    desk.press("alt-q")
    #expect(desk.app.store.queue.first?.attachments == [notes])
    desk.press("alt-w", "delete", "esc")
    #expect(desk.app.store.queue == [])
    desk.press("up")
    #expect(desk.draft == "[notes.txt 8 bytes]two notes.txt")
  }

  @Test func `is held with its prompt until somebody answers`() {
    var app = readyApp()
    app.answering = .looking
    var desk = Desk(app)
    desk.type("@notes.txt")
    desk.press("tab")
    desk.type(" one")
    desk.press("enter")
    #expect(desk.app.heldPrompt == Prompt("notes.txt one", attachments: [notes]))
    desk.press("esc")
    #expect(desk.draft == "[notes.txt 8 bytes]notes.txt one")
    desk.press("enter")
    desk.take(
      .modelFound(Route(ModelID(provider: "test", name: "m")), place: "a test"))
    #expect(desk.sent == [notes, .text("notes.txt one")])
  }

  @Test func `goes to the editor as a path, and comes back as a file where that still stands`() {
    var desk = attached()
    desk.type("thanks")
    #expect(desk.press("ctrl-g") == [.openEditor("see @notes.txt thanks")])
    desk.take(.edited("see @notes.txt thanks"))
    #expect(desk.draft == "see [notes.txt 8 bytes]thanks")
    desk.press("ctrl-g")
    desk.take(.edited("Look at @notes.txt and @notes.txt"))
    #expect(desk.draft == "Look at [notes.txt 8 bytes] and @notes.txt")
    desk.press("ctrl-g")
    desk.take(.edited("@notes.txt.bak, me@notes.txt and notes.txt"))
    #expect(desk.draft == "@notes.txt.bak, me@notes.txt and notes.txt")
  }

  @Test func `stays with the draft of its conversation`() {
    var desk = attached()
    desk.press("f4")
    #expect(desk.draft == "")
    desk.press("alt-g", "enter")
    #expect(desk.draft == "see [notes.txt 8 bytes]")
  }

  @Test func `is no part of a command`() {
    var desk = attached("")
    desk.type("/help")
    desk.press("enter")
    #expect(desk.draft == "[notes.txt 8 bytes]/help")
    #expect(desk.app.notice?.text.hasPrefix("A command takes no attachments.") == true)
  }

  @Test func `goes out no more than so many`() {
    var desk = Desk()
    let names = (1...65).map { "file\($0)" }
    for name in names { desk.disk.files[name] = name }
    for half in [names[..<40], names[40...]] {
      desk.type("/attach " + half.joined(separator: " "))
      desk.press("esc", "enter")
    }
    desk.press("enter")
    #expect(desk.app.notice?.text == "A prompt takes 64 files at the most, and these are 65.")
    desk.press("backspace", "enter")
    #expect(desk.sent.count == 64)
  }

  @Test func `is not sent by an answer that comes too late`() {
    var desk = attached("")
    let effects = desk.app.press("enter")
    guard case .files(let request) = effects.first else {
      Issue.record("nothing is read")
      return
    }
    desk.type("!")
    for news in desk.disk.answers(to: request) { desk.take(.files(news)) }
    #expect(desk.sent == [])
    #expect(
      desk.app.notice?.text == "The draft was changed while its files were read; nothing was sent.")
    for news in desk.disk.answers(to: request) { desk.take(.files(news)) }
    #expect(desk.draft == "[notes.txt 8 bytes]!")
  }
}

@Suite struct `Files that do not answer` {
  /// A desk whose last press asked for files that have not answered.
  private func waiting(_ text: String = "see @notes.txt ", _ keys: String...) -> (Desk, [AppEffect])
  {
    var desk = Desk()
    desk.type(text)
    for key in keys { desk.press(key) }
    let asked = desk.app.press("enter")
    return (desk, asked)
  }

  private func answer(_ desk: inout Desk, _ effects: [AppEffect]) {
    for effect in effects {
      guard case .files(let request) = effect else { continue }
      for news in desk.disk.answers(to: request) { desk.take(.files(news)) }
    }
  }

  @Test func `are waited for no longer after Esc, and nothing is sent`() {
    for keys in [[], ["enter"]] {
      var desk = Desk()
      desk.type("see @notes.txt ")
      for key in keys { desk.press(key) }
      let draft = desk.draft
      let asked = desk.app.press("enter")
      #expect(desk.app.awaitsFiles)
      #expect(desk.app.press("esc") == [.files(.stop)])
      #expect(!desk.app.awaitsFiles)
      #expect(desk.app.notice?.text == "notes.txt is not waited for any more. Nothing was sent.")
      answer(&desk, asked)
      #expect(desk.draft == draft)
      #expect(desk.sent == [])
    }
  }

  @Test(arguments: ["ctrl-c", "esc"])
  func `give back the command that named them`(key: String) {
    var (desk, asked) = waiting("/attach notes.txt", "esc")
    #expect(desk.draft == "")
    desk.app.press(key)
    #expect(desk.draft == "/attach notes.txt")
    #expect(desk.app.notice?.text == "notes.txt is not waited for any more.")
    answer(&desk, asked)
    #expect(desk.draft == "/attach notes.txt")
  }

  @Test func `give back the prompt of the command line`() {
    var desk = Desk()
    desk.app.take(.files(.given(["notes.txt"], prompt: "/why?")))
    #expect(desk.app.awaitsFiles)
    desk.app.press("esc")
    #expect(desk.draft == "//why?")
    #expect(desk.sent == [])
  }

  @Test func `and a prompt of the command line are not sent with what was written meanwhile`() {
    var desk = Desk()
    let asked = desk.app.take(.files(.given(["notes.txt"], prompt: "why?"))).effects
    desk.type("oh ")
    answer(&desk, asked)
    #expect(desk.draft == "oh \n[notes.txt 8 bytes]why?")
    #expect(desk.sent == [])
    #expect(desk.app.notice?.text.contains("was not sent") == true)
  }

  @Test func `and a prompt of the command line are not forgotten for others`() {
    var desk = Desk()
    let asked = desk.app.take(.files(.given(["notes.txt"], prompt: "why?"))).effects
    desk.type("see @notes.txt ")
    #expect(desk.app.press("enter") == [])
    #expect(desk.app.notice?.text == "notes.txt is waited for first; Esc ends that.")
    answer(&desk, asked)
    #expect(desk.draft == "see @notes.txt \n[notes.txt 8 bytes]why?")
  }

  @Test func `and a prompt of the command line go out though something was written and taken back`()
  {
    var desk = Desk()
    let asked = desk.app.take(.files(.given(["notes.txt"], prompt: "why?"))).effects
    desk.type("x")
    desk.press("backspace")
    answer(&desk, asked)
    #expect(desk.sent == [notes, .text("why?")])
  }

  @Test func `of the command line are attached as far as they can be, and the others named`() {
    var desk = Desk()
    let names = ["nobody", "notes.txt", "src", "no", "none"]
    desk.take(.files(.given(names, prompt: "why?")))
    #expect(desk.draft == "[notes.txt 8 bytes]why?")
    #expect(desk.sent == [])
    #expect(
      desk.app.notice?.text
        == "There is no file nobody. src is a folder; only files can be attached. There is no file no. "
        + "And 1 more cannot be attached.")
  }

  @Test func `are waited for before a prompt leaves that they were asked for with`() {
    var (desk, asked) = waiting("/attach notes.txt", "esc")
    desk.type("what is this?")
    #expect(desk.app.press("enter") == [])
    #expect(desk.app.notice?.text == "notes.txt is waited for first; Esc ends that.")
    answer(&desk, asked)
    #expect(desk.draft == "what is this?[notes.txt 8 bytes]")
    desk.press("enter")
    #expect(desk.sent == [notes, .text("what is this? notes.txt")])
  }

  @Test func `that are refused leave their command where it is no part of other words`() {
    var (desk, asked) = waiting("/attach nobody", "esc")
    desk.type("what is this?")
    answer(&desk, asked)
    #expect(desk.draft == "what is this?")
    #expect(desk.app.notice?.text == "There is no file nobody.")
    desk.press("ctrl-u", "up")
    #expect(desk.draft == "/attach nobody")
  }

  @Test func `are asked for one after the other, and no command is lost`() {
    var (desk, asked) = waiting("/attach notes.txt", "esc")
    desk.type("/attach src/main.swift")
    desk.press("esc")
    #expect(desk.app.press("enter") == [])
    #expect(desk.draft == "/attach src/main.swift")
    desk.press("ctrl-u")
    answer(&desk, asked)
    #expect(desk.draft == "[notes.txt 8 bytes]")
  }

  @Test func `are waited for no longer when another conversation comes into view`() {
    var (desk, asked) = waiting("/attach notes.txt", "esc")
    let first = desk.app.chats.inView
    desk.press("f4")
    #expect(desk.app.chats.inView != first)
    #expect(desk.app.notice?.text == "notes.txt is not waited for any more.")
    answer(&desk, asked)
    #expect(desk.draft == "")
    desk.app.show(first)
    #expect(desk.draft == "/attach notes.txt")

    (desk, asked) = waiting("see @notes.txt ", "enter")
    desk.press("f4")
    #expect(desk.app.notice?.text == "notes.txt is not waited for any more. Nothing was sent.")
    answer(&desk, asked)
    #expect(desk.app.notice?.text == "notes.txt is not waited for any more. Nothing was sent.")
    #expect(desk.sent == [])
  }

  @Test func `come back into the draft before the program ends`() {
    var desk = Desk()
    desk.app.take(.files(.given(["notes.txt"], prompt: "why?")))
    #expect(desk.app.press("ctrl-d") == [.files(.stop)])
    #expect(desk.draft == "why?")
  }

  @Test func `that were dropped take their place though one writes on, and Enter waits for them`() {
    var desk = Desk()
    desk.disk.files["./notes.txt"] = "my notes"
    let asked = desk.app.take(.input(.paste("./notes.txt"))).effects
    desk.type(" what is it?")
    #expect(desk.app.awaitsFiles)
    #expect(desk.app.press("enter") == [])
    answer(&desk, asked)
    #expect(desk.draft == "[notes.txt 8 bytes] what is it?")
  }

  @Test func `are asked for once, however often Enter is pressed`() {
    var (desk, asked) = waiting("see @notes.txt ", "enter")
    #expect(asked.count == 1)
    #expect(desk.app.press("enter") == [])
    answer(&desk, asked)
    #expect(desk.sent == [notes, .text("see notes.txt ")])

    // Also where somebody is named who is no file: that one is not looked for again.
    (desk, asked) = waiting("see @notes.txt @alice", "enter")
    let number = desk.app.files.open?.number
    #expect(desk.app.press("enter") == [])
    #expect(desk.app.files.open?.number == number)
  }

  @Test func `are waited for before the reply is stopped, and once`() {
    var desk = Desk()
    desk.type("hello")
    desk.press("enter")
    desk.type("see @notes.txt ")
    desk.app.press("enter")
    desk.app.press("esc")
    #expect(desk.app.store.isLive)
    #expect(!desk.app.awaitsFiles)
    desk.app.press("esc", at: later(1_000))
    #expect(!desk.app.store.isLive)
  }

  @Test func `do not hold the keys, and what they change is not sent`() {
    var (desk, asked) = waiting("see @notes.txt ", "enter")
    desk.type("now")
    #expect(!desk.app.awaitsFiles)
    answer(&desk, asked)
    #expect(desk.sent == [])
    #expect(
      desk.app.notice?.text == "The draft was changed while its files were read; nothing was sent.")
  }

  @Test func `are not sent behind the back of an editor`() {
    var (desk, asked) = waiting("see @notes.txt ", "enter")
    #expect(
      desk.app.press("ctrl-g") == [.files(.stop), .openEditor("see @notes.txt ")])
    answer(&desk, asked)
    #expect(desk.sent == [])
  }

  @Test func `are told on the status line`() {
    let (desk, _) = waiting()
    var stage = Stage(desk.app, rows: 8, columns: 60)
    #expect(stage.picture.last?.contains("waits for files") == true)
    #expect(stage.picture.last?.hasSuffix("Esc stops waiting") == true)
    stage.size.columns = 24
    #expect(stage.picture.last?.contains("Esc stop") == true)
  }
}

@Suite struct `Files that are named or dropped` {
  @Test func `by the command are attached, and one that is not there attaches none`() {
    var desk = Desk()
    desk.type(#"/attach notes.txt "my photo.png""#)
    desk.press("esc", "enter")
    #expect(desk.draft == "[notes.txt 8 bytes][my photo.png 3 bytes]")
    desk.press("ctrl-u")
    desk.type("/attach notes.txt nobody")
    desk.press("esc", "enter")
    #expect(desk.draft == "/attach notes.txt nobody")
    #expect(desk.app.notice?.text == "There is no file nobody.")
    desk.press("ctrl-u")
    desk.type("/attach src")
    desk.press("esc", "enter")
    #expect(desk.app.notice?.text == "src is a folder; only files can be attached.")
    desk.press("ctrl-u")
    desk.type("/attach")
    desk.press("enter")
    #expect(desk.draft == "@")
    #expect(desk.rows == ["src/", "my photo.png", "notes.txt"])
  }

  @Test(arguments: [
    ("/tmp/c.pdf", "[c.pdf 3 bytes]"), ("'/tmp/a b.txt' ", "[a b.txt 7 bytes]"),
    ("file:///tmp/a%20b.txt\r\nfile:///tmp/c.pdf\r\n", "[a b.txt 7 bytes][c.pdf 3 bytes]"),
    (#"/tmp/a\ b.txt /tmp/c.pdf"#, "[a b.txt 7 bytes][c.pdf 3 bytes]"),
    ("/tmp/a b.txt", "[a b.txt 7 bytes]"),
  ])
  func `by a paste that is nothing else become files`(text: String, draft: String) {
    var desk = Desk()
    desk.type("see ")
    desk.paste(text)
    #expect(desk.draft == "see " + draft)
    desk.press("ctrl-_")
    #expect(desk.draft == "see " + text.replacing("\r\n", with: "\n"))
  }

  @Test(arguments: [
    "see /tmp/c.pdf", "/tmp/nobody", "/tmp/c.pdf /tmp/nobody", "notes.txt", "file://host/tmp/c.pdf",
  ])
  func `by a paste with anything else in it stay text`(text: String) {
    var desk = Desk()
    desk.paste(text)
    #expect(desk.draft == text)
    #expect(desk.app.notice == nil)
  }

  @Test(arguments: [
    ("Read {{the file that you want to have looked at}}", "Read [c.pdf 3 bytes]"),
    ("Compare {{a}} with the other", "Compare [c.pdf 3 bytes] with the other"),
    ("{{a}}", "[c.pdf 3 bytes]"),
  ])
  func `by a paste take the place of a placeholder that is selected`(text: String, draft: String) {
    var desk = Desk()
    desk.type("/snippet it")
    desk.press("esc", "enter")
    desk.take(.snippetRead(text))
    desk.paste("/tmp/c.pdf")
    #expect(desk.draft == draft)
    desk.press("ctrl-_")
    #expect(desk.draft.contains("/tmp/c.pdf"))
  }

  @Test func `by a paste so long that it is folded take the place of a placeholder`() {
    var desk = Desk()
    let paths = (1...60).map { "/tmp/\($0)-\(String(repeating: "x", count: 40))" }
    for path in paths { desk.disk.files[path] = "it" }
    desk.type("/snippet it")
    desk.press("esc", "enter")
    desk.take(.snippetRead("See {{files}} now"))
    desk.paste(paths.joined(separator: "\n"))
    #expect(desk.app.composer.elements.attachments.compactMap(\.path) == paths)
    #expect(desk.draft.hasPrefix("See ["))
    #expect(desk.draft.hasSuffix("] now"))
  }

  @Test func `leave the cursor on them in vi's command mode`() {
    var app = readyApp()
    app.composer.editing = .vi
    var desk = Desk(app)
    desk.press("esc")
    desk.paste("/tmp/c.pdf")
    #expect(desk.draft == "[c.pdf 3 bytes]")
    #expect(desk.app.composer.cursor == 0)
  }

  @Test func `behind a command stay text`() {
    var desk = Desk()
    desk.type("/attach ")
    desk.paste("/tmp/c.pdf")
    #expect(desk.draft == "/attach /tmp/c.pdf")
  }

  @Test func `that cannot be attached stay text, and a sentence says why`() {
    var desk = Desk()
    desk.disk.files["/tmp/void"] = ""
    desk.paste("/tmp/void")
    #expect(desk.draft == "/tmp/void")
    #expect(desk.app.notice?.text == "/tmp/void is empty. The path stays as text.")
  }

  @Test func `on the command line go out with its prompt, or wait for one`() {
    var desk = Desk()
    desk.take(.files(.given(["notes.txt"], prompt: "@notes.txt, why?")))
    #expect(desk.sent == [notes, .text("@notes.txt, why?")])
    for line in ["/help", "//help", "/etc/hosts"] {
      desk.take(.files(.given(["notes.txt"], prompt: line)))
      #expect(desk.sent == [notes, .text(line)])
    }
    desk = Desk()
    desk.take(.files(.given(["notes.txt", "my photo.png"], prompt: nil)))
    #expect(desk.draft == "[notes.txt 8 bytes][my photo.png 3 bytes]")
    desk.press("enter")
    #expect(desk.sent == [notes, photo])
    desk = Desk()
    desk.take(.files(.given(["nobody"], prompt: "why?")))
    #expect(desk.draft == "why?")
    #expect(desk.sent == [])
    #expect(desk.app.notice?.text == "There is no file nobody.")
  }
}

@Suite struct `Files on the screen` {
  private func stage(rows: Int, columns: Int) -> Stage {
    var desk = Desk()
    let long = "/tmp/a photo \u{202E}with a name that is much too long for a label.png"
    desk.disk.files[long] = String(repeating: "x", count: 1_234_567)
    desk.paste("/tmp/c.pdf " + PathWriting.escaped(long))
    desk.type(" what are these?")
    desk.press("enter")
    desk.type("and ")
    desk.paste("/tmp/c.pdf " + PathWriting.escaped(long))
    desk.type("@")
    return Stage(desk.app, rows: rows, columns: columns)
  }

  @Test func `have name, type and size, and a label in the draft`() {
    var stage = stage(rows: 24, columns: 80)
    let picture = stage.picture
    #expect(
      Array(picture[..<5]) == [
        "  You", "  [c.pdf, application/pdf, 3 bytes]",
        "  [a photo with a n…for a label.png, image/png, 1.2 MB]", "",
        "  c.pdf a photo with a n…for a label.png what are these?",
      ])
    #expect(
      Array(picture[18...22]) == [
        "  src/", "  my photo.png", "  notes.txt",
        "  ────────────────────────────────────────────────────────────────────────────",
        "  › and [c.pdf 3 bytes][a photo with a n…for a label.png 1.2 MB]@",
      ])
  }

  @Test func `have room on a narrow screen`() {
    var stage = stage(rows: 12, columns: 30)
    #expect(
      Array(stage.picture[..<11]) == [
        "label.png, image/png, 1.2 MB]", "", "c.pdf a photo with a n…for a",
        "label.png what are these?", "",
        "src/", "my photo.png", "──────────────────────────────", "› and [c.pdf 3 bytes]",
        "  [a photo with a n…for a lab…", "  @",
      ])
  }

  @Test(arguments: [0, 1, 2, 3, 5, 8, 14], [0, 1, 3, 9, 25, 80, 200])
  func `fit on every screen`(rows: Int, columns: Int) {
    var stage = stage(rows: rows, columns: columns)
    for key in ["down", "left", "esc", "backspace", "backspace", "ctrl-_"] {
      stage.app.press(key)
      let frame = stage.draw()
      #expect(frame.rows.count == rows)
      #expect(frame.rows.allSatisfy { $0.count == columns })
    }
  }

  @Test(arguments: [
    (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1_000, "1 kB"), (12_499, "12 kB"),
    (999_499, "999 kB"), (999_500, "1.0 MB"), (1_250_000, "1.3 MB"), (20_971_520, "21.0 MB"),
  ])
  func `have sizes as people say them`(count: Int, words: String) {
    #expect(byteWords(count) == words)
  }
}

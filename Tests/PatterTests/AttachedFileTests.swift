// Files for the chat, on a real disk: what each kind is, and the sentence where it cannot be attached.

import Chat
import Glibc
import Support
import Testing

@testable import Interface
@testable import Patter

@Suite struct AttachedFileTests {
  private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]

  /// What a file of this content is.
  private static func finding(_ bytes: [UInt8], named name: String = "it") throws -> FileFinding {
    let home = try TestHome()
    try home.write(bytes, to: name)
    return AttachedFile("\(home.path)/\(name)", home: nil).inspect()
  }

  /// What something else is, that a test puts at this path.
  private static func finding(_ make: (String) -> Int32) throws -> FileFinding {
    let home = try TestHome()
    try #require(make("\(home.path)/it") == 0)
    return AttachedFile("\(home.path)/it", home: nil).inspect()
  }

  @Test(
    arguments: [
      (Array("words\n".utf8), .text), (png, .picture(mediaType: "image/png")),
      ([0xFF, 0xD8, 0xFF, 0xE0], .picture(mediaType: "image/jpeg")),
      (Array("GIF89a!".utf8), .picture(mediaType: "image/gif")),
      (Array("RIFF1234WEBPVP8 ".utf8), .picture(mediaType: "image/webp")),
      (Array("%PDF-1.7\n".utf8) + [0], .pdf),
      // Cut inside a letter at the end of what is looked at.
      (Array(String(repeating: "é", count: 4_000).utf8.dropFirst()), .text),
      // The same, with a control character, which stands in a text that is all UTF-8.
      (Array("\u{7}\(String(repeating: "é", count: 4_000))".utf8), .text),
      (Array("\u{7}1\(String(repeating: "日", count: 4_000))".utf8), .text),
      (Array("\u{7}\(String(repeating: "😀", count: 4_000))".utf8), .text),
    ] as [([UInt8], AttachmentKind)])
  func `is told by its bytes and not by its name`(bytes: [UInt8], kind: AttachmentKind) throws {
    for name in ["it", "it.png", "it.txt"] {
      guard case .file(let facts, remark: nil) = try Self.finding(bytes, named: name) else {
        Issue.record("no file")
        return
      }
      #expect(facts.kind == kind)
      #expect(facts.byteCount == bytes.count)
      #expect(facts.modified > 0)
    }
  }

  @Test(
    arguments: [
      ([], "it is empty."),
      ([0, 1, 2], "it is neither text nor a PNG, JPEG, GIF or WebP picture nor a PDF."),
      (
        [0xFF, 0xFE, 0x41, 0x00],
        "it is text in UTF-16; iconv -f UTF-16 -t UTF-8 makes UTF-8 of it."
      ),
    ] as [([UInt8], String)])
  func `that cannot be sent is told why`(bytes: [UInt8], sentence: String) throws {
    #expect(try Self.finding(bytes) == .refused(sentence))
  }

  @Test func `is nothing that could be waited for, nor a folder`() throws {
    #expect(try Self.finding { mkdir($0, 0o755) } == .folder)
    #expect(
      try Self.finding { mkfifo($0, 0o644) }
        == .refused("it is a pipe; only files can be attached."))
    #expect(
      AttachedFile("/dev/null", home: nil).inspect()
        == .refused("null is a device; only files can be attached."))
    #expect(
      try Self.finding { symlink("it", $0) }
        == .refused("it cannot be read: Too many levels of symbolic links."))
    #expect(try Self.finding { symlink("nowhere", $0) } == .missing)
    #expect(try Self.finding { _ in 0 } == .missing)
    for path in ["", "/etc/passwd/x", "a\0b", "/" + String(repeating: "x", count: 5_000)] {
      #expect(AttachedFile(path, home: nil).inspect() == .missing)
    }
  }

  @Test func `is no longer than so much, and that is known before it is read`() throws {
    let sentence = "it is longer than 20 MiB, which is the largest file that can be attached."
    func make(_ size: Int) -> (String) -> Int32 {
      { path in
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        defer { close(descriptor) }
        guard write(descriptor, "%PDF-1.7", 8) == 8 else { return -1 }
        return ftruncate(descriptor, off_t(size))
      }
    }
    #expect(try Self.finding(make(20 << 20 + 1)) == .refused(sentence))
    guard case .file(let facts, _) = try Self.finding(make(20 << 20)) else {
      Issue.record("no file")
      return
    }
    #expect(facts.byteCount == 20 << 20)
  }

  @Test func `is read whole, with its facts`() throws {
    let home = try TestHome()
    try home.write(Self.png, to: "a.png")
    try home.write(Array("\u{FEFF}words\n".utf8), to: "b.txt")
    try home.write([0x4D, 0xFC, 0x6E], to: "c.txt")
    func read(_ name: String, room: Int = 100) -> FileReading {
      AttachedFile("~/\(name)", home: home.path).read(room: room)
    }
    guard case .part(let picture, let facts, remark: nil) = read("a.png"),
      case .part(let text, _, remark: nil) = read("b.txt"),
      case .part(let mended, _, let remark) = read("c.txt")
    else {
      Issue.record("not read")
      return
    }
    #expect(
      picture == Part(.image(mediaType: "image/png"), data: Self.png, pictureName: "a.png"))
    #expect(
      AttachedFile("~/a.png", home: home.path).inspect() == .file(facts, remark: nil))
    #expect(text == Part(.file(name: "b.txt", mediaType: "text/plain"), text: "words\n"))
    #expect(mended.text == "M\u{FFFD}n")
    #expect(remark == "c.txt is not all UTF-8; what is not was sent as \u{FFFD}.")
    #expect(
      read("a.png", room: 10)
        == .refused(
          "The files are larger than 64 MiB together, which is the most that can be attached."))
    #expect(read("d") == .refused("d is not there any more."))
    #expect(read("") == .refused("~ is a folder now."))
  }

  @Test func `a folder tells its folders and files, and nothing that cannot be typed`() throws {
    let home = try TestHome()
    for name in ["a.txt", ".hidden", "b c", "d\u{1B}e", "f\ng", "src/main.swift"] {
      try home.write("x", to: name)
    }
    #expect(mkfifo("\(home.path)/pipe", 0o644) == 0)
    #expect(symlink("src", "\(home.path)/link") == 0)
    #expect(symlink("nowhere", "\(home.path)/broken") == 0)
    let listing = FolderListing(reading: "~/", home: home.path)
    #expect(listing.folder == "~/")
    #expect(Set(listing.files) == ["a.txt", ".hidden", "b c"])
    #expect(Set(listing.folders) == ["src", "link"])
    #expect(FolderListing(reading: "/no/such/", home: nil) == FolderListing("/no/such/"))
  }
}

extension TestHome {
  /// Writes bytes that need be no text.
  func write(_ bytes: [UInt8], to name: String) throws {
    try write("", to: name)
    let descriptor = open("\(path)/\(name)", O_WRONLY | O_TRUNC | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
  }
}

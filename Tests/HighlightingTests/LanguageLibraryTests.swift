import Settings
import Testing
import YAMLDocuments

@testable import Highlighting

/// Files that are in memory, and what was read of them.
private final class Disk {
  var files: [String: String]
  var reads: [String] = []

  init(_ files: [String: String]) {
    self.files = files
  }

  func library(_ folders: [String] = ["/mine", "/ours"]) -> LanguageLibrary {
    LanguageLibrary(
      folders: folders,
      documents: .init(
        read: { path throws(SettingsError) in
          guard let text = self.files[path] else { return nil }
          self.reads.append(path)
          return try YAMLDocument.read(text, file: path)
        },
        head: { path in
          self.reads.append("head \(path)")
          let text = self.files[path] ?? ""
          let head = text.ranges(of: "\n\n").first.map { text[..<$0.lowerBound] } ?? text[...]
          return try? YAMLDocument.read(String(head), file: path)
        },
        names: { folder in
          self.files.keys.filter { $0.hasPrefix(folder + "/") }
            .map { String($0.dropFirst(folder.count + 1).dropLast(5)) }.sorted()
        }))
  }
}

@Suite struct `The library of languages` {
  @Test func `finds a language by its file's name, without a look at the others`() {
    let disk = Disk(["/ours/a.yaml": "name: A", "/ours/b.yaml": "name: B"])
    let library = disk.library()
    #expect(library.language(named: "A")?.name == "A")
    #expect(library.language(named: "a")?.name == "A")
    #expect(disk.reads == ["/ours/a.yaml"])
  }

  @Test func `finds a language by an alias, and looks at the beginnings of files once`() {
    let disk = Disk(["/ours/a.yaml": "aliases: x c++", "/ours/b.yaml": "aliases: y"])
    let library = disk.library()
    #expect(library.language(named: "C++")?.name == "a")
    #expect(library.language(named: "y")?.name == "b")
    #expect(library.language(named: "z")?.name == nil)
    #expect(
      disk.reads == [
        "head /ours/a.yaml", "head /ours/b.yaml", "/ours/a.yaml", "head /ours/a.yaml",
        "/ours/b.yaml", "head /ours/b.yaml",
      ])
  }

  @Test func `takes the user's file before ours, also for an alias of ours`() {
    let disk = Disk([
      "/mine/a.yaml": "name: Mine", "/ours/a.yaml": "name: Ours\naliases: x",
      "/mine/b.yaml": "name: B\naliases: y", "/ours/c.yaml": "name: C\naliases: y b",
    ])
    #expect(disk.library().language(named: "a")?.name == "Mine")
    #expect(disk.library().language(named: "x")?.name == "Mine")
    #expect(disk.library().language(named: "y")?.name == "B")
    #expect(disk.library().language(named: "b")?.name == "B")
  }

  @Test(arguments: [
    "", ".", "..", "../a", "/etc/passwd", "a/b", "a b", ".a", "~", "a\u{0}", "ä", "日", "a*",
    "a.yaml",
    ",a", "{.a}", String(repeating: "a", count: 33), "none",
  ])
  func `takes what is no name for no language`(written: String) {
    let disk = Disk(["/ours/a.yaml": "", "/ours/../a.yaml": "", "/ours//etc/passwd.yaml": ""])
    let library = disk.library()
    #expect(library.language(named: written)?.name == nil)
    #expect(library.language(named: written)?.name == nil)
    #expect(library.takeErrors() == [])
    #expect(!disk.reads.contains { $0.contains("..") || $0.contains("etc") })
  }

  @Test(arguments: ["a,ignore", "a:main.a", "A{1,3}", "a"])
  func `passes over what is said beside the name`(written: String) {
    #expect(Disk(["/ours/a.yaml": ""]).library().language(named: written)?.name == "a")
  }

  @Test func `remembers a broken file and tells once what is wrong with it`() {
    let disk = Disk(["/ours/a.yaml": "a: [", "/ours/b.yaml": "foo: 1\naliases: x"])
    let library = disk.library()
    #expect(library.language(named: "a")?.name == nil)
    #expect(library.language(named: "a")?.name == nil)
    #expect(library.language(named: "x")?.name == "b")
    #expect(disk.reads.filter { $0 == "/ours/a.yaml" }.count == 1)
    let errors = library.takeErrors()
    #expect(errors.map(\.file) == ["/ours/a.yaml", "/ours/b.yaml"])
    #expect(library.takeErrors() == [])
  }

  @Test func `says when aliases stand where they are not found`() {
    let disk = Disk(["/ours/a.yaml": "name: A\n\naliases: x\n"])
    let library = disk.library()
    #expect(library.language(named: "x")?.name == nil)
    #expect(library.language(named: "a")?.name == "A")
    #expect(
      library.takeErrors().map(\.description) == [
        "/ours/a.yaml: 'aliases' are only found above the first empty line of the file."
      ])
  }
}

import Highlighting
import Settings
import Testing
import YAMLDocuments

/// What `Sources/Languages` holds.
@Suite struct `The languages` {
  @Test func `are those that people paste`() {
    let wanted = [
      "swift", "c", "cpp", "python", "javascript", "typescript", "rust", "go", "java", "kotlin",
      "csharp", "ruby", "php", "shell", "sql", "json", "yaml", "toml", "html", "css", "diff",
      "make", "dockerfile", "lua", "haskell", "r", "julia", "markdown",
    ]
    #expect(Set(Files.names).isSuperset(of: wanted))
  }

  @Test(arguments: Files.names) func `are read without an error`(name: String) throws {
    #expect(try Files.language(name).errors.map(\.description) == [])
  }

  @Test func `have names of their own`() throws {
    let names = try Files.names.map { try Files.language($0).language.name }
    #expect(Set(names).count == names.count)
  }

  @Test func `have no alias twice, and none that is another one's name`() throws {
    let names = try Files.names + Files.names.flatMap { try Files.language($0).language.aliases }
    let twice = Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys
    #expect(twice.sorted() == [])
  }

  @Test(arguments: Files.names) func `are found by their names and aliases`(name: String) throws {
    let language = try Files.language(name).language
    let library = LanguageLibrary(
      folders: [Files.folder],
      documents: .init(read: YAMLFile.read, head: YAMLFile.head, names: YAMLFile.names(inFolder:)))
    for alias in [name] + language.aliases {
      #expect(library.language(named: alias)?.name == language.name, "\(alias)")
      #expect(library.language(named: alias.uppercased())?.name == language.name, "\(alias)")
    }
    #expect(library.takeErrors() == [])
  }

  @Test(arguments: Files.names) func `tell the pieces of a sample apart`(name: String) throws {
    let sample = try #require(Samples.all[name], "\(name) needs a sample")
    let lines = sample.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let code = lines.indices.filter { $0 % 2 == 0 }.map { lines[$0] }
    #expect(pictures(code, try Files.language(name).language) == lines)
  }
}

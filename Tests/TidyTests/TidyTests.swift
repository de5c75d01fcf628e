// The rules that the compiler does not hold, held over every file of the package.

import Testing

struct TidyTests {
  let checkout = Checkout()
  let fences = Fences.house

  var files: [(path: String, text: String)] {
    (checkout.swiftFiles(in: "Sources") + checkout.swiftFiles(in: "Tests")).compactMap { path in
      checkout.text(of: path).map { (path, $0) }
    }
  }

  @Test func `finds the package`() throws {
    #expect(checkout.names().contains("Package.swift"))
    let files = files
    #expect(files.count > 20)
    #expect(files.contains { $0.path == "Tests/TidyTests/TidyTests.swift" })
    #expect(try #require(files.first).text.isEmpty == false)
  }

  @Test func `every file keeps to its room`() {
    for file in files {
      for complaint in fences.complaints(about: file.text, at: file.path) {
        Issue.record("\(complaint.description)")
      }
    }
  }

  @Test func `every C library has one room`() {
    #expect(fences.complaintsAboutSharedLibraries(in: files) == [])
  }

  @Test func `every target has a row in the table`() throws {
    let manifest = try #require(checkout.text(of: "Package.swift"))
    #expect(Fences.targets(inManifest: manifest).contains("Patter"))
    #expect(fences.complaintsAboutTargets(inManifest: manifest) == [])
  }

  @Test func `the top level holds only what a newcomer expects`() {
    #expect(Fences.complaintsAboutTopLevel(checkout.names()) == [])
  }
}

import Glibc
import Settings
import Testing
import YAMLDocuments

@Suite struct YAMLFileTests {
  @Test func `reads a file, and tells its path in errors`() throws {
    try withFolder { folder in
      let path = "\(folder)/a.yaml"
      try write("a: 1\n", to: path)
      #expect(try YAMLFile.read(path) == YAMLDocument.read("a: 1\n", file: path))
      try write("a: [\n", to: path)
      let error = #expect(throws: SettingsError.self) { try YAMLFile.read(path) }
      #expect(error?.file == path)
    }
  }

  @Test func `answers nil where there is no file`() throws {
    try withFolder { folder in
      let long = String(repeating: "x", count: 300)
      for name in ["none.yaml", "none/none.yaml", "\(long).yaml"] {
        let node = try YAMLFile.read("\(folder)/\(name)")
        #expect(node == nil)
      }
    }
  }

  @Test func `refuses a folder and a named pipe without waiting`() throws {
    try withFolder { folder in
      let pipe = "\(folder)/pipe.yaml"
      #expect(mkfifo(pipe, 0o600) == 0)
      for path in [folder, pipe] {
        let error = #expect(throws: SettingsError.self) { try YAMLFile.read(path) }
        #expect(error?.description == "\(path): This is not a regular file.")
      }
    }
  }

  @Test func `refuses a file that is too large`() throws {
    try withFolder { folder in
      let path = "\(folder)/large.yaml"
      try write("", to: path)
      #expect(truncate(path, 1 << 30) == 0)
      let error = #expect(throws: SettingsError.self) { try YAMLFile.read(path) }
      #expect(error?.message == "The file is larger than 1024 KiB, which is the limit.")
    }
  }

  @Test(arguments: [
    ("a: 1\nb: 2\n\nc: [\n", 2), ("a: 1\r\n\r\nb: 2\r\n", 1), ("a: 1\nb: 2", 2), ("\n\na: 1\n", 0),
  ])
  func `reads the beginning of a file up to the first empty line`(
    text: String, memberCount: Int
  ) throws {
    try withFolder { folder in
      try write(text, to: "\(folder)/a.yaml")
      guard case .mapping(let members)? = YAMLFile.head("\(folder)/a.yaml")?.value else {
        Issue.record("no mapping")
        return
      }
      #expect(members.count == memberCount)
    }
  }

  @Test func `knows no beginning of what is no file or no YAML`() throws {
    try withFolder { folder in
      try write("a: [\n\nb: 1\n", to: "\(folder)/a.yaml")
      #expect(YAMLFile.head("\(folder)/a.yaml") == nil)
      #expect(YAMLFile.head("\(folder)/none.yaml") == nil)
      #expect(YAMLFile.head(folder) == nil)
    }
  }

  @Test func `lists the names of a folder, sorted`() throws {
    try withFolder { folder in
      for name in ["b.yaml", "a.yaml", "c.txt", ".d.yaml"] {
        try write("", to: "\(folder)/\(name)")
      }
      #expect(YAMLFile.names(inFolder: folder) == ["a", "b"])
      #expect(YAMLFile.names(inFolder: "\(folder)/none") == [])
    }
  }
}

/// A folder of its own for one test, taken away afterwards.
private func withFolder(_ body: (String) throws -> Void) throws {
  var template = Array("/tmp/patter-yaml-XXXXXX".utf8CString)
  let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
  defer {
    if let directory = opendir(folder) {
      while let entry = readdir(directory) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        unlink("\(folder)/\(name)")
      }
      closedir(directory)
    }
    rmdir(folder)
  }
  try body(folder)
}

private func write(_ text: String, to path: String) throws {
  let file = try #require(fopen(path, "w"))
  fputs(text, file)
  fclose(file)
}

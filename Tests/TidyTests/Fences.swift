// The fences between the rooms, as a table and a pure function over a file's path and text.
// `Sources/README.md` says why the rooms lie as they do; a new arrow is a new word in this table.

/// What the files below one folder may import.
struct Room {
  let folder: String
  let imports: Set<String>
  /// Whether it may touch the outside world: system calls, and types the compiler cannot check.
  let isEdge: Bool

  init(
    _ name: String, imports: Set<String> = [], isEdge: Bool = false, in folder: String = "Sources"
  ) {
    self.folder = "\(folder)/\(name)"
    self.imports = isEdge ? imports.union(["CLinux", "Glibc", "Synchronization"]) : imports
    self.isEdge = isEdge
  }

  var name: String { String(folder.split(separator: "/").last ?? "") }
}

/// One thing that is not as it should be.
struct Complaint: Hashable, CustomStringConvertible {
  let path: String
  let message: String

  var description: String { "\(path): \(message)" }
}

struct Fences {
  /// The rooms of the house.
  static let house = Fences(rooms: [
    // Ground.
    Room("Chat"),
    Room("Wire"),
    Room("Terminal"),
    Room("Settings"),
    Room("Markdown", imports: ["CMD4C"]),

    // Middle.
    Room("Providers", imports: ["Chat", "Wire", "FoundationEssentials"]),
    Room("Highlighting", imports: ["Settings"]),
    Room("Interface", imports: ["Chat", "Terminal", "Markdown", "Highlighting", "Settings"]),

    // Edges.
    Room("CursesTerminal", imports: ["Terminal", "CNcurses"], isEdge: true),
    Room("CurlTransport", imports: ["Wire", "CCurl"], isEdge: true),
    Room("SQLiteHistory", imports: ["Chat", "CSQLite"], isEdge: true),
    Room("ChildProcesses", imports: ["Wire"], isEdge: true),
    Room("YAMLDocuments", imports: ["Settings", "CYAML"], isEdge: true),

    // Top.
    Room(
      "Patter",
      imports: [
        "Chat", "Wire", "Terminal", "Settings", "Markdown", "Highlighting", "Providers",
        "Interface", "CursesTerminal", "CurlTransport", "SQLiteHistory", "ChildProcesses",
        "YAMLDocuments",
        "FoundationEssentials",
      ], isEdge: true),

    // What only tests use.
    Room("Simulation", imports: ["Chat", "Testing"], in: "Tests"),
    Room("Support", imports: ["CVTerm"], isEdge: true, in: "Tests"),
    Room(
      "Fuzzing",
      imports: ["Chat", "Providers", "Settings", "Support", "Wire", "YAMLDocuments"], in: "Tests"),
    Room("Fuzz", imports: ["Fuzzing"], isEdge: true, in: "Tests"),
    Room("Screenshots", imports: ["Support"], isEdge: true, in: "Tests"),
    Room("Tour", imports: ["Support"], isEdge: true, in: "Tests"),
    Room(
      "Bench", imports: ["Chat", "Interface", "Providers", "Support", "Terminal", "Wire"],
      isEdge: true, in: "Tests"),
  ])

  /// Modules that stand for a C library.
  static let libraryModules: Set<String> = [
    "CLinux", "CNcurses", "CCurl", "CSQLite", "CMD4C", "CYAML", "CVTerm",
  ]

  /// Programs in C, which import nothing that could be read here.
  static let programsInC: Set<String> = ["Floor", "HungResolver"]

  /// Each would bring megabytes, threads of its own, or a second way to do what a room already does.
  static let forbiddenModules: Set<String> = [
    "Foundation", "FoundationNetworking", "FoundationXML", "FoundationInternationalization",
    "Dispatch",
  ]

  /// Past 300 lines ask whether there are two ideas; past this many there are.
  static let sourceLineLimit = 400

  /// What may stand at the top of the repository, beside names that begin with a dot.
  static let topLevelNames: Set<String> = [
    "LICENSE", "Makefile", "Package.swift", "README.md", "Sources", "Tests", "Themes",
  ]

  let rooms: [Room]

  func room(of path: String) -> Room? { rooms.first { path.hasPrefix($0.folder + "/") } }

  /// Everything that is wrong with one Swift file. `path` is relative to the package.
  func complaints(about text: String, at path: String) -> [Complaint] {
    let source = SwiftSource(text)
    var messages = importComplaints(about: source, at: path)
    if source.code.contains(/@unchecked\s+Sendable/), room(of: path)?.isEdge != true {
      messages.append("@unchecked Sendable belongs to an edge")
    }
    // Unfinished work is in comments, so the text is read as it stands.
    for word in ["TO" + "DO", "FIX" + "ME", "X" + "XX"] where Self.hasWord(word, in: text) {
      messages.append("\(word) is a promise to nobody: do it, or leave it out")
    }
    if path.hasPrefix("Tests/"), source.code.contains(/[Ss]leep\s*\(/) {
      messages.append("a test waits for a condition and never for a time")
    }
    let lineCount = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    if path.hasPrefix("Sources/"), lineCount > Self.sourceLineLimit {
      messages.append("\(lineCount) lines, and \(Self.sourceLineLimit) are the limit")
    }
    return messages.map { Complaint(path: path, message: $0) }
  }

  private func importComplaints(about source: SwiftSource, at path: String) -> [String] {
    var messages: [String] = []
    let room = room(of: path)
    if path.hasPrefix("Sources/"), room == nil {
      messages.append("lies in no room of the table in Tests/TidyTests/Fences.swift")
    }
    for module in source.imports {
      if Self.forbiddenModules.contains(module) {
        messages.append("imports \(module), which nothing here may")
      } else if let room, !room.imports.contains(module) {
        messages.append("\(room.name) may not import \(module)")
      }
    }
    return messages
  }

  /// C libraries that more than one room imports; `CLinux` is the system itself. `files` are paths and texts.
  func complaintsAboutSharedLibraries(in files: [(path: String, text: String)]) -> [Complaint] {
    var folders: [String: Set<String>] = [:]
    for file in files {
      let folder = file.path.split(separator: "/").prefix(2).joined(separator: "/")
      for module in SwiftSource(file.text).imports
      where Self.libraryModules.contains(module) && module != "CLinux" {
        folders[module, default: []].insert(folder)
      }
    }
    return folders.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map { module, folders in
      Complaint(
        path: folders.sorted().joined(separator: ", "),
        message: "only one room may import \(module)")
    }
  }

  /// Targets that the table does not know. Test targets need no row: nothing stands on them.
  func complaintsAboutTargets(inManifest text: String) -> [Complaint] {
    let known = Set(rooms.map(\.name)).union(Self.libraryModules).union(Self.programsInC)
    return Self.targets(inManifest: text).filter { !known.contains($0) && !$0.hasSuffix("Tests") }
      .map { Complaint(path: "Package.swift", message: "\($0) has no row in the table of rooms") }
  }

  /// The names of all targets a manifest declares, in our own short words or in SwiftPM's.
  static func targets(inManifest text: String) -> [String] {
    let rows = text.matches(of: /\b(?:room|tests|library)\(\s*"(\w+)"/).map { String($0.1) }
    let longhand = text.matches(
      of: /\.(?:target|executableTarget|testTarget|systemLibrary)\(\s*name:\s*"(\w+)"/
    ).map { String($0.1) }
    return rows + longhand
  }

  /// Names at the top of the repository that a newcomer would not expect there.
  static func complaintsAboutTopLevel(_ names: [String]) -> [Complaint] {
    names.filter { !$0.hasPrefix(".") && !topLevelNames.contains($0) }.sorted()
      .map { Complaint(path: $0, message: "does not belong at the top level") }
  }

  private static func hasWord(_ word: String, in text: String) -> Bool {
    text.ranges(of: word).contains { range in
      let before =
        range.lowerBound == text.startIndex ? nil : text[text.index(before: range.lowerBound)]
      let after = range.upperBound == text.endIndex ? nil : text[range.upperBound]
      return ![before, after].compactMap { $0 }.contains { $0.isLetter || $0.isNumber || $0 == "_" }
    }
  }
}

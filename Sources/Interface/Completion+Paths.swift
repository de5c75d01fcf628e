// Paths behind `@` and behind `/attach`: what is in the folder that is written, folders first. Names that begin
// with a dot are shown once a dot is typed.

/// What a folder holds, as it is shown: folders first, each in the order of letters.
struct ListedFolder: Hashable, Sendable {
  struct Entry: Hashable, Sendable {
    let name: String
    /// What the name is found and ordered by.
    let letters: String
    let isFolder: Bool
  }

  /// As it was asked for.
  let path: String
  let entries: [Entry]

  init(_ listing: FolderListing) {
    path = listing.folder
    entries = [(listing.folders, true), (listing.files, false)].flatMap { names, isFolder in
      names.prefix(FolderListing.limit)
        .map { Entry(name: $0, letters: $0.lowercased(), isFolder: isFolder) }
        .sorted { ($0.letters, $0.name) < ($1.letters, $1.name) }
    }
  }
}

extension Completion {
  /// What may become of a word that begins with `@`.
  ///
  /// - Parameter listed: what was told of a folder, of this one or another.
  init(path: String, _ listed: ListedFolder?) {
    rows = Self.paths(path, listed, before: "@", mayGoOn: false)
    note = nil
    argument = nil
    folder = PathWriting.parts(of: path).folder
  }

  /// - Parameters:
  ///   - head: what of the line stands before the path.
  ///   - mayGoOn: whether another path may follow a file.
  static func paths(
    _ path: String, _ listed: ListedFolder?, before head: String, mayGoOn: Bool
  ) -> [CompletionRow] {
    let (folder, typed) = PathWriting.parts(of: path)
    guard let listed, listed.path == folder else { return [] }
    let entries = listed.entries.filter { $0.name.hasPrefix(".") == typed.hasPrefix(".") }
    func row(_ entry: ListedFolder.Entry, isBeginning: Bool) -> CompletionRow {
      let line = head + PathWriting.escaped(folder + entry.name) + (entry.isFolder ? "/" : "")
      return CompletionRow(
        line: line, name: entry.name + (entry.isFolder ? "/" : ""), help: "",
        beginning: isBeginning ? line : nil, mayGoOn: mayGoOn && !entry.isFolder,
        isWhole: !entry.isFolder, isFolder: entry.isFolder)
    }
    let letters = typed.lowercased()
    let begun = entries.filter { $0.letters.hasPrefix(letters) }
    let others = entries.lazy.filter { !$0.letters.hasPrefix(letters) }.prefix(valueLimit)
    return begun.map { row($0, isBeginning: true) }
      + best(typed, Array(others)) { $0.name }.map { row($0, isBeginning: false) }
  }
}

extension Composer {
  /// More elements before the cursor are not looked at for the beginning of a path.
  private static let longestWrittenPath = 512

  /// The word behind `@` that ends at the cursor, and where its `@` stands. An address of mail has none: its `@`
  /// begins no word.
  var pathBeforeCursor: (start: Int, path: String)? {
    // In vi's command mode the cursor stands on a letter and nothing is written.
    if case .command = vi?.mode { return nil }
    guard cursor == elements.count || elements[cursor].isShellBlank, !showsRecalled else {
      return nil
    }
    let first = max(0, cursor - Self.longestWrittenPath)
    for start in (first..<cursor).reversed() where elements.mayBeginPath(at: start) {
      let letters = elements[(start + 1)..<cursor].compactMap(\.letter)
      guard letters.count == cursor - start - 1 else { return nil }
      let word = PathWriting.word(in: letters, isProse: true)
      if word.length == letters.count { return (start, word.path) }
    }
    return nil
  }
}

extension [DraftElement] {
  /// Whether an `@` stands here that begins a word, or what a sentence has in brackets or quotes.
  func mayBeginPath(at place: Int) -> Bool {
    guard self[place] == "@" else { return false }
    guard place > 0 else { return true }
    let before = self[place - 1]
    return before.isShellBlank || before.isLabelled || before.opensQuote
  }
}

extension DraftElement {
  /// Whether it stands before what is quoted or put in brackets, with no blank between.
  var opensQuote: Bool { letter.map(PathWriting.openingMarks.contains) ?? false }

  /// The character; nil for what has a label.
  var letter: Character? {
    switch self {
    case .character(let character): character
    case .paste, .attachment: nil
    }
  }
}

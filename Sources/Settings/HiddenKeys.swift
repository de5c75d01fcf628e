// What may be shown of commands and addresses. People write keys where there is room for one. Of a command that may
// hold one no more is shown than its program: to say which of its words is the key would be to guess. Of an address
// as much stays readable as says where it leads.

/// What stands in place of what is hidden.
private let hiddenMark = "(hidden)"

/// What comes before a key inside a word, in lower case: a scheme of HTTP's, a name with a value.
private let keyBorders = ["bearer ", "basic ", ": "]

/// Words in the names of options that a key follows.
private let keyWords: Set<String> = [
  "apikey", "auth", "authorization", "bearer", "credential", "credentials", "key", "login", "pass",
  "passphrase", "passwd", "password", "pwd", "secret", "token",
]

/// Options, of curl and others, that a pair such as `NAME:PASSWORD` follows, or stands behind in the same word.
private let pairOptions = ["-H", "-u", "--header", "--user"]

/// Whether a command may hold a key: a word that looks like one, something behind `=`, `: ` or `Bearer `, an option
/// such as `--token`, an address with a name, a password or a question. A word of several, as a shell is given, is
/// taken for these.
public func mayHoldKey(_ words: [String]) -> Bool {
  let isNamed = words.contains { word in
    let word = word.lowercased()
    return keyBorders.contains { word.contains($0) }
  }
  guard !isNamed, !words.contains(where: mayBeKey) else { return true }
  let pieces = words.flatMap { $0.split { $0.isWhitespace || "\"'`()".contains($0) } }
  return pieces.indices.contains { index in
    let next = pieces[(index + 1)...].first
    return holdsMore(pieces[index]) || isKeyOption(pieces[index], next: next)
  }
}

/// Whether a word has something behind an `=`, or is an address with more than where it leads.
private func holdsMore(_ piece: Substring) -> Bool {
  if let sign = piece.firstIndex(of: "="), piece.index(after: sign) < piece.endIndex { return true }
  guard let scheme = piece.firstRange(of: "://") else { return false }
  return piece[scheme.upperBound...].contains { "@?#".contains($0) }
}

/// Whether a word is an option with a key behind it.
private func isKeyOption(_ option: Substring, next: Substring?) -> Bool {
  guard option.hasPrefix("-") else { return false }
  let isPaired = option.contains(":") || next?.contains(":") == true
  if isPaired, pairOptions.contains(where: option.hasPrefix) { return true }
  let names = option.lowercased().split { !$0.isLetter }.map(String.init)
  return next != nil && names.contains(where: keyWords.contains)
}

/// The program of a command, where its name is an ordinary one.
public func shownProgram(of words: [String]) -> String {
  guard let program = words.first, !program.isEmpty, program.count <= 60, !mayBeKey(program),
    program.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "/~._+-".contains($0)) })
  else { return "a program" }
  return program
}

/// An address without what may be a key: a name and a password before its host, pieces of its path that look like
/// keys, and all that is asked for behind a question mark. A text that is no address is hidden whole where it may
/// be a key.
public func withoutKeys(inAddress text: String) -> String {
  guard let scheme = text.firstRange(of: "://") else {
    return mayBeKey(text) ? hiddenMark : text
  }
  let rest = text[scheme.upperBound...]
  let path = rest.firstIndex(where: { "/?#".contains($0) }) ?? rest.endIndex
  let host = rest[..<path].lastIndex(of: "@").map { "\(hiddenMark)\(rest[$0..<path])" }
  let query = rest.firstIndex { "?#".contains($0) }
  let pieces = rest[path..<(query ?? rest.endIndex)].split(
    separator: "/", omittingEmptySubsequences: false
  ).map { mayBeKey(String($0)) ? hiddenMark : String($0) }
  let beginning = String(text[..<scheme.upperBound])
  guard !mayBeKey(beginning) else { return hiddenMark }
  return beginning + (host ?? String(rest[..<path])) + pieces.joined(separator: "/")
    + (query.map { "\(rest[$0])\(hiddenMark)" } ?? "")
}

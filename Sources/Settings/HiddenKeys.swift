// Words of commands and addresses as they may be shown. People write keys where there is room for one; what may
// be one is hidden, and as much as says what the rest is for stays readable.

/// What stands in place of what is hidden.
private let hiddenMark = "(hidden)"

/// What comes before a key inside a word, in lower case: a scheme of HTTP's, a name with a value.
private let keyBorders = ["bearer ", "basic ", "=", ": "]

/// How options end that a key follows as the next word.
private let keyOptions = [
  "password", "passwd", "passphrase", "token", "secret", "api-key", "apikey",
]

/// The words of a command without what may be a key: words that look like one, what follows `=`, `: ` or
/// `Bearer ` in a word, a name and a password in an address, and the word behind an option such as `--token`.
public func withoutKeys(_ words: [String]) -> [String] {
  words.indices.map { index in
    let option = index > words.startIndex ? words[index - 1].lowercased() : ""
    let isKey = option.hasPrefix("-") && keyOptions.contains(where: option.hasSuffix)
    // `curl -u NAME:PASSWORD`.
    let isLogin = ["-u", "--user"].contains(option) && words[index].contains(":")
    return isKey || isLogin ? hiddenMark : withoutKeys(inWord: words[index])
  }
}

private func withoutKeys(inWord word: String) -> String {
  let ends = keyBorders.compactMap { firstEnd(of: $0, in: word) }
  guard let end = ends.min(), end < word.endIndex else { return withoutKeys(inAddress: word) }
  let beginning = withoutKeys(inAddress: String(word[..<end]))
  return beginning.hasSuffix(hiddenMark) ? beginning : beginning + hiddenMark
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

/// The end of the first `border` in a text, whatever the case of its letters.
private func firstEnd(of border: String, in text: String) -> String.Index? {
  text.indices.lazy.compactMap { start -> String.Index? in
    guard let end = text.index(start, offsetBy: border.count, limitedBy: text.endIndex),
      text[start..<end].lowercased() == border
    else { return nil }
    return end
  }.first
}

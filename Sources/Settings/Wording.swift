// Pieces of sentences that every message about settings is made of.

/// Characters of somebody's text that a message repeats.
private let quotationLimit = 40

/// How the keys of providers begin that have a beginning of their own.
private let keyBeginnings = [
  "sk-", "sk_", "gsk_", "gsk-", "xai-", "pplx-", "hf_", "AIza", "csk-", "AKIA", "ghp_", "glpat-",
]
/// What parts words, also those of addresses and commands.
private let wordBorders = " \t\n\"'`=:/,;@?&#()[]{}|<>$"
/// So many letters and digits in a row, with digits among them, are a key or an id, and no word.
private let keyRunLength = 20

/// Whether a text may be a key, or hold one: people write one where it does not belong.
public func mayBeKey(_ text: String) -> Bool {
  let words = text.split(whereSeparator: wordBorders.contains)
  if words.contains(where: { word in
    keyBeginnings.contains { word.hasPrefix($0) && word.count > $0.count + 3 }
  }) || text.contains("Bearer ") {
    return true
  }
  return text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.contains { run in
    run.count >= keyRunLength && run.count(where: \.isNumber) > 2 && run.contains(where: \.isLetter)
  }
}

/// Text from outside for use in a message: in single quotation marks, cut after 40 characters, controls
/// replaced, so that an error can be written to a terminal. What may be a key is not shown.
public func quoted(_ text: String) -> String {
  if mayBeKey(text) { return "what may be a key" }
  var shown = String.UnicodeScalarView()
  for scalar in text.prefix(quotationLimit).unicodeScalars {
    let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    shown.append(isControl ? "\u{FFFD}" : scalar)
  }
  let end = text.dropFirst(quotationLimit).isEmpty ? "" : "…"
  return "'\(String(shown))\(end)'"
}

/// The rest of a sentence about a word that is not known: the near one, or else all known ones.
public func hint(for wanted: String, among known: [String]) -> String {
  if let near = nearest(to: wanted, among: known) { return "; did you mean '\(near)'?" }
  guard !known.isEmpty else { return "." }
  return "; known: \(listed(known))."
}

/// Words at most that a message lists.
private let listLimit = 40

/// `a, b, c`, and after 40 words how many more there are.
public func listed(_ words: [String]) -> String {
  let shown = words.prefix(listLimit).joined(separator: ", ")
  let rest = words.count - listLimit
  return rest > 0 ? "\(shown) and \(rest) more" : shown
}

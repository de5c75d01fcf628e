// Where words stand in a text. The case of letters does not count, as far as it changes no letter into two.

import Terminal

extension StringProtocol {
  /// Where the words stand in the text, as numbers of its characters; no two overlap.
  func hits(of words: String) -> [Range<Int>] {
    let wanted = words.map { $0.lowercased() }
    guard !wanted.isEmpty else { return [] }
    let letters = map { $0.lowercased() }
    var hits: [Range<Int>] = []
    var start = 0
    while start + wanted.count <= letters.count {
      if letters[start..<(start + wanted.count)].elementsEqual(wanted) {
        hits.append(start..<(start + wanted.count))
        start += wanted.count
      } else {
        start += 1
      }
    }
    return hits
  }
}

extension TextLine {
  func hitCount(of words: String) -> Int {
    runs.map(\.text).joined().hits(of: words).count
  }
}

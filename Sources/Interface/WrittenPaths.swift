// Paths that stand in a draft as somebody wrote them, behind `@`.

extension [DraftElement] {
  /// The words that begin with `@` and may be paths, each as it is written and, where punctuation ends it, without
  /// that.
  func writtenPaths(
    except plain: Set<String>
  ) -> [(range: Range<Int>, choices: [String])] {
    var written: [(range: Range<Int>, choices: [String])] = []
    var place = 0
    while let start = self[place...].firstIndex(of: "@"), written.count < Attachment.limit {
      place = start + 1
      guard mayBeginPath(at: start) else { continue }
      let letters = self[place...].prefix(PathWriting.byteLimit).prefix { !$0.isLabelled }
      let word = PathWriting.word(in: letters.lazy.compactMap(\.letter))
      guard !word.isOpen, !word.path.isEmpty, word.path.utf8.count <= PathWriting.byteLimit else {
        continue
      }
      place += word.length
      var choices = [word.path]
      if let last = word.path.last, ".,;:!?)".contains(last), word.path.count > 1 {
        choices.append(String(word.path.dropLast()))
      }
      guard plain.isDisjoint(with: choices) else { continue }
      written.append((start..<place, choices))
    }
    return written
  }
}

// "Did you mean": the known word that somebody most likely meant.

/// Words longer than this, in characters, have no near one; it keeps the comparison cheap.
public let nearestWordLimit = 64

/// The word of `words` that `wanted` most likely meant; nil when none is near.
///
/// Case does not count. Near is a word that about every third letter may differ from (letters left out,
/// put in, exchanged or swapped with their neighbour), and, where there is none, the only word that
/// begins with `wanted`. Of equally near words the first one wins. Cost: letters × letters for each word.
public func nearest(to wanted: String, among words: some Sequence<String>) -> String? {
  let letters = Array(wanted.lowercased())
  guard !letters.isEmpty, letters.count <= nearestWordLimit else { return nil }
  var best: (word: String, distance: Int)?
  var beginning: [String] = []
  for word in words {
    let others = Array(word.lowercased())
    guard others.count <= nearestWordLimit else { continue }
    if letters.count >= 2, others.starts(with: letters) { beginning.append(word) }
    let longer = max(letters.count, others.count)
    guard abs(letters.count - others.count) <= max(1, longer / 3) else { continue }
    let distance = editDistance(letters, others)
    guard distance <= max(1, longer / 3), distance < longer else { continue }
    if best.map({ distance < $0.distance }) ?? true { best = (word, distance) }
  }
  if let best { return best.word }
  return beginning.count == 1 ? beginning[0] : nil
}

/// Optimal string alignment: the fewest insertions, deletions, exchanges and swaps of neighbours.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for row in 0..<left.count {
    var current = [row + 1]
    current.reserveCapacity(right.count + 1)
    for column in 0..<right.count {
      let exchange = last[column] + (left[row] == right[column] ? 0 : 1)
      var cost = min(exchange, last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current.append(cost)
    }
    (beforeLast, last) = (last, current)
  }
  return last[right.count]
}

extension [Int] {
  /// The first index whose element has this property; the elements before it have not, all behind it
  /// have.
  func partitionIndex(where hasProperty: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if hasProperty(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

// Where regions begin and end on a line.

extension LineTokenizer {
  /// Takes the region that begins at `start`, which is the position or, behind a word that may stand in
  /// front of a string, the word's end. False if none begins there.
  mutating func region(_ bytes: Span<UInt8>, at start: Int) -> Bool {
    guard start < bytes.count else { return false }
    for index in language.regionRanges[Int(bytes[start])] {
      // Before the region is taken out of the list, which costs more than all of this.
      guard
        start == position
          ? isInPlace(language.regions[index].place, bytes)
          : language.regions[index].kind == .string
      else { continue }
      let region = language.regions[index]
      guard let opening = opening(of: region, bytes, at: start) else { continue }
      if region.isSign {
        emit(region.kind, from: position, to: opening.end)
        return true
      }
      if region.isHeredoc {
        guard heredoc(region, bytes, at: opening.end) else { continue }
        return true
      }
      if region.isCharacter {
        guard let end = characterEnd(region, bytes, from: opening.end) else { continue }
        emit(region.kind, from: position, to: end)
        return true
      }
      finish(
        Carry.OpenRegion(index: index, fenceCount: opening.fenceCount), bytes, from: opening.end)
      return true
    }
    return false
  }

  private func isInPlace(_ place: Region.Place, _ bytes: Span<UInt8>) -> Bool {
    switch place {
    case .anywhere: true
    case .line: position == 0
    case .first: isFirst
    case .blank: position == 0 || bytes[position - 1].isBlank
    case .border: isAtBorder(bytes, position)
    }
  }

  private mutating func opening(
    of region: Region, _ bytes: Span<UInt8>, at start: Int
  ) -> (end: Int, fenceCount: Int)? {
    stepCount += region.beginByteCount
    guard starts(region.lead, bytes, at: start) else { return nil }
    var end = start + region.lead.count
    var fenceCount = 0
    if let fence = region.fence {
      while end < bytes.count, bytes[end] == fence, fenceCount <= Region.fenceLimit {
        end += 1
        fenceCount += 1
      }
      stepCount += fenceCount
      guard fenceCount <= Region.fenceLimit else { return nil }
    }
    guard starts(region.begin, bytes, at: end) else { return nil }
    return (end + region.begin.count, fenceCount)
  }

  /// Goes on to the end of a region, from its `position` on; `start` is where its content begins.
  mutating func finish(_ open: Carry.OpenRegion, _ bytes: Span<UInt8>, from start: Int) {
    let region = language.regions[open.index]
    guard let last = region.end.first else {
      return emit(region.kind, from: position, to: bytes.count)
    }
    var open = open
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte == region.escape {
        index += 2
      } else if region.isNested, byte == region.begin[0], starts(region.begin, bytes, at: index) {
        open.depth = min(open.depth + 1, Carry.depthLimit)
        index += region.begin.count
      } else if byte == last, let end = closing(of: region, open.fenceCount, bytes, at: index) {
        open.depth -= 1
        guard open.depth == 0 else {
          index = end
          continue
        }
        return close(region, bytes, at: region.leavesEnd ? index : end)
      } else {
        index += 1
      }
    }
    stepCount += bytes.count - start
    if region.hasLines { carry.region = open }
    emit(region.kind, from: position, to: bytes.count)
  }

  private mutating func close(_ region: Region, _ bytes: Span<UInt8>, at end: Int) {
    stepCount += end - position
    let key = region.kind == .string ? key(position..<end, bytes, isString: true) : nil
    emit(key ?? region.kind, from: position, to: end)
  }

  private mutating func closing(
    of region: Region, _ fenceCount: Int, _ bytes: Span<UInt8>, at start: Int
  ) -> Int? {
    stepCount += region.end.count
    guard starts(region.end, bytes, at: start) else { return nil }
    var end = start + region.end.count
    for _ in 0..<fenceCount {
      stepCount += 1
      guard end < bytes.count, bytes[end] == region.fence else { return nil }
      end += 1
    }
    return starts(region.tail, bytes, at: end) ? end + region.tail.count : nil
  }

  /// The longest escape in a character's quotation marks: `\u{10FFFF}` without its first two.
  private static let escapeLimit = 8

  /// The end of one character and the mark behind it; nil if that is not what stands here.
  private mutating func characterEnd(
    _ region: Region, _ bytes: Span<UInt8>, from start: Int
  ) -> Int? {
    stepCount += LineTokenizer.escapeLimit
    guard start < bytes.count, !starts(region.end, bytes, at: start) else { return nil }
    if bytes[start] == region.escape {
      for end in start + 2...start + 2 + LineTokenizer.escapeLimit
      where starts(region.end, bytes, at: end) {
        return end + region.end.count
      }
      return nil
    }
    var end = start + 1
    while end < bytes.count, end < start + 4, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return starts(region.end, bytes, at: end) ? end + region.end.count : nil
  }

  /// `<<~"WORD"`: takes the sign and notes what will end the text.
  private mutating func heredoc(_ region: Region, _ bytes: Span<UInt8>, at start: Int) -> Bool {
    var index = start
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "~") {
      index += 1
    }
    var quote: UInt8?
    if index < bytes.count, bytes[index] == UInt8(ascii: "'") || bytes[index] == UInt8(ascii: "\"")
    {
      quote = bytes[index]
      index += 1
    }
    var word: [UInt8] = []
    while index < bytes.count, word.count <= Carry.heredocLimitBytes,
      bytes[index].isLetter || bytes[index] == UInt8(ascii: "_")
        || bytes[index].isDigit && !word.isEmpty
    {
      word.append(bytes[index])
      index += 1
    }
    stepCount += word.count
    guard !word.isEmpty, word.count <= Carry.heredocLimitBytes else { return false }
    if let quote {
      guard index < bytes.count, bytes[index] == quote else { return false }
      index += 1
    }
    announce(Carry.Heredoc(word: word, kind: region.kind))
    emit(region.kind, from: position, to: index)
    return true
  }
}

// Tags and what stands between them. Inside a tag code has strings and names, outside it has neither.

extension LineTokenizer {
  mutating func markup(_ byte: UInt8, _ bytes: Span<UInt8>) {
    if carry.isInTag { return insideTag(byte, bytes) }
    if language.traits[Int(byte)].contains(.region), isOutsideRegion(byte),
      region(bytes, at: position)
    {
      return
    }
    if byte == UInt8(ascii: "<"), openTag(bytes) { return }
    if byte == UInt8(ascii: "&"), entity(bytes) { return }
    position += 1
  }

  /// An apostrophe of the text begins no string.
  private func isOutsideRegion(_ byte: UInt8) -> Bool {
    byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "'")
  }

  private mutating func insideTag(_ byte: UInt8, _ bytes: Span<UInt8>) {
    if byte == UInt8(ascii: ">") { return closeTag(bytes) }
    if language.traits[Int(byte)].contains(.region), region(bytes, at: position) { return }
    guard language.traits[Int(byte)].contains(.word) else {
      let isSlash = byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?")
      return emit(isSlash ? .tag : .plain, from: position, to: position + 1)
    }
    emit(.attribute, from: position, to: wordEnd(bytes, from: position))
  }

  /// `<name` or `</name`.
  private mutating func openTag(_ bytes: Span<UInt8>) -> Bool {
    var start = position + 1
    let isEnd = start < bytes.count && bytes[start] == UInt8(ascii: "/")
    if isEnd { start += 1 }
    guard start < bytes.count, bytes[start].isLetter else { return false }
    let end = wordEnd(bytes, from: start)
    carry.isInTag = true
    carry.rawRegion = nil
    if !isEnd, let elements = language.markup?.rawElements {
      carry.rawRegion = elements.firstIndex { name in
        name.count == end - start
          && name.indices.allSatisfy { bytes[start + $0].lowercased == name[$0] }
      }
    }
    emit(.tag, from: position, to: end)
    return true
  }

  /// `>`. Behind `<script>` follows no markup up to `</script`.
  private mutating func closeTag(_ bytes: Span<UInt8>) {
    let isEmpty = position > 0 && bytes[position - 1] == UInt8(ascii: "/")
    let raw = isEmpty ? nil : carry.rawRegion
    carry.isInTag = false
    carry.rawRegion = nil
    emit(.tag, from: position, to: position + 1)
    if let raw { finish(Carry.OpenRegion(index: raw), bytes, from: position) }
  }

  /// The longest entity, `&CounterClockwiseContourIntegral;`, in bytes.
  private static let entityLimit = 33

  private mutating func entity(_ bytes: Span<UInt8>) -> Bool {
    var end = position + 1
    let limit = min(bytes.count, position + LineTokenizer.entityLimit)
    while end < limit, bytes[end].isLetter || bytes[end].isDigit || bytes[end] == UInt8(ascii: "#")
    {
      end += 1
    }
    stepCount += end - position
    guard end < bytes.count, end > position + 1, bytes[end] == UInt8(ascii: ";") else {
      return false
    }
    emit(.constant, from: position, to: end + 1)
    return true
  }

  private mutating func wordEnd(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while end < bytes.count, language.traits[Int(bytes[end])].contains(.word) { end += 1 }
    stepCount += end - start
    return end
  }
}

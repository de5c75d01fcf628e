// Strings that are not quite JSON, made so. Servers that cut an emoji between two tokens send half a
// surrogate pair (`"\ud83d"`), which is no Unicode; others pass on raw control characters or escapes
// of their own. What was meant is plain, and a reply should not die of it.

/// The same JSON text with every string readable: half a surrogate pair becomes U+FFFD, a raw control
/// character its escape, and a backslash that begins no escape a backslash. The rest is not touched.
///
/// - Parameter marksHalves: half a pair becomes its mark, for `SplitPairs` to join.
func mendingStrings(in json: [UInt8], marksHalves: Bool = false) -> [UInt8] {
  guard json.contains(where: { $0 == backslash || $0 < 0x20 }) else { return json }
  var mended: [UInt8] = []
  mended.reserveCapacity(json.count)
  var isInString = false
  var index = 0
  while index < json.count {
    let byte = json[index]
    guard isInString else {
      isInString = byte == quote
      mended.append(byte)
      index += 1
      continue
    }
    switch byte {
    case quote:
      isInString = false
      mended.append(byte)
      index += 1
    case backslash:
      index += appendEscape(of: json, at: index, marksHalves: marksHalves, to: &mended)
    case 0..<0x20:
      mended.append(contentsOf: byte < 0x10 ? #"\u000"#.utf8 : #"\u001"#.utf8)
      mended.append(contentsOf: String(byte % 0x10, radix: 16).utf8)
      index += 1
    default:
      mended.append(byte)
      index += 1
    }
  }
  return mended
}

private let backslash = UInt8(ascii: "\\")
private let quote = UInt8(ascii: "\"")

/// Appends the escape at `index`, mended; gives how many bytes of `json` it stood for.
private func appendEscape(
  of json: [UInt8], at index: Int, marksHalves: Bool, to mended: inout [UInt8]
) -> Int {
  if let unit = codeUnit(of: json, escapedAt: index) {
    let isHigh = (0xD800...0xDBFF).contains(unit)
    let next = isHigh ? codeUnit(of: json, escapedAt: index + 6) : nil
    if let next, (0xDC00...0xDFFF).contains(next) {
      mended.append(contentsOf: json[index..<(index + 12)])
      return 12
    }
    if (0xD800...0xDFFF).contains(unit) {
      mended.append(contentsOf: (marksHalves ? HalfPair.escapes(unit) : #"\uFFFD"#).utf8)
    } else {
      mended.append(contentsOf: json[index..<(index + 6)])
    }
    return 6
  }
  guard index + 1 < json.count, #""\/bfnrt"#.utf8.contains(json[index + 1]) else {
    mended.append(contentsOf: [backslash, backslash])
    return 1
  }
  mended.append(contentsOf: json[index...(index + 1)])
  return 2
}

/// The UTF-16 code unit that `\uXXXX` at `index` stands for; nil if there is no such escape.
private func codeUnit(of json: [UInt8], escapedAt index: Int) -> UInt16? {
  guard index + 6 <= json.count, json[index] == backslash, json[index + 1] == UInt8(ascii: "u")
  else { return nil }
  var unit: UInt16 = 0
  for digit in json[(index + 2)..<(index + 6)] {
    guard let value = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
    unit = unit << 4 | UInt16(value)
  }
  return unit
}

// Web addresses that stand in running text without any markup.
//
// The rules are those of GitHub Flavored Markdown, "Autolinks (extension)", for `http://`,
// `https://` and `www.`: the address begins where no letter, digit or underscore stands before it
// and ends at white space or `<`; punctuation and a closing parenthesis without its partner at its
// end belong to the sentence.

/// The text, cut into plain text and links. Linear in its length.
func separatingBareAddresses(in text: String) -> [Inline] {
  let bytes = Array(text.utf8)
  var inlines: [Inline] = []
  var plainStart = 0
  var index = 0
  while index < bytes.count {
    // Most text holds no address: one comparison for each byte decides.
    let byte = bytes[index] | 0x20
    guard byte == UInt8(ascii: "h") || byte == UInt8(ascii: "w"),
      index == 0 || !isWordByte(bytes[index - 1]),
      let prefix = addressPrefixes.first(where: { begins(bytes[index...], with: $0.text) })
    else {
      index += 1
      continue
    }
    let end = endOfAddress(in: bytes, from: index + prefix.text.count)
    guard end > index + prefix.text.count else {
      index += prefix.text.count
      continue
    }
    if plainStart < index {
      inlines.append(.text(String(decoding: bytes[plainStart..<index], as: UTF8.self)))
    }
    let written = String(decoding: bytes[index..<end], as: UTF8.self)
    inlines.append(.link(address: prefix.scheme + written, label: [.text(written)]))
    plainStart = end
    index = end
  }
  if plainStart < bytes.count {
    inlines.append(.text(String(decoding: bytes[plainStart...], as: UTF8.self)))
  }
  return inlines
}

/// How an address begins, and the scheme to put before it.
private let addressPrefixes: [(text: [UInt8], scheme: String)] = [
  (Array("http://".utf8), ""),
  (Array("https://".utf8), ""),
  (Array("www.".utf8), "http://"),
]

private func begins(_ bytes: ArraySlice<UInt8>, with prefix: [UInt8]) -> Bool {
  let lowercase = UInt8(ascii: "a")...UInt8(ascii: "z")
  return bytes.count >= prefix.count
    && zip(bytes, prefix).allSatisfy {
      $0 == $1 || (lowercase.contains($1) && $0 | 0x20 == $1)
    }
}

/// Letters beyond ASCII do not count: Chinese is written without spaces.
private func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
    true
  default: false
  }
}

/// Where the address ends; the start itself if what comes is no host.
private func endOfAddress(in bytes: [UInt8], from start: Int) -> Int {
  guard start < bytes.count,
    isWordByte(bytes[start]) || bytes[start] == UInt8(ascii: "[") || bytes[start] >= 0x80
  else { return start }
  var end = start
  var openCount = 0
  var excessCount = 0
  scan: while end < bytes.count {
    switch bytes[end] {
    case 0...0x20, UInt8(ascii: "<"): break scan
    case UInt8(ascii: "("): openCount += 1
    case UInt8(ascii: ")"):
      if openCount > 0 { openCount -= 1 } else { excessCount += 1 }
    default: break
    }
    end += 1
  }
  while end > start {
    let last = bytes[end - 1]
    if last == UInt8(ascii: ")"), excessCount > 0 {
      excessCount -= 1
    } else if !trailingPunctuation.contains(last) {
      break
    }
    end -= 1
  }
  return end
}

private let trailingPunctuation = Array("?!.,:;*_~'\"".utf8)

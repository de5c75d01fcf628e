// Text that a server or a library wrote, on its way into a sentence that a person reads: keys are
// masked first, then it is made one printable line, then it is cut. The order matters: a key that
// is cut before it is masked is not found any more.

/// What stands in place of a secret.
let secretMark = "(secret)"

/// The text as one printable line of at most `limit` characters, without this key and without
/// anything that looks like one.
func readable(_ text: String, without key: Secret?, limit: Int) -> String {
  clipped(oneLine(maskingSecrets(in: text, key: key)), to: limit)
}

/// The same of its end, of which the cut begins: what a program writes last says what stopped it.
func readableEnd(_ text: String, without keys: [Secret], limit: Int) -> String {
  let line = oneLine(maskingSecrets(in: text, keys: keys))
  guard line.count > limit else { return line }
  return "…" + line.suffix(limit - 1)
}

func maskingSecrets(in text: String, key: Secret?) -> String {
  maskingSecrets(in: text, keys: key.map { [$0] } ?? [])
}

/// The text with secrets masked: what begins like the keys of the known services, what follows `Bearer`,
/// the value of `key=`, and `keys` wherever they stand.
///
/// A key of fewer than 4 bytes is no secret and is left alone, or no text would stay readable.
func maskingSecrets(in text: String, keys: [Secret]) -> String {
  // The longest first: another may be its beginning.
  let keysBytes = keys.map { Array($0.reveal().utf8) }.filter { $0.count >= 4 }
    .sorted { $0.count > $1.count }
  let bytes = Array(text.utf8)
  let (bearerPrefix, keyPrefix) = (Array("bearer ".utf8), Array("key=".utf8))
  var masked: [UInt8] = []
  masked.reserveCapacity(bytes.count)
  var index = 0

  func hasPrefix(_ prefix: [UInt8]) -> Bool {
    index + prefix.count <= bytes.count
      && zip(bytes[index...], prefix).allSatisfy { lowercased($0) == lowercased($1) }
  }
  func end(of isPart: (UInt8) -> Bool, from start: Int) -> Int {
    bytes[start...].firstIndex { !isPart($0) } ?? bytes.count
  }
  func mask(from start: Int, to end: Int) {
    masked.append(contentsOf: bytes[index..<start])
    masked.append(contentsOf: secretMark.utf8)
    index = end
  }

  while index < bytes.count {
    if let key = keysBytes.first(where: { bytes[index...].starts(with: $0) }) {
      mask(from: index, to: index + key.count)
      continue
    }
    let isBeginning = index == 0 || !isWord(bytes[index - 1])
    if isBeginning, let kind = KeyKind.all.first(where: { hasPrefix($0.prefix) }) {
      let start = index + kind.prefix.count
      let tail = end(of: { isWord($0) || $0 == UInt8(ascii: "*") }, from: start)
      let isHalfMasked = bytes[start..<tail].contains(UInt8(ascii: "*"))
      if tail - start >= (isHalfMasked ? 3 : kind.leastCount) {
        mask(from: index, to: tail)
        continue
      }
    }
    if hasPrefix(bearerPrefix) {
      let tail = end(of: isUnquoted, from: index + 7)
      if tail >= index + 7 + 8 {
        mask(from: index + 7, to: tail)
        continue
      }
    }
    if hasPrefix(keyPrefix) {
      let tail = end(of: { isUnquoted($0) && $0 != UInt8(ascii: "&") }, from: index + 4)
      if tail > index + 4 {
        mask(from: index + 4, to: tail)
        continue
      }
    }
    masked.append(bytes[index])
    index += 1
  }
  return String(decoding: masked, as: UTF8.self)
}

/// Whether a word begins as the keys of a known service do, however short it is.
func beginsLikeKey(_ word: some StringProtocol) -> Bool {
  let bytes = word.utf8.map(lowercased)
  return KeyKind.all.contains { kind in
    bytes.count > kind.prefix.count && bytes.starts(with: kind.prefix.map(lowercased))
  }
}

/// How the keys of a service begin.
private struct KeyKind {
  let prefix: [UInt8]
  /// How many bytes follow in what is one, and no name that happens to begin like it.
  let leastCount: Int

  init(_ prefix: String, leastCount: Int = 16) {
    self.prefix = Array(prefix.utf8)
    self.leastCount = leastCount
  }

  static let all = [
    // OpenAI, Anthropic, OpenRouter, DeepSeek, Moonshot, Alibaba.
    KeyKind("sk-", leastCount: 3), KeyKind("sk_"),
    // xAI, Groq, Google, Perplexity, Cerebras.
    KeyKind("xai-"), KeyKind("gsk_"), KeyKind("AIza"), KeyKind("pplx-"), KeyKind("csk-"),
    // Hugging Face.
    KeyKind("hf_"),
  ]
}

/// The text without control characters, with single blanks, trimmed.
func oneLine(_ text: String) -> String {
  var line = ""
  var owesBlank = false
  for scalar in text.unicodeScalars {
    let isBlank = scalar.properties.isWhitespace || scalar.value < 0x20
    if isBlank {
      owesBlank = !line.isEmpty
    } else if !isUnprintable(scalar) {
      if owesBlank { line.append(" ") }
      owesBlank = false
      line.unicodeScalars.append(scalar)
    }
  }
  return line
}

/// At most `limit` characters; a cut is shown.
func clipped(_ text: String, to limit: Int) -> String {
  guard text.count > limit else { return text }
  return text.prefix(limit - 1) + "…"
}

/// Controls, the marks that turn the direction of what stands around them, and noncharacters.
private func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x7F...0x9F, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFDD0...0xFDEF, 0xFEFF: true
  default: false
  }
}

private func isWord(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
  default: false
  }
}

private func isUnquoted(_ byte: UInt8) -> Bool {
  byte > 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "'")
}

private func lowercased(_ byte: UInt8) -> UInt8 {
  (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
}

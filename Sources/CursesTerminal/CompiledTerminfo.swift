// A terminal's description in the form that `tic` writes: term(5), "Legacy storage format" and "Extended
// storage format", with numbers of 32 bits.

/// A description that can be written. Pure.
struct CompiledTerminfo: Hashable {
  struct Number: Hashable {
    var name: String
    var value: Int32
  }

  /// Longest description that ncurses reads, in bytes.
  static let byteLimit = 32_768

  let name: String
  /// Capabilities in the order of terminfo's tables; nil where the terminal has none.
  var flags: [Bool] = []
  var numbers: [Int32?] = []
  var strings: [String?] = []
  /// Capabilities that are in no table: flags that are set, and numbers.
  var moreFlags: [String] = []
  var moreNumbers: [Number] = []

  init(name: String) {
    self.name = name
  }

  /// Nil when it is too long.
  var bytes: [UInt8]? {
    var texts: [UInt8] = []
    var offsets: [Int] = []
    for string in strings {
      offsets.append(string == nil ? -1 : texts.count)
      if let string { texts += Array(string.utf8) + [0] }
    }
    var bytes: [UInt8] = []
    for number in [0o1036, name.utf8.count + 1, flags.count, numbers.count, strings.count] {
      Self.append(number, to: &bytes)
    }
    Self.append(texts.count, to: &bytes)
    bytes += Array(name.utf8) + [0]
    bytes += flags.map { $0 ? 1 : 0 }
    Self.align(&bytes)
    for number in numbers { Self.append(number ?? -1, to: &bytes) }
    for offset in offsets { Self.append(offset, to: &bytes) }
    bytes += texts
    appendMore(to: &bytes)
    return bytes.count <= Self.byteLimit ? bytes : nil
  }

  private func appendMore(to bytes: inout [UInt8]) {
    Self.align(&bytes)
    let names = moreFlags + moreNumbers.map(\.name)
    var texts: [UInt8] = []
    var offsets: [Int] = []
    for name in names {
      offsets.append(texts.count)
      texts += Array(name.utf8) + [0]
    }
    for number in [moreFlags.count, moreNumbers.count, 0, names.count, texts.count] {
      Self.append(number, to: &bytes)
    }
    bytes += moreFlags.map { _ in 1 }
    Self.align(&bytes)
    for number in moreNumbers { Self.append(number.value, to: &bytes) }
    for offset in offsets { Self.append(offset, to: &bytes) }
    bytes += texts
  }

  /// Sixteen bits, the lower ones first.
  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    bytes += [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
  }

  private static func append(_ number: Int32, to bytes: inout [UInt8]) {
    bytes += (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private static func align(_ bytes: inout [UInt8]) {
    if bytes.count % 2 == 1 { bytes.append(0) }
  }
}

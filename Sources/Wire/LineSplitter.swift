// Bytes as they come off a socket → lines, whatever the borders of the chunks.
//
// Everything here is on bytes: to Swift "\r\n" is one Character, and Unicode knows line ends
// (U+2028, U+0085) that neither server-sent events nor JSON lines know. Each byte is looked at
// once: a chunk is scanned where it lies, and only what belongs to an unfinished line is kept.

/// Cuts a stream of bytes into lines and removes one byte order mark at the very start.
struct LineSplitter {
  /// What ends a line.
  enum Ending {
    /// LF alone; a CR before it belongs to the line.
    case lineFeed
    /// CRLF, LF or CR (HTML standard, "Parsing an event stream").
    case carriageReturnOrLineFeed
  }

  /// A finished line, without what ended it.
  enum Line {
    case text([UInt8])
    /// A line that began with the byte to skip. Nothing of it was stored.
    case skipped
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D

  private let ending: Ending
  private let skipByte: UInt8?
  private let limitBytes: Int
  /// The beginning of the line that is not finished.
  private var line: [UInt8] = []
  private var isSkipping = false
  /// A CR ended a line; an LF right after it is the second half of the same line end.
  private var ignoresLineFeed = false
  /// How many bytes of a byte order mark have come; nil once that is decided.
  private var byteOrderMarkCount: Int? = 0

  /// - Parameters:
  ///   - skipByte: lines that begin with it are not stored, and no limit holds for them.
  ///   - limitBytes: the longest line, without its end.
  init(ending: Ending, skipByte: UInt8? = nil, limitBytes: Int) {
    self.ending = ending
    self.skipByte = skipByte
    self.limitBytes = limitBytes
  }

  /// The next line that ends in this chunk. `offset` is where to go on reading; it moves forward.
  /// Nil when the chunk is used up; then the rest of it has been kept.
  mutating func nextLine(
    in chunk: [UInt8], from offset: inout Int
  ) throws(WireError) -> Line? {
    consumeByteOrderMark(in: chunk, from: &offset)
    guard offset < chunk.count else { return nil }
    if ignoresLineFeed {
      ignoresLineFeed = false
      if chunk[offset] == Self.lineFeed { offset += 1 }
      guard offset < chunk.count else { return nil }
    }
    if line.isEmpty, let skipByte, chunk[offset] == skipByte { isSkipping = true }

    let end = endOfLine(in: chunk, from: offset)
    if !isSkipping {
      guard line.count + (end - offset) <= limitBytes else {
        throw .lineTooLong(limitBytes: limitBytes)
      }
      line.append(contentsOf: chunk[offset..<end])
    }
    offset = end
    guard end < chunk.count else { return nil }

    offset += 1
    ignoresLineFeed = chunk[end] == Self.carriageReturn
    defer {
      line = []
      isSkipping = false
    }
    return isSkipping ? .skipped : .text(line)
  }

  /// What came after the last line end; empty if nothing did, or if the line was one to skip.
  mutating func finish() -> [UInt8] {
    settleByteOrderMark()
    defer { line = [] }
    return line
  }

  private func endOfLine(in chunk: [UInt8], from offset: Int) -> Int {
    let endsAtCarriageReturn =
      switch ending {
      case .lineFeed: false
      case .carriageReturnOrLineFeed: true
      }
    return chunk.withUnsafeBufferPointer { bytes in
      var index = offset
      while index < bytes.count {
        let byte = bytes[index]
        if byte == Self.lineFeed || (byte == Self.carriageReturn && endsAtCarriageReturn) { break }
        index += 1
      }
      return index
    }
  }

  private mutating func consumeByteOrderMark(in chunk: [UInt8], from offset: inout Int) {
    while let count = byteOrderMarkCount, offset < chunk.count {
      guard chunk[offset] == Self.byteOrderMark[count] else {
        settleByteOrderMark()
        return
      }
      offset += 1
      byteOrderMarkCount = count + 1 == Self.byteOrderMark.count ? nil : count + 1
    }
  }

  /// What looked like the beginning of a byte order mark was text after all.
  private mutating func settleByteOrderMark() {
    guard let count = byteOrderMarkCount else { return }
    line.append(contentsOf: Self.byteOrderMark[..<count])
    byteOrderMarkCount = nil
  }
}

/// The same text as valid UTF-8: what is invalid becomes U+FFFD, one for each maximal part
/// (Encoding standard). Only for finished lines, so that a code point cut by a chunk border is
/// whole again.
func replacingInvalidUTF8(in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  let isValid = (try? UTF8Span(validating: bytes.span)) != nil
  return isValid ? bytes : ArraySlice(String(decoding: bytes, as: UTF8.self).utf8)
}

// Text → blocks, with md4c as the one that knows CommonMark.

internal import CMD4C

extension Block {
  /// Reads a whole text. Linear but for what `MarkdownLimit` names; never fails: a text that md4c
  /// will not or should not take is one block of code, so that it shows as it is written.
  public static func parse(_ text: String) -> [Block] {
    parse(replacingNulls(in: text.utf8)[...])
  }

  /// Reads valid UTF-8 without U+0000, as if `sentinel` stood behind it.
  static func parse(_ text: ArraySlice<UInt8>, followedBy sentinel: [UInt8] = []) -> [Block] {
    // md4c 0.4.8 looks one byte past the end of its text (a task mark at the very end), so there is
    // one.
    let byteCount = text.count + sentinel.count
    guard byteCount <= MarkdownLimit.textBytes else { return [asWritten(text, sentinel)] }
    var buffer: [UInt8] = []
    buffer.reserveCapacity(byteCount + 1)
    buffer.append(contentsOf: text)
    buffer.append(contentsOf: sentinel)
    buffer.append(0)
    let blocks: [Block]? = buffer.withUnsafeBytes { written in
      guard let copy = hidingNoMarkup(in: buffer) else { return read(written, written) }
      return copy.withUnsafeBytes { read($0, written) }
    }
    return blocks ?? [asWritten(text, sentinel)]
  }

  /// Gives md4c `bytes`, and reads the words where they are written. Both end with a byte that is no
  /// part of the text. Nil if md4c gives up.
  private static func read(
    _ bytes: UnsafeRawBufferPointer, _ written: UnsafeRawBufferPointer
  ) -> [Block]? {
    let byteCount = bytes.count - 1
    let builder = BlockBuilder(
      parsed: UnsafeRawBufferPointer(rebasing: bytes[..<byteCount]),
      written: UnsafeRawBufferPointer(rebasing: written[..<byteCount]))
    var parser = MD_PARSER()
    parser.flags = parserFlags
    parser.enter_block = enterBlock
    parser.leave_block = leaveBlock
    parser.enter_span = enterSpan
    parser.leave_span = leaveSpan
    parser.text = addText
    let result = withExtendedLifetime(builder) {
      md_parse(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), MD_SIZE(byteCount), &parser,
        Unmanaged.passUnretained(builder).toOpaque())
    }
    return result == 0 ? builder.finish() : nil
  }

  private static func asWritten(_ text: ArraySlice<UInt8>, _ sentinel: [UInt8]) -> Block {
    .code(language: nil, text: String(decoding: text + sentinel, as: UTF8.self))
  }
}

/// CommonMark replaces U+0000 (0.30, section 2.3). It is done before md4c sees the text: 0.4.8 lets
/// some of them through.
func replacingNulls(in bytes: some Sequence<UInt8>) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(bytes.underestimatedCount)
  for byte in bytes {
    if byte == 0 {
      result.append(contentsOf: "\u{FFFD}".utf8)
    } else {
      result.append(byte)
    }
  }
  return result
}

/// md4c's own autolinks for bare addresses stay off: in 0.4.8 they could corrupt memory (release
/// notes of 0.5.1), and they read to the end of the paragraph for each address. `BareAddresses`
/// finds them.
private let parserFlags = UInt32(
  MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_NOHTMLBLOCKS
    | MD_FLAG_NOHTMLSPANS)

/// What a callback answers to stop the parser. 0.4.8 goes wrong with positive numbers (md4c #266).
private let stop: CInt = -1

private func builder(_ pointer: UnsafeMutableRawPointer?) -> BlockBuilder? {
  pointer.map { Unmanaged<BlockBuilder>.fromOpaque($0).takeUnretainedValue() }
}

private func enterBlock(
  type: MD_BLOCKTYPE, detail: UnsafeMutableRawPointer?, pointer: UnsafeMutableRawPointer?
) -> CInt {
  builder(pointer)?.enter(type, detail) == true ? 0 : stop
}

private func leaveBlock(
  type: MD_BLOCKTYPE, detail: UnsafeMutableRawPointer?, pointer: UnsafeMutableRawPointer?
) -> CInt {
  builder(pointer)?.leave(type)
  return 0
}

private func enterSpan(
  type: MD_SPANTYPE, detail: UnsafeMutableRawPointer?, pointer: UnsafeMutableRawPointer?
) -> CInt {
  builder(pointer)?.enter(type, detail) == true ? 0 : stop
}

private func leaveSpan(
  type: MD_SPANTYPE, detail: UnsafeMutableRawPointer?, pointer: UnsafeMutableRawPointer?
) -> CInt {
  builder(pointer)?.leave(type)
  return 0
}

private func addText(
  type: MD_TEXTTYPE, text: UnsafePointer<CChar>?, byteCount: MD_SIZE,
  pointer: UnsafeMutableRawPointer?
) -> CInt {
  builder(pointer)?.add(type, UnsafeRawBufferPointer(start: text, count: Int(byteCount)))
  return 0
}

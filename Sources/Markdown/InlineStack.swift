// The inlines of one leaf block while they are being read.

/// Spans that are open, innermost last, and the text that has come since.
struct InlineStack {
  enum Span {
    case emphasis, strong, strikethrough
    case code(isInTable: Bool)
    case link(address: String)
    case image(address: String)
    /// One that means nothing here: its content stands for itself.
    case plain
  }

  private var finished: [Inline] = []
  private var spans: [(span: Span, inlines: [Inline])] = []
  /// How many spans are open, the ones too deep to be built included.
  private var depth = 0
  private var text = ""

  mutating func open(_ span: Span) {
    depth += 1
    guard depth <= MarkdownLimit.inlineNesting else { return }
    closeText()
    spans.append((span, []))
  }

  mutating func close() {
    depth -= 1
    guard depth < MarkdownLimit.inlineNesting else { return }
    closeText()
    guard let (span, inlines) = spans.popLast() else { return }
    switch span {
    case .emphasis: append(.emphasis(inlines))
    case .strong: append(.strong(inlines))
    case .strikethrough: append(.strikethrough(inlines))
    case .code(let isInTable):
      append(.code(isInTable ? withoutPipeEscapes(inlines.plainText) : inlines.plainText))
    case .link(let address): append(.link(address: address, label: inlines))
    case .image(let address): append(.image(address: address, alternative: inlines.plainText))
    case .plain: for inline in inlines { append(inline) }
    }
  }

  mutating func add(_ text: String) {
    self.text += text
  }

  mutating func add(_ inline: Inline) {
    closeText()
    append(inline)
  }

  /// All there is, and an empty stack for the next block.
  mutating func finish() -> [Inline] {
    closeText()
    defer { finished = [] }
    return finished
  }

  private mutating func closeText() {
    guard !text.isEmpty else { return }
    if mayHoldAddresses {
      for inline in separatingBareAddresses(in: text) { append(inline) }
    } else {
      append(.text(text))
    }
    text = ""
  }

  /// An address in code or in the label of a link is no link of its own.
  private var mayHoldAddresses: Bool {
    spans.allSatisfy {
      switch $0.span {
      case .emphasis, .strong, .strikethrough, .plain: true
      case .code, .link, .image: false
      }
    }
  }

  /// In a table a pipe is escaped even in code (GitHub Flavored Markdown, section 4.10), and md4c
  /// 0.4.8 leaves the backslash standing.
  private func withoutPipeEscapes(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte == UInt8(ascii: "|"), bytes.last == UInt8(ascii: "\\") { bytes.removeLast() }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func append(_ inline: Inline) {
    if let innermost = spans.indices.last {
      spans[innermost].inlines.append(inline)
    } else {
      finished.append(inline)
    }
  }
}

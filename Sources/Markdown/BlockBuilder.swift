// md4c's calls, in the order of the text → the tree of blocks.

internal import CMD4C

/// Collects one parse. It lives as long as the call of `md_parse`, which hands it through C; that
/// is why it is a class.
final class BlockBuilder {
  private struct Container {
    enum Kind {
      case quote
      case list(Block.List.Marker, isTight: Bool)
      case item(isChecked: Bool?)
    }

    var kind: Kind
    var blocks: [Block] = []
    var items: [Block.List.Item] = []
  }

  /// What md4c reads, and the text itself; see `hidingNoMarkup`.
  private let parsed: UnsafeRawBufferPointer
  private let source: UnsafeRawBufferPointer
  private var blocks: [Block] = []
  private var containers: [Container] = []
  /// How many lists and quotes are open, the ones too deep to be built included.
  private var depth = 0
  private var inlines = InlineStack()
  private var level = 1
  private var language: String?
  /// Not nil inside a block of code.
  private var code: CodeText?
  private var table = Block.Table(alignments: [], header: [], rows: [])
  private var row: [[Inline]] = []
  private var isInTable = false
  private var cellCount = 0
  private var addressByteCount = 0

  init(parsed: UnsafeRawBufferPointer, written source: UnsafeRawBufferPointer) {
    self.parsed = parsed
    self.source = source
  }

  /// A piece of what md4c reads as it is written in the text.
  private func asWritten(_ piece: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard let start = piece.baseAddress, let base = parsed.baseAddress else { return piece }
    let offset = start - base
    guard offset >= 0, offset + piece.count <= source.count else { return piece }
    return UnsafeRawBufferPointer(rebasing: source[offset..<(offset + piece.count)])
  }

  /// The blocks of the whole text.
  func finish() -> [Block] {
    closeLooseText()
    return blocks
  }

  // MARK: Blocks

  /// False if the text asks for more than its length deserves.
  func enter(_ type: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) -> Bool {
    closeLooseText()
    switch type {
    case MD_BLOCK_QUOTE:
      open(.quote)
    case MD_BLOCK_UL:
      let list = detail?.load(as: MD_BLOCK_UL_DETAIL.self)
      open(.list(.bullet, isTight: list?.is_tight != 0))
    case MD_BLOCK_OL:
      let list = detail?.load(as: MD_BLOCK_OL_DETAIL.self)
      open(.list(.ordered(start: Int(list?.start ?? 1)), isTight: list?.is_tight != 0))
    case MD_BLOCK_LI:
      guard depth <= MarkdownLimit.blockNesting else { break }
      let item = detail?.load(as: MD_BLOCK_LI_DETAIL.self)
      let isChecked = item.flatMap {
        $0.is_task == 0 ? nil : $0.task_mark != CChar(UInt8(ascii: " "))
      }
      containers.append(Container(kind: .item(isChecked: isChecked)))
    case MD_BLOCK_H:
      level = Int(detail?.load(as: MD_BLOCK_H_DETAIL.self).level ?? 1)
    case MD_BLOCK_CODE:
      let name = detail.map { string($0.load(as: MD_BLOCK_CODE_DETAIL.self).lang) }
      language = name?.isEmpty == false ? name : nil
      code = CodeText(source: source)
    case MD_BLOCK_TABLE:
      isInTable = true
      table = Block.Table(alignments: [], header: [], rows: [])
      guard let detail = detail?.load(as: MD_BLOCK_TABLE_DETAIL.self) else { break }
      cellCount += Int(detail.col_count) * Int(detail.head_row_count + detail.body_row_count)
      return cellCount <= MarkdownLimit.cellCount(textByteCount: source.count)
    case MD_BLOCK_TR:
      row = []
    case MD_BLOCK_TH:
      let cell = detail?.load(as: MD_BLOCK_TD_DETAIL.self)
      table.alignments.append(cell.map { Self.alignment($0.align) } ?? .natural)
    default:
      // The document, a paragraph, a rule, a table's parts and cells: told by their end alone.
      break
    }
    return true
  }

  func leave(_ type: MD_BLOCKTYPE) {
    switch type {
    case MD_BLOCK_QUOTE, MD_BLOCK_UL, MD_BLOCK_OL:
      closeLooseText()
      if depth <= MarkdownLimit.blockNesting { closeContainer() }
      depth -= 1
    case MD_BLOCK_LI:
      closeLooseText()
      if depth <= MarkdownLimit.blockNesting { closeContainer() }
    case MD_BLOCK_HR:
      append(.rule)
    case MD_BLOCK_H:
      append(.heading(level: level, inlines.finish()))
    case MD_BLOCK_CODE:
      append(.code(language: language, text: code?.finish() ?? ""))
      code = nil
    case MD_BLOCK_P:
      append(.paragraph(inlines.finish()))
    case MD_BLOCK_TABLE:
      append(.table(table))
      isInTable = false
    case MD_BLOCK_THEAD:
      table.header = row
    case MD_BLOCK_TR:
      if !table.header.isEmpty { table.rows.append(row) }
    case MD_BLOCK_TH, MD_BLOCK_TD:
      row.append(inlines.finish())
    default:
      break
    }
  }

  private func open(_ kind: Container.Kind) {
    depth += 1
    if depth <= MarkdownLimit.blockNesting { containers.append(Container(kind: kind)) }
  }

  private func closeContainer() {
    guard let container = containers.popLast() else { return }
    switch container.kind {
    case .quote:
      append(.quote(container.blocks))
    case .list(let marker, let isTight):
      append(.list(Block.List(marker, isTight: isTight, container.items)))
    case .item(let isChecked):
      guard let list = containers.indices.last else { return }
      containers[list].items.append(
        Block.List.Item(isChecked: isChecked, container.blocks))
    }
  }

  /// In a tight list md4c gives the text of an item without a paragraph around it.
  private func closeLooseText() {
    let text = inlines.finish()
    if !text.isEmpty { append(.paragraph(text)) }
  }

  private func append(_ block: Block) {
    if let innermost = containers.indices.last {
      containers[innermost].blocks.append(block)
    } else {
      blocks.append(block)
    }
  }

  private static func alignment(_ align: MD_ALIGN) -> Block.Table.Alignment {
    switch align {
    case MD_ALIGN_LEFT: .left
    case MD_ALIGN_CENTER: .center
    case MD_ALIGN_RIGHT: .right
    default: .natural
    }
  }

  // MARK: Inlines

  /// False if the text asks for more than its length deserves.
  func enter(_ type: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) -> Bool {
    switch type {
    case MD_SPAN_EM: inlines.open(.emphasis)
    case MD_SPAN_STRONG: inlines.open(.strong)
    case MD_SPAN_DEL: inlines.open(.strikethrough)
    case MD_SPAN_CODE: inlines.open(.code(isInTable: isInTable))
    case MD_SPAN_A:
      inlines.open(.link(address: address(detail?.load(as: MD_SPAN_A_DETAIL.self).href)))
    case MD_SPAN_IMG:
      inlines.open(.image(address: address(detail?.load(as: MD_SPAN_IMG_DETAIL.self).src)))
    default: inlines.open(.plain)
    }
    return addressByteCount <= MarkdownLimit.addressBytes(textByteCount: source.count)
  }

  func leave(_ type: MD_SPANTYPE) {
    inlines.close()
  }

  func add(_ type: MD_TEXTTYPE, _ piece: UnsafeRawBufferPointer) {
    let bytes = asWritten(piece)
    guard code == nil else {
      code?.add(bytes)
      return
    }
    switch type {
    case MD_TEXT_BR: inlines.add(.hardBreak)
    case MD_TEXT_SOFTBR: inlines.add(.softBreak)
    case MD_TEXT_ENTITY: inlines.add(decodedEntity(String(decoding: bytes, as: UTF8.self)))
    default: inlines.add(String(decoding: bytes, as: UTF8.self))
    }
  }

  private func address(_ attribute: MD_ATTRIBUTE?) -> String {
    guard let attribute else { return "" }
    addressByteCount += Int(attribute.size)
    return string(attribute)
  }

  /// An address or a language name, whose entities md4c marks but does not decode.
  private func string(_ attribute: MD_ATTRIBUTE) -> String {
    guard attribute.size > 0, let types = attribute.substr_types,
      let offsets = attribute.substr_offsets
    else { return "" }
    let bytes = asWritten(
      UnsafeRawBufferPointer(start: attribute.text, count: Int(attribute.size)))
    var result = ""
    var index = 0
    while Int(offsets[index]) < bytes.count {
      let part = bytes[Int(offsets[index])..<Int(offsets[index + 1])]
      switch types[index] {
      case MD_TEXT_ENTITY: result += decodedEntity(String(decoding: part, as: UTF8.self))
      default: result += String(decoding: part, as: UTF8.self)
      }
      index += 1
    }
    return result
  }
}

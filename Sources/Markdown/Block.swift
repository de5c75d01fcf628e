// What a Markdown text says, as values: blocks, which hold inlines.
//
// The dialect is CommonMark with GitHub's tables, strikethrough and task lists. Raw HTML is no
// markup here, nor are formulas in TeX and footnotes: they show as the text they are. No control
// character is removed and no address judged; that is for whoever draws.

/// One block of a document.
///
/// Nesting is limited (`MarkdownLimit.blockNesting`), so that to walk a tree recursively is safe.
public enum Block: Hashable, Sendable {
  /// A heading; the level is 1 to 6.
  case heading(level: Int, [Inline])
  case paragraph([Inline])
  case list(List)
  case quote([Block])
  /// Code, fenced or indented. The language is the first word after the fence, nil if there is
  /// none. Lines of the text are separated by LF, and the last one has none.
  case code(language: String?, text: String)
  case table(Table)
  /// A thematic break.
  case rule

  /// Items one below the other.
  public struct List: Hashable, Sendable {
    /// What stands before an item.
    public enum Marker: Hashable, Sendable {
      case bullet
      /// Numbers that begin with this one, 0 to 999,999,999.
      case ordered(start: Int)
    }

    /// One entry.
    public struct Item: Hashable, Sendable {
      /// Whether the task is done; nil if the item is no task.
      public var isChecked: Bool?
      public var blocks: [Block]

      public init(isChecked: Bool? = nil, _ blocks: [Block]) {
        self.isChecked = isChecked
        self.blocks = blocks
      }
    }

    public var marker: Marker
    /// Whether the items stand without empty lines between them.
    public var isTight: Bool
    public var items: [Item]

    public init(_ marker: Marker, isTight: Bool = true, _ items: [Item]) {
      self.marker = marker
      self.isTight = isTight
      self.items = items
    }
  }

  /// Rows below a header. Every row has as many cells as `alignments`.
  public struct Table: Hashable, Sendable {
    /// How the cells of a column are set.
    public enum Alignment: Hashable, Sendable {
      /// The writer did not say.
      case natural
      case left
      case center
      case right
    }

    public var alignments: [Alignment]
    public var header: [[Inline]]
    public var rows: [[[Inline]]]

    public init(alignments: [Alignment], header: [[Inline]], rows: [[[Inline]]]) {
      self.alignments = alignments
      self.header = header
      self.rows = rows
    }
  }
}

/// A piece of running text.
///
/// Nesting is limited (`MarkdownLimit.inlineNesting`). Two texts never stand side by side.
public enum Inline: Hashable, Sendable {
  case text(String)
  case emphasis([Inline])
  case strong([Inline])
  case strikethrough([Inline])
  case code(String)
  /// A link; the label of a bare address is the address as it was written.
  case link(address: String, label: [Inline])
  /// An image and the text to show in its place.
  case image(address: String, alternative: String)
  /// A line break that the writer asked for.
  case hardBreak
  /// The end of a line in the source, where a line may but need not end.
  case softBreak

  /// The text without its markup; a break counts as a space.
  public var plainText: String {
    switch self {
    case .text(let text), .code(let text): text
    case .emphasis(let inner), .strong(let inner), .strikethrough(let inner): inner.plainText
    case .link(_, let label): label.plainText
    case .image(_, let alternative): alternative
    case .hardBreak, .softBreak: " "
    }
  }
}

extension [Inline] {
  /// The text without its markup.
  public var plainText: String { map(\.plainText).joined() }
}

/// What keeps a hostile text from costing more than its length deserves.
public enum MarkdownLimit {
  /// How many lists and quotes may stand inside each other. What is nested deeper is shown, but at
  /// this depth.
  public static let blockNesting = 24
  /// The same for emphasis, links and the like.
  public static let inlineNesting = 24
  /// The longest text that is read as Markdown at once, in bytes. A longer one is one block of
  /// code.
  public static let textBytes = 64 * 1024 * 1024
  /// The longest stretch of a growing text that is worth being read anew with each delta, in bytes.
  /// Of a longer one (`MarkdownStream.liveByteCount`) a view reads the beginning (`liveHead`) and shows
  /// the rest as it is written (`liveText`), until it settles.
  public static let liveBytes = 16 * 1024

  /// How many cells the tables of a text may have. Whoever writes every cell needs a byte for each,
  /// but a short row is filled up to the width of its header, and so a text of n bytes could ask
  /// for n² cells. Past the limit the whole text is shown as it is written.
  static func cellCount(textByteCount: Int) -> Int { max(4096, textByteCount) }
  /// How many bytes the addresses of all links may have. A reference definition is written once
  /// and copied by each link to it. Past the limit the whole text is shown as it is written.
  static func addressBytes(textByteCount: Int) -> Int { max(65_536, 4 * textByteCount) }
}

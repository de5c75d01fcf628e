// A file that goes with a prompt, as it stands in a draft: a chip. It is inspected when it is attached, so that
// the label says what it is, and read when the prompt goes out. What was sent once is not read again.

public import Chat
import Terminal

/// What a file holds, by its bytes and not by its name.
public enum AttachmentKind: Hashable, Sendable {
  case text
  case picture(mediaType: String)
  case pdf

  public var mediaType: String {
    switch self {
    case .text: "text/plain"
    case .picture(let mediaType): mediaType
    case .pdf: "application/pdf"
    }
  }
}

/// What is known of a file without reading it all.
public struct FileFacts: Hashable, Sendable {
  public var kind: AttachmentKind
  public var byteCount: Int
  /// When it was last changed, in nanoseconds since 1970. With the size it tells whether a file is still the same.
  public var modified: Int64

  public init(_ kind: AttachmentKind, byteCount: Int, modified: Int64 = 0) {
    self.kind = kind
    self.byteCount = byteCount
    self.modified = modified
  }
}

/// One file in a draft.
public struct Attachment: Hashable, Sendable {
  /// Where its contents are.
  public enum Source: Hashable, Sendable {
    /// In a file, as it was written: from the working directory, from `~/`, or from `/`.
    case file(path: String)
    /// They were sent before.
    case part(Part)
  }

  /// No prompt takes more.
  static let limit = 64
  /// Bytes of all files of a prompt together; more are refused whole.
  public static let totalByteLimit = 64 << 20
  /// A longer name is shortened in its middle, in graphemes.
  private static let nameLength = 32

  let source: Source
  let facts: FileFacts

  init(path: String, _ facts: FileFacts) {
    source = .file(path: path)
    self.facts = facts
  }

  /// One that was sent before; nil where the part is none.
  init?(_ part: Part) {
    guard let kind = part.attachmentKind else { return nil }
    source = .part(part)
    facts = FileFacts(kind, byteCount: part.byteCount)
  }

  /// The file that is still to be read; nil where it was.
  var path: String? {
    switch source {
    case .file(let path): path
    case .part: nil
    }
  }

  /// What it is called, without the folders it lies in.
  var name: String {
    switch source {
    case .file(let path): PathWriting.name(of: path)
    case .part(let part): part.attachmentName
    }
  }

  /// What stands in the draft for it.
  public var label: String { "[\(shortened(name)) \(byteWords(facts.byteCount))]" }

  /// How it can be written: with `@`, and a backslash before blanks and quotes.
  var written: String {
    switch source {
    case .file(let path): "@" + PathWriting.escaped(path)
    case .part: "@" + PathWriting.escaped(name)
    }
  }

  /// A name on one line, shortened in its middle where it is long, so that its beginning and its ending are seen.
  static func shortened(_ name: String) -> String {
    let line = PlainText.plain(name).map { $0.isWhitespace ? " " : $0 }
    guard line.count > nameLength else { return String(line) }
    let half = nameLength / 2
    return String(line.prefix(half)) + "…" + String(line.suffix(nameLength - half - 1))
  }

  private func shortened(_ name: String) -> String { Attachment.shortened(name) }
}

extension Part {
  /// What of a file it is; nil for what nobody attached.
  var attachmentKind: AttachmentKind? {
    switch kind {
    case .image(let mediaType): .picture(mediaType: mediaType)
    case .file(_, let mediaType): mediaType == "application/pdf" ? .pdf : .text
    case .text, .thinking, .toolCall, .toolResult: nil
    }
  }

  /// What an attachment is called.
  var attachmentName: String {
    switch kind {
    case .file(let name, _): name
    case .image: pictureName ?? "picture"
    case .text, .thinking, .toolCall, .toolResult: ""
    }
  }

  var byteCount: Int { data.isEmpty ? text.utf8.count : data.count }

  /// Name, type and size of an attachment in one line; nil for what is none.
  var attachmentLine: String? {
    attachmentKind.map { kind in
      let type =
        switch self.kind {
        case .image(let mediaType), .file(_, let mediaType): PlainText.plain(mediaType)
        case .text, .thinking, .toolCall, .toolResult: kind.mediaType
        }
      return "[\(Attachment.shortened(attachmentName)), \(type), \(byteWords(byteCount))]"
    }
  }
}

extension [Part] {
  /// The labels of what is attached, in one line.
  var attachmentLabels: String {
    compactMap(Attachment.init).map(\.label).joined(separator: " ")
  }
}

extension Message {
  /// The words, or, where there are none, what is attached.
  var wordsOrLabels: String { text.isEmpty ? parts.attachmentLabels : text }
}

extension Prompt {
  /// The prompt as a draft: what is attached, and then the words.
  var draftElements: [DraftElement] {
    attachments.compactMap(Attachment.init).map(DraftElement.attachment) + text.draftElements
  }
}

/// A size as people say it.
func byteWords(_ count: Int) -> String {
  switch count {
  case 1: return "1 byte"
  case ..<1_000: return "\(count) bytes"
  case ..<999_500: return "\((count + 500) / 1_000) kB"
  default:
    let tenths = (count + 50_000) / 100_000
    return "\(tenths / 10).\(tenths % 10) MB"
  }
}

extension [Part] {
  /// Whether no prompt takes so many, or so much.
  var isTooMuch: Bool {
    count > Attachment.limit || reduce(0) { $0 + $1.byteCount } > Attachment.totalByteLimit
  }

  /// Without those that stand there already: a file has many paths, and goes out once.
  var eachOnce: [Part] {
    reduce(into: []) { parts, part in
      // Compared and not hashed: the same bytes are known to be the same without looking at them.
      if !parts.contains(part) { parts.append(part) }
    }
  }
}

extension Collection<DraftElement> {
  /// What is attached, each once.
  var attachments: [Attachment] {
    var paths: Set<String> = []
    var parts: [Part] = []
    return compactMap(\.attachment).filter { attachment in
      switch attachment.source {
      case .file(let path): return paths.insert(path).inserted
      case .part(let part):
        // Compared and not hashed: the same bytes are known to be the same without looking at them.
        guard !parts.contains(part) else { return false }
        parts.append(part)
        return true
      }
    }
  }

  /// The words as they are sent. An attachment leaves its name among them, so that a sentence about it stays a
  /// sentence, wherever in that it stands; one on a line of its own before all words leaves none. Nor does one
  /// there that was sent before: it comes back in front of words that have its name already. And none is before a
  /// slash, with which a command begins, nor where words follow without a blank.
  var promptText: String {
    guard contains(where: { $0.attachment != nil }) else { return text }
    var named: [DraftElement] = []
    var isBehindName = false
    let isCommand = first { $0.attachment == nil && !$0.isBlank } == .character("/")
    // As the files of a command line stand before its prompt.
    let words = drop { $0.attachment != nil }.first
    let isApart = words.map { $0.isWordCharacter || $0 == .character("@") } ?? false
    for element in self[firstWordLine...] {
      guard let attachment = element.attachment else {
        if named.isEmpty, element.isBlank { continue }
        if isBehindName, element.isWordCharacter { named.append(" ") }
        isBehindName = false
        named.append(element)
        continue
      }
      if named.isEmpty, isCommand || isApart || attachment.path == nil { continue }
      if let last = named.last, !last.isShellBlank, !last.opensQuote { named.append(" ") }
      named += Attachment.shortened(attachment.name).draftElements
      isBehindName = true
    }
    return named.text
  }

  /// Where the first line begins with more in it than attachments and blanks; the end where none has more.
  private var firstWordLine: Index {
    var line = startIndex
    for place in indices {
      if self[place].attachment == nil, !self[place].isBlank { return line }
      if self[place].isLineEnd { line = index(after: place) }
    }
    return endIndex
  }
}

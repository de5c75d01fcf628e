// YAML text → the nodes of `Settings`. Only what a person writes by hand is read: one document of
// mappings, lists and scalars. Anchors, aliases and tags are refused, so that the size of a document
// bounds the size of what comes out of it.

public import Settings

/// Reads YAML documents.
public enum YAMLDocument {
  /// Bytes of a document. A larger one is refused.
  public static let sizeLimitBytes = 1 << 20
  /// Mappings and lists inside one another. A deeper document is refused.
  public static let depthLimit = 32

  /// The one document in `text`; see `read(_:file:)` for bytes.
  public static func read(_ text: String, file: String) throws(SettingsError) -> Node {
    try read(Array(text.utf8), file: file)
  }

  /// The one document in `bytes`, which must be UTF-8. A document without content is an empty mapping.
  ///
  /// - Parameter file: the file's name as the user would write it, for messages.
  /// - Throws: the first thing that is wrong, with its place.
  public static func read(_ bytes: [UInt8], file: String) throws(SettingsError) -> Node {
    guard bytes.count <= sizeLimitBytes else {
      throw SettingsError(
        file: file, place: nil,
        message: "The file is larger than \(sizeLimitBytes / 1024) KiB, which is the limit.")
    }
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes
    try checkEncoding(text, file: file)
    return try text.withUnsafeBufferPointer { (buffer) throws(SettingsError) -> Node in
      var events = try YAMLEvents(buffer, file: file)
      return try document(&events)
    }
  }

  static func checkEncoding(_ bytes: [UInt8], file: String) throws(SettingsError) {
    guard String(validating: bytes, as: UTF8.self) == nil else { return }
    var rest = bytes.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var offset = 0
    while case .valid(let scalar) = parser.parseScalar(from: &rest) { offset += scalar.count }
    throw SettingsError(
      file: file, place: Place(ofByte: offset, in: bytes),
      message: "This is not UTF-8 text. Save the file in UTF-8.")
  }

  private static func document(_ events: inout YAMLEvents) throws(SettingsError) -> Node {
    let empty = Node(.mapping([]), at: Place(line: 1, column: 1))
    let start = try events.next()
    guard start.kind != .streamEnd else { return empty }
    let node = try node(from: try events.next(), &events, depth: 1)
    let end = try events.next()
    guard end.kind == .streamEnd else {
      throw events.error("A second document begins here; a file may hold only one.", at: end.place)
    }
    if case .scalar("", isQuoted: false) = node.value { return empty }
    return node
  }

  private static func node(
    from event: YAMLEvents.Event, _ events: inout YAMLEvents, depth: Int
  ) throws(SettingsError) -> Node {
    switch event.kind {
    case .scalar(let text, let isQuoted):
      return Node(.scalar(text, isQuoted: isQuoted), at: event.place)
    case .sequenceStart:
      try checkDepth(depth, at: event.place, events)
      var nodes: [Node] = []
      while true {
        let entry = try events.next()
        if entry.kind == .collectionEnd { break }
        nodes.append(try node(from: entry, &events, depth: depth + 1))
      }
      return Node(.sequence(nodes), at: event.place)
    case .mappingStart:
      try checkDepth(depth, at: event.place, events)
      var members: [Node.Member] = []
      while true {
        let name = try events.next()
        if name.kind == .collectionEnd { break }
        guard case .scalar(let text, _) = name.kind else {
          throw events.error("A name must be text, not a list or a mapping.", at: name.place)
        }
        guard !text.isEmpty else {
          throw events.error("A name is missing before this ':'.", at: name.place)
        }
        let value = try node(from: try events.next(), &events, depth: depth + 1)
        members.append(Node.Member(name: text, namePlace: name.place, value: value))
      }
      return Node(.mapping(members), at: event.place)
    case .collectionEnd, .documentStart, .streamEnd:
      // libyaml balances its events; this would be its mistake.
      throw events.error("The YAML parser lost its way here.", at: event.place)
    }
  }

  private static func checkDepth(
    _ depth: Int, at place: Place, _ events: borrowing YAMLEvents
  ) throws(SettingsError) {
    guard depth > depthLimit else { return }
    throw events.error(
      "More than \(depthLimit) mappings and lists lie inside one another here, which is the limit.",
      at: place)
  }
}

extension Place {
  /// The place of the byte at `offset` of UTF-8 text. Columns count scalars, as libyaml does.
  init(ofByte offset: Int, in bytes: some Sequence<UInt8>) {
    var line = 1
    var column = 1
    for byte in bytes.prefix(offset) {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.init(line: line, column: column)
  }
}

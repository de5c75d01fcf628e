// libyaml's parser and its events, as values. The only file that names a type of libyaml.

import CYAML
import Settings

/// The events of one YAML text. Owns libyaml's parser; the text must outlive it.
struct YAMLEvents: ~Copyable {
  enum Kind: Hashable {
    case scalar(String, isQuoted: Bool)
    case sequenceStart
    case mappingStart
    /// The end of the innermost sequence or mapping.
    case collectionEnd
    case documentStart
    case streamEnd
  }

  struct Event {
    var kind: Kind
    var place: Place
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let text: UnsafeBufferPointer<UInt8>
  private let file: String

  init(_ text: UnsafeBufferPointer<UInt8>, file: String) throws(SettingsError) {
    self.text = text
    self.file = file
    // On the heap, because libyaml keeps the parser's own address in it.
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    guard yaml_parser_initialize(parser) != 0 else {
      throw SettingsError(file: file, place: nil, message: "There is not enough memory to read it.")
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// The next event. The stream's start and a document's end are passed over: they say nothing that
  /// what follows them does not say.
  mutating func next() throws(SettingsError) -> Event {
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) != 0 else { throw syntaxError() }
      defer { yaml_event_delete(&event) }
      let place = Place(event.start_mark)
      switch event.type {
      case YAML_SCALAR_EVENT:
        let scalar = event.data.scalar
        try refuse(anchor: scalar.anchor, tag: scalar.tag, at: place)
        let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        let isQuoted = scalar.style != YAML_PLAIN_SCALAR_STYLE
        let text = String(decoding: bytes, as: UTF8.self)
        return Event(kind: .scalar(text, isQuoted: isQuoted), place: place)
      case YAML_SEQUENCE_START_EVENT:
        let start = event.data.sequence_start
        try refuse(anchor: start.anchor, tag: start.tag, at: place)
        return Event(kind: .sequenceStart, place: place)
      case YAML_MAPPING_START_EVENT:
        let start = event.data.mapping_start
        try refuse(anchor: start.anchor, tag: start.tag, at: place)
        return Event(kind: .mappingStart, place: place)
      case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
        return Event(kind: .collectionEnd, place: place)
      case YAML_ALIAS_EVENT:
        throw error(
          "References ('*name') are not read. Write the value out, or put the text in quotation marks.",
          at: place)
      case YAML_DOCUMENT_START_EVENT:
        return Event(kind: .documentStart, place: place)
      case YAML_STREAM_END_EVENT:
        return Event(kind: .streamEnd, place: place)
      default:
        continue
      }
    }
  }

  func error(_ message: String, at place: Place?) -> SettingsError {
    SettingsError(file: file, place: place, message: message)
  }

  private func refuse(
    anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?, at place: Place
  ) throws(SettingsError) {
    if anchor != nil {
      throw error(
        "Anchors ('&name') are not read. Write the value out, or put the text in quotation marks.",
        at: place)
    }
    if tag != nil { throw tagError(at: place) }
  }

  private func tagError(at place: Place) -> SettingsError {
    error(
      "Tags ('!name') are not read. Take it out, or put the text in quotation marks.", at: place)
  }

  private func syntaxError() -> SettingsError {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "unknown problem"
    switch state.error {
    case YAML_MEMORY_ERROR:
      return error("There is not enough memory to read it.", at: nil)
    case YAML_READER_ERROR:
      // The reader knows no line, only the byte it stopped at.
      let place = Place(ofByte: state.problem_offset, in: text)
      return error(YAMLProblem(problem).sentence, at: place)
    default:
      let place = Place(state.problem_mark)
      if problem == "found undefined tag handle" { return tagError(at: place) }
      let opening = state.context == nil ? nil : Place(state.context_mark)
      let report = YAMLProblem(
        problem, openingLine: opening?.line, byte: byte(at: state.problem_mark))
      return error(report.sentence, at: report.isAtOpening ? opening ?? place : place)
    }
  }

  /// The byte a mark stands on; nil at the end. A mark counts scalars, so this walks from the start.
  private func byte(at mark: yaml_mark_t) -> UInt8? {
    var scalars = 0
    for byte in text where byte & 0xC0 != 0x80 {
      if scalars == mark.index { return byte }
      scalars += 1
    }
    return nil
  }
}

extension Place {
  /// libyaml counts from zero.
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}

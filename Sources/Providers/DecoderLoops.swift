// The loops that decoders share: bytes become events or lines, and each is read until the reply is over.

import Chat
import Wire

/// A decoder of server-sent events.
protocol EventDecoder: ReplyDecoder {
  var parser: ServerSentEventParser { get set }
  var record: ReplyRecord { get set }

  mutating func read(_ event: ServerSentEvent)

  /// Reads what the end cut off. It counts only if it is a last word or an error: text of half an event
  /// would be a hole in the reply, an error that is not told is only unkind.
  mutating func readTail(_ tail: ServerSentEventTail)

  /// Reads what stood beside the events of a body that has ended and is not over.
  mutating func readRest()
}

extension EventDecoder {
  var facts: ReplyFacts { record.facts }

  mutating func receive(_ bytes: [UInt8]) -> [StreamEvent] {
    guard !record.isOver else { return [] }
    take(bytes)
    return record.takeEvents()
  }

  mutating func finish() -> [StreamEvent] {
    guard !record.isOver else { return [] }
    takeEnd()
    return record.takeLastEvents()
  }

  mutating func take(_ bytes: [UInt8]) {
    do {
      for event in try parser.receive(bytes) where !record.isOver { read(event) }
    } catch {
      record.facts.confusion = .tooLong(error.message)
    }
  }

  mutating func takeEnd() {
    do {
      readTail(try parser.finish())
    } catch {
      record.facts.confusion = .tooLong(error.message)
    }
    if !record.isOver { readRest() }
  }
}

/// A decoder of lines that are JSON objects.
protocol LineDecoder: ReplyDecoder {
  /// The members of a line that are read.
  associatedtype Line: Decodable

  var parser: JSONLineParser { get set }
  var record: ReplyRecord { get set }

  /// Whether all that came is JSON of another dialect.
  var isForeign: Bool { get }

  mutating func read(_ line: Line)
}

extension LineDecoder {
  var facts: ReplyFacts { record.facts }

  mutating func receive(_ bytes: [UInt8]) -> [StreamEvent] {
    guard !record.isOver else { return [] }
    do {
      for line in try parser.receive(bytes) where !record.isOver { read(bytes: line) }
    } catch {
      record.facts.confusion = .tooLong(error.message)
    }
    return record.takeEvents()
  }

  mutating func finish() -> [StreamEvent] {
    guard !record.isOver else { return [] }
    do {
      // A last line without its LF may be whole; if it is cut the reply is truncated, not garbled.
      if let bytes = try parser.finish(), let line = JSONText.decodePiece(Line.self, from: bytes) {
        read(line)
      }
    } catch {
      record.facts.confusion = .tooLong(error.message)
    }
    if !record.isOver, record.facts.finish == nil, isForeign {
      record.facts.confusion = .otherDialect
    }
    return record.takeLastEvents()
  }

  private mutating func read(bytes: [UInt8]) {
    if let line = JSONText.decodePiece(Line.self, from: bytes) {
      read(line)
    } else if bytes.starts(with: "data:".utf8) || bytes.starts(with: "event:".utf8) {
      record.facts.confusion = .otherDialect
    } else {
      record.facts.confusion = .notJSON(excerpt: excerpt(bytes))
    }
  }
}

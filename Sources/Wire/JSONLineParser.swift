// Bytes of newline-delimited JSON (`application/x-ndjson`) → lines.
//
// The rules are those of the NDJSON specification, sections 3.1 and 3.2: UTF-8, each text ends with
// LF, optionally with a CR before it; a lone CR is white space inside a line. Empty lines, and
// lines of nothing but spaces and tabs, are skipped. Whether a line is JSON, and whose, is for the
// provider to say.

/// Reads one body of JSON lines, in chunks of any size. Linear in the bytes received.
public struct JSONLineParser: Sendable {
  private var splitter: LineSplitter
  private var failure: WireError?

  /// - Parameter limitBytes: the longest line, with its CR if it has one.
  public init(limitBytes: Int = WireLimit.lineBytes) {
    splitter = LineSplitter(ending: .lineFeed, limitBytes: limitBytes)
  }

  /// Reads the next chunk; gives the lines that it finished, in order, as valid UTF-8.
  ///
  /// A line past the limit ends the parsing for good. No line before it is lost: where the same
  /// chunk finished some, they are returned, and the error is thrown by the next call.
  public mutating func receive(_ chunk: [UInt8]) throws(WireError) -> [[UInt8]] {
    if let failure { throw failure }
    var lines: [[UInt8]] = []
    var offset = 0
    do {
      while let line = try splitter.nextLine(in: chunk, from: &offset) {
        switch line {
        case .skipped: break
        case .text(let bytes):
          if let text = Self.text(of: bytes) { lines.append(text) }
        }
      }
    } catch {
      failure = error
      if lines.isEmpty { throw error }
    }
    return lines
  }

  /// The stream has ended: the last line, if it had no LF. It may be whole or cut anywhere.
  ///
  /// Throws what `receive` could not throw. Nothing may be received afterwards.
  public mutating func finish() throws(WireError) -> [UInt8]? {
    if let failure { throw failure }
    return Self.text(of: splitter.finish())
  }

  private static func text(of line: [UInt8]) -> [UInt8]? {
    var text = line[...]
    if text.last == UInt8(ascii: "\r") { text = text.dropLast() }
    let isBlank = text.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return isBlank ? nil : Array(replacingInvalidUTF8(in: text))
  }
}

// Header lines in, one response head out.
//
// libcurl hands over every header line of a transfer: those of informational responses
// (`100 Continue`), those of the response, and the trailers behind a chunked body. The head is the
// first block whose status is 200 or more; what comes later is counted and otherwise ignored.

import Wire

/// Collects the status line and the headers of the response.
struct ResponseHeadReader {
  /// All header bytes of one transfer, trailers too. libcurl 7.88 limits only the single line.
  static let byteCountLimit = 100 * 1024

  /// The head, once its blank line has come.
  private(set) var head: HTTPResponseHead?
  /// Whether any byte of a response has come.
  var hasBegun: Bool { byteCount > 0 }

  private var byteCount = 0
  private var status: Int?
  private var headers: [HTTPHeader] = []

  /// Takes one line, with its line end. False when there is more than the limit or no status.
  mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
    byteCount += line.count
    guard byteCount <= Self.byteCountLimit else { return false }
    guard head == nil else { return true }
    let text = Self.trimmed(line[...])
    guard let status else {
      self.status = Self.status(of: text)
      return self.status != nil
    }
    guard text.isEmpty else {
      append(text, continuesLast: line.first == UInt8(ascii: " ") || line.first == 9)
      return true
    }
    if status >= 200 {
      head = HTTPResponseHead(status: status, headers: headers)
    } else {
      self.status = nil
      headers = []
    }
    return true
  }

  /// A line that begins with white space continues the header above it (RFC 9112 section 5.2).
  private mutating func append(_ text: Slice<UnsafeRawBufferPointer>, continuesLast: Bool) {
    if continuesLast {
      guard !headers.isEmpty else { return }
      headers[headers.count - 1].value += " " + String(decoding: text, as: UTF8.self)
      return
    }
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return }
    let value = Self.trimmed(text[(colon + 1)...])
    headers.append(
      HTTPHeader(
        String(decoding: text[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self)))
  }

  /// `HTTP/1.1 200 OK` says 200.
  private static func status(of line: Slice<UnsafeRawBufferPointer>) -> Int? {
    let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
    guard fields.count >= 2, fields[0].starts(with: "HTTP/".utf8), fields[1].count == 3 else {
      return nil
    }
    return Int(String(decoding: fields[1], as: UTF8.self))
  }

  private static func trimmed(
    _ bytes: Slice<UnsafeRawBufferPointer>
  ) -> Slice<UnsafeRawBufferPointer> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 || byte == 10 }
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return bytes[bytes.endIndex...] }
    return bytes[first...last]
  }
}

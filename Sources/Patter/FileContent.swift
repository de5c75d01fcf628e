// What a file holds, by its bytes and not by its name.

/// What may be sent to a model.
enum FileContent: Hashable {
  case text(FileText)
  case picture(mediaType: String)
  case pdf

  /// Why a file is not sent.
  enum Fault: Error, Hashable {
    case empty
    case utf16
    case unknown

    /// The end of a sentence that begins with the file's name.
    var words: String {
      switch self {
      case .empty: "is empty"
      case .utf16: "is text in UTF-16; iconv -f UTF-16 -t UTF-8 makes UTF-8 of it"
      case .unknown: "is neither text nor a PNG, JPEG, GIF or WebP picture nor a PDF"
      }
    }
  }

  init(_ bytes: [UInt8]) throws(Fault) {
    guard !bytes.isEmpty else { throw .empty }
    if let mediaType = FileContent.pictureType(bytes) {
      self = .picture(mediaType: mediaType)
    } else if bytes.starts(with: "%PDF-".utf8) {
      self = .pdf
    } else {
      self = .text(try FileText(bytes))
    }
  }

  /// The signatures of the PNG specification (5.2), of JFIF and Exif, of GIF87a and GIF89a, and of WebP's
  /// RIFF container.
  private static func pictureType(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) { return "image/gif" }
    if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
      return "image/webp"
    }
    return nil
  }
}

/// A text as it stands in a file.
struct FileText: Hashable {
  let text: String
  /// Whether it is in an encoding of its own: what is no UTF-8 became U+FFFD. A model can read past the
  /// letters that are lost.
  let isMended: Bool

  /// Text has no NUL. What is no UTF-8 is text all the same if it has no control characters but those that
  /// format. A byte order mark is left out.
  init(_ bytes: [UInt8]) throws(FileContent.Fault) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { throw .utf16 }
    guard !bytes.contains(0) else { throw .unknown }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let content = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
    if let text = String(validating: content, as: UTF8.self) {
      self.text = text
      isMended = false
    } else {
      guard content.allSatisfy(FileText.isTextual) else { throw .unknown }
      text = String(decoding: content, as: UTF8.self)
      isMended = true
    }
  }

  /// Tab, line feed, vertical tab, form feed, return and Esc stand in texts; other controls do not.
  private static func isTextual(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != 0x7F || (0x09...0x0D).contains(byte) || byte == 0x1B
  }
}

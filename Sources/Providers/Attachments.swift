// What goes with a prompt, as the dialects need it. A text file is text everywhere, under its name; what is
// no text goes out only where the wire has a place for it.

import Chat
import FoundationEssentials

extension Part {
  /// What a text part, or a file that is text, says to a model; nil for anything else.
  var wireText: String? {
    switch kind {
    case .text: return text
    case .file(let name, _):
      guard data.isEmpty else { return nil }
      return "<file name=\"\(oneLine(name))\">\n\(text)\n</file>"
    case .image, .thinking, .toolCall, .toolResult: return nil
    }
  }

  /// The bytes and their media type of a picture, or of a file that is no text; nil for anything else.
  var wireData: (mediaType: String, bytes: [UInt8])? {
    switch kind {
    case .image(let mediaType), .file(_, let mediaType):
      data.isEmpty ? nil : (mediaType, data)
    case .text, .thinking, .toolCall, .toolResult: nil
    }
  }

  var base64: String { Data(data).base64EncodedString() }
}

extension Outgoing.Message {
  /// All that is text, joined by blank lines.
  var wireText: String { parts.compactMap(\.wireText).joined(separator: "\n\n") }

  /// What is no text, in its order.
  var wireAttachments: [Part] { parts.filter { $0.wireData != nil } }
}

extension StreamFailure {
  /// What is attached cannot be sent to this provider.
  ///
  /// - Parameter wish: what it takes instead, as the end of a sentence.
  static func cannotAttach(_ part: Part, to provider: String, wish: String) -> StreamFailure {
    let what =
      switch part.kind {
      case .file(let name, let mediaType): "the file \(oneLine(name)) (\(oneLine(mediaType)))"
      case .image(let mediaType): "a picture of the type \(oneLine(mediaType))"
      case .text, .thinking, .toolCall, .toolResult: "this"
      }
    return StreamFailure(
      .refused, "\(provider) cannot be given \(what); nothing was sent. It takes \(wish).")
  }
}

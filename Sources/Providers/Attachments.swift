// What goes with a prompt, as the dialects need it. A text file is text everywhere, under its name; what is
// no text goes out only where the wire has a place for it.

public import Chat
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

  /// Its parts in their order, with neighbouring texts as one: where a wire takes several, nothing parts
  /// them for the model.
  var wirePieces: [WirePiece] {
    var pieces: [WirePiece] = []
    for part in parts {
      if let text = part.wireText {
        if case .text(let earlier)? = pieces.last {
          pieces[pieces.count - 1] = .text(earlier + "\n\n" + text)
        } else {
          pieces.append(.text(text))
        }
      } else if let (mediaType, _) = part.wireData {
        pieces.append(.data(part, mediaType: mediaType))
      }
    }
    return pieces
  }

  /// What is no text, in its order.
  var wireAttachments: [Part] { parts.filter { $0.wireData != nil } }
}

/// A piece of a message for the wires that take several.
enum WirePiece {
  case text(String)
  case data(Part, mediaType: String)
}

/// What a message says, as several dialects write it: text alone, or a list of parts.
enum WireContent<ContentPart: Encodable>: Encodable {
  case text(String)
  case parts([ContentPart])

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .text(let text): try text.encode(to: encoder)
    case .parts(let parts): try parts.encode(to: encoder)
    }
  }
}

extension StreamFailure {
  /// What is asked of the reply cannot be asked of this provider.
  ///
  /// - Parameters:
  ///   - wish: what was asked, with its article or in the plural.
  ///   - advice: what to do instead, as a sentence.
  static func cannotAsk(_ wish: String, of provider: String, advice: String) -> StreamFailure {
    StreamFailure(.refused, "\(provider) does not take \(wish); nothing was sent. \(advice)")
  }

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
      .refused, "\(provider) cannot be given \(what)\(nothingSent). It takes \(wish).")
  }

  private static let nothingSent = "; nothing was sent"

  /// The same where nothing was to be sent yet.
  fileprivate var objection: String {
    guard let words = message.firstRange(of: StreamFailure.nothingSent) else { return message }
    return String(message[..<words.lowerBound] + message[words.upperBound...])
  }
}

extension Endpoint {
  /// Why this part could not be sent here, as a sentence; nil where it could. What a model can make of it only its
  /// server knows.
  ///
  /// - Parameter part: may be any of its kind, with anything in it.
  public func objection(to part: Part) -> String? {
    let model = ModelID(provider: providerID, name: "-")
    let outgoing = Outgoing(
      model: model, messages: [Outgoing.Message(role: .user, parts: [part])])
    do throws(StreamFailure) {
      _ = try server.dialect.rules.chatBody(outgoing, to: self)
      return nil
    } catch {
      return error.objection
    }
  }
}

extension CommandProvider {
  /// The same of a program.
  public func objection(to part: Part, as model: ModelID) -> String? {
    let outgoing = Outgoing(
      model: model, messages: [Outgoing.Message(role: .user, parts: [part])])
    do throws(StreamFailure) {
      _ = try command(for: outgoing)
      return nil
    } catch {
      return error.objection
    }
  }
}

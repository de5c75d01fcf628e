/// The body of a response that is no stream: an error, a web page, or something else altogether.
struct ErrorBody: Hashable, Sendable {
  /// How much of such a body is read, in bytes; the rest is not waited for.
  static let limitBytes = 64 * 1024

  /// What the server said, if the body is an error object.
  let complaint: Complaint?
  /// True if the body is HTML.
  let isWebPage: Bool
  /// The page's title.
  let title: String?
  /// The body itself, for want of anything better.
  let text: String

  init(_ bytes: [UInt8], mediaType: String?) {
    complaint = Complaint(json: bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    self.text = text
    let start = text.drop(while: \.isWhitespace).prefix(16).lowercased()
    isWebPage =
      complaint == nil
      && (mediaType == "text/html" || start.hasPrefix("<!doctype html") || start.hasPrefix("<html"))
    title = isWebPage ? Self.title(of: text) : nil
  }

  /// What is worth telling, in the order complaint, title, the body's own text.
  var detail: String {
    complaint?.message ?? complaint?.code ?? complaint?.type ?? title ?? (isWebPage ? "" : text)
  }

  private static func title(of page: String) -> String? {
    let lower = page.lowercased()
    // Lowercasing may change lengths, so the title is taken from where it was found: nobody minds
    // the case of a title, but it is kept where the lengths agree.
    let source = lower.utf8.count == page.utf8.count ? page : lower
    guard let tag = lower.firstRange(of: "<title") else { return nil }
    guard let open = lower[tag.upperBound...].firstIndex(of: ">"),
      let close = lower[open...].firstRange(of: "</title")
    else { return nil }
    let from = lower.utf8.distance(from: lower.startIndex, to: open) + 1
    let to = lower.utf8.distance(from: lower.startIndex, to: close.lowerBound)
    let title = oneLine(unescaped(String(decoding: Array(source.utf8)[from..<to], as: UTF8.self)))
    return title.isEmpty ? nil : title
  }

  private static func unescaped(_ text: String) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
    return entities.reduce(text) { text, entity in text.replacing(entity.0, with: entity.1) }
  }
}

/// `type/subtype` of a Content-Type, in lower case and without parameters.
func mediaType(of contentType: String?) -> String? {
  guard let contentType else { return nil }
  let type = contentType.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
  return type.isEmpty ? nil : type
}

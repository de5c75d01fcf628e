// What a server says when something went wrong, read from every shape that is in use.

/// A server's own account of an error: in a response that is none, or in the middle of a stream.
struct Complaint: Hashable, Sendable {
  var message: String?
  /// For example `model_not_found`, `insufficient_quota`.
  var code: String?
  /// For example `invalid_request_error`.
  var type: String?

  /// The HTTP status that is meant, 400 to 599: many write it into an error that comes in the middle
  /// of a stream, as its code (OpenRouter, llama.cpp, vLLM) or beside it (Groq).
  var status: Int?

  /// What the server calls the request, where it says so beside the error (Anthropic).
  var requestID: String?

  /// What stands beside the words, in Google's form.
  var details = ErrorDetails()

  /// How long it asks to be left alone, where the error itself says so; at least 1 millisecond. The quota
  /// of a day is not there again after the few seconds that Gemini names even then.
  var retryAfterMilliseconds: Int? {
    guard !details.isDayQuotaSpent else { return nil }
    return details.retryAfterMilliseconds ?? RetryAfter.milliseconds(inWords: message ?? "")
  }

  /// Reads an error object: the first message in the order `error.message`, `error`, `message`,
  /// `detail`, `errors[0].message`, also inside one array or, as Mistral has it, inside `message`. Nil if the bytes are no JSON or no error.
  init?(json bytes: [UInt8]) {
    if let payload = JSONText.decode(ErrorPayload.self, from: bytes) {
      guard let complaint = payload.complaint else { return nil }
      self = complaint
    } else {
      let payloads = JSONText.decode([Lenient<ErrorPayload>].self, from: bytes)
      guard let complaint = payloads?.first?.value?.complaint else { return nil }
      self = complaint
    }
  }

  /// Reads an event that says of itself that it is an error: its data are one, or the words of one.
  init(event data: [UInt8]) {
    self =
      Complaint(json: data) ?? JSONText.decode(ErrorMember.self, from: data)?.complaint
      ?? Complaint(message: excerpt(data))
  }

  init(message: String?, code: String? = nil, type: String? = nil, statusText: String? = nil) {
    self.message = message
    self.code = code
    self.type = type
    let numbers = [code, statusText].compactMap { $0.flatMap { Int($0) } }
    status = numbers.first { (400...599).contains($0) }
  }
}

/// The member `error` of anything: an object, the message itself, a list of either, or only a sign that there is
/// one. Null, `false`, zero, an empty text and an empty list are no error; OpenAI's libraries see it so.
struct ErrorMember: Decodable {
  let complaint: Complaint?

  private enum Key: String, CodingKey {
    case message
    case code
    case type
    case status
    case statusCode = "status_code"
    case metadata
    case details
    case requestID = "request_id"
  }

  /// What OpenRouter passes on of the provider behind it, whose own words are the only ones that tell, or
  /// of its moderation.
  private struct Metadata: Decodable {
    let words: String?

    private enum Key: String, CodingKey {
      case raw
      case reasons
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      let raw: String? = object.lenient(.raw)
      let reasons = object.lenientArray(.reasons, of: String.self) ?? []
      words =
        raw.flatMap { raw in Complaint(json: Array(raw.utf8))?.message ?? raw }
        ?? (reasons.isEmpty ? nil : reasons.joined(separator: ", "))
    }
  }

  init(from decoder: any Decoder) throws {
    if let object = try? decoder.container(keyedBy: Key.self) {
      let code = object.lenient(.code, as: LenientText.self)?.value
      let type = object.lenient(.type, as: LenientText.self)?.value
      let status = object.lenient(.status, as: LenientText.self)?.value
      let number = object.lenient(.statusCode, as: LenientText.self)?.value
      let message: String? = object.lenient(.message)
      let behind = object.lenient(.metadata, as: Metadata.self)?.words
      let messages = [message, behind].compactMap { $0 }.filter { !$0.isEmpty }
      var complaint = Complaint(
        message: messages.isEmpty ? message : messages.joined(separator: ": "),
        code: code ?? status, type: type ?? status, statusText: number ?? status)
      complaint.requestID = object.lenient(.requestID)
      complaint.details = ErrorDetails(object.lenientArray(.details) ?? [])
      self.complaint = complaint
    } else if let list = try? [Lenient<ErrorMember>](from: decoder) {
      complaint =
        list.isEmpty
        ? nil : list.lazy.compactMap(\.value?.complaint).first ?? Complaint(message: nil)
    } else {
      let value = try decoder.singleValueContainer()
      if let text = try? value.decode(String.self) {
        complaint = text.isEmpty ? nil : Complaint(message: text)
      } else if let number = try? value.decode(Int.self) {
        complaint = number == 0 ? nil : Complaint(message: nil, code: String(number))
      } else {
        complaint = (try? value.decode(Bool.self)) == true ? Complaint(message: nil) : nil
      }
    }
  }
}

private struct ErrorPayload: Decodable {
  let complaint: Complaint?

  private enum Key: String, CodingKey {
    case error
    case message
    case detail
    case errors
    case code
    case type
    case requestID = "request_id"
  }

  /// What a program made with FastAPI finds wrong with a request, and with which member of it.
  private struct Detail: Decodable {
    let words: String?

    private enum Key: String, CodingKey {
      case place = "loc"
      case message = "msg"
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      // The first word says only that it is in the body.
      let place = (object.lenientArray(.place, of: LenientText.self) ?? []).dropFirst()
      let name = place.map(\.value).joined(separator: ".")
      let message: String? = object.lenient(.message)
      words = message.map { name.isEmpty ? $0 : "\(name): \($0)" }
    }
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    let error = object.lenient(.error, as: ErrorMember.self)?.complaint
    let details = object.lenientArray(.detail, of: Detail.self)
    let errors = object.lenientArray(.errors, of: ErrorMember.self)
    let message =
      error?.message ?? object.lenient(.message)
      ?? object.lenient(.message, as: ErrorPayload.self)?.complaint?.message
      ?? object.lenient(.detail) ?? details?.first?.words ?? errors?.first?.complaint?.message
    guard error != nil || message != nil else {
      complaint = nil
      return
    }
    var complaint = Complaint(
      message: message,
      code: error?.code ?? object.lenient(.code, as: LenientText.self)?.value,
      type: error?.type ?? object.lenient(.type, as: LenientText.self)?.value,
      statusText: error?.status.map { String($0) })
    complaint.requestID = error?.requestID ?? object.lenient(.requestID)
    complaint.details = error?.details ?? ErrorDetails()
    self.complaint = complaint
  }
}

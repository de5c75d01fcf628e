import Chat

/// What kind of failure an error is, by its status and the server's own words. The kind decides
/// whether another try is worth it; the sources are the error codes of OpenAI, OpenRouter, vLLM,
/// llama.cpp and Ollama.
enum FailureRule {
  static func kind(status: Int, _ complaint: Complaint) -> StreamFailure.Kind {
    let words = [complaint.code, complaint.type].compactMap { $0?.lowercased() }
    let message = (complaint.message ?? "").lowercased()
    if words.contains(where: billingWords.contains) || message.contains("credit balance") {
      return .quotaExhausted
    }
    let saysTooLong =
      words.contains(where: lengthWords.contains) || lengthPhrases.contains(where: message.contains)
    if saysTooLong, status < 500, status != 401, status != 403 { return .tooLong }
    switch status {
    case 401, 403: return .unauthorized
    case 402: return .quotaExhausted
    case 404, 405, 410: return .notFound
    // Both pass by themselves: the request came too slowly, or met another one.
    case 408, 409: return .serverFailed
    case 413: return .tooLong
    case 429: return .rateLimited
    // The server will never be able to do this.
    case 501, 505: return .refused
    case 500...: return .serverFailed
    case 400..<500: return .refused
    default: return inStream(words)
    }
  }

  /// True if "not found" means the model rather than the address.
  static func isAboutModel(_ complaint: Complaint, model: String) -> Bool {
    if complaint.code == "model_not_found" { return true }
    let message = (complaint.message ?? "").lowercased()
    return message.contains("model") || message.contains(model.lowercased())
  }

  /// An error without a status: its words are all there is.
  private static func inStream(_ words: [String]) -> StreamFailure.Kind {
    for word in words {
      switch word {
      case "rate_limit_error", "rate_limit_exceeded", "too_many_requests": return .rateLimited
      case "invalid_request_error", "invalid_prompt", "badrequesterror": return .refused
      case "authentication_error", "permission_error", "invalid_api_key": return .unauthorized
      case "not_found_error", "model_not_found": return .notFound
      default: continue
      }
    }
    return .serverFailed
  }

  private static let billingWords: Set<String> = [
    "insufficient_quota", "billing_hard_limit_reached", "credit_balance_exhausted", "billing_error",
  ]
  private static let lengthWords: Set<String> = [
    "context_length_exceeded", "string_above_max_length", "exceed_context_size_error",
    "request_too_large",
  ]
  private static let lengthPhrases = [
    "context length", "maximum context", "context window", "prompt is too long",
    "exceeds the available context size", "input is too long",
  ]
}

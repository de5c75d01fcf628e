import Chat

/// What kind of failure an error is, by its status and the server's own words. The kind decides
/// whether another try is worth it.
///
/// The sources are the error codes and sentences of OpenAI, Azure, Anthropic, Gemini, OpenRouter, Groq,
/// Mistral, xAI, DeepSeek, Moonshot, Alibaba, vLLM, llama.cpp, LM Studio and Ollama; which statuses pass by themselves is
/// what the libraries of OpenAI and Anthropic say: 408, 409, 429 and 5xx.
enum FailureRule {
  /// - Parameter status: the response's, or the one that an error in a stream names for itself; nil
  ///   where there is none, so that the words are all there is.
  static func kind(status: Int?, _ complaint: Complaint) -> StreamFailure.Kind {
    if isAboutMoney(complaint) { return .quotaExhausted }
    let status = status ?? statusMeant(by: complaint)
    if status == 400, isAboutKey(complaint) { return .unauthorized }
    if status != 401, status != 403, isAboutLength(complaint, status: status) { return .tooLong }
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
    case ..<500: return .refused
    default: return .serverFailed
    }
  }

  /// The status that an error without one would have had as a response. Words that nobody knows mean
  /// that the server failed, because what it refuses it refuses before the stream begins.
  static func statusMeant(by complaint: Complaint) -> Int {
    for word in words(of: complaint) {
      switch word {
      case "rate_limit_error", "rate_limit_exceeded", "rate_limit_reached_error",
        "too_many_requests", "resource_exhausted":
        return 429
      case "overloaded_error", "engine_overloaded_error", "unavailable_error", "unavailable",
        "insufficient_system_resource":
        return 503
      case "timeout_error", "deadline_exceeded": return 504
      case "api_error", "server_error", "internal_error", "internalservererror", "internal":
        return 500
      case "authentication_error", "invalid_api_key", "invalid_authentication_error",
        "unauthenticated":
        return 401
      case "permission_error", "permission_denied", "permission_denied_error": return 403
      case "not_found_error", "model_not_found", "notfounderror", "not_found",
        "deploymentnotfound":
        return 404
      case "not_supported_error", "unimplemented": return 501
      case "badrequesterror", "content_filter", "content_policy_violation", "failed_precondition",
        "tool_use_failed", "json_validate_failed", "data_inspection_failed":
        return 400
      // What OpenAI's Responses say of a picture that will be no better the next time.
      case "empty_image_file", "failed_to_download_image": return 400
      case _ where word.hasPrefix("image_"): return 400
      // `invalid_request_error`, `invalid_prompt`, `invalid_argument`, `unsupported_parameter` …
      case _ where word.hasPrefix("invalid_") || word.hasPrefix("unsupported_"): return 400
      default: continue
      }
    }
    return 500
  }

  /// True if "not found" means the model rather than the address.
  static func isAboutModel(_ complaint: Complaint, model: String) -> Bool {
    if ["model_not_found", "DeploymentNotFound"].contains(complaint.code) { return true }
    let message = (complaint.message ?? "").lowercased()
    return message.contains("model") || message.contains(model.lowercased())
  }

  private static func isAboutMoney(_ complaint: Complaint) -> Bool {
    if complaint.details.isDayQuotaSpent
      || words(of: complaint).contains(where: moneyWords.contains)
    {
      return true
    }
    let message = (complaint.message ?? "").lowercased()
    return moneyPhrases.contains(where: message.contains)
  }

  /// Gemini and xAI refuse a bad key with 400, as they do a bad request.
  private static func isAboutKey(_ complaint: Complaint) -> Bool {
    let message = (complaint.message ?? "").lowercased()
    return complaint.details.isAboutKey || message.hasPrefix("api key not valid")
      || message.hasPrefix("api key expired") || message.contains("incorrect api key")
  }

  private static func isAboutLength(_ complaint: Complaint, status: Int) -> Bool {
    if words(of: complaint).contains(where: lengthWords.contains) { return true }
    let message = (complaint.message ?? "").lowercased()
    // A server that ran out of memory speaks of its context too (LM Studio), and then time may help.
    guard status < 500 || message.contains("exceed") else { return false }
    return lengthPhrases.contains(where: message.contains)
  }

  private static func words(of complaint: Complaint) -> [String] {
    [complaint.code, complaint.type].compactMap { $0?.lowercased() }
  }

  private static let moneyWords: Set<String> = [
    "insufficient_quota", "billing_hard_limit_reached", "credit_balance_exhausted", "billing_error",
    // Moonshot; gateways made from one-api.
    "exceeded_current_quota_error", "insufficient_user_quota",
    // Alibaba.
    "arrearage",
  ]
  private static let moneyPhrases = [
    // Anthropic; DeepSeek; xAI, which says it with 403.
    "credit balance", "insufficient balance", "have any credits",
  ]
  private static let lengthWords: Set<String> = [
    "context_length_exceeded", "string_above_max_length", "exceed_context_size_error",
    "request_too_large",
  ]
  private static let lengthPhrases = [
    // OpenAI, vLLM, Mistral, DeepSeek, OpenRouter, Together, LM Studio, Ollama.
    "context length",
    // OpenAI's Responses, MiniMax.
    "context window",
    // llama.cpp, where the prompt or what follows it outgrows the slot.
    "context size",
    // Anthropic, the second with the room for the reply counted in.
    "prompt is too long", "exceed context limit",
    // Bedrock, Gemini, xAI, Groq, Moonshot, Alibaba.
    "input is too long", "exceeds the maximum number of tokens", "maximum prompt length",
    "reduce the length of the messages", "exceeded model token limit", "range of input length",
    // OpenAI and Groq with 429 or 413: more than a whole minute's share, so no wait will mend it.
    "request too large for",
  ]
}

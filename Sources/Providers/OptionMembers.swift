// What the user asks of a reply, for wires on which nobody has settled how to say it.

import Chat

/// Options as members of a JSON object, by the names that most wires know; what is not asked for is left out.
struct OptionMembers: Encodable {
  private let maxTokens: Int?
  private let temperature: Double?
  private let topP: Double?
  private let stop: [String]?
  private let seed: Int?
  private let effort: String?

  private enum CodingKeys: String, CodingKey {
    case maxTokens = "max_tokens"
    case temperature
    case topP = "top_p"
    case stop
    case seed
    case effort = "reasoning_effort"
  }

  init(_ options: ReplyOptions) {
    maxTokens = options.maxTokens
    temperature = options.temperature
    topP = options.topP
    stop = options.stop.isEmpty ? nil : options.stop
    seed = options.seed
    effort = options.effort.map { effort in
      switch effort {
      case .off: "off"
      case .minimal: "minimal"
      case .low: "low"
      case .medium: "medium"
      case .high: "high"
      case .max: "max"
      }
    }
  }
}

// Chat Completions is one dialect with an accent for each server. An accent is a value on the provider's
// row, so that a server is added without code; what stands here is what no row needs to say.

/// What is particular about a server that speaks Chat Completions.
public struct ChatTraits: Hashable, Sendable {
  /// False for a server that refuses `stream_options`, or tells the usage without being asked.
  var takesUsageOption: Bool
  /// True for a server that pads its chunks against eavesdroppers who count bytes, and leaves that out
  /// when it is asked to. Others refuse the question.
  var takesPaddingOption: Bool
  /// The member for the longest reply.
  var replyLimit: ReplyLimit
  /// How the user's wish for more or less thinking is written.
  var effort: EffortForm
  /// The member for where the chance begins.
  var seed: SeedMember
  /// How a reply that was cut is given back to go on with.
  var prefill: PrefillForm
  /// Where the paths lie behind the base URL.
  var paths: ChatPaths
  /// True if PDF files are taken beside text and pictures.
  var takesFiles: Bool

  init(
    takesUsageOption: Bool = true, takesPaddingOption: Bool = false,
    replyLimit: ReplyLimit = .maxTokens, effort: EffortForm = .word(.lowToHigh),
    seed: SeedMember = .seed, prefill: PrefillForm = .none, paths: ChatPaths = .plain,
    takesFiles: Bool = false
  ) {
    self.takesUsageOption = takesUsageOption
    self.takesPaddingOption = takesPaddingOption
    self.replyLimit = replyLimit
    self.effort = effort
    self.seed = seed
    self.prefill = prefill
    self.paths = paths
    self.takesFiles = takesFiles
  }
}

/// What the member for the longest reply is called. OpenAI has renamed it, its newer models refuse the old
/// name, and most others know no other.
enum ReplyLimit: String, Hashable, Sendable {
  case maxTokens = "max_tokens"
  case maxCompletionTokens = "max_completion_tokens"

  /// The other name.
  var other: ReplyLimit {
    switch self {
    case .maxTokens: .maxCompletionTokens
    case .maxCompletionTokens: .maxTokens
    }
  }
}

/// What the member for where the chance begins is called.
enum SeedMember: Hashable, Sendable {
  /// `seed`
  case seed
  /// `random_seed`, as Mistral has it.
  case randomSeed
}

/// How an effort is written.
enum EffortForm: Hashable, Sendable {
  /// Not at all: a server without a word for it must not be asked.
  case none
  /// `reasoning_effort: "low"`
  case word(EffortRange)
  /// `reasoning: {"effort": "low"}`
  case object(EffortRange)
  /// `thinking: {"type": "disabled"}` for none at all, else `reasoning_effort` in the words low, high and
  /// max, which is all that DeepSeek and Moonshot tell apart (api-docs.deepseek.com, guides/thinking_mode).
  case thinking
  /// `enable_thinking`, yes or no. Qwen counts any more of it in tokens, which is not what was asked
  /// (alibabacloud.com, model-studio, deep-thinking).
  case toggle
}

/// Which words a server has for efforts beside `none`. The wish for what it has no word for is written as
/// the nearest it has.
enum EffortRange: Hashable, Sendable {
  /// `minimal` to `xhigh`: OpenAI (its library's `ReasoningEffort`), Azure, OpenRouter.
  case minimalToHighest
  /// `minimal` to `high`: Perplexity.
  case minimalToHigh
  /// `low` to `high`: Groq, xAI, Cerebras, Mistral, vLLM.
  case lowToHigh
}

/// Where the paths of a server lie.
enum ChatPaths: Hashable, Sendable {
  /// Behind the base URL.
  case plain
  /// Azure's: the base URL is a resource. With a version of the interface a model is a deployment and part
  /// of the path (openai-python `lib/azure.py`); without one the newer `/openai/v1` is asked.
  case azure
}

extension ChatPaths {
  /// The address that paths are appended to, of one as it was written. Azure's own pages show it with and
  /// without the beginning of the path.
  func root(of address: ServerAddress) -> ServerAddress {
    switch self {
    case .plain: return address
    case .azure:
      let ending = ["/openai/v1", "/openai"].first { address.path.lowercased().hasSuffix($0) }
      return ServerAddress(
        scheme: address.scheme, host: address.host, port: address.port,
        path: String(address.path.dropLast(ending?.count ?? 0)))
    }
  }

  /// Where a reply of this model is asked for.
  func chat(model: String, version: String?) -> String {
    switch self {
    case .plain: return "/chat/completions"
    case .azure:
      guard let version else { return "/openai/v1/chat/completions" }
      return "/openai/deployments/\(percentEncoded(model))/chat/completions"
        + "?api-version=\(percentEncoded(version))"
    }
  }

  /// Where the models are listed.
  func models(version: String?) -> String {
    switch self {
    case .plain: return "/models"
    case .azure:
      return version.map { "/openai/models?api-version=\(percentEncoded($0))" }
        ?? "/openai/v1/models"
    }
  }
}

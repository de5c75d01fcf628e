/// All providers, in the order in which discovery prefers those it looks for.
public struct ProviderTable: Hashable, Sendable {
  /// One row for each provider; ids differ.
  public let rows: [Provider]

  /// - Precondition: no two rows have the same id.
  public init(_ rows: [Provider]) {
    precondition(Set(rows.map(\.id)).count == rows.count, "two providers with one id")
    self.rows = rows
  }

  /// The row of this id.
  public subscript(id: String) -> Provider? { rows.first { $0.id == id } }

  /// The model of `openai` when the user names none: of the models that OpenAI does not retire by
  /// January 2027 the one it recommends in place of gpt-4o and gpt-4.1, the cheapest that answers on
  /// Chat Completions (developers.openai.com, models and deprecations, read in November 2026).
  public static let openAIModel = "gpt-6-luna"

  /// The model of `anthropic` when the user names none: the one that its makers call their best combination
  /// of speed and intelligence (platform.claude.com, models overview, read in November 2026).
  public static let anthropicModel = "claude-sonnet-5"

  /// The model of `gemini` when the user names none: Google's own name for whichever Flash is the newest, so
  /// that it is there when a generation retires (ai.google.dev, models).
  public static let geminiModel = "gemini-flash-latest"

  /// The providers Patter knows. Services that take a key come before servers that anybody runs: whoever
  /// has set a key means to use it.
  public static let standard = ProviderTable(
    [openAI, openAIResponses, anthropic, gemini] + chatServices + [ollama] + localChatServers
      + [streamIDLines, guide])

  private static let openAI = Provider(
    id: "openai", name: "OpenAI", modelRule: .named(openAIModel),
    server: .init(
      .openAIChat, at: "https://api.openai.com/v1", variables: openAIVariables, needsKey: true,
      traits: ChatTraits(
        takesPaddingOption: true, replyLimit: .maxCompletionTokens,
        effort: .word(.minimalToHighest), takesFiles: true)))

  private static let openAIResponses = Provider(
    id: "openai-responses", name: "OpenAI Responses", modelRule: .named(openAIModel),
    isNamedOnly: true,
    server: .init(
      .openAIResponses, at: "https://api.openai.com/v1", variables: openAIVariables,
      needsKey: true))

  private static let openAIVariables = Provider.Variables(
    key: "OPENAI_API_KEY", baseURL: "OPENAI_BASE_URL",
    headers: [
      .init("OpenAI-Organization", from: "OPENAI_ORG_ID"),
      .init("OpenAI-Project", from: "OPENAI_PROJECT_ID"),
    ])

  private static let anthropic = Provider(
    id: "anthropic", name: "Anthropic", modelRule: .named(anthropicModel),
    server: .init(
      .anthropic, at: "https://api.anthropic.com",
      variables: .init(
        key: "ANTHROPIC_API_KEY", otherKeys: [.init("ANTHROPIC_AUTH_TOKEN", in: .bearer)],
        baseURL: "ANTHROPIC_BASE_URL"),
      needsKey: true))

  private static let gemini = Provider(
    id: "gemini", name: "Gemini", modelRule: .named(geminiModel),
    server: .init(
      .gemini, at: "https://generativelanguage.googleapis.com",
      variables: .init(
        key: "GOOGLE_API_KEY", otherKeys: [.init("GEMINI_API_KEY")],
        baseURL: "GOOGLE_GEMINI_BASE_URL"),
      needsKey: true))

  private static let ollama = Provider(
    id: "ollama", name: "Ollama",
    server: .init(
      .ollama, at: "http://127.0.0.1:11434",
      variables: .init(key: "OLLAMA_API_KEY", baseURL: "OLLAMA_HOST"),
      isSought: true, startAdvice: "start it with `ollama serve`"))

  private static let streamIDLines = Provider(
    id: "ndjson", name: "Stream-id NDJSON",
    server: .init(
      .streamIDLines, at: "http://127.0.0.1:8765",
      variables: .init(key: "PATTER_NDJSON_KEY", baseURL: "PATTER_NDJSON_URL")))

  private static let guide = Provider(
    id: "guide", name: "Guide", modelRule: .named("guide"), server: nil)
}

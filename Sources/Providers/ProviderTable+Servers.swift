// The rows of the services that speak Chat Completions, one for each. Beside a row stands where its
// address, its variables and its accent were read, in November 2026.
//
// The model that answers when the user names none is the service's own standing name for one, where it
// has one; else the first that it lists.

extension ProviderTable {
  static let chatServices = [
    // openai-python `lib/azure.py`: the variables, the header, the paths. A resource has models under
    // names that its owner gave, and lists others beside them.
    Provider(
      id: "azure", name: "Azure", modelRule: .mustBeNamed,
      server: .init(
        .openAIChat, at: nil,
        variables: .init(
          key: "AZURE_OPENAI_API_KEY", in: .named("api-key"),
          otherKeys: [.init("AZURE_OPENAI_AD_TOKEN", in: .bearer)],
          baseURL: "AZURE_OPENAI_ENDPOINT",
          version: "OPENAI_API_VERSION"),
        needsKey: true,
        traits: ChatTraits(
          replyLimit: .maxCompletionTokens, effort: .word(.minimalToHighest), paths: .azure))),
    // api-docs.deepseek.com; the variable for the address is that of their own programs.
    Provider(
      id: "deepseek", name: "DeepSeek",
      server: .init(
        .openAIChat, at: "https://api.deepseek.com",
        variables: .init(key: "DEEPSEEK_API_KEY", baseURL: "DEEPSEEK_BASE_URL"), needsKey: true,
        traits: ChatTraits(effort: .thinking, prefill: .prefixAtBeta))),
    // vercel/ai `packages/xai`.
    Provider(
      id: "xai", name: "xAI",
      server: .init(
        .openAIChat, at: "https://api.x.ai/v1", variables: .init(key: "XAI_API_KEY"),
        needsKey: true)),
    // groq-python `resources/chat/completions.py`, where `max_tokens` is deprecated.
    Provider(
      id: "groq", name: "Groq",
      server: .init(
        .openAIChat, at: "https://api.groq.com/openai/v1", variables: .init(key: "GROQ_API_KEY"),
        needsKey: true, traits: ChatTraits(replyLimit: .maxCompletionTokens))),
    // docs.mistral.ai/api. `stream_options` is an error (422 `extra_forbidden`, openai-agents-python
    // issue 442); the usage comes anyway.
    Provider(
      id: "mistral", name: "Mistral", modelRule: .named("mistral-small-latest"),
      server: .init(
        .openAIChat, at: "https://api.mistral.ai/v1", variables: .init(key: "MISTRAL_API_KEY"),
        needsKey: true,
        traits: ChatTraits(takesUsageOption: false, seed: .randomSeed, prefill: .prefix))),
    // openrouter.ai/docs. It chooses among its models by itself under the name `openrouter/auto`.
    Provider(
      id: "openrouter", name: "OpenRouter", modelRule: .named("openrouter/auto"),
      server: .init(
        .openAIChat, at: "https://openrouter.ai/api/v1",
        variables: .init(key: "OPENROUTER_API_KEY"), needsKey: true,
        traits: ChatTraits(effort: .object(.minimalToHighest), takesFiles: true))),
    // perplexity-node `resources/chat/completions.ts`; ellmer, `chat_perplexity`. It lists no models, and
    // tells the usage with every chunk.
    Provider(
      id: "perplexity", name: "Perplexity", modelRule: .named("sonar"),
      server: .init(
        .openAIChat, at: "https://api.perplexity.ai",
        variables: .init(key: "PERPLEXITY_API_KEY"), needsKey: true,
        traits: ChatTraits(takesUsageOption: false, effort: .word(.minimalToHigh)))),
    // vercel/ai `packages/moonshotai`; agentscope.io, Kimi. In China it is api.moonshot.cn, with keys of
    // its own.
    Provider(
      id: "moonshot", name: "Moonshot",
      server: .init(
        .openAIChat, at: "https://api.moonshot.ai/v1",
        variables: .init(key: "MOONSHOT_API_KEY", baseURL: "MOONSHOT_BASE_URL"), needsKey: true,
        traits: ChatTraits(replyLimit: .maxCompletionTokens, effort: .thinking))),
    // alibabacloud.com, model-studio, compatibility with OpenAI; each region has its own address and keys.
    Provider(
      id: "qwen", name: "Qwen", modelRule: .named("qwen-plus"),
      server: .init(
        .openAIChat, at: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
        variables: .init(key: "DASHSCOPE_API_KEY", baseURL: "DASHSCOPE_BASE_URL"), needsKey: true,
        traits: ChatTraits(effort: .toggle))),
    // inference-docs.cerebras.ai, api-reference/chat-completions; langchain-cerebras.
    Provider(
      id: "cerebras", name: "Cerebras",
      server: .init(
        .openAIChat, at: "https://api.cerebras.ai/v1",
        variables: .init(key: "CEREBRAS_API_KEY"), needsKey: true,
        traits: ChatTraits(replyLimit: .maxCompletionTokens))),
  ]

  /// Servers of this machine. llama.cpp and LM Studio have no member for an effort in Chat Completions
  /// (lmstudio-bug-tracker issue 1250).
  static let localChatServers = [
    Provider(
      id: "llamacpp", name: "llama.cpp",
      server: .init(
        .openAIChat, at: "http://127.0.0.1:8080/v1", isSought: true,
        startAdvice: "start it with `llama-server -m FILE`",
        traits: ChatTraits(effort: .none, prefill: .lastMessage))),
    Provider(
      id: "lmstudio", name: "LM Studio",
      server: .init(
        .openAIChat, at: "http://127.0.0.1:1234/v1", isSought: true,
        startAdvice: "start it with `lms server start`", traits: ChatTraits(effort: .none))),
    Provider(
      id: "vllm", name: "vLLM",
      server: .init(
        .openAIChat, at: "http://127.0.0.1:8000/v1", isSought: true,
        startAdvice: "start it with `vllm serve NAME`")),
  ]
}

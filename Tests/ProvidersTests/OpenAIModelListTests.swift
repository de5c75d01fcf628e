import Chat
import Testing

@testable import Providers

struct `A list of models in OpenAI's shape` {
  private func models(_ rows: String...) -> [ListedModel]? {
    let body = #"{"object":"list","data":[\#(rows.joined(separator: ","))]}"#
    return OpenAIChat.models(from: Array(body.utf8))?.models
  }

  @Test func `tells nothing but names at OpenAI's own`() {
    #expect(
      models(#"{"id":"gpt-x","object":"model","created":1,"owned_by":"openai"}"#)
        == [ListedModel("gpt-x")])
  }

  @Test func `tells windows and prices for one token at OpenRouter`() {
    #expect(
      models(
        #"{"id":"a/b","name":"A: B","context_length":131072,"top_provider":{"#
          + #""context_length":131072,"max_completion_tokens":16384,"is_moderated":false},"#
          + #""pricing":{"prompt":"0.00000015","completion":"0.0000006","request":"0","#
          + #""input_cache_read":"0.000000075"}}"#)
        == [
          ListedModel(
            "a/b", title: "A: B", windowTokens: 131072, replyTokens: 16384,
            price: Price(input: 0.15, output: 0.6, cachedInput: 0.075))
        ])
  }

  @Test(arguments: [
    (#""context_window":8192,"max_completion_tokens":4096"#, 8192, 4096),
    (#""max_context_length":32768"#, 32768, nil),
    (#""max_model_len":4096"#, 4096, nil),
    (#""meta":{"vocab_type":2,"n_ctx_train":40960}"#, 40960, nil),
    (#""context_length":"4096""#, 4096, nil),
    (#""context_length":null,"max_model_len":7"#, 7, nil),
  ])
  func `tells windows at Groq, Mistral, vLLM and llama.cpp`(
    members: String, window: Int, reply: Int?
  ) {
    #expect(
      models(#"{"id":"m",\#(members)}"#)
        == [ListedModel("m", windowTokens: window, replyTokens: reply)])
  }

  @Test func `comes as rows alone and with prices for a million at Together`() {
    let body = #"[{"id":"m","display_name":"M","pricing":{"input":0.88,"output":1.2,"hourly":0}}]"#
    #expect(
      OpenAIChat.models(from: Array(body.utf8))?.models
        == [ListedModel("m", title: "M", price: Price(input: 0.88, output: 1.2))])
  }

  @Test(arguments: [
    #""context_length":0"#, #""context_length":-5"#, #""context_length":1e300"#,
    #""context_length":[8192]"#, #""context_length":"nan""#, #""meta":7"#, #""meta":{}"#,
    #""top_provider":"x""#, #""pricing":{"prompt":"-1","completion":"-1"}"#,
    #""pricing":{"prompt":"0.1","completion":"nan"}"#,
    #""pricing":{"prompt":"1","completion":"1"}"#,
    #""pricing":{"prompt":"inf","completion":"0"}"#, #""pricing":{"prompt":"0.000001"}"#,
    #""pricing":"free""#, #""name":"a\nb""#, #""display_name":"\u001b[31m""#, #""name":"m""#,
  ])
  func `loses a number or a title that cannot be, and no model`(members: String) {
    #expect(models(#"{"id":"m",\#(members)}"#) == [ListedModel("m")])
  }

  @Test func `knows what is free`() {
    let free = #""pricing":{"prompt":"0","completion":"0"}"#
    #expect(
      models(#"{"id":"m",\#(free)}"#)
        == [ListedModel("m", price: Price(input: 0, output: 0))])
  }

  @Test func `passes over rows without a name`() {
    #expect(models(#"{"name":"x"}"#, #"{"id":"m"}"#, "7") == [ListedModel("m")])
    #expect(models(#"{"name":"x"}"#) == nil)
  }
}

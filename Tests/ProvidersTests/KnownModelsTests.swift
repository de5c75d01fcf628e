import Chat
import Testing

@testable import Providers

struct `What the table knows of models` {
  private func completed(_ model: ListedModel, of provider: String = "openai") -> ListedModel {
    KnownModels.completing(model, of: provider)
  }

  @Test(arguments: ["gpt-5", "gpt-5-2025-08-07", "gpt-5-latest", "gpt-5-20250807"])
  func `holds for a model and its snapshots`(name: String) {
    let model = completed(ListedModel(name))
    #expect(model.windowTokens == 400_000)
    #expect(model.price == Price(input: 1.25, output: 10, cachedInput: 0.125))
  }

  @Test(arguments: [
    "gpt-5-chat", "gpt-5.9", "gpt-50", "gpt-5-2025-08", "gpt-5-2025-08-07-x", "gpt-5-", "xgpt-5",
    "gpt-5-２０２５0807", "gpt-5-2025--0807", "ft:gpt-5",
  ])
  func `holds for no other model`(name: String) {
    #expect(completed(ListedModel(name)) == ListedModel(name))
  }

  @Test func `takes the longest name`() {
    #expect(completed(ListedModel("gpt-5-pro")).price?.input == 15)
    #expect(completed(ListedModel("gpt-4o-2024-05-13")).price?.input == 5)
    #expect(completed(ListedModel("gpt-4o-2024-08-06")).price?.input == 2.5)
    #expect(
      completed(ListedModel("claude-opus-4-1-20250805"), of: "anthropic").price?.input == 15)
  }

  @Test func `is of one provider`() {
    #expect(completed(ListedModel("gpt-5"), of: "vllm") == ListedModel("gpt-5"))
  }

  @Test func `says nothing where the server does`() {
    let told = ListedModel("gpt-5", windowTokens: 7, price: Price(input: 1, output: 2))
    #expect(completed(told) == told)
  }

  @Test func `knows the model that answers when nobody names one`() {
    #expect(completed(ListedModel(ProviderTable.openAIModel)).windowTokens != nil)
  }
}

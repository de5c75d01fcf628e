// The members of an event that are read. Any of them may be absent, null or of another type: then it says
// nothing, and the rest of the event still counts.

import Chat

struct OpenAIResponsesEvent: Decodable {
  let type: String?
  let delta: String?
  /// Which item of the output it is about; ids of items change from event to event on some servers
  /// (GitHub Copilot).
  let outputIndex: Int?
  /// Which part of that item.
  let partIndex: Int?
  let itemID: String?
  /// All that a tool is to be given.
  let arguments: String?
  let item: Item?
  let response: Response?
  let error: Complaint?

  private enum Key: String, CodingKey {
    case type
    case delta
    case outputIndex = "output_index"
    case summaryIndex = "summary_index"
    case contentIndex = "content_index"
    case itemID = "item_id"
    case arguments
    case input
    case item
    case response
    case error
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    let type: String? = object.lenient(.type)
    self.type = type == "" ? nil : type
    delta = object.lenient(.delta)
    outputIndex = object.lenient(.outputIndex, as: LenientCount.self)?.value
    partIndex =
      (object.lenient(.summaryIndex, as: LenientCount.self)
      ?? object.lenient(.contentIndex, as: LenientCount.self))?.value
    itemID = object.lenient(.itemID)
    arguments = object.lenient(.arguments) ?? object.lenient(.input)
    item = object.lenient(.item)
    response = object.lenient(.response)
    error = object.lenient(.error, as: ErrorMember.self)?.complaint
  }

  /// What the provider calls a response: the reply as far as it is known.
  struct Response: Decodable {
    let id: String?
    let model: String?
    let output: [Item]
    let usage: Usage?
    let error: Complaint?
    /// Why it is not whole.
    let incompleteReason: String?

    private enum Key: String, CodingKey {
      case id
      case model
      case output
      case usage
      case error
      case incompleteDetails = "incomplete_details"
      case reason
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      id = object.lenient(.id)
      model = object.lenient(.model)
      output = object.lenientArray(.output) ?? []
      usage = object.lenient(.usage, as: OpenAIUsage.self)?.value
      error = object.lenient(.error, as: ErrorMember.self)?.complaint
      let details = try? object.nestedContainer(keyedBy: Key.self, forKey: .incompleteDetails)
      let reason: String? = details?.lenient(.reason)
      incompleteReason = reason == "" ? nil : reason
    }
  }

  /// A piece of the output.
  struct Item: Decodable {
    enum Kind {
      case message
      case reasoning
      /// A call of a tool that is ours to run.
      case call
      /// What the provider does by itself: searches, runs code, draws.
      case other
    }

    let kind: Kind
    let id: String?
    let name: String?
    let arguments: String?
    let summary: [Text]
    let content: [Text]

    private enum Key: String, CodingKey {
      case type
      case id
      case name
      case arguments
      case input
      case summary
      case content
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      kind =
        switch object.lenient(.type, as: String.self) {
        case "message": .message
        case "reasoning": .reasoning
        case "function_call", "custom_tool_call": .call
        default: .other
        }
      id = object.lenient(.id)
      name = object.lenient(.name)
      arguments = object.lenient(.arguments) ?? object.lenient(.input)
      summary = object.lenientArray(.summary) ?? []
      content = object.lenientArray(.content) ?? []
    }
  }

  /// A part of an item; it has one of the two.
  struct Text: Decodable {
    let text: String?
    let refusal: String?

    private enum Key: String, CodingKey {
      case text
      case refusal
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      text = object.lenient(.text)
      refusal = object.lenient(.refusal)
    }
  }
}

public import Chat

extension StopReason {
  /// What a reader should know of a reply that is whole and ended for this reason, as a sentence; nil for
  /// the usual end, and for a tool, which is shown itself.
  public var remark: String? {
    switch self {
    case .stop, .toolCalls: nil
    case .length: "The reply reached the model's limit of length."
    case .contentFilter: "A filter of the provider cut the reply."
    case .refusal: "The model declined to answer."
    case .other(let reason): "The provider stopped with “\(reason)”."
    }
  }
}

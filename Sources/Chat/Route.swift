/// Who is asked for a reply, and in what order: one model, a fallback chain, or a round-robin pool.
///
/// A chain always begins with its first model. A pool begins each call with the next of its models, so
/// that they share the work. In both, a model that fails is followed by the next one, once around.
public struct Route: Hashable, Sendable {
  /// What a call begins with.
  public enum Order: Hashable, Sendable, CaseIterable {
    case chain
    case pool
  }

  /// What the user calls it; of a single model its `PROVIDER/NAME`.
  public let name: String
  public let order: Order
  /// Never empty.
  public let models: [ModelID]

  /// One model and no other.
  public init(_ model: ModelID) {
    name = model.description
    order = .chain
    models = [model]
  }

  /// A chain or a pool; nil when there is no model in it. A model that is named twice counts once.
  public init?(_ name: String, _ order: Order, _ models: [ModelID]) {
    var seen: Set<ModelID> = []
    let models = models.filter { seen.insert($0).inserted }
    guard !models.isEmpty else { return nil }
    self.name = name
    self.order = order
    self.models = models
  }

  /// The models to try for the call of this number, in order. Any number will do: a counter may wrap.
  public func models(forCall number: UInt64) -> [ModelID] {
    switch order {
    case .chain: models
    case .pool: rotated(by: Int(number % UInt64(models.count)))
    }
  }

  /// The models to try when the user wants another than `model`, which comes last.
  public func models(after model: ModelID) -> [ModelID] {
    guard let place = models.firstIndex(of: model) else { return models }
    return rotated(by: place + 1)
  }

  private func rotated(by count: Int) -> [ModelID] {
    Array(models[(count % models.count)...] + models[..<(count % models.count)])
  }
}

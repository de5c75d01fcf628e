// What is known of models, as rows for people.

import Chat
import Interface
import Providers

extension ModelList {
  /// What one provider has.
  init(_ entry: ModelCatalog.Entry) {
    let state: State =
      if entry.isLooking { .looking } else { entry.failure.map(State.failed) ?? .listed }
    self.init(
      id: entry.provider, name: entry.name,
      items: entry.models.map { model in
        PickerItem(
          ModelID(provider: entry.provider, name: model.name).description,
          details: ModelList.details(of: model))
      },
      state: state)
  }

  /// What is said beside a model's name: how much it takes, and what that costs.
  static func details(of model: ListedModel) -> [String] {
    let prices = model.priceWords
    return [
      model.windowWords ?? "", prices.map { "\($0.input) in" } ?? "",
      prices.map { "\($0.output) out" } ?? "",
    ]
  }

  /// The chains and pools of the configuration.
  init(_ routes: [String: Route]) {
    self.init(
      id: "chains and pools", name: "",
      items: routes.values.sorted { $0.name < $1.name }.map { route in
        let names = route.models.map(\.description)
          .joined(separator: route.order == .chain ? ", then " : " and ")
        return PickerItem(route.name, title: "\(route.name): \(names)")
      },
      state: .listed)
  }

  /// The guide, which nobody has to be asked for.
  static var guide: ModelList {
    ModelList(
      id: ModelFinder.guide.provider, name: "",
      items: [PickerItem(ModelFinder.guide.description)], state: .listed)
  }
}

extension ListedModel {
  /// How much it takes: `8k`, `128k`, `1M`; nil where nobody says.
  var windowWords: String? { windowTokens.map(TokenWords.window) }

  /// What a million tokens cost, in US dollars: `$0.15` and `$0.60`; with a `+` where long prompts cost more.
  var priceWords: (input: String, output: String)? {
    guard let price else { return nil }
    if price.input == 0, price.output == 0 { return ("free", "free") }
    let more = price.promptLimit == nil ? "" : "+"
    func words(_ dollars: Double) -> String {
      "$" + decimal(dollars, places: 6, least: 2) + more
    }
    return (words(price.input), words(price.output))
  }
}

/// A number of 0 to 1,000,000 with so many decimal places, and without zeros at the end but for the `least`
/// first of them.
private func decimal(_ number: Double, places: Int, least: Int) -> String {
  let unit = (0..<places).reduce(1) { product, _ in product * 10 }
  let units = Int((number * Double(unit)).rounded())
  let rest = String(units % unit)
  var fraction = String(repeating: "0", count: places - rest.count) + rest
  while fraction.count > least, fraction.last == "0" { fraction.removeLast() }
  return String(units / unit) + (fraction.isEmpty ? "" : ".\(fraction)")
}

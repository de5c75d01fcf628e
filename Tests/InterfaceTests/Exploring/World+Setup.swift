// What comes of the questions that connect a model, in a world at random.

import Chat

@testable import Interface

extension World {
  /// What is told when the screen asks for something: what it wants, or why not, or nothing at all.
  mutating func setupAnswers(_ effect: SetupEffect) -> [SetupEvent] {
    switch effect {
    case .lookAround:
      let offers = [
        SetupOffer(id: "a", name: "A", isReady: true, address: "http://a"),
        SetupOffer(id: "b", name: "B", needsKey: true, variable: "B_KEY"),
        SetupOffer(id: "c", name: "C", asksAddress: true),
      ]
      return [
        .providers(Array(offers.prefix(2)), isLooking: true), .providers(offers, isLooking: false),
      ]
    case .listModels:
      return [
        .keyWritten(.hidden(count: 20, end: "wxyz"), fault: nil),
        coin()
          ? .models([PickerItem("large"), PickerItem("mini")])
          : coin()
            ? .modelsFailed("It failed.", isKeyRefused: coin(), isUnreachable: coin())
            : .refused("It is none."),
      ]
    case .test:
      let end = StreamEvent.failed(StreamFailure(.serverFailed, "It failed."))
      return [.answered(.text("Hello")), .answered(coin() ? .completed(.stop) : end)]
    case .plan:
      return [.planned(SetupPlan(files: [], refusal: coin() ? nil : "It is broken."))]
    case .save: return [coin() ? .saved("It is saved.") : .saveFailed("The disk is full.")]
    case .stop, .end: return []
    }
  }
}

import Chat
import Interface
import Providers
import Settings

extension Streams.Event {
  /// What the app is told.
  var appEvent: AppEvent {
    switch self {
    case .stream(let id, let event) where id.conversation == Streams.trialConversation:
      .setup(.answered(event))
    case .stream(let id, let event): .stream(id, event)
    case .finding(let finding): finding.event
    case .racers(let models): .racersFound(models)
    case .models(let list): .modelsListed(list)
    case .facts(let model, let facts): .described(model, facts)
    }
  }
}

extension ModelFinder.Finding {
  /// What the app is told.
  var event: AppEvent {
    switch self {
    case .found(let route, let place) where route.models == [ModelFinder.guide]:
      return .modelFound(
        route, place: place,
        welcome: "No model is connected. The built-in guide answers; ask it how to get one.")
    case .found(let route, let place):
      return .modelFound(route, place: place)
    case .missing(let reason):
      return .modelMissing(reason)
    case .refused(let reason):
      return .modelRefused(reason)
    case .unknownProvider(let name, let known):
      return .modelRefused(ModelFinder.Finding.refusal(of: name, known: known))
    }
  }

  /// The route that answers, or why there is none, for the user.
  var route: Result<Route, Refusal> {
    switch self {
    case .found(let route, place: _): .success(route)
    case .missing(let reason), .refused(let reason): .failure(Refusal(message: reason))
    case .unknownProvider(let name, let known):
      .failure(Refusal(message: ModelFinder.Finding.refusal(of: name, known: known)))
    }
  }

  /// Why no model answers, as a sentence.
  struct Refusal: Error, Hashable {
    let message: String
  }

  private static func refusal(of name: String, known: [String]) -> String {
    let guess = nearest(to: name, among: known).map { "Did you mean \($0)? " } ?? ""
    return "There is no provider “\(name)”. \(guess)There are \(known.joined(separator: ", "))."
  }
}

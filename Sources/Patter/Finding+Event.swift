import Interface
import Providers
import Settings

extension ModelFinder.Finding {
  /// What the app is told.
  var event: AppEvent {
    switch self {
    case .found(let model, let place):
      return .modelFound(model, place: place)
    case .missing(let reason):
      return .modelMissing(reason)
    case .refused(let reason):
      return .modelRefused(reason)
    case .unknownProvider(let name, let known):
      let guess = nearest(to: name, among: known).map { "Did you mean \($0)? " } ?? ""
      return .modelRefused(
        "There is no provider “\(name)”. \(guess)There are \(known.joined(separator: ", ")).")
    }
  }
}

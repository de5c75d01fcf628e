// What of the transcript is folded to one row. Everything of a kind is folded or open, and single folds are
// the other way round: a key turns the whole kind, and a click turns one.

import Chat
import Terminal

/// What is open and what is folded.
public struct Folds: Hashable, Sendable {
  /// Whether what models thought is shown in full.
  public private(set) var areThoughtsOpen = false
  /// Whether the earlier attempts at a reply are shown in full.
  public private(set) var areAttemptsOpen = false
  /// Those that are not as their kind is.
  private var turned: Set<Fold> = []

  public init() {}

  public func isOpen(_ fold: Fold) -> Bool {
    switch fold {
    case .thinking: areThoughtsOpen != turned.contains(fold)
    case .attempt: areAttemptsOpen != turned.contains(fold)
    }
  }

  /// Opens what is folded, and folds what is open.
  public mutating func toggle(_ fold: Fold) {
    turned.formSymmetricDifference([fold])
  }

  /// Opens all thoughts, or folds them all.
  public mutating func toggleThoughts() {
    areThoughtsOpen.toggle()
    turned = turned.filter { !$0.isThinking }
  }

  /// Opens all earlier attempts, or folds them all.
  public mutating func toggleAttempts() {
    areAttemptsOpen.toggle()
    turned = turned.filter(\.isThinking)
  }
}

extension Fold {
  fileprivate var isThinking: Bool {
    switch self {
    case .thinking: true
    case .attempt: false
    }
  }
}

extension App {
  /// A click on the row of a fold turns it, and the row stays where it is as far as there is room. A reply
  /// that arrives at the end goes on being followed.
  mutating func handleClick(_ place: Position, at now: Instant) -> Response {
    if let response = clickInList(place, at: now) { return response }
    guard overlay == nil, copying == nil, let fold = layout.fold(inRow: place.row)
    else {
      return Response(paint: .never)
    }
    folds.toggle(fold)
    if viewport.mode != .follow || !store.isLive {
      viewport.seek(.fold(fold, row: place.row - layout.pageRow))
    }
    return Response()
  }

  /// Shows the line of tokens, times and cost below replies, or hides it.
  mutating func toggleDetails() {
    showsDetails.toggle()
  }
}

extension ScreenView.Layout {
  /// What a row of the screen folds and opens; nil where it does neither.
  fileprivate func fold(inRow row: Int) -> Fold? {
    for place in landmarks where place.row == row - pageRow {
      if case .fold(let fold) = place.landmark { return fold }
    }
    return nil
  }
}

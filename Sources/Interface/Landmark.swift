// Places of the transcript that something can be done at: jumped to, folded, copied. The drawing says
// which of them are in view, for the reducer knows no rows.

public import Chat

/// Something of the transcript that can be folded to one row, and opened again.
public enum Fold: Hashable, Sendable {
  /// What the model thought: one part of a message.
  case thinking(MessageID, part: Int)
  /// An earlier attempt at a reply.
  case attempt(MessageID)

  /// The message it is of.
  public var message: MessageID {
    switch self {
    case .thinking(let message, part: _), .attempt(let message): message
    }
  }
}

/// A row of the transcript with a meaning.
public enum Landmark: Hashable, Sendable {
  /// The first row of a message.
  case message(MessageID)
  /// The row that folds something and opens it.
  case fold(Fold)
  /// The first row of a block of code, counted from 0 in the text of its message.
  case code(MessageID, index: Int)
}

/// A landmark, and the row it stands in: of a message, or of the screen.
public struct LandmarkRow: Hashable, Sendable {
  public var row: Int
  public var landmark: Landmark

  public init(_ landmark: Landmark, row: Int) {
    self.landmark = landmark
    self.row = row
  }
}

/// A word that was looked for, where it stands.
public struct SearchHit: Hashable, Sendable {
  public var message: MessageID
  /// What was looked for; the case of letters does not count.
  public var words: String
  /// Which of the hits in the message it is, from 0.
  public var index: Int

  public init(_ words: String, in message: MessageID, index: Int) {
    self.message = message
    self.words = words
    self.index = index
  }
}

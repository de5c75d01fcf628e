// What the screen that connects a model is told and what it asks of the world. No key is in any of it: what
// is typed or pasted as a key never reaches the app, only how much of it there is (`KeyShape`), so that no
// trace and no value that is printed can hold one.

public import Chat

/// Somebody who may answer: a provider of the table, a server that was found.
public struct SetupOffer: Hashable, Sendable {
  /// The provider's id.
  public var id: String
  /// The provider's name in front of people.
  public var name: String
  /// What is known of it, in a few words: `ANTHROPIC_API_KEY is set`.
  public var detail: String
  /// Whether it can be asked as it is: nothing has to be written first.
  public var isReady: Bool
  /// Whether it takes nobody without a key.
  public var needsKey: Bool
  /// The variable that its key is usually in; nil where there is none.
  public var variable: String?
  /// Where it answers, as an address; empty where there is none that is everybody's.
  public var address: String
  /// Whether the address is asked for: nobody is known to answer there, or there is none.
  public var asksAddress: Bool

  public init(
    id: String, name: String, detail: String = "", isReady: Bool = false, needsKey: Bool = false,
    variable: String? = nil, address: String = "", asksAddress: Bool = false
  ) {
    self.id = id
    self.name = name
    self.detail = detail
    self.isReady = isReady
    self.needsKey = needsKey
    self.variable = variable
    self.address = address
    self.asksAddress = asksAddress
  }
}

/// What stands in the field for a key, without the key.
public enum KeyShape: Hashable, Sendable {
  case empty
  /// The name of a variable, without its `$`; whether that is set.
  case variable(String, isSet: Bool)
  /// So many characters, of which the `end` may be shown: at most four, and of a short key none. It stands in
  /// no trace.
  case hidden(count: Int, end: String)
}

/// Who is tried, and by which key.
public struct SetupTrial: Hashable, Sendable {
  public enum Key: Hashable, Sendable {
    /// The one that the environment or the configuration has, or none.
    case known
    /// What stands in the field.
    case written
    /// What this variable holds.
    case variable(String)
  }

  /// The provider's id.
  public var provider: String
  public var key = Key.known
  /// Where it answers; nil for where it is known to.
  public var address: String?

  public init(provider: String, key: Key = .known, address: String? = nil) {
    self.provider = provider
    self.key = key
    self.address = address
  }
}

/// What saving would do, in lines for people.
public struct SetupPlan: Hashable, Sendable {
  /// The files that would be written, each with the lines that come into it.
  public struct File: Hashable, Sendable {
    public var path: String
    public var lines: [String]

    public init(path: String, lines: [String]) {
      self.path = path
      self.lines = lines
    }
  }

  public var files: [File]
  /// What else has to be known: a variable that goes before the file, for example.
  public var notes: [String]
  /// Why nothing can be written; the lines are then for the user to write.
  public var refusal: String?

  public init(files: [File], notes: [String] = [], refusal: String? = nil) {
    self.files = files
    self.notes = notes
    self.refusal = refusal
  }
}

/// What happened to the screen that connects a model.
public enum SetupEvent: Hashable, Sendable {
  /// Nobody is there but the guide, and the program has just begun.
  case offered
  /// Who may answer, in the order to show them; whether somebody on this machine is still being asked.
  case providers([SetupOffer], isLooking: Bool)
  /// What stands in the field for the key now, and what is wrong with it, as a sentence.
  case keyWritten(KeyShape, fault: String?)
  /// A text was pasted where none is taken; it is not told, for it may be a key.
  case pastedEarly
  /// The trial cannot be made as it is written: why, as a sentence.
  case refused(String)
  /// The models that there are, as rows whose ids are their names.
  case models([PickerItem])
  /// There is no list. The key is to blame, or nobody answers at the address, or neither.
  case modelsFailed(String, isKeyRefused: Bool, isUnreachable: Bool = false)
  /// Something came of the test.
  case answered(StreamEvent)
  case planned(SetupPlan)
  /// All is written; a sentence.
  case saved(String)
  /// Nothing of the configuration is changed; a sentence.
  case saveFailed(String)
}

/// What the screen asks of the world.
public enum SetupEffect: Hashable, Sendable {
  /// Tell who may answer. Answered by `providers`, at once and again when all were asked.
  case lookAround
  /// Ask for the models. Answered by `models`, `modelsFailed` or `refused`.
  case listModels(SetupTrial)
  /// Send a prompt to a model. Answered by `answered`, until it completes or fails, or by `refused`.
  case test(SetupTrial, model: String, prompt: String)
  /// Tell what saving would write. Answered by `planned`.
  case plan(SetupTrial, model: String)
  /// Write it, and ask this model from now on. Answered by `saved` or `saveFailed`.
  case save(SetupTrial, model: String)
  /// Close what is open.
  case stop
  /// The same, and forget the key.
  case end
}

/// What an input does to the field for the key, which the app never sees.
public enum KeyEdit: Hashable, Sendable {
  case type(String)
  case deleteBackward
  case deleteAll
  /// There is no field yet; the text is to be forgotten.
  case discard
}

// What the user had decided beforehand, as it stands in a trace: in its first line, and where the configuration
// was saved while it was recorded.

/// `AppSettings`.
struct TracedSettings: Hashable, Codable {
  var chat: Chat
  /// The standing instruction of new conversations.
  var systemPrompt: String?
  /// Who was named to be asked.
  var model: String?
  var streamLimit: Int
  /// The rows of the table of keys.
  var keys: [Keys]
  /// `emacs` or `vi`.
  var editing: String
  /// How the terminal is told of replies that nobody watched; missing where it is not.
  var notify: Notify?
  var view: View

  struct Chat: Hashable, Codable {
    var send: String
    var cutReplies: String
    var retry: Retry
    /// Sorted by the models' names.
    var windows: [Window]
    var options: Options
    /// Sorted by the models' names.
    var modelOptions: [ModelOptions]
  }

  struct View: Hashable, Codable {
    var details: Bool
    var thoughts: Bool
    var attempts: Bool
    var mouse: Bool
  }

  struct Notify: Hashable, Codable {
    /// `bell` or `osc9`.
    var way: String
    var leastMilliseconds: Int64
  }

  struct Keys: Hashable, Codable {
    /// As in the configuration.
    var action: String
    /// `anywhere`, `draft` or `emptyDraft`.
    var place: String
    /// As the events of keys name them.
    var keys: [String]
  }

  struct Retry: Hashable, Codable {
    var retries: Int
    var baseMilliseconds: Int64
    var capMilliseconds: Int64
    var longestRetryAfterMilliseconds: Int64
    var totalMilliseconds: Int64
  }

  struct Window: Hashable, Codable {
    var model: TracedModel
    var tokens: Int
  }

  /// What is asked of replies; a member is missing where nothing is.
  struct Options: Hashable, Codable {
    var maxTokens: Int?
    var temperature: Double?
    var topP: Double?
    var stop: [String]?
    var seed: Int?
    var effort: String?
  }

  struct ModelOptions: Hashable, Codable {
    var model: TracedModel
    var options: Options
  }
}

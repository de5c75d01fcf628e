import Chat
import Interface
import Providers

/// All that the state of a new run is made from. Two runs that begin alike and are told the same events
/// come to the same state; so whatever else is decided before the first event belongs here, and into
/// `TraceHeader`.
struct Beginning: Hashable, Sendable {
  /// Where the ids of messages, and the chance in the waits between attempts, come from.
  var seed: MessageID
  /// Who is asked before it is known who answers.
  var route = Route(ModelFinder.guide)
  /// The standing instruction; nil where there is none.
  var systemPrompt: String?
  var settings = ChatSettings()
  /// How many streams may be open at once, at least 1.
  var streamLimit = 4
  /// Which keys ask for what.
  var keys = KeyMap.standard
  /// How the keys of the composer edit.
  var editing = EditingStyle.emacs
  /// Whether and how the terminal is told of replies that nobody watched.
  var notify = NotifyPolicy()

  /// An empty conversation. The guide answers it until a model is found.
  var conversations: Conversations {
    let store = ChatStore(
      route: route, settings: settings, conversation: Conversation(systemPrompt: systemPrompt),
      messageIDs: MessageIDSource(seed: seed))
    return Conversations(store, streamLimit: streamLimit)
  }

  /// The app at its beginning, when it looks for a model.
  var app: App {
    App(
      chats: conversations, answering: .looking, keys: keys, editing: editing, notify: notify)
  }
}

extension Beginning {
  /// A run as the user configured it, with a seed of its own.
  init(_ configuration: Configuration) {
    var random = SystemRandomNumberGenerator()
    self.init(
      seed: MessageID(high: random.next(), low: random.next()),
      systemPrompt: configuration.systemPrompt,
      settings: ChatSettings(
        sendPolicy: configuration.sendPolicy, cutReplyPolicy: configuration.cutReplyPolicy,
        retryPolicy: configuration.retry, windows: configuration.windows,
        options: configuration.options, modelOptions: configuration.modelOptions),
      streamLimit: configuration.parallelStreams,
      keys: configuration.keys, editing: configuration.editing,
      notify: configuration.notify)
  }
}

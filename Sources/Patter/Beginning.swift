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
  /// What the user has decided beforehand.
  var settings = AppSettings()

  /// An empty conversation. The guide answers it until a model is found.
  var conversations: Conversations {
    let store = ChatStore(
      route: route, settings: settings.chat,
      conversation: Conversation(systemPrompt: settings.systemPrompt),
      messageIDs: MessageIDSource(seed: seed))
    return Conversations(store, streamLimit: settings.streamLimit)
  }

  /// The app at its beginning, when it looks for a model.
  var app: App { App(chats: conversations, answering: .looking, settings: settings) }
}

extension Beginning {
  /// A run with a seed of its own.
  init(_ settings: AppSettings) {
    var random = SystemRandomNumberGenerator()
    self.init(
      seed: MessageID(high: random.next(), low: random.next()), settings: settings)
  }
}

extension AppSettings {
  /// What of a configuration the app goes by.
  init(_ configuration: Configuration) {
    self.init()
    chat = ChatSettings(
      sendPolicy: configuration.sendPolicy, cutReplyPolicy: configuration.cutReplyPolicy,
      retryPolicy: configuration.retry, windows: configuration.windows,
      options: configuration.options, modelOptions: configuration.modelOptions)
    systemPrompt = configuration.systemPrompt
    model = configuration.model
    streamLimit = configuration.parallelStreams
    keys = configuration.keys
    editing = configuration.editing
    notify = configuration.notify
    view = configuration.view
  }
}

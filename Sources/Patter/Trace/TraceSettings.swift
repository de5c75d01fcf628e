// Settings → what stands of them in a trace, and back.

import Chat
import Interface
import Settings

extension TracedSettings {
  init(_ settings: AppSettings) {
    chat = Chat(settings.chat)
    systemPrompt = settings.systemPrompt
    model = settings.model
    streamLimit = settings.streamLimit
    keys = settings.keys.bindings.map { row in
      Keys(
        action: row.action.name, place: word(of: row.place),
        keys: row.keys.map { TracedEvent.name(of: $0) })
    }
    editing = word(of: settings.editing)
    let policy = settings.notify
    if policy.way != .off {
      notify = Notify(way: word(of: policy.way), leastMilliseconds: policy.leastMilliseconds)
    }
    let view = settings.view
    self.view = View(
      details: view.details, thoughts: view.thoughts, attempts: view.attempts, mouse: view.mouse)
  }

  func settings() throws(TraceFault) -> AppSettings {
    var settings = AppSettings()
    settings.chat = try chat.settings()
    settings.systemPrompt = systemPrompt
    settings.model = model
    settings.streamLimit = try within(TraceLimit.streams, streamLimit, "streamLimit")
    settings.keys = KeyMap(try keys.map { row throws(TraceFault) in try row.binding() })
    settings.editing = try value(ofWord: editing, "way to edit")
    if let notify { settings.notify = try notify.policy() }
    settings.view = view.options
    return settings
  }
}

extension TracedSettings.View {
  var options: ViewOptions {
    var options = ViewOptions()
    options.details = details
    options.thoughts = thoughts
    options.attempts = attempts
    options.mouse = mouse
    return options
  }
}

extension TracedSettings.Notify {
  func policy() throws(TraceFault) -> NotifyPolicy {
    NotifyPolicy(
      way: try value(ofWord: way, "way to notify"),
      leastMilliseconds: Int64(try count(Int(leastMilliseconds), "leastMilliseconds")))
  }
}

extension TracedSettings.Keys {
  func binding() throws(TraceFault) -> KeyBinding {
    guard let action = Action.allCases.first(where: { $0.name == self.action }) else {
      throw TraceFault("\(quoted(self.action)) is no action")
    }
    let place: KeyPlace = try value(ofWord: place, "place for keys")
    let presses = try keys.map { name throws(TraceFault) in try TracedEvent.key(called: name) }
    return KeyBinding(
      presses, in: place, action, KeyMap.standard.help(of: action, in: place))
  }
}

extension TracedSettings.Chat {
  init(_ settings: ChatSettings) {
    send = word(of: settings.sendPolicy)
    cutReplies = word(of: settings.cutReplyPolicy)
    retry = TracedSettings.Retry(settings.retryPolicy)
    windows = settings.windows.sorted { $0.key.description < $1.key.description }
      .map { TracedSettings.Window(model: TracedModel($0.key), tokens: $0.value) }
    options = TracedSettings.Options(settings.options)
    modelOptions = settings.modelOptions.sorted { $0.key.description < $1.key.description }
      .map {
        TracedSettings.ModelOptions(
          model: TracedModel($0.key), options: TracedSettings.Options($0.value))
      }
  }

  func settings() throws(TraceFault) -> ChatSettings {
    var settings = ChatSettings(
      sendPolicy: try value(ofWord: send, "policy for sending"),
      cutReplyPolicy: try value(ofWord: cutReplies, "policy for cut replies"),
      retryPolicy: try retry.policy())
    for window in windows {
      settings.windows[window.model.model] = try count(window.tokens, "tokens")
    }
    settings.options = try options.options()
    for row in modelOptions {
      settings.modelOptions[row.model.model] = try row.options.options()
    }
    return settings
  }
}

extension TracedSettings.Options {
  init(_ options: ReplyOptions) {
    maxTokens = options.maxTokens
    temperature = options.temperature
    topP = options.topP
    stop = options.stop.isEmpty ? nil : options.stop
    seed = options.seed
    effort = options.effort.map { word(of: $0) }
  }

  func options() throws(TraceFault) -> ReplyOptions {
    var effort: ReasoningEffort?
    if let word = self.effort { effort = try value(ofWord: word, "effort") }
    return ReplyOptions(
      maxTokens: try countIfAny(maxTokens, "maxTokens"), temperature: temperature, topP: topP,
      stop: stop ?? [], seed: seed, effort: effort)
  }
}

extension TracedSettings.Retry {
  init(_ policy: RetryPolicy) {
    retries = policy.retries
    baseMilliseconds = policy.baseMilliseconds
    capMilliseconds = policy.capMilliseconds
    longestRetryAfterMilliseconds = policy.longestRetryAfterMilliseconds
    totalMilliseconds = policy.totalMilliseconds
  }

  func policy() throws(TraceFault) -> RetryPolicy {
    func time(_ milliseconds: Int64, _ member: String) throws(TraceFault) -> Int64 {
      Int64(try count(Int(milliseconds), member))
    }
    return RetryPolicy(
      retries: try count(retries, "retries"),
      baseMilliseconds: try time(baseMilliseconds, "baseMilliseconds"),
      capMilliseconds: try time(capMilliseconds, "capMilliseconds"),
      longestRetryAfterMilliseconds: try time(
        longestRetryAfterMilliseconds, "longestRetryAfterMilliseconds"),
      totalMilliseconds: try time(totalMilliseconds, "totalMilliseconds"))
  }
}

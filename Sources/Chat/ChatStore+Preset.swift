// A preset is taken for a conversation, changed for another, or taken away again.
//
// The instruction and the route of a preset take the place of those there were, which come back when it
// goes. Whoever has changed either of them meanwhile has decided later, and that stays. Options and
// policies are never mixed with the configuration's: they are asked first.

extension ChatStore {
  /// What stood where a preset has put its own.
  struct BeforePreset: Hashable, Sendable {
    var systemPrompt: String?
    var route: Route
  }

  mutating func use(_ new: Preset?) {
    if let old = preset, let before = beforePreset {
      if old.systemPrompt != nil, conversation.systemPrompt == old.systemPrompt {
        conversation.systemPrompt = before.systemPrompt
      }
      if old.route != nil, route == old.route { route = before.route }
    }
    preset = new
    beforePreset = new.map { _ in
      BeforePreset(systemPrompt: conversation.systemPrompt, route: route)
    }
    guard let new else { return }
    if let prompt = new.systemPrompt { conversation.systemPrompt = prompt }
    if let route = new.route { self.route = route }
    // What was said of it before this one has been said earlier.
    if new.options.effort != nil { effort = nil }
  }

  /// Who is asked where no preset says so: what a conversation that begins now takes over.
  var routeBesidePreset: Route {
    guard let preset, let beforePreset, preset.route == route else { return route }
    return beforePreset.route
  }

  /// Has this route asked, but for what a preset says of it.
  mutating func ask(_ new: Route) {
    guard preset?.route != nil, preset?.route == route else {
      route = new
      return
    }
    beforePreset?.route = new
  }

  /// What a prompt does that is sent while a reply is live.
  public var sendPolicy: SendPolicy { preset?.sendPolicy ?? settings.sendPolicy }

  /// What the model is told of a reply that was cut.
  var cutReplyPolicy: CutReplyPolicy { preset?.cutReplyPolicy ?? settings.cutReplyPolicy }

  /// What is asked of the replies of this model.
  func options(for model: ModelID) -> ReplyOptions {
    var options = settings.options(for: model)
    if let preset { options = preset.options.over(options) }
    if let effort { options.effort = effort }
    return options
  }
}

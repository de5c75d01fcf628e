/// What a conversation is to be like, under one name. Whatever a preset says nothing of is as it was.
public struct Preset: Hashable, Sendable {
  /// What the user calls it.
  public let name: String
  /// The standing instruction; nil leaves the conversation its own.
  public var systemPrompt: String?
  /// Who is asked; nil leaves that as it is.
  public var route: Route?
  /// What is asked of every reply, before what the configuration says of all models and of one.
  public var options: ReplyOptions
  /// What a prompt does that is sent while a reply is live; nil is the configuration's.
  public var sendPolicy: SendPolicy?
  /// What the model is told of a reply that was cut; nil is the configuration's.
  public var cutReplyPolicy: CutReplyPolicy?

  public init(
    _ name: String, systemPrompt: String? = nil, route: Route? = nil,
    options: ReplyOptions = ReplyOptions(), sendPolicy: SendPolicy? = nil,
    cutReplyPolicy: CutReplyPolicy? = nil
  ) {
    self.name = name
    self.systemPrompt = systemPrompt
    self.route = route
    self.options = options
    self.sendPolicy = sendPolicy
    self.cutReplyPolicy = cutReplyPolicy
  }
}

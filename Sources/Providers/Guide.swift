// The guide answers when no model is connected, so that chatting, stopping and resending can be tried
// with no network and no key. It is no model: it looks for words it knows in the last prompt and gives
// an answer that was written beforehand, with the program's own tables filled in.
//
//   last prompt ─► GuidePrompt (words) ─► a key or command by name, else GuideTopic ─► Markdown
//
// It has no clock and no random numbers: the same prompt after the same conversation gets the same
// answer. The registry sends it in the pieces of `pieces(of:)`, as time goes by.

public import Chat

/// The built-in guide: answers about Patter, from tables.
public struct Guide: Hashable, Sendable {
  let tables: GuideTables

  public init(_ tables: GuideTables) {
    self.tables = tables
  }

  /// The reply to the last prompt, as Markdown. It never holds a control character other than LF,
  /// unless a table does.
  ///
  /// Where the reply is to go on, the rest of it.
  public func answer(to outgoing: Outgoing) -> String {
    let whole = wholeAnswer(to: outgoing)
    guard let begun = outgoing.continuation else { return whole }
    guard whole.unicodeScalars.starts(with: begun.unicodeScalars) else {
      return "\n\n*\(Guide.foreignBeginning)*"
    }
    return String(whole.unicodeScalars.dropFirst(begun.unicodeScalars.count))
  }

  static let foreignBeginning =
    "This is Patter's built-in guide. My answers were written beforehand: I cannot go on with one "
    + "that is not mine."

  private func wholeAnswer(to outgoing: Outgoing) -> String {
    // Prompts with no reply between them are merged into one message; the last part is what was
    // asked last.
    let last = outgoing.messages.last { $0.role == .user }
    let prompt = GuidePrompt(last?.parts.last { $0.kind == .text }?.text ?? "")
    let isFirst = !outgoing.messages.contains { $0.role == .assistant }

    let named = namedRows(in: prompt)
    if !named.isEmpty {
      return introduced(answerAboutNamed(named), isFirst)
    }
    let topic = GuideTopic(of: prompt, providers: tables.providers.map(\.name))
    let body = answer(about: topic, prompt)
    return topic.saysItIsNoModel ? body : introduced(body, isFirst)
  }

  /// The first answer of a conversation says who speaks.
  private func introduced(_ body: String, _ isFirst: Bool) -> String {
    isFirst ? "*\(Guide.introduction)*\n\n\(body)" : body
  }

  static let introduction =
    "This is Patter's built-in guide. I am no model: my answers were written beforehand, and they "
    + "are about Patter only."

  private func answer(about topic: GuideTopic, _ prompt: GuidePrompt) -> String {
    switch topic {
    case .identity: identity
    case .greeting: greeting(prompt)
    case .help: help
    case .keys: keys
    case .commands: commands
    case .connecting: connecting(prompt)
    case .places: places
    case .themes: themes
    case .stopping: stopping
    case .resending: resending
    case .quitting: quitting
    case .scrolling: scrolling
    case .newLine: newLine
    case .longRead: longRead
    case .markdown: Guide.markdownSample
    case .wideText: Guide.wideTextSample
    case .thanks: "You are welcome. Ask again whenever you like."
    case .farewell: farewell
    case .unknown: unknown
    }
  }
}

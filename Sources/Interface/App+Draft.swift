// The draft goes out: as a prompt, or as a slash command.

import Chat

extension App {
  mutating func submit(at now: Instant) -> [AppEffect] {
    guard !composer.isBlank else { return [] }
    switch commands.read(composer.text) {
    case .prompt(let prompt):
      if store.sending == .isRefused {
        notice = Notice(
          "A reply is live, and the configuration lets none be replaced. "
            + "\(keys.name(of: .cancel) ?? "/stop") stops it.")
        return []
      }
      _ = composer.take()
      return send(prompt, at: now)
    case .command(let verb, let argument):
      _ = composer.take()
      return perform(verb, argument: argument, at: now)
    case .unknown(let sentence):
      notice = Notice(sentence, kind: .error)
      return []
    }
  }

  private mutating func perform(
    _ verb: SlashCommand.Verb, argument: String, at now: Instant
  ) -> [AppEffect] {
    switch verb {
    case .help:
      overlay = .help(.atTop)
      return []
    case .trace:
      // The newest stream, at the end, is the one that is asked about.
      overlay = .trace(Viewport())
      return []
    case .usage:
      toggleDetails()
      let what = "Tokens, times and cost are \(showsDetails ? "shown" : "hidden") below replies."
      notice = Notice(what)
      return []
    case .search:
      openSearch(argument)
      return []
    case .copy:
      return copy(argument)
    case .retry:
      return retry(at: now)
    case .stop:
      return cancel(at: now)
    case .model:
      guard !argument.isEmpty else {
        return openModels()
      }
      return [.findModel(argument)]
    case .theme:
      guard !argument.isEmpty else {
        return openThemes()
      }
      return [.useTheme(argument)]
    case .quit:
      return leave(at: now)
    }
  }
}

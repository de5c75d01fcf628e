// What a theme is looked at by where nothing has been said yet: a short conversation that shows the faces of
// the page.

import Chat

enum ThemeSpecimen {
  static let conversation: Conversation = {
    let now = Instant(uptimeNanoseconds: 0)
    var store = ChatStore(
      route: Route(ModelID(provider: "theme", name: "the reply")),
      messageIDs: MessageIDSource(seed: MessageID(high: 0, low: 0)))
    var effects = store.handle(.send("What does this theme look like?"), at: now)[...]
    while let effect = effects.popFirst() {
      switch effect {
      case .save(_, let message): effects += store.handle(.saved(message.id), at: now)
      case .start(let stream, _):
        for event in events { effects += store.handle(.stream(stream, event), at: now) }
      case .abort: break
      }
    }
    return store.conversation
  }()

  private static let events: [StreamEvent] = [
    .thinking("Thoughts are quiet."),
    .text(
      """
      ## A heading

      Words, *emphasised* or **strong**, `code`, and [a link](https://example.org).

      - one thing
      - and another

      > What somebody else said.

      | a | table |
      |---|---|
      | 1 | 2 |

      ```swift
      let answer = 42
      ```
      """),
    .completed(.stop),
  ]
}

import Chat
import Terminal
import Testing

@testable import Interface

/// A live reply and prompts that wait for its end.
private func waiting(_ prompts: String..., rows: Int = 24, columns: Int = 80) -> Stage {
  var stage = Stage(
    readyApp(ChatSettings(sendPolicy: .queue)), rows: rows, columns: columns)
  stage.app.send("one")
  stage.app.hear(1, .text("Well"))
  for prompt in prompts { stage.app.send(prompt) }
  stage.app.notice = nil
  return stage
}

extension Stage {
  /// The rows above the rule of the composer, as many as these.
  fileprivate mutating func rowsAboveDraft(_ count: Int) -> [String] {
    Array(picture.dropLast(3).suffix(count))
  }

  fileprivate var queue: [String] { app.store.queue.map(\.text) }
}

@Suite struct `Prompts that wait` {
  @Test func `stand below the page in the order in which they go out`() {
    var stage = waiting("two\nlines", "three")
    #expect(stage.rowsAboveDraft(2) == ["  next   two lines", "  then   three"])
    stage.app.press("esc")
    #expect(stage.rowsAboveDraft(2) == ["  waits  two lines", "  waits  three"])
  }

  @Test func `are counted where there is no room for all`() {
    var stage = waiting("two", "three", "four", "five", rows: 14)
    #expect(
      stage.rowsAboveDraft(2) == ["  next   two", "         and 3 more (Alt-W shows them)"])
    stage.size = Size(rows: 6, columns: 20)
    #expect(stage.picture.allSatisfy { !$0.contains("next") })
  }

  @Test func `do not hide the end of the reply`() {
    var stage = waiting("two", "three", rows: 16)
    stage.app.hear(1, .text((1...40).map { "\n\nline \($0)" }.joined()))
    let picture = stage.picture
    let end = picture.firstIndex { $0.contains("line 40") }
    let first = picture.firstIndex { $0.contains("next   two") }
    #expect(end != nil && first != nil && (end ?? 0) < (first ?? 0))
  }

  @Test func `come back with Up into an empty draft, the last one first`() {
    var stage = waiting("two", "three")
    stage.app.press("up")
    #expect(stage.app.composer.text == "three")
    #expect(stage.queue == ["two"])
    stage.app.press("x")
    stage.app.press("up")
    #expect(stage.queue == ["two"])
    stage.app.press("enter")
    #expect(stage.queue.first == "two" && stage.queue.count == 2)
  }

  @Test func `that go in the place of an earlier one are its edit again`() {
    var stage = waiting()
    stage.app.run(.edit)
    stage.app.composer.replaceAll(with: "uno")
    stage.app.press("enter")
    #expect(stage.app.editedPrompt == nil)
    #expect(stage.rowsAboveDraft(1) == ["  next   (in place of an earlier one) uno"])
    stage.app.press("up")
    #expect(stage.app.composer.text == "uno")
    #expect(stage.app.editedPrompt == stage.app.store.conversation.path.first)
  }

  @Test func `are moved, taken back and dropped in a list`() {
    var stage = waiting("two", "three", "four")
    stage.app.press("alt-w")
    #expect(stage.picture.contains { $0.contains("Waiting ›") })
    stage.app.press("down")
    stage.app.press("alt-up")
    #expect(stage.queue == ["three", "two", "four"])
    stage.app.press("alt-up")
    #expect(stage.queue == ["three", "two", "four"])
    stage.app.press("alt-down")
    stage.app.press("alt-down")
    stage.app.press("alt-down")
    #expect(stage.queue == ["two", "four", "three"])
    stage.app.press("delete")
    #expect(stage.queue == ["two", "four"])
    stage.app.press("enter")
    #expect(stage.queue == ["two"])
    #expect(stage.app.composer.text == "four")
    #expect(stage.app.overlay == nil)
  }

  @Test func `leave the list when they go out, and the selected one stays selected`() {
    var stage = waiting("two", "three", "four")
    stage.app.press("alt-w")
    stage.app.press("down")
    stage.app.hear(1, .completed(.stop))
    guard case .waiting(let list) = stage.app.overlay else {
      Issue.record("the list is gone")
      return
    }
    #expect(list.picker.items.map(\.title) == ["three", "four"])
    #expect(list.picker.selected?.title == "three")
  }
}

@Suite struct `What Enter will do` {
  @Test(
    arguments: [
      (SendPolicy.replace, "Enter replaces", "Alt-Q queues"),
      (.queue, "Enter queues", "Alt-Q replaces"), (.block, "", "Alt-Q queues"),
    ])
  func `is said before it is pressed`(policy: SendPolicy, enter: String, other: String) {
    var stage = Stage(readyApp(ChatSettings(sendPolicy: policy)), rows: 24, columns: 100)
    stage.app.send("one")
    stage.app.hear(1, .text("Well"))
    let status = stage.picture.last ?? ""
    #expect(status.contains(enter))
    #expect(status.contains(other))
    #expect(
      stage.picture.contains { $0.contains("Enter does nothing while a reply is live") }
        == (policy == .block))
  }

  @Test func `and the key for the other thing does it once`() {
    var stage = waiting("two")
    stage.app.write("three")
    stage.app.press("alt-q")
    #expect(
      stage.app.store.conversation.lastPrompt.map { stage.app.store.conversation[$0].text }
        == "three")
    #expect(stage.queue == ["two"])
    stage.app.write("four")
    stage.app.press("enter")
    #expect(stage.queue == ["two", "four"])
  }
}

extension App {
  /// Writes into the draft.
  fileprivate mutating func write(_ text: String) { composer.insert(text) }

  fileprivate mutating func run(_ verb: SlashCommand.Verb) {
    _ = perform(verb, argument: "", at: origin)
  }
}

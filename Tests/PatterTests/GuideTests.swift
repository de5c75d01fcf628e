// With nothing connected the guide answers: chatting, stopping and resending need no network and no key.

import Support
import Testing

struct GuideTests {
  @Test func `answers where nothing is configured, and says that it is no model`() throws {
    let chat = try Journey(with: nil)
    try chat.see("No model is connected. The built-in guide answers; ask it how to get one.")
    try chat.ask("hello")
    try chat.seeSentence("I am no model")
    try chat.leave()
  }

  @Test func `tells how a reply is stopped`() throws {
    let chat = try Journey(with: nil)
    try chat.ask("how do I stop a reply?")
    try chat.seeSentence("• Esc: close what is open, else stop the reply")
    try chat.leave()
  }

  @Test func `a long answer can be stopped and followed by another`() throws {
    let chat = try Journey(with: nil)
    try chat.ask("tell me something long")
    try chat.seeSentence("built-in guide and no model")
    try chat.waitUntil("the stream") { $0.statusLine.contains("Esc stop") }
    chat.press(.escape)
    try chat.see("■ stopped here")
    try chat.ask("thanks")
    try chat.seeSentence("You are welcome.")
    try chat.seeIdle()
    #expect(chat.picture.shows("■ stopped here"))
    try chat.leave()
  }

  @Test func `a prompt during a long answer replaces it`() throws {
    let chat = try Journey(with: nil)
    try chat.ask("tell me something long")
    try chat.seeSentence("built-in guide and no model")
    try chat.ask("thanks")
    try chat.see("■ superseded here")
    try chat.seeSentence("You are welcome.")
    try chat.seeIdle()
    try chat.leave()
  }
}

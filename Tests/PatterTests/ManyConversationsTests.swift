// Eight conversations at once on real sockets. Each is to become what its steps make of it alone: no word
// goes astray, no stop and no failure reaches another, and no connection outlives its stream.

import Chat
import CurlTransport
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct ManyConversationsTests {
  private static let count = 8

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `S18 T51 each of eight conversations at once becomes what it is alone`(order: UInt64) throws
  {
    let scripts = (1...Self.count).map { ConversationScript($0) }
    let loop = try ConversationLoop(scripts, streamLimit: Self.count)
    try loop.run(order: order)
    #expect(loop.leavesNoConnection)
    try expectSolo(of: scripts, in: loop)
  }

  @Test(arguments: 5...6 as ClosedRange<UInt64>)
  func `S18 T51 with three streams at once the others wait, and become the same`(order: UInt64)
    throws
  {
    let scripts = (1...Self.count).map { ConversationScript($0) }
    let loop = try ConversationLoop(scripts, streamLimit: 3)
    try loop.run(order: order)
    #expect(loop.leavesNoConnection)
    try expectSolo(of: scripts, in: loop)
  }

  @Test func `S18 T51 on connections that serve for many replies they become the same`() throws {
    let scripts = (1...Self.count).map { ConversationScript($0, keepsConnections: true) }
    let loop = try ConversationLoop(
      scripts, streamLimit: Self.count, keptConnectionLimit: Transport.idleConnectionLimit)
    try loop.run(order: 7)
    #expect(loop.server.openedConnectionCount < loop.server.chats.count)
    try expectSolo(of: (1...Self.count).map { ConversationScript($0) }, in: loop)
  }

  // MARK: -

  /// Goes through each script once more, with nobody beside it, and compares.
  private func expectSolo(of scripts: [ConversationScript], in loop: ConversationLoop) throws {
    for (place, script) in scripts.enumerated() {
      let alone = try ConversationLoop([script], streamLimit: 1)
      try alone.run(order: 0)
      #expect(alone.leavesNoConnection)
      #expect(try picture(of: place, in: loop) == picture(of: 0, in: alone))
      #expect(loop.requests(ofScript: place + 1) == alone.requests(ofScript: place + 1))
    }
  }

  /// The whole tree, a line for each message in the order in which they came: whom it follows, whether it is
  /// on the path, how it ended and what it says. Names of messages differ, and so do times.
  private func picture(of place: Int, in loop: ConversationLoop) throws -> String {
    let conversation = try #require(loop.chats[loop.ids[place]]).conversation
    let messages = conversation.allMessages
    return messages.enumerated().map { number, message in
      let parent = messages.firstIndex { $0.id == message.parent }
      let mark = conversation.path.contains(message.id) ? "*" : " "
      return
        "\(number) < \(parent.map(String.init) ?? "-") \(mark) \(message.role) \(ending(of: message)): "
        + message.text
    }.joined(separator: "\n")
  }

  private func ending(of message: Message) -> String {
    switch message.ending {
    case .complete(let reason): "complete, \(reason)"
    case .cancelled: "cancelled"
    case .superseded: "superseded"
    // The sentence names the server's port.
    case .failed(let failure): "failed, \(failure.kind)"
    case .interrupted: "interrupted"
    case nil: "no ending"
    }
  }
}

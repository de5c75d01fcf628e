// Drives a transport the way the program's loop does, and sorts what came.

import CurlTransport
import Support
import Wire

/// What came of one transfer so far.
struct Exchange: Equatable {
  var head: HTTPResponseHead?
  var body: [UInt8] = []
  var isOver = false
  var failure: TransferFailure?
  /// Whether the events came as `responded`, `received`…, `ended`.
  var isInOrder = true

  var text: String { String(decoding: body, as: UTF8.self) }

  mutating func take(_ event: TransferEvent) {
    if isOver { isInOrder = false }
    switch event {
    case .responded(let head):
      if self.head != nil { isInOrder = false }
      self.head = head
    case .received(let bytes):
      if head == nil || bytes.isEmpty || bytes.count > 16 * 1024 { isInOrder = false }
      body += bytes
    case .ended(let failure):
      isOver = true
      self.failure = failure
    }
  }
}

extension Transport {
  /// Waits and collects until `isEnough` says so of the transfer, or for as long as a test waits.
  func follow(
    _ id: TransferID, from start: Exchange = Exchange(), until isEnough: (Exchange) -> Bool
  ) -> Exchange {
    var exchange = start
    let deadline = ContinuousClock.now + .seconds(LoopbackServer.patienceSeconds)
    while !isEnough(exchange), ContinuousClock.now < deadline {
      _ = wait(for: [], atMostMilliseconds: 1000)
      for (owner, event) in events() where owner == id { exchange.take(event) }
    }
    return exchange
  }

  /// Opens a transfer and follows it to its end.
  func carry(_ request: HTTPRequest, as id: TransferID = .stream(1)) -> Exchange {
    open(id, request)
    return follow(id) { $0.isOver }
  }
}

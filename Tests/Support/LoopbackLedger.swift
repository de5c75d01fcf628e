// Sockets opened = sockets closed, at the end of every test. No server begins without a ledger to stand
// in, so no test with a server can forget to be asked.
//
//   suite with `.everyConnectionCloses` ──► a ledger for each test ◄── each server it makes
//                                                  │
//                 after the test, when all that it held is gone: complaints()

/// The servers of one test.
public final class LoopbackLedger: Sendable {
  /// The ledger of the test that runs; nil outside the suites that keep one.
  @TaskLocal public static var current: LoopbackLedger?

  private let servers = LoopbackServerMonitor<[LoopbackServer]>([])

  public init() {}

  func enter(_ server: LoopbackServer) {
    servers.change { $0.append(server) }
  }

  /// What is wrong with the connections of the servers, in a sentence for each server: one that is not
  /// over within the time, or one whose client the server waited for in vain.
  public func complaints(
    within seconds: Double = LoopbackServer.patienceSeconds
  ) -> [String] {
    servers.read { $0 }.compactMap { server in
      server.letEverybodyIn()
      let isBalanced = server.waitFor(within: seconds) { _ in
        server.openedConnectionCount == server.closedConnectionCount
      }
      guard isBalanced else {
        return "opened \(server.openedConnectionCount) connections and closed "
          + "\(server.closedConnectionCount), so one leaks"
      }
      let given = server.journal.compactMap {
        if case .gaveUp(let number) = $0 { number } else { nil }
      }
      return given.isEmpty ? nil : "waited in vain for the client on the connections \(given)"
    }
  }
}

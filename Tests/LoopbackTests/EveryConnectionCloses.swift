// What every suite with a server in its tests has to promise.

import Support
public import Testing

/// After each test of a suite: every connection that one of its servers saw opened is closed, and no
/// server waited for its client in vain. It is looked at when everything the test held is gone, idle
/// connections included.
public struct EveryConnectionCloses: SuiteTrait, TestTrait, TestScoping {
  public var isRecursive: Bool { true }

  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let ledger = LoopbackLedger()
    defer {
      for complaint in ledger.complaints() {
        Issue.record("\(complaint)", sourceLocation: test.sourceLocation)
      }
    }
    try await LoopbackLedger.$current.withValue(ledger) { try await function() }
  }
}

extension Trait where Self == EveryConnectionCloses {
  /// Counts the connections of every `LoopbackServer` of each test: opened = closed at its end.
  public static var everyConnectionCloses: Self { Self() }
}

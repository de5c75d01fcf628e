// The tour as tests: each stop comes to its end. `make tour` keeps what is seen there.

import LoopbackTests
import Testing

@testable import Tour

@Suite(.everyConnectionCloses) struct TourTests {
  @Test(arguments: Stop.all) func `the tour comes to the end of each stop`(stop: Stop) throws {
    #expect(try !Visit.pages(of: stop).isEmpty)
  }
}

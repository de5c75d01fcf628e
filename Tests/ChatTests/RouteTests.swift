// Who is asked, and in what order: pure, so every call number there is can be tried.

import Chat
import Testing

struct RouteTests {
  private static let models = ["a", "b", "c"].map { ModelID(provider: "test", name: $0) }

  private func route(_ order: Route.Order) throws -> Route {
    try #require(Route("three", order, RouteTests.models))
  }

  private func names(_ models: [ModelID]) -> String { models.map(\.name).joined() }

  @Test func `a route without a model cannot be made`() {
    #expect(Route("none", .chain, []) == nil)
    #expect(Route("none", .pool, []) == nil)
  }

  @Test func `a single model is a route of its own name`() {
    let route = Route(RouteTests.models[0])
    #expect(route.name == "test/a")
    #expect(names(route.models(forCall: 7)) == "a")
    #expect(names(route.models(after: RouteTests.models[0])) == "a")
  }

  @Test func `a model that is named twice is tried once`() throws {
    let twice = RouteTests.models + [RouteTests.models[0]]
    #expect(names(try #require(Route("four", .pool, twice)).models) == "abc")
  }

  @Test(arguments: [0, 1, 5, UInt64.max])
  func `a chain begins every call with its first model`(call: UInt64) throws {
    #expect(names(try route(.chain).models(forCall: call)) == "abc")
  }

  @Test func `a pool begins each call with the next model and goes once around`() throws {
    let pool = try route(.pool)
    #expect((0...3).map { names(pool.models(forCall: $0)) } == ["abc", "bca", "cab", "abc"])
  }

  @Test(arguments: 1...7)
  func `S33 a pool's counter may wrap, and every call has each model once`(count: Int) throws {
    let models = (0..<count).map { ModelID(provider: "test", name: "\($0)") }
    let pool = try #require(Route("pool", .pool, models))
    for call in [UInt64.max - 1, .max, .max &+ 1, .max &+ 2] {
      let order = pool.models(forCall: call)
      #expect(order.first == models[Int(call % UInt64(count))])
      #expect(order.count == count)
      #expect(Set(order) == Set(models))
    }
  }

  @Test func `S33 the first call after the last number begins with the first model`() throws {
    let pool = try route(.pool)
    // 2⁶⁴ - 1 is a multiple of three, so the wrap asks the same model twice in a row, and no more.
    #expect(names(pool.models(forCall: .max)) == "abc")
    #expect(names(pool.models(forCall: .max &+ 1)) == "abc")
    #expect(names(pool.models(forCall: .max &+ 2)) == "bca")
  }

  @Test(arguments: [Route.Order.chain, .pool])
  func `the next model is the one behind, and the last is followed by the first`(
    order: Route.Order
  ) throws {
    let route = try route(order)
    #expect(RouteTests.models.map { names(route.models(after: $0)) } == ["bca", "cab", "abc"])
  }

  @Test func `a model that is not of the route is followed by all of it`() throws {
    let stranger = ModelID(provider: "test", name: "z")
    #expect(names(try route(.chain).models(after: stranger)) == "abc")
  }
}

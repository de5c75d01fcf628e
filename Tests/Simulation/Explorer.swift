// Breadth-first over every interleaving of what may happen. Each step is held against the promises; the
// first one that breaks ends the search, so the path to it is a shortest one.

import Chat

struct Exploration {
  private(set) var stateCount = 0
  /// The first promise that broke, and the steps that led there.
  private(set) var broken: (promise: String, path: [Happening])?

  /// Explores all worlds that a script can lead to. More than `limit` of them are a mistake of the script.
  init(_ script: [UserStep], _ plan: Plan, limit: Int = 400_000) {
    let first = plan.world(script)
    var seen: Set<World> = [first]
    // A path is a chain back to the beginning: one link for each state.
    var queue: [(world: World, from: Int, by: Happening?)] = [(first, -1, nil)]
    while stateCount < queue.count {
      let world = queue[stateCount].world
      for happening in world.happenings(disk: plan.disk) {
        var next = world
        if let promise = next.take(happening, plan) {
          var path = [happening]
          var link = stateCount
          while let by = queue[link].by {
            path.insert(by, at: 0)
            link = queue[link].from
          }
          broken = (promise, path)
          return
        }
        if seen.insert(next).inserted { queue.append((next, stateCount, happening)) }
      }
      // Nobody comes back to it, and worlds are large.
      queue[stateCount].world = first
      stateCount += 1
      precondition(stateCount < limit, "the script has more states than were reckoned with")
    }
  }
}

// The programs that tell keys, run to their end. For commands that have nothing else to do meanwhile.

import Chat
import ChildProcesses
import CurlTransport
import Providers

extension KeyFetches {
  /// Runs the programs that tell the keys of these sources; the answer is the signal that put an end to that.
  /// What they take is not counted: they may be waiting for a finger.
  static func complete(
    _ sources: inout [ModelSource], waitingOn transport: Transport, hearing signals: Signals
  ) -> PrintEnding? {
    var fetches = KeyFetches(for: sources, at: Clock.now())
    guard fetches.isWaiting else { return nil }
    // Whoever is left is killed with this.
    let children = Children()
    children.act(fetches.beginning)
    while fetches.isWaiting {
      let limit = Clock.now().milliseconds(
        untilNanoseconds: [fetches.deadline?.uptimeNanoseconds])
      _ = transport.wait(
        for: [signals.descriptor], also: children.interests,
        atMostMilliseconds: min(limit, children.longestSleepMilliseconds ?? limit))
      if let ending = signals.take().lazy.compactMap(PrintEnding.init(signal:)).first {
        return ending
      }
      for (child, event) in children.events() { fetches.receive(event, from: child) }
      children.act(fetches.advance(to: Clock.now()))
    }
    sources = sources.map(fetches.completing)
    return nil
  }
}

extension Children {
  /// Carries out what is asked of programs.
  fileprivate func act(_ effects: [RegistryEffect]) {
    for effect in effects {
      switch effect {
      case .spawn(let child, let command): spawn(child, command)
      case .terminate(let child): terminate(child)
      case .kill(let child): kill(child)
      case .open, .close: preconditionFailure("a program is no transfer")
      }
    }
  }
}

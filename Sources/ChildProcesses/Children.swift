// The only room that starts programs.
//
// One thread owns the children, sleeps elsewhere on their `interests`, and asks for `events` once in
// each pass of its loop. Nothing here sleeps.
//
//   spawn(id)              interests                  events
//     └─ posix_spawn,      └─ the loop's one sleep    └─ feed · look for the exit · read
//        a group of its own                              └─ output… and diagnostics… → reaped,
//                                                           ended, forgotten
//
// What ends a child, and what becomes of its group:
//
//   by itself       Its end is told behind all that it wrote. What it left running in the background
//                   is left alone, and what that writes is nobody's.
//   terminate(id)   SIGTERM to the group. Its end is told when it is gone and nobody holds its pipes
//                   any more; whoever is then left of the group is killed.
//   kill(id)        SIGKILL to the group. Its end is told when it is gone.
//
// Who terminates and cannot wait for ever, kills later. A child is reaped last of all: until then its
// number, by which the group is called, cannot be anybody else's.
//
// Standard input is a pipe and not a socket, for a socket cannot be opened as /dev/stdin. A write to a
// pipe that nobody reads raises SIGPIPE, and no flag keeps it from that; so the process ignores the
// signal, as the transport needs it as well. Children do not inherit that.

import CLinux
import Glibc
public import Wire

/// Starts programs, feeds and hears them, and sees to it that none outlives its use.
///
/// Not for sharing: every call belongs on the thread that made it.
///
/// Making one has the process ignore `SIGPIPE`, and not ignore `SIGCHLD`, for good.
public final class Children {
  /// Bytes of one child that one call of `events` tells. The rest follows in the next, because a key
  /// waits for what one pass decodes.
  public static let passByteCountLimit = 64 * 1024

  /// How often a child is looked at whose end the system does not announce, in milliseconds.
  private static let lookMilliseconds = 20

  private let isWatchingByDescriptor: Bool
  /// In the order of spawning.
  private var children: [Child] = []
  /// The ends of those that could not be started.
  private var refused: [(TransferID, ChildEvent)] = []

  public convenience init() {
    self.init(isWatchingByDescriptor: true)
  }

  /// - Parameter isWatchingByDescriptor: False does without pidfd_open(2), as older systems must.
  init(isWatchingByDescriptor: Bool) {
    self.isWatchingByDescriptor = isWatchingByDescriptor
    signal(SIGPIPE, SIG_IGN)
    clinux_keep_exit_codes()
  }

  /// Kills every group that is left. Waits for none of them longer than half a second.
  deinit {
    for child in children { child.kill() }
  }

  /// Starts a program. What cannot be started becomes an `ended` of the next `events`. An id must not
  /// be in use.
  public func spawn(_ id: TransferID, _ command: ChildCommand) {
    precondition(
      !children.contains { $0.id == id } && !refused.contains { $0.0 == id },
      "a child's id is used once")
    do throws(SpawnFailure) {
      children.append(
        try Child(id, command, isWatchedByDescriptor: isWatchingByDescriptor))
    } catch {
      refused.append((id, .ended(.notStarted(error.message))))
    }
  }

  /// Asks a child and all of its group to end, and closes its standard input. Its end is told in its
  /// time, or after `kill`. An id that is not in use is no error.
  public func terminate(_ id: TransferID) {
    children.first { $0.id == id }?.terminate()
  }

  /// Ends a child and all of its group. An id that is not in use is no error.
  public func kill(_ id: TransferID) {
    children.first { $0.id == id }?.kill()
  }

  /// What a sleep has to listen to; to be asked anew before each.
  public var interests: [Interest] { children.flatMap(\.interests) }

  /// How long a sleep may last although none of `interests` ends it; nil for any time. Zero when a
  /// child could not be started and that is still to be told.
  public var longestSleepMilliseconds: Int? {
    guard refused.isEmpty else { return 0 }
    return children.allSatisfy(\.isWatched) ? nil : Self.lookMilliseconds
  }

  /// Children whose end has not been told.
  public var count: Int { children.count + refused.count }

  /// Moves every child as far as it goes without waiting and returns what happened: for each, any
  /// number of `output` and `diagnostics`, and `ended` once and last.
  public func events() -> [(TransferID, ChildEvent)] {
    var events = refused
    refused = []
    children.removeAll { $0.collect(into: &events) }
    return events
  }
}

@available(*, unavailable)
extension Children: Sendable {}

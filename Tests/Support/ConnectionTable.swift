// The TCP connections of this machine as the kernel knows them: the judge where a server cannot see the
// client, or where threads write a journal in any order.

import Glibc

/// A look at `/proc/net/tcp` (proc_net_tcp(5)).
public struct ConnectionTable: Sendable {
  /// The kernel's number of a state, two hexadecimal digits.
  public enum State: String, Sendable {
    /// Open on both sides.
    case established = "01"
    /// Asked for, and nothing came back yet.
    case synSent = "02"
    /// Closed by the other side and not yet by this one.
    case closeWait = "08"
    /// Whoever asks is let in.
    case listening = "0A"
  }

  private struct Row {
    let localPort: UInt16
    let remotePort: UInt16
    let state: Substring
  }

  private let rows: [Row]

  /// The table as it is now. IPv4 alone, as `LoopbackServer` speaks it.
  public init() {
    rows = Self.text.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: " ")
      guard fields.count > 3, let local = Self.port(of: fields[1]),
        let remote = Self.port(of: fields[2])
      else { return nil }
      return Row(localPort: local, remotePort: remote, state: fields[3])
    }
  }

  /// Looks until the table satisfies `predicate`, for the kernel tells nobody when it changes; false
  /// when it did not within the time.
  public static func wait(
    within seconds: Double = LoopbackServer.patienceSeconds,
    until predicate: (ConnectionTable) -> Bool
  ) -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while !predicate(ConnectionTable()) {
      guard ContinuousClock.now < deadline else { return false }
      _ = poll(nil, 0, 2)
    }
    return true
  }

  /// How many clients of a port are in this state.
  public func clientCount(of port: UInt16, in state: State) -> Int {
    rows.count { $0.remotePort == port && $0.state == state.rawValue }
  }

  /// Whether the client at this port has a connection to that one which it has not closed, whatever the
  /// server did.
  public func isHeld(by client: UInt16, to server: UInt16) -> Bool {
    rows.contains { row in
      row.localPort == client && row.remotePort == server
        && [State.established, .closeWait].contains { $0.rawValue == row.state }
    }
  }

  /// How many connections of a server's port are in this state, seen from the server.
  public func serverCount(of port: UInt16, in state: State) -> Int {
    rows.count { $0.localPort == port && $0.state == state.rawValue }
  }

  /// An address is `0100007F:B89F`.
  private static func port(of address: Substring) -> UInt16? {
    address.split(separator: ":").last.flatMap { UInt16($0, radix: 16) }
  }

  private static var text: String {
    let descriptor = open("/proc/self/net/tcp", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

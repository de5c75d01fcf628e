// One connection of a loopback server, on a thread of its own: read a request, take the steps of
// its response, again. Wherever it waits it watches the socket, so that it sees the client's close
// at once.

import Glibc

struct LoopbackServerConnection {
  /// Why a connection ends.
  enum Ending: Error, Equatable {
    case closedByClient(LoopbackServerSocket.Farewell)
    case closed
    case reset
    case stopped
    case gaveUp
  }

  let number: Int
  let socket: LoopbackServerSocket
  let core: LoopbackServerCore

  init(number: Int, socket: Int32, core: LoopbackServerCore) {
    self.number = number
    self.socket = LoopbackServerSocket(descriptor: socket)
    self.core = core
  }

  /// Serves until the connection ends, and closes it.
  func run() {
    let (thread, bell) = core.hangBell()
    defer { core.unhangBell(of: thread, bell) }
    let ending = serve(bell: bell)
    switch ending {
    case .closedByClient(let farewell):
      note(farewell)
      core.write(.closedByClient(number))
    case .closed: awaitFarewell(bell: bell)
    case .gaveUp: core.write(.gaveUp(number))
    case .reset, .stopped: break
    }
    socket.close(breaking: ending == .reset)
    core.write(.finished(number))
  }

  private func serve(bell: Int32) -> Ending {
    do throws(Ending) {
      while true {
        let request = try readRequest(bell: bell)
        core.write(.request(request))
        for step in core.response(to: request).steps { try take(step, bell: bell) }
        core.write(.answered(number))
      }
    } catch {
      return error
    }
  }

  /// After our own FIN. A client that does not close as well leaks a socket.
  private func awaitFarewell(bell: Int32) {
    socket.endSending()
    do throws(Ending) {
      while true {
        var unread: [UInt8] = []
        try receive(into: &unread, bell: bell)
      }
    } catch {
      switch error {
      case .closedByClient(let farewell): note(farewell)
      case .gaveUp: core.write(.gaveUp(number))
      case .closed, .reset, .stopped: break
      }
    }
  }

  private func note(_ farewell: LoopbackServerSocket.Farewell) {
    switch farewell {
    case .fin: core.write(.receivedFIN(number))
    case .rst: core.write(.receivedRST(number))
    }
  }

  private func take(_ step: LoopbackServer.Step, bell: Int32) throws(Ending) {
    switch step {
    case .head(let status, let headers):
      let lines = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
      try send([UInt8]("HTTP/1.1 \(status) Scripted\r\n\(lines)\r\n".utf8), bell: bell)
    case .bytes(let bytes):
      try send(bytes, bell: bell)
    case .chunk(let text):
      let size = String(text.utf8.count, radix: 16)
      try send([UInt8]("\(size)\r\n\(text)\r\n".utf8), bell: bell)
    case .endChunks:
      try send([UInt8]("0\r\n\r\n".utf8), bell: bell)
    case .gate(let name):
      while !core.state.read({ $0.openGates.contains(name) }) {
        try watch(for: 0, bell: bell)
      }
    case .close:
      throw .closed
    case .reset:
      throw .reset
    case .untilClosed:
      while true { try watch(for: 0, bell: bell) }
    case .endless(let bytes):
      while true { try send(bytes, bell: bell, isDeaf: true) }
    }
  }

  private func send(_ bytes: [UInt8], bell: Int32, isDeaf: Bool = false) throws(Ending) {
    var sentCount = 0
    while sentCount < bytes.count {
      switch socket.send(bytes[sentCount...]) {
      case .moved(let count): sentCount += count
      case .wouldBlock: try watch(for: Int16(POLLOUT), bell: bell, isDeaf: isDeaf)
      case .closed(let farewell): throw .closedByClient(farewell)
      }
    }
  }

  /// Waits until the socket can do one of `events` or the bell rang.
  private func watch(for events: Int16, bell: Int32, isDeaf: Bool = false) throws(Ending) {
    // Before as well: a bell hung after `stop` is never rung.
    if core.state.read({ $0.isStopping }) { throw .stopped }
    let seen = socket.watch(for: events, bell: bell, isDeaf: isDeaf)
    if core.state.read({ $0.isStopping }) { throw .stopped }
    switch seen {
    case .ready, .rung: return
    case .closed(let farewell): throw .closedByClient(farewell)
    case .timedOut: throw .gaveUp
    }
  }

  /// - Throws: `gaveUp` for a head or a body above the limits and for what is no request.
  private func readRequest(bell: Int32) throws(Ending) -> LoopbackServer.Request {
    var bytes: [UInt8] = []
    var headEnd: Int?
    var searched = 0
    while headEnd == nil {
      guard bytes.count <= Self.headByteCountLimit else { throw .gaveUp }
      try receive(into: &bytes, bell: bell)
      if bytes.first == TLSClientHello.recordType { try holdHandshake(bytes, bell: bell) }
      headEnd = Self.endOfHead(in: bytes, from: searched)
      searched = max(0, bytes.count - 3)
    }
    guard let headEnd, var request = request(fromHead: bytes[..<headEnd]) else { throw .gaveUp }
    let bodyByteCount = request.header("Content-Length").flatMap { Int($0) } ?? 0
    guard (0...Self.bodyByteCountLimit).contains(bodyByteCount) else { throw .gaveUp }
    while bytes.count < headEnd + bodyByteCount { try receive(into: &bytes, bell: bell) }
    request.clients = core.state.read { $0.clients }
    request.body = [UInt8](bytes[headEnd..<(headEnd + bodyByteCount)])
    return request
  }

  /// Reads a TLS client's first record and never answers it.
  private func holdHandshake(_ start: [UInt8], bell: Int32) throws(Ending) {
    var bytes = start
    while bytes.count < TLSClientHello.byteCount(ofRecordThatBegins: bytes) {
      guard bytes.count <= Self.headByteCountLimit else { throw .gaveUp }
      try receive(into: &bytes, bell: bell)
    }
    core.write(.clientHello(number, bytes))
    while true { try watch(for: 0, bell: bell) }
  }

  private func receive(into bytes: inout [UInt8], bell: Int32) throws(Ending) {
    while true {
      switch socket.receive(into: &bytes) {
      case .moved: return
      case .wouldBlock: try watch(for: Int16(POLLIN), bell: bell)
      case .closed(let farewell): throw .closedByClient(farewell)
      }
    }
  }

  private static let headByteCountLimit = 256 * 1024
  private static let bodyByteCountLimit = 64 * 1024 * 1024

  private static func endOfHead(in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for index in start...(bytes.count - 4)
    where bytes[index..<(index + 4)].elementsEqual([13, 10, 13, 10]) {
      return index + 4
    }
    return nil
  }

  private func request(fromHead head: ArraySlice<UInt8>) -> LoopbackServer.Request? {
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
    let fields = lines.first?.split(separator: " ") ?? []
    guard fields.count == 3 else { return nil }
    let headers = lines.dropFirst().compactMap { line -> LoopbackServer.Header? in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      return .init(String(line[..<colon]), String(value))
    }
    return LoopbackServer.Request(
      connection: number, method: String(fields[0]), path: String(fields[1]),
      version: String(fields[2]), headers: headers, body: [])
  }
}

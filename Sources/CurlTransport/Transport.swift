// The only room with libcurl.
//
// One thread owns a transport and sleeps in `wait`, which is the program's one sleep. `wait` moves
// no bytes and `events` never sleeps, so that a loop can read the keys between the two: when a key
// and a delta arrive together, the key is heard first.
//
//   open(id)                  wait            events
//     └─ handle joins the     └─ one poll      └─ unpause · perform · collect
//        multi handle                               │
//                                                   └─ responded → received… → ended, then forgotten
//   close(id) at any time: the socket is shut before it returns, the id is forgotten
//
// libcurl forbids taking a handle out inside a callback, so the callbacks only append bytes.

import CCurl
public import Wire

/// Carries requests out and brings what comes back.
///
/// Not for sharing: every call belongs on the thread that made it. One transport at a time is what
/// a program needs; several work, each with its own connections.
///
/// The first one in a process sets libcurl up for good and makes the process ignore `SIGPIPE`,
/// because OpenSSL writes to sockets in a way that raises it. Child processes inherit that.
public final class Transport {
  /// Bytes that one transfer may hold between two calls of `events`. Above it, libcurl reads no
  /// more of that transfer until they are collected, and the server's own buffers fill. One more
  /// read of 16 KiB may come on top. Not more, because a key waits for what one pass decodes.
  public static let bufferedByteCountLimit = 64 * 1024
  /// Connections kept for reuse after transfers that ended well; the oldest is closed above it.
  public static let idleConnectionLimit = 4

  private let multi: CurlMultiHandle
  private let bufferedByteCountLimit: Int
  /// In the order of opening.
  private var transfers: [Transfer] = []
  private var keptConnections = KeptConnections()
  /// How the connections came about of the transfers that ended with the last `events`.
  public private(set) var endedTimes: [TransferID: ConnectionTimes] = [:]
  /// The ends of transfers that could not begin.
  private var refused: [(TransferID, TransferEvent)] = []

  /// - Throws: `TransportError` when libcurl cannot be used.
  public convenience init() throws(TransportError) {
    try self.init(bufferedByteCountLimit: Self.bufferedByteCountLimit)
  }

  init(bufferedByteCountLimit: Int) throws(TransportError) {
    let code = Self.setUpCode
    guard code == CURLE_OK else {
      throw .libraryFailed(detail: String(cString: curl_easy_strerror(code)))
    }
    guard let multi = curl_multi_init() else { throw .outOfMemory }
    self.multi = multi
    self.bufferedByteCountLimit = bufferedByteCountLimit
    _ = ccurl_set_multi_number(multi, CURLMOPT_MAXCONNECTS, Self.idleConnectionLimit)
  }

  deinit {
    for transfer in transfers { abort(transfer) }
    transfers = []
    curl_multi_cleanup(multi)
  }

  /// Begins a transfer. Nothing travels before the next `events`.
  ///
  /// A request that cannot be sent, because of its address or a header, becomes an `ended` of the
  /// next `events`. An id must not be open already.
  public func open(_ id: TransferID, _ request: HTTPRequest) {
    precondition(!isOpen(id), "a transfer's id is used once")
    do throws(TransferFailure) {
      let transfer = try Transfer(
        id, request, bufferedByteCountLimit: bufferedByteCountLimit)
      // libcurl asks only while this transport lets it work.
      try transfer.setJudge(judgeConnection, Unmanaged.passUnretained(self).toOpaque())
      let code = curl_multi_add_handle(multi, transfer.easy)
      guard code == CURLM_OK else {
        throw TransferFailure(.other, detail: String(cString: curl_multi_strerror(code)))
      }
      transfers.append(transfer)
    } catch {
      refused.append((id, .ended(error)))
    }
  }

  /// Aborts a transfer: its socket is shut before this returns, and no later `events` names the id.
  /// (An array that was returned before may.) An id that is not open is no error.
  public func close(_ id: TransferID) {
    refused.removeAll { $0.0 == id }
    guard let index = transfers.firstIndex(where: { $0.id == id }) else { return }
    abort(transfers.remove(at: index))
  }

  /// libcurl's name and version, and those of the libraries it uses, as it tells them.
  public static var libraryVersion: String { String(cString: curl_version()) }

  /// Whether the transfer was opened and has neither ended nor been closed.
  public func isOpen(_ id: TransferID) -> Bool {
    transfers.contains { $0.id == id } || refused.contains { $0.0 == id }
  }

  /// Sleeps until a transfer can move, a descriptor is ready, a signal came or the time is up.
  ///
  /// - Parameters:
  ///   - descriptors: What else to read. Each must be open.
  ///   - interests: What else to listen to, and for what. Each descriptor must be open, and may be
  ///     named more than once. What has broken stays broken: whoever has heard of it asks no more,
  ///     or no sleep is a sleep.
  ///   - atMostMilliseconds: Negative means as long as it takes, and then an idle program does not
  ///     wake at all; zero asks without sleeping.
  public func wait(
    for descriptors: [Int32], also interests: [Interest] = [], atMostMilliseconds: Int
  ) -> Readiness {
    let questions = descriptors.map(Interest.reading) + interests
    var awaited = questions.map { question in
      curl_waitfd(fd: question.descriptor, events: question.events, revents: 0)
    }
    let code = curl_multi_poll(
      multi, &awaited, UInt32(awaited.count), timeoutMilliseconds(atMostMilliseconds), nil)
    guard code == CURLM_OK else {
      failAll(code)
      return .none
    }
    // libcurl has no word for a hang-up or a break and says "readable" for them, asked or not. So
    // any answer is the answer to the question.
    return Readiness(to: zip(questions, awaited).filter { $1.revents != 0 }.map(\.0))
  }

  /// Moves every transfer as far as it goes without sleeping and returns what came: for each
  /// transfer `responded`, any number of `received`, and `ended` once and last.
  public func events() -> [(TransferID, TransferEvent)] {
    for transfer in transfers { transfer.unpause() }
    var runningCount: Int32 = 0
    let code = curl_multi_perform(multi, &runningCount)
    if code != CURLM_OK { failAll(code) }

    var endings = takeEndings()
    // Only the judge of connections aborts a transfer.
    for transfer in transfers where endings[transfer.easy] == CURLE_ABORTED_BY_CALLBACK {
      endings[transfer.easy] = beginAnew(transfer) ? nil : CURLE_OUT_OF_MEMORY
    }
    var events = refused
    refused = []
    endedTimes = [:]
    for transfer in transfers {
      transfer.collect(ending: endings[transfer.easy], into: &events)
    }
    for transfer in transfers where transfer.isOver {
      endedTimes[transfer.id] = transfer.connectionTimes
      // In this order: outside the multi handle nobody knows which connection it was.
      keptConnections.noteConnection(of: transfer.easy)
      curl_multi_remove_handle(multi, transfer.easy)
    }
    transfers.removeAll(where: \.isOver)
    return events
  }

  /// The result codes of the transfers that are done.
  private func takeEndings() -> [CurlHandle: CURLcode] {
    var endings: [CurlHandle: CURLcode] = [:]
    var remainingCount: Int32 = 0
    while let message = curl_multi_info_read(multi, &remainingCount) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else {
        continue
      }
      endings[easy] = message.pointee.data.result
    }
    return endings
  }

  /// Whether a request may go out on the connection with this port at our end.
  fileprivate func acceptsConnection(localPort: UInt16) -> Bool {
    keptConnections.take(localPort: localPort)
  }

  /// Begins a transfer again, on a connection of its own; false when that is not possible. Its request
  /// was not sent yet, so this is no second request.
  private func beginAnew(_ transfer: Transfer) -> Bool {
    curl_multi_remove_handle(multi, transfer.easy)
    transfer.demandNewConnection()
    return curl_multi_add_handle(multi, transfer.easy) == CURLM_OK
  }

  private func timeoutMilliseconds(_ wanted: Int) -> Int32 {
    guard refused.isEmpty, !transfers.contains(where: \.isPaused) else { return 0 }
    // libcurl takes no negative time; its longest is 24 days.
    return wanted < 0 ? .max : Int32(clamping: wanted)
  }

  /// Closes the connection with the transfer, instead of keeping it for the next.
  private func abort(_ transfer: Transfer) {
    transfer.forbidReuse()
    curl_multi_remove_handle(multi, transfer.easy)
  }

  /// libcurl as a whole failed, which it does for want of memory.
  private func failAll(_ code: CURLMcode) {
    let failure = TransferFailure(.other, detail: String(cString: curl_multi_strerror(code)))
    for transfer in transfers {
      abort(transfer)
      refused.append((transfer.id, .ended(failure)))
    }
    transfers = []
  }

  /// libcurl asks to be set up once in a process; a `static let` runs once, whatever the thread.
  private static let setUpCode: CURLcode = {
    ccurl_ignore_broken_pipes()
    return curl_global_init(Int(CURL_GLOBAL_DEFAULT))
  }()
}

@available(*, unavailable)
extension Transport: Sendable {}

/// The connection stands, new or kept, and the request was not sent yet. A function and not a closure: a
/// closure written where an actor rules traps when C calls it.
private func judgeConnection(
  _ context: UnsafeMutableRawPointer?, _ address: UnsafeMutablePointer<CChar>?,
  _ localAddress: UnsafeMutablePointer<CChar>?, _ port: Int32, _ localPort: Int32
) -> Int32 {
  guard let context else { return CURL_PREREQFUNC_ABORT }
  let transport = Unmanaged<Transport>.fromOpaque(context).takeUnretainedValue()
  return transport.acceptsConnection(localPort: UInt16(truncatingIfNeeded: localPort))
    ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

extension Interest {
  /// What libcurl is to listen for. A break needs no asking for: poll(2) always tells it.
  fileprivate var events: Int16 {
    switch self {
    case .reading: Int16(CURL_WAIT_POLLIN)
    case .writing: Int16(CURL_WAIT_POLLOUT)
    case .breaking: 0
    }
  }
}

typealias CurlHandle = UnsafeMutableRawPointer
typealias CurlMultiHandle = UnsafeMutableRawPointer

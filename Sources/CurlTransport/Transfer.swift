// One transfer: an easy handle, what it was given to send, and what came and was not yet collected.

import CCurl
import Wire

/// Owns one easy handle. Give it to a multi handle after `init`; take it out before the last
/// reference goes, because `deinit` frees it.
final class Transfer {
  let id: TransferID
  let easy: CurlHandle
  /// Whether libcurl holds bytes back because this transfer's buffer was full.
  private(set) var isPaused = false
  private(set) var isOver = false

  private var headerLines: UnsafeMutablePointer<curl_slist>?
  private let errorText: UnsafeMutablePointer<CChar>
  private let bufferedByteCountLimit: Int

  private var head = ResponseHeadReader()
  private var isHeadCollected = false
  private var chunks: [[UInt8]] = []
  private var bufferedByteCount = 0

  /// - Throws: `badAddress` for what is no `http` or `https` address, `other` for a header that
  ///   would break out of its line and when there is no memory.
  init(
    _ id: TransferID, _ request: HTTPRequest, bufferedByteCountLimit: Int
  ) throws(TransferFailure) {
    guard let easy = curl_easy_init() else {
      throw TransferFailure(.other, detail: "There is no memory for another transfer")
    }
    self.id = id
    self.easy = easy
    self.bufferedByteCountLimit = bufferedByteCountLimit
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    // From here on `deinit` runs even when something is thrown.
    try setAddress(request.url)
    try setHeaders(request.headers)
    try setBody(of: request)
    try setLimits(of: request)
    try setReceivers()
  }

  deinit {
    curl_easy_cleanup(easy)
    curl_slist_free_all(headerLines)
    errorText.deallocate()
  }

  /// Lets libcurl hand over what it held back; the buffer must have been collected.
  func unpause() {
    guard isPaused else { return }
    isPaused = false
    curl_easy_pause(easy, CURLPAUSE_CONT)
  }

  /// Marks the transfer as not to leave a connection behind for the next one.
  func forbidReuse() {
    _ = ccurl_set_number(easy, CURLOPT_FORBID_REUSE, 1)
  }

  /// Has `judge` asked, with `context`, whether the request may go out on the connection that was chosen.
  func setJudge(
    _ judge: curl_prereq_callback, _ context: UnsafeMutableRawPointer
  ) throws(TransferFailure) {
    try check(ccurl_set_connection_judge(easy, judge))
    try check(ccurl_set_pointer(easy, CURLOPT_PREREQDATA, context))
  }

  /// Marks the transfer as not to use a connection that another left behind.
  func demandNewConnection() {
    _ = ccurl_set_number(easy, CURLOPT_FRESH_CONNECT, 1)
  }

  /// How the connection came about, as far as it did.
  var connectionTimes: ConnectionTimes {
    // Counted from the beginning of the transfer; 0 for what was not reached.
    func time(_ item: CURLINFO) -> Int64? {
      var microseconds: curl_off_t = 0
      guard ccurl_get_time(easy, item, &microseconds) == CURLE_OK, microseconds > 0 else {
        return nil
      }
      return Int64(microseconds)
    }
    let named = time(CURLINFO_NAMELOOKUP_TIME_T)
    let connected = time(CURLINFO_CONNECT_TIME_T)
    let secured = time(CURLINFO_APPCONNECT_TIME_T)
    return ConnectionTimes(
      nameMicroseconds: named, connectMicroseconds: connected.map { max(0, $0 - (named ?? 0)) },
      handshakeMicroseconds: secured.map { max(0, $0 - (connected ?? 0)) })
  }

  /// Appends what came since the last time, and the end when libcurl has told one.
  func collect(ending code: CURLcode?, into events: inout [(TransferID, TransferEvent)]) {
    if let head = head.head, !isHeadCollected {
      isHeadCollected = true
      events.append((id, .responded(head)))
    }
    for chunk in chunks { events.append((id, .received(chunk))) }
    chunks.removeAll(keepingCapacity: true)
    bufferedByteCount = 0
    guard let code else { return }
    isOver = true
    let detail = String(cString: errorText)
    events.append((id, .ended(TransferFailure(code, detail: detail, head: head))))
  }

  // MARK: What libcurl calls

  /// One header line. False ends the transfer.
  fileprivate func takeHeaderLine(_ line: UnsafeRawBufferPointer) -> Bool {
    head.take(line)
  }

  /// Bytes of the body. False pauses the transfer, and libcurl keeps the bytes.
  ///
  /// A chunked body calls once for each chunk, however small, so neighbours share an array.
  fileprivate func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bufferedByteCount < bufferedByteCountLimit else {
      isPaused = true
      return false
    }
    bufferedByteCount += bytes.count
    if let last = chunks.indices.last, chunks[last].count + bytes.count <= Self.chunkByteCountLimit
    {
      chunks[last].append(contentsOf: bytes)
    } else {
      chunks.append([UInt8](bytes))
    }
    return true
  }

  /// The most bytes of one `received`, and of one read off the socket.
  private static let chunkByteCountLimit = 16 * 1024
}

// MARK: - Setting up

extension Transfer {
  private func setAddress(_ url: String) throws(TransferFailure) {
    // libcurl would guess a scheme from the host's name.
    let lowercase = url.lowercased()
    guard lowercase.hasPrefix("http://") || lowercase.hasPrefix("https://") else {
      throw TransferFailure(.badAddress, detail: "The address begins neither http:// nor https://")
    }
    guard !url.utf8.contains(0) else {
      throw TransferFailure(.badAddress, detail: "The address holds a NUL byte")
    }
    try check(ccurl_set_text(easy, CURLOPT_URL, url))
    try check(ccurl_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https"))
  }

  private func setHeaders(_ headers: [HTTPHeader]) throws(TransferFailure) {
    for header in headers {
      guard Self.staysInItsLine(header) else {
        throw TransferFailure(
          .other, detail: "A request header's name or value holds a line break or a NUL byte")
      }
      // "Name:" would take the header away instead of sending it empty.
      try append(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
    }
    // libcurl would ask for `100 Continue` above 1 MiB and wait a second for it.
    try append("Expect:")
    try check(ccurl_set_list(easy, CURLOPT_HTTPHEADER, headerLines))
  }

  private static func staysInItsLine(_ header: HTTPHeader) -> Bool {
    !header.name.isEmpty
      && !header.name.utf8.contains { $0 <= 32 || $0 == UInt8(ascii: ":") }
      && !header.value.utf8.contains { $0 == 13 || $0 == 10 || $0 == 0 }
  }

  private func append(_ line: String) throws(TransferFailure) {
    guard let longer = curl_slist_append(headerLines, line) else {
      throw TransferFailure(.other, detail: "There is no memory for a request header")
    }
    headerLines = longer
  }

  private func setBody(of request: HTTPRequest) throws(TransferFailure) {
    switch request.method {
    case .get:
      try set(CURLOPT_HTTPGET, 1)
    case .post:
      // The size comes first: without it libcurl would take the body for text that ends at a NUL.
      try check(
        ccurl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count)))
      try check(
        request.body.withUnsafeBytes { bytes in
          // With no pointer at all libcurl would read the body from standard input.
          guard let start = bytes.baseAddress, !bytes.isEmpty else {
            return ccurl_set_text(easy, CURLOPT_COPYPOSTFIELDS, "")
          }
          return ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, start)
        })
    }
  }

  private func setLimits(of request: HTTPRequest) throws(TransferFailure) {
    // With HTTP/2 this libcurl tells the server of an abort seconds later (curl #17611).
    try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    try set(CURLOPT_NOSIGNAL, 1)
    // Without it, closing during a look-up waits for the resolver: 4.8 s were measured.
    try set(CURLOPT_QUICK_EXIT, 1)
    try set(CURLOPT_TCP_NODELAY, 1)
    // Headers with keys would travel to wherever a redirect points.
    try set(CURLOPT_FOLLOWLOCATION, 0)
    // What a proxy says about its tunnel is not the response.
    try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    try set(CURLOPT_BUFFERSIZE, Self.chunkByteCountLimit)
    // A proxy would look for "127.0.0.1" on its own machine.
    if request.passesProxyBy { try check(ccurl_set_text(easy, CURLOPT_NOPROXY, "*")) }
    // Zero would mean libcurl's five minutes.
    try set(CURLOPT_CONNECTTIMEOUT_MS, max(1, request.connectTimeoutMilliseconds))
  }

  private func setReceivers() throws(TransferFailure) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    try check(ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText))
    try check(ccurl_set_receiver(easy, CURLOPT_HEADERFUNCTION, receiveHeaderLine))
    try check(ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context))
    try check(ccurl_set_receiver(easy, CURLOPT_WRITEFUNCTION, receiveBody))
    try check(ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context))
    try check(ccurl_set_socket_opener(easy, openSocket))
  }

  private func set(_ option: CURLoption, _ value: Int) throws(TransferFailure) {
    try check(ccurl_set_number(easy, option, value))
  }

  private func check(_ code: CURLcode) throws(TransferFailure) {
    guard code == CURLE_OK else {
      throw TransferFailure(.other, detail: String(cString: curl_easy_strerror(code)))
    }
  }
}

// MARK: - Callbacks

// Functions and not closures: a closure written where an actor rules traps when C calls it.

private func receiveHeaderLine(
  _ start: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let line = UnsafeRawBufferPointer(start: start, count: size * count)
  let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  return transfer.takeHeaderLine(line) ? line.count : 0
}

private func receiveBody(
  _ start: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let bytes = UnsafeRawBufferPointer(start: start, count: size * count)
  let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  return transfer.takeBody(bytes) ? bytes.count : Int(CURL_WRITEFUNC_PAUSE)
}

/// A child process that inherited the socket would keep the connection open after an abort.
private func openSocket(
  _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype,
  _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
  guard let address else { return -1 }
  return ccurl_socket(address)
}

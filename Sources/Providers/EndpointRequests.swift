// An endpoint's requests: what all dialects send, around what each has of its own.

import Chat
import Wire

extension Endpoint {
  /// The request for one reply.
  ///
  /// - Throws: what cannot be asked for in this dialect.
  func chatRequest(
    _ outgoing: Outgoing, userAgent: String
  ) throws(StreamFailure) -> HTTPRequest {
    let rules = server.dialect.rules
    let body = try rules.chatBody(outgoing, to: self)
    return request(
      .post, path: rules.chatPath(outgoing, to: self), accept: rules.replyType,
      userAgent: userAgent, body: body)
  }

  /// The request for a page of the list of models; nil for the first.
  func modelsRequest(page: String? = nil, userAgent: String) -> HTTPRequest {
    request(
      .get, path: server.dialect.rules.modelsPath(page: page, at: self),
      accept: "application/json", userAgent: userAgent)
  }

  /// A request with the headers that all of them have. No compression: a compressed stream would
  /// arrive in one lump at its end.
  private func request(
    _ method: HTTPRequest.Method, path: String, accept: String, userAgent: String,
    body: [UInt8] = []
  ) -> HTTPRequest {
    var lines = [
      HTTPHeader("Accept", accept),
      HTTPHeader("Accept-Encoding", "identity"),
      HTTPHeader("User-Agent", userAgent),
    ]
    if !body.isEmpty { lines.insert(HTTPHeader("Content-Type", "application/json"), at: 0) }
    if let key { lines.append(keyHeader.header(key)) }
    return HTTPRequest(
      method, url: baseURL + path, headers: lines + server.dialect.rules.headers + headers,
      body: body, passesProxyBy: isLoopback)
  }
}

// libcurl's result codes in the words of `Wire`. What each code means in practice was tried against
// a server that misbehaves on purpose (libcurl 7.88.1); `CurlTransportTests` repeats it.

import CCurl
import Wire

extension TransferFailure {
  /// The failure behind a result code, or nil for success.
  ///
  /// - Parameters:
  ///   - detail: What libcurl wrote about this transfer; empty when it wrote nothing.
  ///   - head: How far the response had come.
  init?(_ code: CURLcode, detail: String, head: ResponseHeadReader) {
    let detail = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
    switch code {
    case CURLE_OK:
      // A close in the middle of the headers is no error to libcurl.
      guard head.head == nil else { return nil }
      self = TransferFailure(
        head.hasBegun ? .connectionLost : .noResponse,
        detail: "The connection closed before the response's headers were complete")
    case CURLE_URL_MALFORMAT:
      self = TransferFailure(.badAddress, detail: detail)
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
      self = TransferFailure(.nameNotFound, detail: detail)
    case CURLE_COULDNT_CONNECT:
      self = TransferFailure(.connectionRefused, detail: detail)
    case CURLE_OPERATION_TIMEDOUT:
      // Only connecting has a time limit here.
      self = TransferFailure(.connectTimedOut, detail: detail)
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER:
      self = TransferFailure(.handshakeFailed, detail: detail)
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_CRL_BADFILE, CURLE_SSL_INVALIDCERTSTATUS:
      self = TransferFailure(.untrusted, detail: detail)
    case CURLE_GOT_NOTHING:
      self = TransferFailure(.noResponse, detail: detail)
    case CURLE_UNSUPPORTED_PROTOCOL:
      // The scheme was checked before, so this is an answer without a status line.
      self = TransferFailure(.notHTTP, detail: detail)
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR:
      // libcurl has the same code for a broken connection and for a broken chunk header, and only
      // its sentence tells them apart; should the sentence change, `connectionLost` is near enough.
      let isFraming = code == CURLE_RECV_ERROR && detail.contains("chunked-encoding")
      let kind: Kind = isFraming ? .badResponse : head.hasBegun ? .connectionLost : .noResponse
      self = TransferFailure(kind, detail: detail)
    case CURLE_PARTIAL_FILE:
      self = TransferFailure(.bodyCutShort, detail: detail)
    case CURLE_WRITE_ERROR:
      // Only `ResponseHeadReader` refuses bytes.
      self = TransferFailure(.badResponse, detail: "The response's headers are not acceptable")
    case CURLE_OUT_OF_MEMORY where head.head == nil, CURLcode(rawValue: 100) where head.head == nil:
      // What libcurl says to a header line above its own 100 KiB; newer ones say 100, too large.
      self = TransferFailure(.badResponse, detail: "A line of the response's headers is too long")
    case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING:
      self = TransferFailure(.badResponse, detail: detail)
    default:
      self = TransferFailure(.other, detail: detail)
    }
  }
}

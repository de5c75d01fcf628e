// What the servers of the measurements say: Markdown as models write it, in pieces as models send it.

/// Replies in the chat dialect of OpenAI, as bytes on the wire.
enum Reply {
  static let head = Array(
    ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
      + "Transfer-Encoding: chunked\r\n\r\n").utf8)

  /// Asks to come back after half a minute.
  static let overloaded = Array(
    ("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 30\r\n"
      + "Connection: close\r\n\r\n").utf8)

  static let end =
    event(#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#)
    + event("[DONE]") + Array("0\r\n\r\n".utf8)

  /// The delta of this number; behind the last of the corpus comes the first again.
  static func delta(_ number: Int) -> [UInt8] { deltas[number % deltas.count] }

  /// The deltas of these numbers in one piece.
  static func deltas(_ numbers: Range<Int>) -> [UInt8] { numbers.flatMap(delta) }

  /// A delta of this text, which holds nothing that JSON wants escaped but line feeds.
  static func delta(_ text: String) -> [UInt8] {
    let quoted = text.replacing("\n", with: "\\n")
    return event(
      #"{"id":"c","object":"chat.completion.chunk","model":"m","#
        + #""choices":[{"index":0,"delta":{"content":"\#(quoted)"}}]}"#)
  }

  private static func event(_ data: String) -> [UInt8] {
    let text = "data: \(data)\n\n"
    return Array("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n".utf8)
  }

  /// Pieces of one to six characters, four in the middle, as tokens have them.
  static let pieces: [String] = {
    var pauses = Pauses(seed: 4)
    var rest = corpus[...]
    var pieces: [String] = []
    while !rest.isEmpty {
      let count = Int(pauses.next(1...3) + pauses.next(0...3))
      pieces.append(String(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return pieces
  }()

  private static let deltas = pieces.map(delta)

  /// Prose, a list, code, a table, Chinese, emoji; nothing of it is one of `Rig.marks`.
  private static let corpus = """
    ## How a tide is made

    The water of the sea follows the **moon**, which pulls at the near side of the earth more than \
    at its middle, and at the middle more than at the far side. So there are *two* hills of water, \
    and the earth turns below them: two floods a day, twelve hours and twenty-five minutes apart.

    - The sun pulls too, not half as much.
    - When both stand in line there is a spring tide 🌕, and a neap tide 🌓 when they do not.
    - A bay can swing like a bowl of soup: Fundy has `16 m`, the Baltic next to nothing.

    ```swift
    /// The height of the water, in metres, so many hours after the flood.
    func height(after hours: Double, range: Double) -> Double {
      let phase = hours / 12.42 * 2 * .pi
      return range / 2 * cos(phase)  // only the moon's part
    }
    ```

    | place | range | 中文 |
    |---|---:|---|
    | Fundy | 16.3 m | 芬迪湾 |
    | Bristol | 12.3 m | 布里斯托尔 |
    | Kiel | 0.1 m | 基尔 |

    月亮绕着地球转，海水跟着月亮走。潮汐每天两次，第二天晚五十分钟。

    1. Look up the port in a table of tides.
    2. Add an hour in summer, when the clocks say so.
    3. Mind the wind: a storm from the sea lifts the water by a metre and more.


    """
}

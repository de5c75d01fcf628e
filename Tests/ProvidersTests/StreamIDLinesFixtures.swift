// Lines that say which stream they belong to.

import Chat

/// A line of this kind and stream; `members` stands behind its ids.
private func line(_ type: String, _ members: String = "", stream: String = "s-1") -> String {
  #"{"type":"\#(type)","stream_id":"\#(stream)","trace_id":"t-1"\#(members)}"# + "\n"
}

private func token(_ text: String, stream: String = "s-1") -> String {
  line("token", #","text":"\#(text)""#, stream: stream)
}

private func status(_ word: String) -> String { line("status", #","status":"\#(word)""#) }

/// What completes them: the last line counts without its LF.
private let end = #"{"type":"done","stream_id":"s-1","trace_id":"t-1"}"#

let streamIDLinesFixtures: [Fixture] = [
  Fixture(
    name: "lines with ids and progress", provider: "ndjson",
    body: status("thinking") + token("Hé") + token("llo") + status("complete") + line("done"),
    text: "Héllo", model: nil, requestID: "t-1", reason: .stop, finish: end),
  Fixture(
    name: "lines whose text has any of four names", provider: "ndjson",
    body: line("token", #","text":"a""#) + line("token", #","token":"b""#)
      + line("token", #","content":"c""#) + line("token", #","delta":"d""#)
      + line("token", #","text":"","token":null,"content":7,"delta":"e""#) + line("done"),
    text: "abcde", model: nil, requestID: "t-1", reason: .stop, finish: end),
  Fixture(
    name: "lines of other streams among ours", provider: "ndjson",
    body: token("a") + token("no", stream: "s-2") + line("done", stream: "s-2")
      + line("error", #","error":"not ours""#, stream: "s-0") + token("b") + line("done"),
    text: "ab", model: nil, requestID: "t-1", reason: .stop, finish: end),
  Fixture(
    name: "lines without ids, and one that comes late", provider: "ndjson",
    body: #"{"type":"status","status":"thinking"}"# + "\n" + #"{"type":"token","text":"a"}"# + "\n"
      + token("b") + #"{"type":"token","stream_id":"","text":"c"}"# + "\r\n\n \t\n"
      + token("no", stream: "s-2") + #"{"type":"token","stream_id":null,"text":"d"}"# + "\n"
      + line("done"),
    text: "abcd", model: nil, reason: .stop, finish: end),
  Fixture(
    name: "lines whose letters and emoji are cut between them, the last one without its end",
    provider: "ndjson",
    body: token("👨‍👩") + token("‍👧 e") + token("\u{301} ") + token(#"\ud83d\ude00\ud83d"#)
      + token(#"\ude00"#) + end,
    text: "👨‍👩‍👧 e\u{301} 😀😀", model: nil, requestID: "t-1", reason: .stop,
    finish: end),
  Fixture(
    name: "lines of kinds that nobody knows, and ids that are numbers", provider: "ndjson",
    body: #"{"type":"hello","stream_id":5,"text":"no"}"# + "\n"
      + #"{"type":"token","stream_id":5,"trace_id":17,"text":"a","extra":{"text":"no"}}"# + "\n"
      + #"{"type":"usage","stream_id":5,"text":"no"}"# + "\n"
      + #"{"type":"token","stream_id":"5","text":"b"}"# + "\n" + #"{"type":7,"text":"no"}"# + "\n"
      + #"{"type":"done","stream_id":5}"# + "\n",
    text: "ab", model: nil, requestID: "17", reason: .stop,
    finish: #"{"type":"done","stream_id":5}"#),
]

// What is seen in the pictures.

import Support

/// A conversation in a terminal, up to the moment of its picture.
struct Scene {
  enum Step {
    case type(String)
    /// By xdotool's name.
    case key(String)
    /// Lets the server go on behind a gate, after so many milliseconds: a reply takes its time.
    case open(String, after: Int32)
  }

  let name: String
  var columns = 92
  var rows = 36
  var paper = "#161a21"
  var ink = "#d6dbe4"
  var configuration = "theme: patter-dark\n"
  var variables: [String: String] = [:]
  let replies: [LoopbackServer.Response]
  let steps: [Step]

  static let all = [
    Scene(
      name: "transcript-dark", replies: [reply(answer)], steps: asking),
    Scene(
      name: "transcript-light", paper: "#fbfaf7", ink: "#20252e",
      configuration: "theme: patter-light\n",
      replies: [reply(answer)], steps: asking),
    Scene(
      name: "monochrome", configuration: "theme: monochrome\n", replies: [reply(answer)],
      steps: asking),
    Scene(
      name: "superseded", rows: 22,
      replies: [held(sky), held(evening)],
      steps: [
        .type("Why is the sky blue?"), .key("Return"), .type("In one sentence, for a child."),
        .key("Return"), .type("and why is the evening sky red?"),
      ]),
    Scene(
      name: "themes", replies: [reply(answer)],
      steps: asking + [.type("/theme"), .key("Return"), .type("gruv")]),
    Scene(
      name: "setup", rows: 24, variables: ["MISTRAL_API_KEY": "none"], replies: [],
      steps: [.type("/setup"), .key("Return"), .key("Down")]),
  ]

  // MARK: - What is said

  private static let question =
    "How do I find the slow part of a Swift program? Show me, and compare the tools."

  private static let asking: [Step] = [
    .type(question), .key("Return"), .open("thought", after: 3_200), .open("end", after: 2_600),
  ]

  private static let answer = """
    ## Measure, then look

    Guessing wastes afternoons. **perf** shows where the time goes, and `Instruments` does the same \
    on a Mac. See [the guide](https://www.swift.org/documentation/server/guides/performance.html).

    ```swift
    /// Adds up what is large enough.
    func sum(of values: [Int], above limit: Int = 10) -> Int {
      values.lazy.filter { $0 > limit }.reduce(0, +)  // no array in between
    }
    ```

    | tool | what it shows | cost |
    |:-----|:--------------|-----:|
    | `perf record` | samples of all threads | 2 % |
    | `valgrind` | every instruction, 每一步 | 30 × |
    | `heaptrack` | who asks for memory | 4 × |

    1. Build with `-c release`.
    2. Record ten seconds of real work:
       - [x] with frame pointers
       - [ ] on a machine that is quiet

    > What is not measured is an opinion.
    """

  private static let sky = """
    Sunlight is a mixture of all colours. Air scatters the short waves far more than the long ones, so \
    from every direction but the sun's it is mostly blue that
    """
  private static let evening =
    "The air catches the blue part of the sunlight and tosses it all over the"

  private static let thought = """
    The question wants a way of working, and a table of tools. Start with the habit, then the command, \
    then what each one costs.
    """

  private static let thinking: [LoopbackServer.Step] = [
    .event(
      #"{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-5","content":[],"usage":{"input_tokens":412,"output_tokens":1}}}"#
    ),
    .event(
      #"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}"#
    ),
    .event(
      #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"\#(thought)"}}"#
    ),
    .event(#"{"type":"content_block_stop","index":0}"#),
    .event(#"{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}"#),
  ]

  private static let finish: [LoopbackServer.Step] = [
    .event(#"{"type":"content_block_stop","index":1}"#),
    .event(
      #"{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":412,"output_tokens":386}}"#
    ),
    .event(#"{"type":"message_stop"}"#),
  ]

  private static func deltas(_ text: String) -> [LoopbackServer.Step] {
    text.split(separator: " ", omittingEmptySubsequences: false).enumerated().map { index, word in
      ScriptedDialect.anthropic.delta(index == 0 ? String(word) : " \(word)")
    }
  }

  private static func reply(_ text: String) -> LoopbackServer.Response {
    .eventStream(thinking + [.gate("thought")] + deltas(text) + [.gate("end")] + finish)
  }

  /// One that goes on until it is closed.
  private static func held(_ text: String) -> LoopbackServer.Response {
    .eventStream([thinking[0]] + deltas(text) + [.untilClosed])
  }
}

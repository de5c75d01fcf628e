// The prompt of `patter -p`: the words of the command line, behind them standard input, and the files.

import Chat
import Glibc

extension Arguments {
  /// The longest text that is read from standard input, in bytes. A longer one is refused whole: a model
  /// that was asked about the half of a text would answer about the half.
  static let longestInputBytes = 4 << 20

  /// The prompt, which is not blank.
  ///
  /// - Parameter input: is read to its end, unless it is a terminal or cannot be read.
  func promptToPrint(
    input: Int32, reader: PromptReader
  ) throws(PrintLoop.Outcome) -> Prompt {
    // First what needs no patience: whoever mistyped a name is not to wait for that.
    let attachments = try reader.attachments(files)
    let text = Arguments.joined(
      words: prompt ?? "", input: try inputText(input, hasOthers: !attachments.isEmpty, reader))
    guard !text.isEmpty || !attachments.isEmpty else {
      throw PrintLoop.Outcome(notAsked: "the prompt is empty.")
    }
    return Prompt(text, attachments: attachments)
  }

  /// The words, a blank line and the input. What is blank is left out, and the line ends that a shell puts
  /// at the end are.
  static func joined(words: String, input: String) -> String {
    var input = input
    while input.last?.isNewline == true { input.removeLast() }
    return [words, input].filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: "\n\n")
  }

  /// - Parameter hasOthers: whether something is asked without words.
  private func inputText(
    _ input: Int32, hasOthers: Bool, _ reader: PromptReader
  ) throws(PrintLoop.Outcome) -> String {
    // A terminal is somebody's to type on, and what nohup(1) puts in its place cannot be read.
    guard isatty(input) == 0, fcntl(input, F_GETFL) & O_ACCMODE != O_WRONLY else {
      if prompt != nil || hasOthers { return "" }
      throw PrintLoop.Outcome(notAsked: "-p needs a prompt behind it, or text on standard input.")
    }
    let bytes = try reader.bytes(
      of: input, named: "standard input", limit: Arguments.longestInputBytes,
      advice: "the longest prompt")
    guard !bytes.isEmpty else { return "" }
    do throws(FileContent.Fault) {
      let text = try FileText(bytes)
      reader.note(text, of: "standard input")
      return text.text
    } catch {
      throw PrintLoop.Outcome(
        notAsked: "standard input is no text that can be sent; pictures and PDFs go with -f FILE.")
    }
  }
}

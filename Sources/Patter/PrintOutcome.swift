import Chat
import Glibc
import Interface

extension PrintLoop {
  /// How it ended, and what is to be said of that.
  struct Outcome: Error, Hashable {
    let ending: PrintEnding
    var sentence: String?
  }
}

extension PrintLoop.Outcome {
  /// Nothing was asked, and why.
  init(notAsked sentence: String) {
    self.init(ending: .notAsked, sentence: sentence)
  }

  /// A reply that is whole, with what a reader should know of it.
  init(wholeReply message: Message, _ reason: StopReason) {
    let tools = message.parts.compactMap { part in
      if case .toolCall(id: _, let name) = part.kind { name } else { nil }
    }
    let names = tools.joined(separator: ", ")
    self.init(
      ending: .complete,
      sentence: tools.isEmpty
        ? reason.remark : "The model asked for \(names). Patter runs no tools.")
  }

  /// What a sink that fails means for the reply.
  init(_ failure: TextSink.Failure) {
    switch failure {
    case .readerGone: self.init(ending: .readerGone)
    case .hungUp: self.init(ending: .hungUp)
    case .failed(let code):
      self.init(
        ending: .failed,
        sentence: "The reply cannot be written: \(String(cString: strerror(code))).")
    }
  }

  /// What is said where nobody but the guide could answer.
  static let noModel = """
    No model is connected. Set the key of a service (OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY or \
    another's), start a server on this machine (for example `ollama serve`), or name a model with \
    -m PROVIDER/NAME. `patter -p -m guide/guide "connect a model"` tells all ways.
    """
}

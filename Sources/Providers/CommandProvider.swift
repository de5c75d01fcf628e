// A provider that is a program of this machine: what it is started with, and what it is given.

public import Chat
public import Wire

/// A program that answers as a provider, as the user configured it.
public struct CommandProvider: Hashable, Sendable {
  /// What the program is given on its standard input.
  public enum Input: Hashable, Sendable, CaseIterable {
    /// The last prompt, and before it the files that go with it; behind it, where a reply is to go on, what
    /// there is of it.
    case prompt
    /// The whole conversation as a line of JSON; see `ChildInput`.
    case json
  }

  /// The program and its arguments. Never empty.
  public var arguments: [String]
  public var input: Input

  public init(_ arguments: [String], input: Input = .prompt) {
    precondition(!arguments.isEmpty, "a command without a program")
    self.arguments = arguments
    self.input = input
  }

  /// What is to be started for one reply.
  ///
  /// - Throws: for what the program cannot be given; nothing is to be started then.
  public func command(for outgoing: Outgoing) throws(StreamFailure) -> ChildCommand {
    let bytes =
      switch input {
      case .prompt: try prompt(of: outgoing)
      case .json: ChildInput(outgoing).line
      }
    return ChildCommand(
      arguments, environment: ["PATTER_MODEL": outgoing.model.name], input: bytes)
  }

  /// The same with the user's home in place of `~`: no shell stands between that would do it.
  func expanded(home: String?) -> CommandProvider {
    CommandProvider(Providers.expanded(arguments, home: home), input: input)
  }

  private func prompt(of outgoing: Outgoing) throws(StreamFailure) -> [UInt8] {
    guard let message = outgoing.messages.last else { return [] }
    if let part = message.wireAttachments.first {
      throw .cannotAttach(
        part, to: oneLine(outgoing.model.provider),
        wish: "text, or anything where its configuration says 'input: json'")
    }
    guard let text = outgoing.continuation else { return Array(message.wireText.utf8) }
    // Who knows nothing but the prompt has to be told the reply as well.
    let pieces = [message.wireText, "Your reply so far:", text, instruction(toContinue: text)]
    return Array(pieces.joined(separator: "\n\n").utf8)
  }
}

/// The words of a command with the user's home in place of `~` before a slash, where a word begins with that.
func expanded(_ words: [String], home: String?) -> [String] {
  guard let home, home.hasPrefix("/") else { return words }
  return words.map { $0.hasPrefix("~/") ? home + $0.dropFirst() : $0 }
}

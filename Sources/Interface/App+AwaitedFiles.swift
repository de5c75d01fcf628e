// Files that somebody waits for: the disk that they lie on may be slow, or a network mount whose server is gone.

import Chat

extension App {
  /// Whether something is to be sent or attached that waits for its files.
  var awaitsFiles: Bool { files.open.map(isAwaited) ?? false }

  private func isAwaited(_ question: FileQuestion) -> Bool {
    switch question.purpose {
    // Until then it is text, and Enter looks again.
    case .path: false
    case .paste(let range, let pasted, _): stands(pasted, at: range, of: question)
    case .command: question.conversation == chats.inView
    case .commandLine: true
    case .sending, .reading: isSame(question)
    }
  }

  /// Whether the draft is being sent as it stands.
  var isBeingSent: Bool {
    guard let question = files.open else { return false }
    switch question.purpose {
    case .path, .paste, .command, .commandLine: return false
    case .sending, .reading: return isSame(question)
    }
  }

  /// Whether what was pasted stands in the draft where it did, whatever has been written behind it.
  func stands(_ pasted: [DraftElement], at range: Range<Int>, of question: FileQuestion) -> Bool {
    question.conversation == chats.inView && range.upperBound <= composer.elements.count
      && composer.elements[range].elementsEqual(pasted)
  }

  /// Says what is waited for, if anything is: what is asked of other files would be in its place.
  mutating func tellsAwaited() -> Bool {
    guard let question = files.open, isAwaited(question) else { return false }
    let names = Set(question.paths.map { Attachment.shortened(PathWriting.name(of: $0)) })
    let subject = names.count == 1 ? "\(names.joined()) is" : "Files are"
    notice = Notice(
      "\(subject) waited for first; \(keys.name(of: .cancel) ?? "/stop") ends that.")
    return true
  }

  /// Waits for files no longer; what was to go with them is in the draft again.
  mutating func stopAwaitingFiles() -> [AppEffect] {
    guard let question = files.open else { return [] }
    files.open = nil
    let names = Set(question.paths.map { Attachment.shortened(PathWriting.name(of: $0)) })
    var sentence = names.count == 1 ? "\(names.joined()) is" : "The files are"
    sentence += " not waited for any more."
    switch question.purpose {
    case .path: break
    case .paste: sentence += " What was pasted stays text."
    case .command(let words): giveBackAttach(words)
    case .commandLine(let prompt):
      if let prompt { composer.giveBack(draftText(of: prompt)) }
    case .sending, .reading: sentence += " Nothing was sent."
    }
    notice = Notice(sentence)
    return [.files(.stop)]
  }

  /// The same where the conversation that waits goes out of view.
  mutating func stopAwaitingFiles(of conversation: ConversationID) {
    guard let question = files.open, question.conversation == conversation else { return }
    switch question.purpose {
    // Who comes back to the same draft finds it.
    case .path: break
    case .paste, .command, .commandLine, .sending, .reading: _ = stopAwaitingFiles()
    }
  }

  /// Puts an `/attach` back that could not be carried out. Before other words it would be one of them: where there
  /// are some, it is recalled.
  mutating func giveBackAttach(_ words: String) {
    let command = "/attach \(words)"
    guard !composer.elements.isEmpty else { return composer.giveBack(command) }
    composer.remember(command.draftElements)
  }

  // MARK: - The command line

  /// Attaches what can be attached, says what cannot, and sends the prompt if all is there. What somebody has
  /// written meanwhile does not go out with it.
  mutating func takeFromCommandLine(
    _ found: [FoundFile], prompt: String?, at now: Instant
  ) -> [AppEffect] {
    let isAlone = composer.elements.isEmpty
    if !isAlone { composer.insertAtEnd(["\n"]) }
    attach(found.filter { $0.refusal == nil }, inPlaceOf: nil, otherwise: "")
    let refusals = found.compactMap(\.refusal)
    if !refusals.isEmpty { notice = Notice(FoundFile.told(refusals), kind: .error) }
    guard let prompt else { return [] }
    composer.insertAtEnd(draftText(of: prompt).draftElements)
    guard refusals.isEmpty else { return [] }
    guard isAlone else {
      notice = Notice(
        "The prompt of the command line is in the draft and was not sent: something was written before it came."
      )
      return []
    }
    return readAndSend(as: nil, at: now)
  }

  /// A prompt of the command line as it is written in the draft: there nothing is a command, or a path behind `@`.
  func draftText(of prompt: String) -> String {
    commands.read(prompt) == .prompt(prompt) ? prompt : "/" + prompt
  }
}

// Files that somebody waits for: the disk that they lie on may be slow, or a network mount whose server is gone.

import Chat

extension App {
  /// Whether something is to be sent or attached that waits for its files.
  var awaitsFiles: Bool {
    guard let question = files.open else { return false }
    switch question.purpose {
    // Until then it is text, and may stay text.
    case .path, .paste: return false
    case .command: return question.conversation == chats.inView
    case .commandLine: return true
    case .sending, .reading: return isSame(question)
    }
  }

  /// Waits for files no longer; what was to go with them is in the draft again.
  mutating func stopAwaitingFiles() -> [AppEffect] {
    guard let question = files.open else { return [] }
    files.open = nil
    let names = Set(question.paths.map { Attachment.shortened(PathWriting.name(of: $0)) })
    var sentence = names.count == 1 ? "\(names.joined()) is" : "The files are"
    sentence += " not waited for any more."
    switch question.purpose {
    case .path, .paste: break
    case .command(let words): composer.giveBack("/attach \(words)")
    case .commandLine(let prompt):
      if let prompt { composer.giveBack(draftText(of: prompt)) }
    case .sending, .reading: sentence += " Nothing was sent."
    }
    notice = Notice(sentence)
    return [.files(.stop)]
  }

  /// A prompt of the command line as it is written in the draft: there nothing is a command, or a path behind `@`.
  func draftText(of prompt: String) -> String {
    commands.read(prompt) == .prompt(prompt) ? prompt : "/" + prompt
  }
}

// Files that go with a prompt. Nothing of a file is sent that did not stand in the draft first:
//
//   a path       behind `@`, behind `/attach`, dropped, or on the command line
//   inspected    what it is, how large, and whether the model takes it: it stands in the draft with a label
//   Enter        it is read whole; if it is not what the label says any more, nothing is sent
//
// The draft stays as it is until all is read. An answer to a question that is not the last one, or that was asked
// of another draft, changes nothing. It may never come, from a file system that does not answer: Esc waits for it
// no longer.

import Chat

/// A question about files that is not answered yet.
struct FileQuestion: Hashable, Sendable {
  /// What the files are wanted for.
  enum Purpose: Hashable, Sendable {
    /// A path was completed, which stands here.
    case path(Range<Int>)
    /// A paste, which stands here, may be nothing but files: these of the paths, or else those.
    case paste(Range<Int>, [DraftElement], readings: [Range<Int>])
    /// `/attach` with these words.
    case command(words: String)
    /// The command line names them; the prompt goes out with them.
    case commandLine(prompt: String?)
    /// The draft is to be sent, and has paths in it.
    case sending([WrittenPath], SendPolicy?)
    /// The draft is to be sent; these came so far.
    case reading([FileReading?], SendPolicy?)
  }

  let number: Int
  let conversation: ConversationID
  /// The draft that it was asked of.
  let revision: UInt64
  let paths: [String]
  var purpose: Purpose
}

/// What the app knows of files.
struct FileQuestions: Hashable, Sendable {
  private(set) var count = 0
  var open: FileQuestion?

  mutating func nextNumber() -> Int {
    count += 1
    return count
  }
}

/// A path in a draft that nobody has completed.
struct WrittenPath: Hashable, Sendable {
  /// Where its `@` stands.
  let start: Int
  /// Where it ends as it is written, and then where it would without the marks behind it.
  let ends: [Int]
  /// Where among the paths that are asked for the first of these stands.
  let first: Int
}

extension App {
  // MARK: - Asking

  private mutating func ask(_ paths: [String], for purpose: FileQuestion.Purpose) -> [AppEffect] {
    if tellsAwaited() {
      if case .command(let words) = purpose { giveBackAttach(words) }
      return []
    }
    let number = files.nextNumber()
    files.open = FileQuestion(
      number: number, conversation: chats.inView, revision: composer.draft.edits.revision,
      paths: paths, purpose: purpose)
    let models = askedModels
    if case .reading = purpose { return [.files(.read(number, paths, for: models))] }
    return [.files(.inspect(number, paths, for: models))]
  }

  /// Who gets the next prompt, as far as it is known.
  private var askedModels: [ModelID] {
    guard case .ready = answering else { return [] }
    return armedRacers.isEmpty ? [store.route.models[0]] : armedRacers
  }

  /// Attaches the file whose path stands behind the `@` here, up to the cursor.
  mutating func attachPath(from start: Int) -> [AppEffect] {
    guard start < composer.cursor else { return [] }
    let range = start..<composer.cursor
    let word = PathWriting.word(
      in: composer.elements[range].dropFirst().compactMap(\.letter), isProse: true)
    return ask([word.path], for: .path(range))
  }

  /// `/attach`: without a path, paths are completed in the draft.
  mutating func attach(_ words: String) -> [AppEffect] {
    guard !words.isEmpty else {
      if composer.elements.last?.isShellBlank == false { composer.insertAtEnd([" "]) }
      composer.insertAtEnd(["@"])
      return []
    }
    let paths = PathWriting.words(of: words, limit: PathWriting.pathLimit)?.map(\.path)
    guard let paths, paths.count <= Attachment.limit else {
      notice = Notice(
        paths.map { tooMany($0.count) }
          ?? "A quote is open. A blank in a path has a backslash before it.", kind: .error)
      giveBackAttach(words)
      return []
    }
    return ask(paths, for: .command(words: words))
  }

  private func tooMany(_ count: Int) -> String {
    "A prompt takes \(Attachment.limit) files at the most, and these are \(count)."
  }

  /// Looks whether what was pasted is files; meanwhile it is text. Nothing becomes of it behind a command.
  mutating func attachPaste(_ text: String, at range: Range<Int>) -> [AppEffect] {
    guard case .prompt = commands.read(composer.elements[..<range.lowerBound].promptText) else {
      return []
    }
    let all = PathWriting.dropped(text)
    let candidates = all.filter { $0.count <= Attachment.limit }
    if let count = all.lazy.map(\.count).first(where: { $0 > Attachment.limit }) {
      notice = Notice("\(tooMany(count)) They stay as text.")
    }
    guard !candidates.isEmpty else { return [] }
    var start = 0
    let readings = candidates.map { paths in
      defer { start += paths.count }
      return start..<(start + paths.count)
    }
    return ask(
      Array(candidates.joined()),
      for: .paste(range, Array(composer.elements[range]), readings: readings))
  }

  // MARK: - Sending

  /// Sends the draft, which is a prompt, once its files are read; a path in it that names a file is shown first.
  mutating func sendDraft(as policy: SendPolicy?, at now: Instant) -> [AppEffect] {
    // Who presses Enter once more does not begin anew.
    guard !isBeingSent, !tellsAwaited() else { return [] }
    var paths: [String] = []
    let written = composer.elements.writtenPaths(except: composer.draft.plainPaths).map {
      start, choices in
      defer { paths += choices.map(\.path) }
      return WrittenPath(start: start, ends: choices.map(\.end), first: paths.count)
    }
    guard written.isEmpty else { return ask(paths, for: .sending(written, policy)) }
    return readAndSend(as: policy, at: now)
  }

  /// A path that was to stay text is looked at again when it is written once more.
  mutating func forgetPlainPaths() {
    guard !composer.draft.plainPaths.isEmpty else { return }
    let written = Set(composer.elements.writtenPaths(except: []).flatMap { $0.choices.map(\.path) })
    composer.draft.keepPlainPaths(written.contains)
  }

  mutating func readAndSend(as policy: SendPolicy?, at now: Instant) -> [AppEffect] {
    let attachments = composer.elements.attachments
    guard attachments.count <= Attachment.limit else {
      notice = Notice(tooMany(attachments.count), kind: .error)
      return []
    }
    let paths = attachments.compactMap(\.path)
    guard paths.isEmpty else {
      return ask(paths, for: .reading(Array(repeating: nil, count: paths.count), policy))
    }
    return sendOut([], as: policy, at: now) ?? []
  }

  /// - Parameter read: what the files hold, in the order of those that are not read yet.
  /// - Returns: nil where the draft stays; a notice says why.
  private mutating func sendOut(
    _ read: [Part], as policy: SendPolicy?, at now: Instant
  ) -> [AppEffect]? {
    guard mayBeSent(as: policy),
      case .prompt(let text) = commands.read(composer.elements.promptText)
    else { return nil }
    var unused = read[...]
    let parts = composer.elements.attachments.compactMap { attachment in
      switch attachment.source {
      case .part(let part): part
      case .file: unused.popFirst()
      }
    }
    let attached = parts.eachOnce
    guard mayBeSent(with: attached) else { return nil }
    _ = composer.take()
    return send(Prompt(text, attachments: attached), as: policy, at: now)
  }

  /// Whether a prompt takes these files, and also beside those of one that is held, to which it is joined; a
  /// notice says why not.
  private mutating func mayBeSent(with attached: [Part]) -> Bool {
    guard !attached.isTooMuch else {
      notice = Notice(
        "The files are larger than \(Attachment.totalByteLimit >> 20) MiB together, which is the most that "
          + "can be attached. Nothing was sent.", kind: .error)
      return false
    }
    guard let heldPrompt, (heldPrompt.attachments + attached).eachOnce.isTooMuch else {
      return true
    }
    notice = Notice(
      "With the files of the prompt that waits already these are more than one prompt takes: "
        + "\(Attachment.limit) files, \(Attachment.totalByteLimit >> 20) MiB. "
        + "This one stays here until that one has gone out.")
    return false
  }

  // MARK: - Hearing

  mutating func hear(_ news: FileNews, at now: Instant) -> Response {
    switch news {
    case .listed(let listing):
      listed.take(listing)
      return Response()
    case .given(let paths, let prompt):
      return Response(ask(paths, for: .commandLine(prompt: prompt)))
    case .inspected(let number, let findings):
      guard let question = files.open, question.number == number,
        question.paths.count == findings.count
      else { return Response(paint: .never) }
      files.open = nil
      defer { composer.settle() }
      return Response(take(findings, for: question, at: now))
    case .read(let number, let place, let reading):
      guard var question = files.open, question.number == number,
        case .reading(var came, let policy) = question.purpose, came.indices.contains(place)
      else { return Response(paint: .never) }
      came[place] = reading
      question.purpose = .reading(came, policy)
      let whole = came.compactMap(\.self)
      guard whole.count == came.count else {
        files.open = question
        return Response(paint: .never)
      }
      files.open = nil
      defer { composer.settle() }
      return Response(take(whole, for: question, policy, at: now))
    }
  }

  /// Whether the draft is still the one that a question was asked of.
  func isSame(_ question: FileQuestion) -> Bool {
    question.conversation == chats.inView && question.revision == composer.draft.edits.revision
  }

  private mutating func take(
    _ findings: [FileFinding], for question: FileQuestion, at now: Instant
  ) -> [AppEffect] {
    let files = zip(question.paths, findings).map(FoundFile.init)
    switch question.purpose {
    case .path(let range):
      if isSame(question) { attach(files, inPlaceOf: range, otherwise: "") }
    case .paste(let range, let pasted, let readings):
      let isThere = { (reading: Range<Int>) in files[reading].allSatisfy { $0.finding != .missing }
      }
      guard stands(pasted, at: range, of: question), let reading = readings.first(where: isThere)
      else { return [] }
      attach(Array(files[reading]), inPlaceOf: range, otherwise: " The path stays as text.")
    case .command(let words):
      guard question.conversation == chats.inView else { return [] }
      if !attach(files, inPlaceOf: nil, otherwise: "") { giveBackAttach(words) }
    case .commandLine(let prompt):
      return takeFromCommandLine(files, prompt: prompt, at: now)
    case .sending(let written, let policy):
      guard isSame(question) else { return [] }
      return show(written, files, as: policy, at: now)
    case .reading:
      break
    }
    return []
  }

  /// Attaches files in the place of what was written, or at the end of the draft; where one cannot be, none is, and
  /// a sentence says why. False then.
  @discardableResult
  mutating func attach(
    _ found: [FoundFile], inPlaceOf range: Range<Int>?, otherwise consequence: String
  ) -> Bool {
    if let refusal = found.lazy.compactMap(\.refusal).first {
      notice = Notice(refusal + consequence, kind: .error)
      return false
    }
    let elements = found.compactMap(\.attachment).map(DraftElement.attachment)
    let isWhole = range.map { composer.replace($0, with: elements) }
    if !(isWhole ?? composer.insertAtEnd(elements)) { tellDraftIsFull() }
    if let remark = found.lazy.compactMap(\.remark).first { notice = Notice(remark, kind: .error) }
    return true
  }

  /// Shows which of the paths in the draft are files, and says which are there and cannot be attached; where none
  /// is there, the draft goes out.
  private mutating func show(
    _ written: [WrittenPath], _ found: [FoundFile], as policy: SendPolicy?, at now: Instant
  ) -> [AppEffect] {
    let there = written.compactMap { path in
      let readings = path.ends.indices
      let place =
        readings.first { found[path.first + $0].isFile }
        ?? readings.first { found[path.first + $0].isNamedFolder }
      return place.map { (range: path.start..<path.ends[$0], file: found[path.first + $0]) }
    }
    guard !there.isEmpty else { return readAndSend(as: policy, at: now) }
    for found in there where found.file.attachment == nil {
      composer.draft.keepPlain(found.file.path)
    }
    let changes = there.compactMap { range, file in
      file.attachment.map { (range: range, wanted: [DraftElement.attachment($0)]) }
    }
    if !changes.isEmpty, !composer.replace(changes) { tellDraftIsFull() }
    let send = keys.name(of: .send) ?? "Sending again"
    let refusals = there.compactMap(\.file.refusal)
    if !refusals.isEmpty {
      let what = refusals.count == 1 ? "its path" : "their paths"
      notice = Notice("\(FoundFile.told(refusals)) \(send) sends \(what) as text.", kind: .error)
    } else if let remark = there.lazy.compactMap(\.file.remark).first {
      notice = Notice(remark, kind: .error)
    } else {
      let names = there.map { Attachment.shortened(PathWriting.name(of: $0.file.path)) }
      let back = keys.name(of: .text(.undo)).map { "; \($0) makes text of it again" } ?? ""
      notice = Notice("Attached: \(names.joined(separator: ", ")). \(send) sends it\(back).")
    }
    return []
  }

  /// All files of the draft were read.
  private mutating func take(
    _ readings: [FileReading], for question: FileQuestion, _ policy: SendPolicy?, at now: Instant
  ) -> [AppEffect] {
    guard isSame(question) else {
      notice = Notice("The draft was changed while its files were read; nothing was sent.")
      return []
    }
    var parts: [Part] = []
    var remarks: [String] = []
    for (path, reading) in zip(question.paths, readings) {
      switch reading {
      case .refused(let sentence):
        notice = Notice("\(sentence) Nothing was sent.", kind: .error)
        return []
      case .part(let part, let facts, let remark):
        if renew(path, facts) {
          let name = Attachment.shortened(PathWriting.name(of: path))
          notice = Notice(
            "\(name) has changed since it was attached; nothing was sent. "
              + "\(keys.name(of: .send) ?? "Sending again") sends it as it is now.", kind: .error)
          return []
        }
        parts.append(part)
        if let remark { remarks.append(remark) }
      }
    }
    guard let effects = sendOut(parts, as: policy, at: now) else { return [] }
    if let remark = remarks.first { notice = Notice(remark) }
    return effects
  }

  /// Says in the draft what a file is now. False where it is what it was.
  private mutating func renew(_ path: String, _ facts: FileFacts) -> Bool {
    let places = composer.elements.indices.filter { place in
      composer.elements[place].attachment.map { $0.path == path && $0.facts != facts } ?? false
    }
    for place in places {
      let attachment = DraftElement.attachment(Attachment(path: path, facts))
      composer.replace(place..<(place + 1), with: [attachment])
    }
    return !places.isEmpty
  }
}

extension Composer {
  /// Puts elements behind all others, and the cursor behind them. False when some of them were left out.
  @discardableResult
  mutating func insertAtEnd(_ wanted: [DraftElement]) -> Bool {
    draft.cursor = elements.count
    return replace(cursor..<cursor, with: wanted)
  }
}

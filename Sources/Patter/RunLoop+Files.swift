// What the app asks of files: `FileReader` answers on a thread, and a disk answers so soon that the answer comes
// before anything else happens. A text of 20 MiB, the largest there may be, takes a fifth of a second to read and
// to check, once and after Enter; a photograph takes some milliseconds.

import Chat
import Interface

extension RunLoop {
  /// So long an answer is waited for at once, in milliseconds: what is there before the next frame makes no other
  /// one, and what is typed behind Enter finds the draft sent.
  private static let answerMilliseconds: Int32 = 100

  func act(_ request: FileRequest) -> [AppEvent] {
    switch request {
    case .stop:
      files.stop()
      return []
    case .list, .inspect, .read:
      files.ask(request)
      return files.take(waitingMilliseconds: RunLoop.answerMilliseconds).flatMap(events)
    }
  }

  /// Tells the app what has come of files since.
  func hearFiles(at now: Instant) {
    for event in files.take().flatMap(events) { handle(event, at: now) }
    // A prompt that waited for them leaves in this pass.
    settleStreams(at: now)
  }

  /// Adds to an answer what speaks against sending the files, which nobody but the streams knows.
  private func events(of answer: FileReader.Answer) -> [AppEvent] {
    answer.news.map { news in
      switch (news, answer.request) {
      case (.inspected(let number, let findings), .inspect(_, let paths, let models)):
        return .files(
          .inspected(number, zip(paths, findings).map { judged($1, at: $0, for: models) }))
      case (.read(let number, let place, let reading), .read(_, let paths, let models)):
        return .files(
          .read(number, place: place, judged(reading, at: paths[place], for: models)))
      case (.listed, _), (.given, _), (.inspected, _), (.read, _):
        return .files(news)
      }
    }
  }

  private func judged(
    _ finding: FileFinding, at path: String, for models: [ModelID]
  ) -> FileFinding {
    switch finding {
    case .file(let facts, _):
      .file(facts, remark: objection(to: AttachedFile.sample(of: facts.kind, at: path), of: models))
    case .missing, .folder, .refused: finding
    }
  }

  private func judged(
    _ reading: FileReading, at path: String, for models: [ModelID]
  ) -> FileReading {
    switch reading {
    case .part(_, let facts, _):
      objection(to: AttachedFile.sample(of: facts.kind, at: path), of: models)
        .map(FileReading.refused) ?? reading
    case .refused: reading
    }
  }

  /// Why one of these models cannot be given a file, as a sentence.
  private func objection(to part: Part, of models: [ModelID]) -> String? {
    models.lazy.compactMap { self.streams.objection(to: part, of: $0) }.first
  }
}

extension FileReader {
  /// One that answers for this machine.
  ///
  /// - Parameter home: what `~` stands for at the start of a path.
  convenience init(home: String?) {
    self.init { $0.news(home: home) }
  }
}

extension FileRequest {
  /// What comes of it where nobody looks.
  func refused(_ sentence: String) -> [FileNews] {
    switch self {
    case .list(let folder): [.listed(FolderListing(folder))]
    case .inspect(let number, let paths, _):
      [.inspected(number, paths.map { _ in .refused(sentence) })]
    case .read(let number, let paths, _):
      paths.indices.map { .read(number, place: $0, .refused(sentence)) }
    case .stop: []
    }
  }

  /// What comes of it on this machine.
  ///
  /// - Parameter home: what `~` stands for at the start of a path.
  fileprivate func news(home: String?) -> [FileNews] {
    switch self {
    case .list(let folder):
      return [.listed(FolderListing(reading: folder, home: home))]
    case .inspect(let number, let paths, _):
      return [.inspected(number, paths.map { AttachedFile($0, home: home).inspect() })]
    case .read(let number, let paths, _):
      var room = AttachmentLimit.totalByteCount
      return paths.enumerated().map { place, path in
        let reading = AttachedFile(path, home: home).read(room: room)
        if case .part(let part, _, _) = reading {
          room -= max(part.data.count, part.text.utf8.count)
        }
        return .read(number, place: place, reading)
      }
    case .stop:
      return []
    }
  }
}

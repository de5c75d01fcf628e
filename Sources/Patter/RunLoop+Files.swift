// What the app asks of files, carried out at once: a folder is listed and a file is read between two frames.
// A text of 20 MiB, the largest there may be, takes a fifth of a second to read and to check, once and after Enter; a
// photograph takes some milliseconds.

import Chat
import Interface

extension RunLoop {
  func act(_ request: FileRequest) -> [AppEvent] {
    switch request {
    case .list(let folder):
      return [.files(.listed(FolderListing(reading: folder, home: start.environment["HOME"])))]
    case .inspect(let number, let paths, let models):
      let findings = paths.map { path in
        AttachedFile(path, home: start.environment["HOME"]).inspect {
          objection(to: $0, of: models)
        }
      }
      return [.files(.inspected(number, findings))]
    case .read(let number, let paths, let models):
      var room = AttachmentLimit.totalByteCount
      return paths.enumerated().map { place, path in
        let reading = AttachedFile(path, home: start.environment["HOME"]).read(room: room) {
          objection(to: $0, of: models)
        }
        if case .part(let part, _, _) = reading {
          room -= max(part.data.count, part.text.utf8.count)
        }
        return .files(.read(number, place: place, reading))
      }
    }
  }

  /// Why one of these models cannot be given a file, as a sentence.
  private func objection(to part: Part, of models: [ModelID]) -> String? {
    models.lazy.compactMap { self.streams.objection(to: part, of: $0) }.first
  }
}

// What was told of files, to a trace and back. What a file holds is in it whole: a replay sends what was sent.

import Chat
import FoundationEssentials
import Interface

extension TracedEvent {
  init(_ news: FileNews) {
    switch news {
    case .listed(let listing):
      self = .folderListed(
        folder: listing.folder, folders: listing.folders, files: listing.files)
    case .inspected(let number, let findings):
      self = .filesInspected(number: number, findings: findings.map(TracedFinding.init))
    case .read(let number, let place, let reading):
      self = .fileRead(number: number, place: place, reading: TracedReading(reading))
    case .given(let paths, let prompt):
      self = .filesGiven(paths: paths, prompt: prompt)
    }
  }

  /// - Precondition: it is one of the four.
  func fileNews() throws(TraceFault) -> FileNews {
    switch self {
    case .folderListed(let folder, let folders, let files):
      return .listed(FolderListing(folder, folders: folders, files: files))
    case .filesInspected(let number, let findings):
      return .inspected(
        try count(number, "number"),
        try findings.map { finding throws(TraceFault) in try finding.finding() })
    case .fileRead(let number, let place, let reading):
      return .read(
        try count(number, "number"), place: try count(place, "place"), try reading.reading())
    case .filesGiven(let paths, let prompt):
      return .given(paths, prompt: prompt)
    case .key, .paste, .wheel, .click, .focus, .hangup, .prompt, .started, .text, .thinking,
      .refusal, .toolCall, .toolArguments, .finished, .usage, .completed, .failed, .saved,
      .saveFailed, .modelFound, .modelMissing, .modelRefused, .racersFound, .modelsListed,
      .themesListed, .described, .edited, .notice, .laidOut, .clock, .terminate, .ownTextsListed,
      .presetRead, .snippetRead, .setup, .configured, .placed:
      preconditionFailure("nothing is told of files here")
    }
  }
}

extension TracedFinding {
  init(_ finding: FileFinding) {
    switch finding {
    case .file(let facts, let remark):
      self.init(found: "file", facts: TracedFileFacts(facts), remark: remark)
    case .missing: self.init(found: "missing")
    case .folder: self.init(found: "folder")
    case .refused(let reason): self.init(found: "refused", reason: reason)
    }
  }

  func finding() throws(TraceFault) -> FileFinding {
    switch (found, facts, reason) {
    case ("file", let facts?, nil): return .file(try facts.facts(), remark: remark)
    case ("missing", nil, nil): return .missing
    case ("folder", nil, nil): return .folder
    case ("refused", nil, let reason?): return .refused(reason)
    default: throw TraceFault("“\(found)” is nothing that is found at a path")
    }
  }
}

extension TracedFileFacts {
  init(_ facts: FileFacts) {
    self.init(
      mediaType: facts.kind.mediaType, bytes: facts.byteCount, modified: facts.modified)
  }

  func facts() throws(TraceFault) -> FileFacts {
    FileFacts(kind, byteCount: try count(bytes, "bytes"), modified: modified)
  }

  fileprivate var kind: AttachmentKind {
    switch mediaType {
    case AttachmentKind.text.mediaType: .text
    case AttachmentKind.pdf.mediaType: .pdf
    default: .picture(mediaType: mediaType)
    }
  }
}

extension TracedReading {
  init(_ reading: FileReading) {
    switch reading {
    case .part(let part, let facts, let remark):
      let name =
        switch part.kind {
        case .file(let name, _): name
        case .image, .text, .thinking, .toolCall, .toolResult: part.pictureName
        }
      self.init(
        name: name, facts: TracedFileFacts(facts), text: part.data.isEmpty ? part.text : nil,
        data: part.data.isEmpty ? nil : Data(part.data).base64EncodedString(), remark: remark)
    case .refused(let reason): self.init(reason: reason)
    }
  }

  func reading() throws(TraceFault) -> FileReading {
    switch (facts, text, data, reason) {
    case (nil, nil, nil, let reason?):
      return .refused(reason)
    case (let facts?, let text?, nil, nil):
      return .part(part(facts, text: text), try facts.facts(), remark: remark)
    case (let facts?, nil, let data?, nil):
      guard let bytes = Data(base64Encoded: data), bytes.count <= AttachmentLimit.fileByteCount
      else { throw TraceFault("“data” is no file in Base64") }
      return .part(part(facts, data: Array(bytes)), try facts.facts(), remark: remark)
    default:
      throw TraceFault("“reading” is neither a file nor a reason")
    }
  }

  private func part(_ facts: TracedFileFacts, text: String = "", data: [UInt8] = []) -> Part {
    switch facts.kind {
    case .picture(let mediaType):
      Part(.image(mediaType: mediaType), text: text, data: data, pictureName: name)
    case .text, .pdf:
      Part(
        .file(name: name ?? "", mediaType: facts.mediaType), text: text, data: data)
    }
  }
}

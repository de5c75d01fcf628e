// What was found at a path that somebody wrote: an attachment, or a sentence on why it is none.

/// A path, and what is there.
struct FoundFile {
  let path: String
  let finding: FileFinding

  init(_ path: String, _ finding: FileFinding) {
    (self.path, self.finding) = (path, finding)
  }

  /// Whether something is there that is no folder.
  var isFile: Bool { finding != .missing && finding != .folder }

  /// Whether a folder is there that somebody could mean: dots and slashes stand in sentences, too.
  var isNamedFolder: Bool { finding == .folder && path.contains { $0 != "." && $0 != "/" } }

  var attachment: Attachment? {
    switch finding {
    case .file(let facts, _): Attachment(path: path, facts)
    case .missing, .folder, .refused: nil
    }
  }

  var remark: String? {
    switch finding {
    case .file(_, let remark): remark
    case .missing, .folder, .refused: nil
    }
  }

  /// Why it cannot be attached.
  var refusal: String? {
    let name = Attachment.shortened(PathWriting.name(of: path))
    switch finding {
    case .file: return nil
    case .missing: return "There is no file \(path.isEmpty ? "without a name" : name)."
    case .folder: return "\(name) is a folder; only files can be attached."
    case .refused(let sentence): return sentence
    }
  }

  /// Sentences on files in one: all that the eye takes in, and how many there are beside.
  static func told(_ sentences: [String]) -> String {
    let most = 3
    let rest = sentences.count - most
    return sentences.prefix(most).joined(separator: " ")
      + (rest > 0 ? " And \(rest) more cannot be attached." : "")
  }
}

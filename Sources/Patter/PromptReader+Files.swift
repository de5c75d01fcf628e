// `-f FILE`: files into attachments.

import Chat
import Glibc
import Interface

/// How much may be attached; more is refused whole.
enum AttachmentLimit {
  /// Bytes of one file. Providers take about as much in one request.
  static let fileByteCount = 20 << 20
  /// Bytes of all files together.
  static let totalByteCount = Attachment.totalByteLimit
}

extension PromptReader {
  /// What the files hold, in their order.
  func attachments(_ paths: [String]) throws(PrintLoop.Outcome) -> [Part] {
    var parts: [Part] = []
    var total = 0
    for path in paths {
      let bytes = try contents(of: path)
      total += bytes.count
      guard total <= AttachmentLimit.totalByteCount else {
        throw PrintLoop.Outcome(
          notAsked:
            "the files are larger than \(AttachmentLimit.totalByteCount >> 20) MiB together, "
            + "which is the most that can be attached.")
      }
      parts.append(try part(bytes, of: path))
    }
    return parts
  }

  private func part(_ bytes: [UInt8], of path: String) throws(PrintLoop.Outcome) -> Part {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    do throws(FileContent.Fault) {
      switch try FileContent(bytes) {
      case .text(let text):
        note(text, of: path)
        return Part(.file(name: name, mediaType: "text/plain"), text: text.text)
      case .picture(let mediaType):
        return Part(.image(mediaType: mediaType), data: bytes, pictureName: name)
      case .pdf:
        return Part(.file(name: name, mediaType: "application/pdf"), data: bytes)
      }
    } catch {
      throw PrintLoop.Outcome(notAsked: "\(path) \(error.words).")
    }
  }

  /// Says of a text that it is not sent as it stands.
  func note(_ text: FileText, of name: String) {
    if text.isMended { observer.say("\(name) is not all UTF-8; what is not is sent as \u{FFFD}.") }
  }

  private func contents(of path: String) throws(PrintLoop.Outcome) -> [UInt8] {
    // To open a pipe that nobody writes to yet would be to wait for that, deaf to signals.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw PrintLoop.Outcome(notAsked: "\(path) cannot be read: \(reason(errno)).")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw PrintLoop.Outcome(notAsked: "\(path) cannot be read: \(reason(errno)).")
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG, S_IFIFO: break
    case S_IFDIR: throw PrintLoop.Outcome(notAsked: "\(path) is a folder; -f takes files.")
    default: throw PrintLoop.Outcome(notAsked: "\(path) is no file.")
    }
    return try bytes(
      of: descriptor, named: path, limit: AttachmentLimit.fileByteCount,
      advice: "the largest file that can be attached")
  }
}

// Files for the chat: what a folder holds, what a file is by its first bytes, and all of it. Pipes and devices
// are not opened, so that nothing waits for whoever is behind them; a file system that does not answer, such as a
// network mount whose server is gone, is waited for as the system waits for it, by the thread of `FileReader`.

import Chat
import Glibc
import Interface

/// A file that somebody wants to attach, by a path as it was written.
struct AttachedFile {
  /// What a file is can be seen from so many bytes.
  private static let headByteCount = 4 << 10

  private let path: String
  /// The path for the system.
  private let systemPath: String

  /// - Parameter home: what `~` stands for at the start of a path.
  init(_ path: String, home: String?) {
    self.path = path
    systemPath = AttachedFile.expanded(path, home: home)
  }

  private static func expanded(_ path: String, home: String?) -> String {
    guard let home, path.hasPrefix("~/") else { return path }
    return home + path.dropFirst()
  }

  /// What it is, without reading it all.
  func inspect() -> FileFinding {
    do throws(Fault) {
      let opened = try open()
      defer { close(opened.descriptor) }
      let head = try bytes(of: opened.descriptor, atMost: AttachedFile.headByteCount)
      let size = Int(opened.status.st_size)
      guard size <= AttachmentLimit.fileByteCount else { throw Fault.refused(tooLarge) }
      let isCut = head.count == AttachedFile.headByteCount && size > head.count
      let kind = try content(isCut ? head.withoutCutLetter : head).kind
      let facts = FileFacts(
        kind, byteCount: max(size, head.count), modified: opened.status.modified)
      return .file(facts, remark: nil)
    } catch {
      return error.finding
    }
  }

  /// All that is in it.
  ///
  /// - Parameter room: how many bytes may still be sent; beyond it nothing is.
  func read(room: Int) -> FileReading {
    do throws(Fault) {
      let opened = try open()
      defer { close(opened.descriptor) }
      let limit = AttachmentLimit.fileByteCount
      let bytes = try bytes(of: opened.descriptor, atMost: limit + 1)
      guard bytes.count <= limit else { throw Fault.refused(tooLarge) }
      guard bytes.count <= room else {
        throw Fault.refused(
          "The files are larger than \(AttachmentLimit.totalByteCount >> 20) MiB together, which is the "
            + "most that can be attached.")
      }
      let content = try content(bytes)
      let kind = content.kind
      var part = AttachedFile.sample(of: kind, at: path)
      var remark: String?
      switch content {
      case .text(let text):
        part.text = text.text
        part.data = []
        if text.isMended { remark = "\(name) is not all UTF-8; what is not was sent as \u{FFFD}." }
      case .picture, .pdf:
        part.text = ""
        part.data = bytes
      }
      let facts = FileFacts(
        kind, byteCount: max(Int(opened.status.st_size), min(bytes.count, limit)),
        modified: opened.status.modified)
      return .part(part, facts, remark: remark)
    } catch {
      switch error.finding {
      case .refused(let sentence): return .refused(sentence)
      case .folder: return .refused("\(name) is a folder now.")
      case .missing, .file: return .refused("\(name) is not there any more.")
      }
    }
  }

  // MARK: - Reading

  /// Why a file is not taken.
  private struct Fault: Error {
    let finding: FileFinding

    static func refused(_ sentence: String) -> Fault { Fault(finding: .refused(sentence)) }
  }

  private var name: String { AttachedFile.name(of: path) }

  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private var tooLarge: String {
    "\(name) is longer than \(AttachmentLimit.fileByteCount >> 20) MiB, which is the largest file that can be "
      + "attached."
  }

  private func open() throws(Fault) -> (descriptor: Int32, status: stat) {
    // Looked at before it is opened: what opens a pipe or a device does something to whoever is behind it.
    var status = stat()
    guard !path.isEmpty, !systemPath.utf8.contains(0) else { throw Fault(finding: .missing) }
    guard stat(systemPath, &status) == 0 else { throw fault(errno) }
    try check(status)
    let descriptor = Glibc.open(systemPath, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw fault(errno) }
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw fault(code)
    }
    do throws(Fault) {
      try check(status)
    } catch {
      close(descriptor)
      throw error
    }
    return (descriptor, status)
  }

  private func check(_ status: stat) throws(Fault) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw Fault(finding: .folder)
    case S_IFIFO: throw Fault.refused("\(name) is a pipe; only files can be attached.")
    case S_IFSOCK: throw Fault.refused("\(name) is a socket; only files can be attached.")
    default: throw Fault.refused("\(name) is a device; only files can be attached.")
    }
  }

  private func fault(_ code: Int32) -> Fault {
    switch code {
    case ENOENT, ENOTDIR, ENAMETOOLONG: Fault(finding: .missing)
    default: .refused("\(name) cannot be read: \(reason(code)).")
    }
  }

  private func bytes(of descriptor: Int32, atMost limit: Int) throws(Fault) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: min(limit, 256 << 10))
    while bytes.count < limit {
      let count = Glibc.read(descriptor, &buffer, min(buffer.count, limit - bytes.count))
      if count == 0 { break }
      if count > 0 {
        bytes += buffer[..<count]
      } else if errno != EINTR {
        throw fault(errno)
      }
    }
    return bytes
  }

  private func content(_ bytes: [UInt8]) throws(Fault) -> FileContent {
    do throws(FileContent.Fault) {
      return try FileContent(bytes)
    } catch {
      throw Fault.refused("\(name) \(error.words).")
    }
  }

  /// A part of this kind with next to nothing in it, to ask whether it is taken.
  static func sample(of kind: AttachmentKind, at path: String) -> Part {
    let name = name(of: path)
    return switch kind {
    case .text: Part(.file(name: name, mediaType: kind.mediaType), text: "-")
    case .picture(let mediaType): Part(.image(mediaType: mediaType), data: [0], pictureName: name)
    case .pdf: Part(.file(name: name, mediaType: kind.mediaType), data: [0])
    }
  }
}

extension FileContent {
  fileprivate var kind: AttachmentKind {
    switch self {
    case .text: .text
    case .picture(let mediaType): .picture(mediaType: mediaType)
    case .pdf: .pdf
    }
  }
}

extension [UInt8] {
  /// Without a letter of UTF-8 at the end whose last bytes are not there: where a head is cut says nothing about
  /// the file.
  fileprivate var withoutCutLetter: [UInt8] {
    guard let lead = suffix(3).lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return self }
    let length =
      switch self[lead] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    return count - lead < length ? Array(self[..<lead]) : self
  }
}

extension stat {
  /// Nanoseconds since 1970.
  fileprivate var modified: Int64 {
    Int64(st_mtim.tv_sec).multipliedReportingOverflow(by: 1_000_000_000).partialValue
      &+ Int64(st_mtim.tv_nsec)
  }
}

extension FolderListing {
  /// What is in a folder; nothing where it cannot be read. Only what can be opened as a folder or a file and has a
  /// name that can be typed.
  init(reading folder: String, home: String?) {
    self.init(folder)
    let expanded = home.flatMap { home in
      folder.hasPrefix("~/") ? home + folder.dropFirst() : nil
    }
    let path = folder.isEmpty ? "." : expanded ?? folder
    guard let stream = opendir(path) else { return }
    defer { closedir(stream) }
    var count = 0
    while count < FolderListing.limit, let entry = readdir(stream) {
      count += 1
      let type = Int32(entry.pointee.d_type)
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: UInt8.self, capacity: 256) { bytes in
          String(
            validating: UnsafeBufferPointer(start: bytes, count: strnlen(bytes)), as: UTF8.self)
        }
      }
      guard let name, name != ".", name != "..", !name.unicodeScalars.contains(where: \.isControl)
      else { continue }
      switch type {
      case Int32(DT_DIR): folders.append(name)
      case Int32(DT_REG): files.append(name)
      case Int32(DT_LNK), Int32(DT_UNKNOWN):
        var status = stat()
        guard fstatat(dirfd(stream), name, &status, 0) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR { folders.append(name) }
        if status.st_mode & S_IFMT == S_IFREG { files.append(name) }
      default: continue
      }
    }
  }
}

/// The length of a C string of at most 256 bytes.
private func strnlen(_ bytes: UnsafePointer<UInt8>) -> Int {
  (0..<256).first { bytes[$0] == 0 } ?? 256
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool { properties.generalCategory == .control }
}

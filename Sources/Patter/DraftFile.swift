// The draft as a file, for the time that an editor has it. It lies in a folder of its own that nobody else can
// look into, for an editor puts more beside it: a backup, a swap file, what it saves when it is killed.

import CLinux
import Glibc
import Interface

/// A folder with the draft in it. It stays until `remove`.
final class DraftFile {
  /// Editors go by the name when they colour.
  private static let name = "prompt.md"
  /// The largest file that is read back, in bytes. No draft that fits has more.
  static let byteLimit = 4 * Draft.longest

  /// There is no place for the file; the sentence says why.
  struct NotMade: Error, Hashable {
    let message: String
  }

  /// Why a file does not become the draft.
  enum Fault: Error, Hashable {
    case vanished
    case tooLong
    case noText
    /// It cannot be opened or read, by the system's error number.
    case unreadable(Int32)

    /// A sentence without its end.
    var words: String {
      switch self {
      case .vanished: "The file with the draft is gone"
      case .tooLong:
        "What was written is longer than the \(grouped(Draft.longest)) characters of a draft"
      case .noText: "What was written is no text in UTF-8"
      case .unreadable(let error):
        "What was written cannot be read (\(String(cString: strerror(error))))"
      }
    }
  }

  private let folder: String
  /// The draft as it was handed out.
  private let draft: String

  /// The file's absolute path.
  var path: String { "\(folder)/\(Self.name)" }

  /// Writes the draft below the first of these folders that takes it. Only absolute paths are tried.
  init(_ draft: String, below folders: [String]) throws(NotMade) {
    self.draft = draft
    var failure = "no folder for temporary files is known"
    for parent in folders where parent.hasPrefix("/") {
      var name = Array("\(parent)/patter-XXXXXX".utf8CString)
      guard mkdtemp(&name) != nil else {
        failure = "\(parent): \(String(cString: strerror(errno)))"
        continue
      }
      let folder = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
      let error = Self.write(Array(draft.utf8), to: "\(folder)/\(Self.name)")
      if error == 0 {
        self.folder = folder
        return
      }
      failure = "\(parent): \(String(cString: strerror(error)))"
      Self.remove(folder)
    }
    throw NotMade(message: "There is no place to write the draft for an editor (\(failure)).")
  }

  /// Writes below the folders that the environment names for it.
  convenience init(_ draft: String, environment: [String: String]) throws(NotMade) {
    let named = ["XDG_RUNTIME_DIR", "TMPDIR"].compactMap { environment[$0] }
    try self.init(draft, below: named + ["/tmp"])
  }

  /// What the file holds now. Editors end a file with a line end; if the draft had none there, it has none
  /// when it comes back.
  func read() throws(Fault) -> String {
    let bytes = try contents()
    guard let file = try? FileText(bytes), !file.isMended else { throw .noText }
    var text = file.text
    if !Self.endsLine(draft), Self.endsLine(text) { text.removeLast() }
    guard text.dropFirst(Draft.longest).isEmpty else { throw .tooLong }
    return text
  }

  /// Takes the folder away with all that is in it.
  func remove() { Self.remove(folder) }

  /// Takes the folder away if nobody wrote anything into it. Otherwise the answer is the path of what was
  /// written, which stays: of the file, or of the folder if there is more.
  func removeUnlessWritten() -> String? {
    let names = Self.names(in: folder)
    if names == [Self.name] {
      if (try? contents()) != Array(draft.utf8) { return path }
    } else if !names.isEmpty {
      return folder
    }
    remove()
    return nil
  }

  /// Waits for nothing, whatever was put in the file's place.
  private func contents() throws(Fault) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw errno == ENOENT ? .vanished : .unreadable(errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while bytes.count <= Self.byteLimit {
      var error: Int32 = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, used in
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        error = count < 0 ? errno : 0
        used = max(0, count)
      }
      guard error == 0 else {
        if error == EINTR { continue }
        throw .unreadable(error)
      }
      if chunk.isEmpty { return bytes }
      bytes += chunk
    }
    throw .tooLong
  }

  /// A CRLF is one character.
  private static func endsLine(_ text: String) -> Bool { text.utf8.last == 0x0A }

  /// Makes a file that only we may read; 0, or an error number.
  private static func write(_ bytes: [UInt8], to path: String) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return errno }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR {
        let error = errno
        close(descriptor)
        return error
      }
      rest = rest.dropFirst(max(0, count))
    }
    // A full disk may show only now.
    return close(descriptor) == 0 ? 0 : errno
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// A folder that somebody made in it, which no editor does, stays, and this one with it.
  private static func remove(_ folder: String) {
    for name in names(in: folder) { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }
}

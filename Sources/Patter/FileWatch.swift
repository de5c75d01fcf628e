// Hears of saves (inotify(7)). Folders are watched and not files: most editors write another file and move
// it to the place of the old one, and whoever watches the old one hears nothing more. Where a folder is not
// there yet, the nearest one above it that is there tells when it is made.

import Glibc
import Interface

/// Tells when one of some files was written, replaced or taken away. Where the kernel has no watches to give,
/// it tells nothing.
final class FileWatch {
  /// What happened to a file.
  enum Change: Hashable {
    case removed
    /// It is there, and may hold something else.
    case written
  }

  /// Bytes of events that are read at once; one has at most 272.
  private static let chunkByteCount = 4096

  /// Readable when something happened in a folder; nil where there is nothing to wait for.
  private(set) var descriptor: Int32?
  /// What was asked for, and with it where links among that lead.
  private var paths: [String] = []
  private var files: Set<String> = []
  /// Whether each folder is watched that should be: one may be made, or be taken away.
  private var isWhole = true
  /// How paths into each folder begin, by the number of its watch. Links lead to one folder by many ways.
  private var beginnings: [Int32: Set<String>] = [:]
  /// Folders that are not there, as far as the first name of each that is missing.
  private var missing: Set<String> = []

  deinit {
    if let descriptor { close(descriptor) }
  }

  /// Watches these files, and no others any more. A file behind a symbolic link is watched where it is, too.
  func watch(_ paths: [String]) {
    self.paths = paths
    let files = Set(paths + paths.compactMap(FileWatch.target))
    guard files != self.files || !isWhole else { return }
    self.files = files
    if files.isEmpty, let descriptor {
      close(descriptor)
      self.descriptor = nil
      beginnings = [:]
    }
    guard !files.isEmpty else { return }
    let descriptor = self.descriptor ?? inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    guard descriptor >= 0 else { return }
    self.descriptor = descriptor
    let before = beginnings.keys
    beginnings = [:]
    missing = []
    isWhole = true
    for file in files { add(FileWatch.folder(of: file), to: descriptor) }
    for watch in before where beginnings[watch] == nil { inotify_rm_watch(descriptor, watch) }
  }

  /// Watches the folder of this name, which is empty or ends in a slash, or the nearest one above it.
  private func add(_ folder: String, to descriptor: Int32) {
    let mask = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE)
    var beginning = folder
    // The folder in that one which is not there.
    var below: String?
    while true {
      let watch = inotify_add_watch(descriptor, beginning.isEmpty ? "." : beginning, mask)
      let error = errno
      if watch >= 0 {
        beginnings[watch, default: []].insert(beginning)
        // A folder that was made since it was looked for, and before the one above it was watched, is told by
        // nobody any more.
        guard let next = below, FileWatch.isThere(next) else { return }
        beginning = folder
        below = nil
        continue
      }
      guard [ENOENT, ENOTDIR].contains(error), beginning.contains(where: { $0 != "/" }) else {
        isWhole = false
        return
      }
      let name = String(beginning.dropLast())
      missing.insert(name)
      below = beginning
      beginning = FileWatch.folder(of: name)
    }
  }

  /// What a path is as far as its last slash; empty for a name alone.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// What happened to the files since the last time; nil for nothing.
  func take() -> Change? {
    guard let descriptor else { return nil }
    var change: Change?
    var bytes = [UInt8](repeating: 0, count: FileWatch.chunkByteCount)
    while true {
      let count = read(descriptor, &bytes, bytes.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes.withUnsafeBytes { buffer in
        var rest = buffer[..<count]
        while let (event, name) = FileWatch.event(&rest) {
          if let heard = meaning(of: event, name), change != .written { change = heard }
        }
      }
    }
    if !isWhole || missing.contains(where: FileWatch.isThere), mend() { change = .written }
    return change
  }

  /// Watches what is there now. True if a file is there whose folder was made since: it may have been written
  /// before anybody watched it.
  private func mend() -> Bool {
    isWhole = false
    let before = beginnings.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    watch(paths)
    return paths.contains { !before.contains(FileWatch.folder(of: $0)) && FileWatch.isThere($0) }
  }

  private static func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The next event, and the name in the folder that it is about.
  private static func event(
    _ bytes: inout Slice<UnsafeRawBufferPointer>
  ) -> (inotify_event, name: String)? {
    let headCount = MemoryLayout<inotify_event>.size
    guard bytes.count >= headCount else { return nil }
    let head = UnsafeRawBufferPointer(rebasing: bytes).loadUnaligned(as: inotify_event.self)
    let name = bytes.dropFirst(headCount).prefix(Int(head.len)).prefix { $0 != 0 }
    defer { bytes = bytes.dropFirst(headCount + Int(head.len)) }
    return (head, String(decoding: name, as: UTF8.self))
  }

  private func meaning(of event: inotify_event, _ name: String) -> Change? {
    // The folder is gone, and may be made anew.
    if event.mask & UInt32(IN_IGNORED) != 0, beginnings.removeValue(forKey: event.wd) != nil {
      isWhole = false
    }
    // More happened than the kernel keeps: it may have been anything.
    if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { return .written }
    let paths = (beginnings[event.wd] ?? []).map { $0 + name }
    guard let path = paths.first(where: files.contains) else { return nil }
    if event.mask & UInt32(IN_DELETE) != 0 { return .removed }
    // What is only created is empty yet, and told again when it is written; but for a link.
    if event.mask & UInt32(IN_CREATE) != 0 { return FileWatch.isLink(path) ? .written : nil }
    return .written
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFLNK || status.st_nlink > 1
  }

  /// Where a path leads in the end; nil where it leads to itself or nowhere.
  private static func target(of path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    let target = String(cString: resolved)
    return target == path ? nil : target
  }
}

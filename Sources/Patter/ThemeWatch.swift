// Hears of saves (inotify(7)). Folders are watched and not files: most editors write another file and move
// it to the place of the old one, and whoever watches the old one hears nothing more.

import Glibc
import Interface

/// Tells when one of some files was written, replaced or taken away. Where the kernel has no watches to give,
/// it tells nothing.
final class ThemeWatch {
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
  /// What is watched, so that watching the same again costs nothing, and whether each folder of it is: one may
  /// not be there, or be taken away.
  private var files: Set<String> = []
  private var isWhole = true
  /// How paths into each folder begin, by the number of its watch. Links lead to one folder by many ways.
  private var beginnings: [Int32: Set<String>] = [:]

  deinit {
    if let descriptor { close(descriptor) }
  }

  /// Watches these files, and no others any more. A file behind a symbolic link is watched where it is, too.
  func watch(_ paths: [String]) {
    let files = Set(paths + paths.compactMap(ThemeWatch.target))
    guard files != self.files || !isWhole else { return }
    if let descriptor { close(descriptor) }
    descriptor = nil
    beginnings = [:]
    self.files = files
    isWhole = true
    guard !files.isEmpty else { return }
    let descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    guard descriptor >= 0 else { return }
    for file in files {
      let beginning = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
      let folder = beginning.isEmpty ? "." : beginning
      let mask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE
      let watch = inotify_add_watch(descriptor, folder, UInt32(mask))
      if watch >= 0 { beginnings[watch, default: []].insert(beginning) } else { isWhole = false }
    }
    self.descriptor = descriptor
  }

  /// What happened to the files since the last time; nil for nothing.
  func take() -> Change? {
    guard let descriptor else { return nil }
    var change: Change?
    var bytes = [UInt8](repeating: 0, count: ThemeWatch.chunkByteCount)
    while true {
      let count = read(descriptor, &bytes, bytes.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes.withUnsafeBytes { buffer in
        var rest = buffer[..<count]
        while let (event, name) = ThemeWatch.event(&rest) {
          if let heard = meaning(of: event, name), change != .written { change = heard }
        }
      }
    }
    return change
  }

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
    // The folder is gone. One in its place is watched when somebody asks for that.
    if event.mask & UInt32(IN_IGNORED) != 0 { isWhole = false }
    // More happened than the kernel keeps: it may have been anything.
    if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { return .written }
    let paths = (beginnings[event.wd] ?? []).map { $0 + name }
    guard let path = paths.first(where: files.contains) else { return nil }
    if event.mask & UInt32(IN_DELETE) != 0 { return .removed }
    // What is only created is empty yet, and told again when it is written; but for a link.
    if event.mask & UInt32(IN_CREATE) != 0 { return ThemeWatch.isLink(path) ? .written : nil }
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

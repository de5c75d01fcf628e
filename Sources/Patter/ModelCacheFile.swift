// `$XDG_CACHE_HOME/patter/models.json`: the lists of models that were told last. It is read when somebody
// wants to see a list, or a model answers whose price it may hold, and not before; whatever is wrong with it is
// nobody's news, for it is written anew.

import Glibc
import Providers
import Settings

struct ModelCacheFile: Hashable, Sendable {
  let path: String

  /// Nil where there is no home.
  init?(environment: [String: String]) {
    guard let folder = cacheFolder(environment: environment) else { return nil }
    path = "\(folder)/models.json"
  }

  /// What the file holds; nothing where there is none, or one that cannot be read.
  func read() -> ModelLists {
    // A named pipe or a device must not hold the program up.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return ModelLists() }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= ModelLists.fileLimitBytes
    else { return ModelLists() }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= ModelLists.fileLimitBytes {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    return ModelLists(file: bytes) ?? ModelLists()
  }

  /// Writes the file in one step: whoever reads it meanwhile reads the old one or the new one, whole. Only
  /// the user may read it. That it cannot be written costs a look-up the next time and nothing else.
  func write(_ lists: ModelLists) {
    makeFolder()
    var name = Array("\(path).XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { return }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let isWritten = write(lists.file, to: descriptor)
    guard close(descriptor) == 0, isWritten, rename(name, path) == 0 else {
      unlink(name)
      return
    }
  }

  private func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Makes the folder and those above it where they are missing.
  private func makeFolder() {
    for slash in path.indices.dropFirst() where path[slash] == "/" {
      mkdir(String(path[..<slash]), 0o700)
    }
  }
}

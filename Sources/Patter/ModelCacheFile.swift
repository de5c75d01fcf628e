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

  /// Writes the file in one step. That it cannot be written costs a look-up the next time and nothing else.
  func write(_ lists: ModelLists) {
    try? PrivateFile.write(lists.file, to: path)
  }
}

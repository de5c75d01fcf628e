// Settings files on the disk. A settings file is small and regular; everything else is refused, so that
// a named pipe or a device cannot hold the program up.

import Glibc
public import Settings

/// Reads YAML files and finds them.
public enum YAMLFile {
  /// Names of a folder that are looked at.
  public static let folderLimit = 1_000

  /// The document in the file at `path`; nil when there is no such file.
  ///
  /// - Throws: why the file cannot be read, or what is wrong with its text.
  public static func read(_ path: String) throws(SettingsError) -> Node? {
    guard let bytes = try contents(of: path) else { return nil }
    return try YAMLDocument.read(bytes, file: path)
  }

  /// Names of the `.yaml` files in `folder`, without the ending, sorted; empty when there is no such
  /// folder.
  public static func names(inFolder folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while names.count < folderLimit, let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".yaml"), !name.hasPrefix(".") { names.append(String(name.dropLast(5))) }
    }
    return names.sorted()
  }

  private static func contents(of path: String) throws(SettingsError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if [ENOENT, ENOTDIR, ENAMETOOLONG].contains(errno) { return nil }
      throw failure(path)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw SettingsError(file: path, place: nil, message: "This is not a regular file.")
    }
    // One byte more than allowed, so that the reader of the text sees that it is too large.
    let limit = YAMLDocument.sizeLimitBytes + 1
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while bytes.count < limit {
      let count = Glibc.read(descriptor, &chunk, min(chunk.count, limit - bytes.count))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path) }
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    return bytes
  }

  private static func failure(_ path: String) -> SettingsError {
    let reason = String(cString: strerror(errno))
    return SettingsError(file: path, place: nil, message: "The file cannot be read: \(reason).")
  }
}

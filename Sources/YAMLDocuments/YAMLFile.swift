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
    // One byte more than allowed, so that the reader of the text sees that it is too large.
    let limit = YAMLDocument.sizeLimitBytes + 1
    guard let bytes = try contents(of: path, limit: limit) else { return nil }
    return try YAMLDocument.read(bytes, file: path)
  }

  /// Bytes of a file's beginning that `head` reads.
  public static let headLimitBytes = 1024

  /// The document that the beginning of a file makes, up to the first empty line; nil if there is none or
  /// it is no YAML. To look at many files costs little so.
  public static func head(_ path: String) -> Node? {
    guard let bytes = try? contents(of: path, limit: headLimitBytes) else { return nil }
    var end = bytes.count
    for index in bytes.indices.dropLast() where bytes[index] == 0x0A {
      guard bytes[index + 1] == 0x0A || bytes[index + 1] == 0x0D else { continue }
      end = index + 1
      break
    }
    return try? YAMLDocument.read(Array(bytes[..<end]), file: path)
  }

  /// Names of the `.yaml` files in `folder`, without the ending, sorted; empty when there is no such
  /// folder.
  public static func names(inFolder folder: String) -> [String] {
    names(inFolder: folder, ending: ".yaml")
  }

  /// The same for files with another ending.
  public static func names(inFolder folder: String, ending: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while names.count < folderLimit, let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasSuffix(ending), name != ending, !name.hasPrefix(".") else { continue }
      names.append(String(name.dropLast(ending.count)))
    }
    return names.sorted()
  }

  static func contents(
    of path: String, limit: Int
  ) throws(SettingsError) -> [UInt8]? {
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

import Glibc

/// The package as it lies on the disk.
struct Checkout {
  /// The folder with `Package.swift`, without a slash at its end.
  let root: String

  /// The one this file belongs to.
  init() {
    root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
  }

  /// Everything directly below a folder of the package.
  func names(in folder: String = "") -> [String] {
    guard let stream = opendir("\(root)/\(folder)") else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The paths of all Swift files below a folder of the package.
  func swiftFiles(in folder: String) -> [String] {
    names(in: folder).flatMap { name in
      let path = "\(folder)/\(name)"
      return name.hasSuffix(".swift") ? [path] : swiftFiles(in: path)
    }
  }

  /// The text of a file of the package; nil when it cannot be read.
  func text(of path: String) -> String? {
    guard let stream = fopen("\(root)/\(path)", "r") else { return nil }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = fread(&buffer, 1, buffer.count, stream)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

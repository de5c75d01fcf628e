// What the program finds around it when it starts.

import Glibc

enum Surroundings {
  /// The environment as a value. Bytes that are no UTF-8 are replaced.
  static func environment() -> [String: String] {
    var variables: [String: String] = [:]
    var index = 0
    while let entry = environ[index] {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      index += 1
    }
    return variables
  }

  /// Opens /dev/null in place of each standard stream that is closed: the next file or socket would be
  /// opened there, and be written to. The answer is which of them were closed.
  static func fillStandardStreams() -> Set<Int32> {
    var closed: Set<Int32> = []
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest number that is free is this one: those below it are open.
      _ = open("/dev/null", O_RDWR)
      closed.insert(descriptor)
    }
    return closed
  }

  /// Whether there is a file that we may read.
  static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

  /// The absolute path of this program; empty when the system does not tell.
  static func executablePath() -> String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &path, path.count)
    return String(decoding: path.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

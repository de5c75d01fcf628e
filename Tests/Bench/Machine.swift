import Glibc

/// What the numbers were taken on.
enum Machine {
  /// For example `2 processors, Linux 6.1.0-18-amd64 x86_64, load 0.42`.
  static var text: String {
    var names = utsname()
    uname(&names)
    var load = 0.0
    getloadavg(&load, 1)
    let words = [
      string(of: &names.sysname), string(of: &names.release), string(of: &names.machine),
    ]
    let hundredths = Int((load * 100).rounded())
    return "\(sysconf(Int32(_SC_NPROCESSORS_ONLN))) processors, "
      + words.joined(separator: " ")
      + ", load \(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
  }

  private static func string<Characters>(of characters: inout Characters) -> String {
    withUnsafeBytes(of: &characters) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}

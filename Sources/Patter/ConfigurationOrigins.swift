// Where the values of a configuration come from, beside the values. The reader's rows fill it as they take
// values over; whatever goes before the file says so behind them.

import Settings

/// Where values come from, by the way to them, as in `retry.base`. What is not named has its default.
struct ConfigurationOrigins: Hashable, Sendable {
  private enum Origin: Hashable {
    case written(Place)
    /// A variable or an option, as people call it.
    case outside(String)
  }

  private var origins: [String: Origin] = [:]

  /// Notes that a value counts which is written here.
  mutating func note(_ setting: Setting, if isTaken: Bool = true) {
    guard isTaken else { return }
    origins[setting.path] = .written(setting.namePlace ?? setting.node.place)
  }

  /// Notes that a variable or an option goes before the file.
  mutating func note(_ path: String, from source: String) {
    origins = origins.filter { $0.key != path && !$0.key.hasPrefix(path + ".") }
    origins[path] = .outside(source)
  }

  func isDefault(_ path: String) -> Bool { origins[path] == nil }

  /// Where a value is written in the file; nil for one from elsewhere.
  func place(of path: String) -> Place? {
    switch origins[path] {
    case .written(let place): place
    case .outside, nil: nil
    }
  }

  /// Where a value comes from, in words; `file` is what the file is called.
  func words(for path: String, file: String) -> String {
    switch origins[path] {
    case .written(let place): "\(file):\(place.line)"
    case .outside(let source): source
    case nil: "default"
    }
  }
}

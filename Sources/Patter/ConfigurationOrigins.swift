// Where the values of a configuration come from, beside the values. The reader's rows fill it as they take
// values over; whatever goes before the file says so behind them.

import Settings

/// Where values come from, by the way to them, as in `retry.base`. What is not named has its default.
struct ConfigurationOrigins: Hashable, Sendable {
  private enum Origin: Hashable {
    /// In the file: where its name stands, and where the value itself does.
    case written(name: Place, value: Place)
    /// A variable or an option, as people call it.
    case outside(String)
  }

  private var origins: [String: Origin] = [:]

  /// Notes that a value counts which is written here.
  mutating func note(_ setting: Setting, if isTaken: Bool = true) {
    guard isTaken else { return }
    let value = setting.node.place
    origins[setting.path] = .written(name: setting.namePlace ?? value, value: value)
  }

  /// Notes that a variable or an option goes before the file.
  mutating func note(_ path: String, from source: String) {
    origins = origins.filter { $0.key != path && !$0.key.hasPrefix(path + ".") }
    origins[path] = .outside(source)
  }

  func isDefault(_ path: String) -> Bool { origins[path] == nil }

  /// Where in the file the name of a value stands that counts; nil where it comes from anywhere else.
  func namePlace(of path: String) -> Place? {
    if case .written(let name, _) = origins[path] { name } else { nil }
  }

  /// Where the value itself stands.
  func place(of path: String) -> Place? {
    if case .written(_, let value) = origins[path] { value } else { nil }
  }

  /// Where a value comes from, in words; `file` is what the file is called.
  func words(for path: String, file: String) -> String {
    switch origins[path] {
    case .written(let name, _): "\(file):\(name.line)"
    case .outside(let source): source
    case nil: "default"
    }
  }
}

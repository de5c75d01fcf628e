// A frame as text with its looks, so that a whole screen can be read and compared.

import Glibc
import Interface
import Terminal

/// Each row of a frame, and below it a letter for each cell that does not look like running text; at the end
/// what the letters mean.
struct StyledPicture {
  let text: String

  init(_ frame: Frame, theme: Theme) {
    var letters: [Style: Character] = [:]
    var order: [Style] = []
    var lines: [String] = []
    for (row, words) in zip(frame.rows, frame.picture) {
      lines.append("|" + words)
      var looks = ""
      for cell in row where cell.width > 0 {
        // A blank shows nothing but its background, and lines across it.
        var style = cell.style
        if cell.base == 0x20, cell.marks == .zero {
          style.foreground = theme.style(for: .text).foreground
          style.attributes.formIntersection([.reverse, .underline, .strikethrough])
        }
        if style != theme.style(for: .text), letters[style] == nil {
          letters[style] = StyledPicture.letters[order.count % StyledPicture.letters.count]
          order.append(style)
        }
        looks.append(letters[style] ?? " ")
        if cell.width == 2 { looks.append(letters[style] ?? " ") }
      }
      while looks.last == " " { looks.removeLast() }
      if !looks.isEmpty { lines.append(":" + looks) }
    }
    if let cursor = frame.cursor { lines.append("cursor \(cursor.row), \(cursor.column)") }
    lines += order.map { "\(letters[$0] ?? "?") \($0.words)" }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static let letters = Array(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

  /// The picture of this name as it was looked at and kept; nil when there is none.
  static func kept(_ name: String) -> String? {
    guard let file = fopen(path(name), "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 18)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  /// Keeps this as the picture of this name. Look at it before it is committed.
  func keep(_ name: String) {
    guard let file = fopen(StyledPicture.path(name), "w") else { return }
    fputs(text, file)
    fclose(file)
  }

  /// The kept text of this name, after `text` was kept as it where that is asked for.
  static func kept(_ text: String, _ name: String) -> String? {
    if getenv("PATTER_KEEP_PICTURES") != nil, let file = fopen(path(name), "w") {
      fputs(text, file)
      fclose(file)
    }
    return kept(name)
  }

  private static func path(_ name: String) -> String {
    #filePath.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/Pictures/\(name).txt"
  }
}

extension Style {
  fileprivate var words: String {
    let names: [(Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"),
      (.reverse, "reverse"), (.strikethrough, "strikethrough"),
    ]
    let background = background == .standard ? [] : ["on \(background.words)"]
    let attributes = names.filter { self.attributes.contains($0.0) }.map(\.1)
    return ([foreground.words] + background + attributes).joined(separator: " ")
  }
}

extension Color {
  fileprivate var words: String {
    switch self {
    case .standard: return "own"
    case .named(let number): return "colour \(number)"
    case .rgb(let red, let green, let blue, _):
      let number = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
      let digits = String(number, radix: 16)
      return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
  }
}

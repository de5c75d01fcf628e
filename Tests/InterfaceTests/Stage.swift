import Chat
import Interface
import Terminal

/// Widths as glibc has them, for what the tests use.
let widths = WidthTable { scalar in
  switch scalar {
  case 0x0300...0x036F: 0
  case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xFF01...0xFF60, 0x1F300...0x1F9FF: 2
  default: 1
  }
}

extension Frame {
  /// The rows as text, without blanks at their ends.
  var picture: [String] {
    rows.map { row in
      var text = ""
      for cell in row where cell.width > 0 {
        text.unicodeScalars.append(Unicode.Scalar(cell.base) ?? "?")
        for index in 0..<4 where cell.marks[index] != 0 {
          text.unicodeScalars.append(Unicode.Scalar(cell.marks[index]) ?? "?")
        }
      }
      while text.last == " " { text.removeLast() }
      return text
    }
  }
}

/// A program in front of a screen, drawn after each look at it.
struct Stage {
  var app: App
  var view = ScreenView(widths: widths)
  var size: Size
  var theme = Theme.standard(for: .dark)
  var now = origin

  init(_ app: App, rows: Int, columns: Int) {
    self.app = app
    size = Size(rows: rows, columns: columns)
  }

  @discardableResult
  mutating func draw() -> Frame {
    let drawn = view.draw(app, theme: theme, size: size, at: now)
    app.handle(.laidOut(drawn.layout), at: now)
    return drawn.frame
  }

  var picture: [String] {
    mutating get { draw().picture }
  }
}

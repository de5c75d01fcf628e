import Terminal
import Testing

@Suite struct `Two styles` {
  private static let colors: [Color] = {
    var colors: [Color] = [.standard, .named(0), .named(1), .named(255)]
    for fallback: UInt8? in [nil, 0, 1, 255] {
      colors.append(.rgb(red: 0, green: 0, blue: 0, fallback: fallback))
      colors.append(.rgb(red: 0, green: 0, blue: 1, fallback: fallback))
      colors.append(.rgb(red: 0, green: 1, blue: 0, fallback: fallback))
      colors.append(.rgb(red: 1, green: 0, blue: 0, fallback: fallback))
      colors.append(.rgb(red: 255, green: 255, blue: 255, fallback: fallback))
    }
    return colors
  }()

  /// No two of them look alike.
  private static let styles: [Style] = {
    var styles = [Style.plain]
    for color in colors.dropFirst() {
      styles.append(Style(foreground: color))
      styles.append(Style(background: color, attributes: .bold))
      styles.append(Style(foreground: color, background: color, attributes: .strikethrough))
    }
    return styles
  }()

  @Test func `are equal exactly when every part of them is`() {
    for (index, left) in Self.styles.enumerated() {
      for (other, right) in Self.styles.enumerated() {
        #expect((left == right) == (index == other), "\(left) \(right)")
      }
    }
    for (index, left) in Self.colors.enumerated() {
      for (other, right) in Self.colors.enumerated() {
        #expect((left == right) == (index == other), "\(left) \(right)")
      }
    }
  }

  @Test func `that are equal are one key of a dictionary`() {
    #expect(Set(Self.styles + Self.styles).count == Self.styles.count)
    #expect(Set(Self.colors + Self.colors).count == Self.colors.count)
  }
}

@Suite struct `Two cells` {
  private static let cell = Cell(base: 0x61)
  private static let others = [
    Cell(base: 0x62), Cell(base: 0x61, marks: SIMD4(0, 0, 0, 0x301)),
    Cell(base: 0x61, style: Style(attributes: .dim)), Cell(base: 0x61, width: 2),
  ]

  @Test func `differ as soon as anything of them does`() {
    #expect(Self.cell == Cell(base: 0x61))
    for other in Self.others { #expect(Self.cell != other) }
    #expect([Self.cell, Self.cell] == [Self.cell, Cell(base: 0x61)])
    #expect([Self.cell] != [Self.cell, Self.cell])
    #expect(Set(Self.others + [Self.cell] + Self.others).count == 5)
  }
}

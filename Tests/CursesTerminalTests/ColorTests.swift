// Which palette number stands for a colour at which depth.

import Terminal
import Testing

@testable import CursesTerminal

private func rgb(_ value: UInt32, fallback: UInt8? = nil) -> Color {
  .rgb(
    red: UInt8(value >> 16 & 0xFF), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF),
    fallback: fallback)
}

@Suite struct `A colour` {
  private let many = Palette(depth: .palette256, colorCount: 256)
  private let sixteen = Palette(depth: .sixteen, colorCount: 16)
  private let eight = Palette(depth: .sixteen, colorCount: 8)
  private let none = Palette(depth: .none, colorCount: 0)

  @Test(
    arguments: [
      (0x000000, 16), (0xFFFFFF, 231), (0xFF0000, 196), (0x00FF00, 46), (0x0000FF, 21),
      (0x5F87AF, 67), (0x080808, 232), (0xEEEEEE, 255), (0x808080, 244), (0xFF8700, 208),
    ] as [(UInt32, Int32)])
  func `that is in the palette is found exactly`(value: UInt32, number: Int32) {
    #expect(many.foreground(rgb(value)) == Palette.Entry(number: number))
    #expect(many.background(rgb(value)) == Palette.Entry(number: number))
  }

  @Test func `of the fixed ones is its own nearest`() {
    let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
    for index in 0..<216 {
      let (red, green, blue) = (levels[index / 36], levels[index / 6 % 6], levels[index % 6])
      #expect(PerceivedColor.nearestFixed(red: red, green: green, blue: blue) == 16 + index)
    }
  }

  @Test func `is as far from another as OKLab says`() {
    let black = PerceivedColor(red: 0, green: 0, blue: 0)
    // Ottosson's values: white is (1, 0, 0), red is (0.62796, 0.22486, 0.12585).
    let white = black.distance(to: PerceivedColor(red: 255, green: 255, blue: 255))
    let red = black.distance(to: PerceivedColor(red: 255, green: 0, blue: 0))
    #expect((0.9999...1.0001).contains(white))
    #expect((0.4606...0.4609).contains(red))
  }

  @Test func `that is nearly grey becomes a grey and a dark blue stays blue`() {
    #expect((232...255).contains(many.foreground(rgb(0x1E1E2E)).number))
    #expect(many.foreground(rgb(0x121212)).number == 233)
    #expect([17, 18].contains(many.foreground(rgb(0x00006F)).number))
  }

  @Test func `is itself where there are all, and never one of the terminal's own`() {
    let direct = Palette(depth: .direct, colorCount: DirectColors.colorCount)
    #expect(direct.foreground(rgb(0x123456)).number == 0x123456)
    #expect(direct.background(rgb(0xFFFFFF)).number == 0xFFFFFF)
    #expect(direct.foreground(.named(9)).number == 9)
    #expect(direct.foreground(.standard) == .standard)
    for black: UInt32 in 0...16 { #expect(direct.foreground(rgb(black)).number == 16) }
  }

  @Test(arguments: [
    (["COLORTERM": "truecolor"], true), (["COLORTERM": "24bit"], true),
    (["COLORTERM": "1"], false), ([:], false),
    (["COLORTERM": "truecolor", "STY": "1.tty"], false),
    (["COLORTERM": "truecolor", "STY": "1.tty", "TMUX": "/t"], true),
  ])
  func `has 24 bits where the terminal says so`(variables: [String: String], expected: Bool) {
    #expect(DirectColors.areOffered(by: { variables[$0] }, isDescribed: false) == expected)
    #expect(DirectColors.areOffered(by: { variables[$0] }, isDescribed: true))
  }

  @Test func `is the fallback where there are sixteen`() {
    #expect(sixteen.foreground(rgb(0x123456, fallback: 12)).number == 12)
    #expect(sixteen.foreground(rgb(0x123456)) == .standard)
    #expect(sixteen.background(rgb(0x123456, fallback: 12)).number == 12)
  }

  @Test func `is made bright by bold where there are eight`() {
    #expect(eight.foreground(.named(12)) == Palette.Entry(number: 4, isBold: true))
    #expect(eight.foreground(.named(4)) == Palette.Entry(number: 4))
    #expect(eight.background(.named(12)) == Palette.Entry(number: 4))
    #expect(eight.foreground(rgb(0xFFFFFF, fallback: 15)) == Palette.Entry(number: 7, isBold: true))
  }

  @Test func `with a name keeps it wherever there are colours`() {
    #expect(many.foreground(.named(9)).number == 9)
    #expect(sixteen.foreground(.named(9)).number == 9)
    #expect(many.foreground(.standard) == .standard)
  }

  @Test func `is left out where there are none`() {
    for color in [Color.standard, .named(3), rgb(0xFF0000, fallback: 1)] {
      #expect(none.foreground(color) == .standard)
      #expect(none.background(color) == .standard)
    }
  }
}

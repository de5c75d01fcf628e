// Which number of the terminal's palette stands for a colour.

import Glibc
import Terminal

/// Turns colours into palette numbers. Pure: it asks no terminal.
struct Palette: Hashable, Sendable {
  /// A colour as curses wants it: the number, and whether bold has to make it bright (only where a
  /// terminal has 8 colours, and only a foreground).
  struct Entry: Hashable, Sendable {
    var number: Int32
    var isBold = false

    /// The terminal's own colour.
    static let standard = Entry(number: -1)
  }

  var depth: ColorDepth
  /// What the terminal claims to have, at least 8 when `depth` is not none.
  var colorCount: Int

  func foreground(_ color: Color) -> Entry {
    let number = number(of: color)
    guard number >= colorCount, number < 16 else { return Entry(number: Int32(number)) }
    return Entry(number: Int32(number - 8), isBold: true)
  }

  func background(_ color: Color) -> Entry {
    let number = number(of: color)
    return Entry(number: Int32(number >= colorCount && number < 16 ? number - 8 : number))
  }

  private func number(of color: Color) -> Int {
    switch (depth, color) {
    case (.none, _), (_, .standard): -1
    case (.sixteen, .named(let number)), (.palette256, .named(let number)),
      (.direct, .named(let number)):
      Int(number & 15)
    case (.sixteen, .rgb(_, _, _, let fallback)): fallback.map { Int($0 & 15) } ?? -1
    case (.palette256, .rgb(let red, let green, let blue, _)):
      PerceivedColor.nearestFixed(red: red, green: green, blue: blue)
    case (.direct, .rgb(let red, let green, let blue, _)):
      // The first numbers are the terminal's own colours. These few are all but black.
      max(DirectColors.namedCount, Int(red) << 16 | Int(green) << 8 | Int(blue))
    }
  }
}

/// A colour as the eye tells colours apart: OKLab, where plain distance is what is seen
/// (B. Ottosson, "A perceptual color space for image processing", 2020).
struct PerceivedColor: Hashable, Sendable {
  private var values: SIMD3<Double>

  init(red: UInt8, green: UInt8, blue: UInt8) {
    let (r, g, b) = (Self.linear(red), Self.linear(green), Self.linear(blue))
    let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    values = SIMD3(
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s)
  }

  func distance(to other: PerceivedColor) -> Double {
    let difference = values - other.values
    return (difference * difference).sum()
  }

  private static func linear(_ channel: UInt8) -> Double {
    let value = Double(channel) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }

  /// The number of the nearest among 16–255. Those below are whatever the person made of them.
  static func nearestFixed(red: UInt8, green: UInt8, blue: UInt8) -> Int {
    let wanted = PerceivedColor(red: red, green: green, blue: blue)
    var nearest = (number: 16, distance: Double.infinity)
    for (index, color) in fixed.enumerated() {
      let distance = wanted.distance(to: color)
      if distance < nearest.distance { nearest = (16 + index, distance) }
    }
    return nearest.number
  }

  /// The colours 16–255: a cube of six levels, then 24 greys (xterm, "256colres.pl").
  private static let fixed: [PerceivedColor] = {
    let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
    var colors: [PerceivedColor] = []
    for red in levels {
      for green in levels {
        for blue in levels { colors.append(PerceivedColor(red: red, green: green, blue: blue)) }
      }
    }
    for step: UInt8 in 0..<24 {
      let grey = 8 + 10 * step
      colors.append(PerceivedColor(red: grey, green: grey, blue: grey))
    }
    return colors
  }()
}

// How curses says a style: attribute bits and the number of a colour pair.

import CNcurses
import Terminal

/// Turns styles into what goes into a cell of curses, and remembers what it has turned.
struct CursesStyle {
  struct Rendition: Hashable {
    var attributes: attr_t
    var pair: Int32
  }

  private struct Colors: Hashable {
    var foreground: Int32
    var background: Int32
  }

  /// Styles remembered at once; at the limit all are forgotten and learned again.
  static let styleLimit = 4_096

  private let palette: Palette
  private var known: [Style: Rendition] = [:]
  private var pairs: [Colors: Int32] = [:]

  init(_ palette: Palette) {
    self.palette = palette
  }

  mutating func rendition(of style: Style) -> Rendition {
    if let rendition = known[style] { return rendition }
    if known.count >= Self.styleLimit { known.removeAll(keepingCapacity: true) }
    let foreground = palette.foreground(style.foreground)
    let background = palette.background(style.background)
    var attributes = Self.attributes(style.attributes)
    if foreground.isBold { attributes |= curses_bold }
    let rendition = Rendition(
      attributes: attributes,
      pair: pair(Colors(foreground: foreground.number, background: background.number)))
    known[style] = rendition
    return rendition
  }

  /// curses has no bit for struck-through text. Dim says "no longer" as well, and not louder.
  private static func attributes(_ attributes: Style.Attributes) -> attr_t {
    var bits: attr_t = 0
    if attributes.contains(.bold) { bits |= curses_bold }
    if attributes.contains(.dim) || attributes.contains(.strikethrough) { bits |= curses_dim }
    if attributes.contains(.italic) { bits |= curses_italic }
    if attributes.contains(.underline) { bits |= curses_underline }
    if attributes.contains(.reverse) { bits |= curses_reverse }
    return bits
  }

  /// `alloc_pair` of ncurses 6.4 crashes without colours, and answers -1 for a colour it does not have
  /// or when no pair is left; a cell with pair -1 prints `^@`. Pair 0 is the terminal's own colours.
  private mutating func pair(_ colors: Colors) -> Int32 {
    if palette.depth == .none || colors == Colors(foreground: -1, background: -1) { return 0 }
    if let pair = pairs[colors] { return pair }
    let isPossible = max(colors.foreground, colors.background) < palette.colorCount
    let allocated = isPossible ? alloc_pair(colors.foreground, colors.background) : -1
    let pair = max(0, allocated)
    pairs[colors] = pair
    return pair
  }
}

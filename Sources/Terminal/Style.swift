// How text may look.
//
// Every cell of every frame is compared with the one before it, at the edge and so in another module.
// The equality that the compiler writes is called across that border and never inlined: it took two
// thirds of the time of a frame (measured). So equality is written by hand here, over numbers that hold
// all there is of a value, and may be inlined wherever it is used.

/// A colour as a theme asks for it. What a terminal can show of it is the edge's affair.
public enum Color: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case standard
  /// One of the terminal's own 16 colours: 0–7 and, bright, 8–15.
  case named(UInt8)
  /// A 24-bit colour, and the one of the 16 that stands in for it where there are only those (nil:
  /// the terminal's own).
  case rgb(red: UInt8, green: UInt8, blue: UInt8, fallback: UInt8?)

  /// The colour as a number of 42 bits: the same for the same colour and for no other.
  @inlinable @inline(__always)
  var code: UInt64 {
    switch self {
    case .standard:
      return 0
    case .named(let number):
      return 1 << 40 | UInt64(number)
    case .rgb(let red, let green, let blue, let fallback):
      let rgb = UInt64(red) << 16 | UInt64(green) << 8 | UInt64(blue)
      return 1 << 41 | rgb << 9 | (fallback.map { UInt64($0) } ?? 0x100)
    }
  }

  @inlinable
  public static func == (left: Color, right: Color) -> Bool { left.code == right.code }

  @inlinable
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

/// Colours and attributes of a cell.
public struct Style: Hashable, Sendable {
  public struct Attributes: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let bold = Attributes(rawValue: 1 << 0)
    public static let dim = Attributes(rawValue: 1 << 1)
    public static let italic = Attributes(rawValue: 1 << 2)
    public static let underline = Attributes(rawValue: 1 << 3)
    public static let reverse = Attributes(rawValue: 1 << 4)
    public static let strikethrough = Attributes(rawValue: 1 << 5)
  }

  public var foreground: Color
  public var background: Color
  public var attributes: Attributes

  public init(
    foreground: Color = .standard, background: Color = .standard, attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  public static let plain = Style()

  @inlinable
  public static func == (left: Style, right: Style) -> Bool {
    left.attributes.rawValue == right.attributes.rawValue && left.foreground == right.foreground
      && left.background == right.background
  }

  @inlinable
  public func hash(into hasher: inout Hasher) {
    hasher.combine(foreground.code << 8 | UInt64(attributes.rawValue))
    hasher.combine(background.code)
  }
}

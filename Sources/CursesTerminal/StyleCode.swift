// A style as two numbers. Every cell of every frame is compared with the one before it, and the equality
// that the compiler writes for `Style` is a call into another module: it took two thirds of the time of
// a frame *(measured)*.

import Terminal

/// A style in a form that is compared and hashed fast. Equal exactly when the styles are.
struct StyleCode: Hashable {
  private let foreground: UInt64
  private let background: UInt64

  @inline(__always)
  init(_ style: Style) {
    foreground = StyleCode.number(style.foreground) << 8 | UInt64(style.attributes.rawValue)
    background = StyleCode.number(style.background)
  }

  @inline(__always)
  private static func number(_ color: Color) -> UInt64 {
    switch color {
    case .standard: return 0
    case .named(let number): return 1 << 40 | UInt64(number)
    case .rgb(let red, let green, let blue, let fallback):
      let rgb = UInt64(red) << 16 | UInt64(green) << 8 | UInt64(blue)
      return 1 << 41 | rgb << 9 | (fallback.map { UInt64($0) } ?? 0x100)
    }
  }

  /// Whether two rows look the same.
  static func isSame(_ left: [Cell], _ right: [Cell]) -> Bool {
    guard left.count == right.count else { return false }
    return left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        left.baseAddress == right.baseAddress
          || left.indices.allSatisfy { isSame(left[$0], right[$0]) }
      }
    }
  }

  @inline(__always)
  private static func isSame(_ left: Cell, _ right: Cell) -> Bool {
    left.base == right.base && left.width == right.width && left.marks == right.marks
      && StyleCode(left.style) == StyleCode(right.style)
  }
}

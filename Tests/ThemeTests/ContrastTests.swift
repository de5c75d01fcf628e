import Glibc
import Interface
import Terminal
import Testing

/// Contrast as WCAG 2.2 defines it, 1 to 21.
@Suite struct ContrastTests {
  /// What terminals have for a background where people did not choose one themselves, and two that many
  /// did choose.
  static let backgrounds: [Theme.Appearance: [UInt32]] = [
    .dark: [0x000000, 0x1E1E1E, 0x282C34, 0x2E3440], .light: [0xFFFFFF, 0xFAFAFA, 0xFDF6E3],
  ]
  static let lines: Set<Face> = [.rule, .tableBorder, .overlayBorder]

  @Test(arguments: [Theme.Appearance.dark, .light])
  func `the default pair can be read`(appearance: Theme.Appearance) throws {
    let theme = Theme.standard(for: appearance)
    for face in Face.allCases {
      let style = theme.style(for: face)
      guard let foreground = luminance(style.foreground) else {
        // The terminal's own text on the terminal's own background is the user's choice.
        #expect(style.background == .standard)
        continue
      }
      let behind =
        luminance(style.background).map { [$0] }
        ?? (Self.backgrounds[appearance] ?? []).map { luminance($0) }
      for background in behind {
        let contrast = ratio(foreground, background)
        let needed = Self.lines.contains(face) ? 2.5 : 4.5
        #expect(contrast >= needed, "\(face): \(contrast)")
      }
    }
  }

  /// Solarized's own grey for comments has 2.9; no words have less.
  @Test(arguments: ThemeFilesTests.names)
  func `all words of every theme can be made out`(name: String) throws {
    let theme = try ThemeFilesTests.theme(name).theme
    for face in Face.allCases where !Self.lines.contains(face) {
      let style = theme.style(for: face)
      guard let foreground = luminance(style.foreground),
        let background = luminance(style.background)
      else { continue }
      let contrast = ratio(foreground, background)
      #expect(contrast >= 2.8, "\(face): \(contrast)")
    }
  }

  @Test func `plain text of every theme can be read`() throws {
    for name in ThemeFilesTests.names {
      let theme = try ThemeFilesTests.theme(name).theme
      for face in [Face.text, .composer, .codeBlock, .prompt, .overlay, .selection] {
        let style = theme.style(for: face)
        guard let foreground = luminance(style.foreground),
          let background = luminance(style.background)
        else { continue }
        let contrast = ratio(foreground, background)
        #expect(contrast >= 3.4, "\(name): \(face): \(contrast)")
      }
    }
  }

  @Test func `code of every theme can be read`() throws {
    for name in ThemeFilesTests.names {
      let theme = try ThemeFilesTests.theme(name).theme
      for face in Face.allCases where face.name.hasPrefix("code-") {
        let style = theme.style(for: face)
        guard let foreground = luminance(style.foreground),
          let background = luminance(style.background)
        else { continue }
        let contrast = ratio(foreground, background)
        // Some schemes are soft by nature.
        #expect(contrast >= 2.9, "\(name): \(face): \(contrast)")
      }
    }
  }
}

private func ratio(_ one: Double, _ other: Double) -> Double {
  (max(one, other) + 0.05) / (min(one, other) + 0.05)
}

private func luminance(_ color: Color) -> Double? {
  guard case .rgb(let red, let green, let blue, _) = color else { return nil }
  return luminance(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue))
}

private func luminance(_ number: UInt32) -> Double {
  func linear(_ shift: UInt32) -> Double {
    let value = Double(number >> shift & 0xFF) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }
  return 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0)
}

// A theme as the drawing sees it: a style for each face, worked out once.

public import Terminal

/// How the faces look. `style(for:)` is a look-up in an array.
public struct Theme: Hashable, Sendable {
  /// The background that the colours were chosen for.
  public enum Appearance: Hashable, Sendable {
    case dark
    case light
  }

  /// The name a person reads, `Patter Dark`.
  public let name: String
  public let appearance: Appearance
  private let styles: [Style]
  private let monochromeStyles: [Style]

  /// Resolves what was written for some faces into a style for each of them. The members that a face
  /// leaves open come from its fallback; `Face.attributes` stand in where nothing at all is written for
  /// a face, and without colours.
  init(name: String, appearance: Appearance, faces: [Face: FaceStyle]) {
    var styles: [Style] = []
    var monochromeStyles: [Style] = []
    for face in Face.allCases {
      let base = face.fallback.map { styles[$0.rawValue] } ?? .plain
      let monochromeBase = face.fallback.map { monochromeStyles[$0.rawValue] } ?? .plain
      let written = faces[face]
      let own = written == nil ? face.attributes : nil
      styles.append(
        Style(
          foreground: written?.foreground ?? base.foreground,
          background: written?.background ?? base.background,
          attributes: written?.attributes ?? own ?? base.attributes))
      let monochrome = written?.monochrome ?? face.attributes ?? written?.attributes
      monochromeStyles.append(Style(attributes: monochrome ?? monochromeBase.attributes))
    }
    self.init(
      name: name, appearance: appearance, styles: styles, monochromeStyles: monochromeStyles)
  }

  private init(
    name: String, appearance: Appearance, styles: [Style], monochromeStyles: [Style]
  ) {
    self.name = name
    self.appearance = appearance
    self.styles = styles
    self.monochromeStyles = monochromeStyles
  }

  public func style(for face: Face) -> Style { styles[face.rawValue] }

  /// This theme where no colours are shown: a terminal without them, or `NO_COLOR`.
  public var withoutColors: Theme {
    Theme(
      name: name, appearance: appearance, styles: monochromeStyles,
      monochromeStyles: monochromeStyles)
  }
}

/// What a theme writes for one face. Nil is what it leaves open.
struct FaceStyle: Hashable, Sendable {
  var foreground: Color?
  var background: Color?
  var attributes: Style.Attributes?
  /// Attributes where there are no colours.
  var monochrome: Style.Attributes?
}

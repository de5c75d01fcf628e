import Interface
import Terminal

extension Theme.Appearance {
  /// What a terminal told of the colour behind its text; nil where it told something else. A background is
  /// dark below half of full light, as the eye weighs the channels (ITU-R BT.601).
  init?(told report: TerminalReport) {
    switch report {
    case .background(let red, let green, let blue):
      let light = 0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)
      self = light / 65_535 < 0.5 ? .dark : .light
    case .appearance(let isDark):
      self = isDark ? .dark : .light
    case .synchronizedOutput, .attributes, .keyboardForms:
      return nil
    }
  }
}

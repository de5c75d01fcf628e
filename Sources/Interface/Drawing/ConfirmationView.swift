import Terminal

/// A question as lines: the question, and below it both answers, of which one is selected.
struct ConfirmationView {
  /// The answers come last, so that where rows are few they are what is seen.
  let lines: [TextLine]

  init(_ confirmation: Confirmation, _ keys: KeyMap, columns: Int, wrap: TextWrap, theme: Theme) {
    let overlay = theme.style(for: .overlay)
    func answer(_ letter: String, _ words: String, isSelected: Bool, key: Action) -> TextLine {
      let style = isSelected ? theme.style(for: .selection) : overlay
      let enter = isSelected ? keys.name(of: .send) : nil
      let other = key == .send ? nil : keys.name(of: key)
      let names = [letter, other, enter].compactMap(\.self).joined(separator: ", ")
      let line = wrap.lines([TextRun("\(names): \(words)", style)], columns: columns).first
      return line ?? .empty
    }
    let question = wrap.lines(
      [TextRun(confirmation.question, theme.style(for: .overlayTitle))], columns: columns)
    lines =
      question + [
        answer("y", confirmation.yes, isSelected: confirmation.isYesSelected, key: .send),
        answer("n", confirmation.no, isSelected: !confirmation.isYesSelected, key: .cancel),
      ]
  }
}

// The picker of earlier prompts: opened with what is typed, gone through, chosen from. The draft stands below
// it untouched until a prompt is chosen, and a live reply goes on above it.

extension App {
  /// Lays the picker under the transcript, with the draft's first line to look for.
  mutating func openRecall() {
    guard !composer.recall.prompts.isEmpty else {
      notice = Notice("There is no earlier prompt yet that could be found.")
      return
    }
    let line = composer.elements.prefix(Picker.queryLimit).prefix { !$0.isLineEnd }
    overlay = .recall(RecallPicker(composer.recall, query: line.filter { !$0.isLabelled }.text))
  }

  /// The next older prompt, where the picker is open; false where it is not.
  mutating func goToOlderPrompt() -> Bool {
    guard case .recall(var recall) = overlay else { return false }
    recall.picker.move(by: 1)
    overlay = .recall(recall)
    return true
  }

  /// What the picker says around its rows.
  func words(for recall: RecallPicker) -> PickerView.Words {
    PickerView.Words(
      title: "Earlier prompt", nothing: "No earlier prompt has these words.", notes: nil,
      marked: nil,
      preview: PickerView.Preview(mostRows: 6, leastListRows: 4) { length in
        (recall.selected ?? []).text(length: length)
      })
  }
}

extension Collection<DraftElement> {
  /// The beginning of the text as it is sent: so many graphemes, or all of them.
  func text(length: Int) -> String {
    var text = ""
    var left = length
    for element in self {
      guard left > 0 else { break }
      switch element {
      case .character(let character):
        text.append(character)
        left -= 1
      case .paste(let paste):
        text += paste.text.prefix(left)
        left -= paste.length
      case .attachment(let attachment):
        text += attachment.label
        left -= attachment.label.count
      }
    }
    return text
  }
}

// The picker of the prompts of the page, of which one is edited; the newest first.

import Chat

/// Which prompt of the page is edited.
public struct PromptPicker: Hashable, Sendable {
  /// The rows and which of them is selected.
  public internal(set) var picker: Picker
  /// The prompts of the rows.
  private let prompts: [MessageID]

  /// - Parameter prompts: the first one of the page before the others.
  init(_ prompts: [MessageID], of conversation: Conversation) {
    self.prompts = prompts.reversed()
    picker = Picker(
      prompts: self.prompts.map { prompt in
        let text = conversation[prompt].wordsOrLabels.prefix(PromptHead.searchedLength)
        let head = PromptHead(String(text).draftElements)
        return (PickerItem("\(prompt)", title: head.title), head.letters)
      })
  }

  /// The selected prompt; nil where none is found.
  var selected: MessageID? { picker.selectedPlace.map { prompts[$0] } }
}

// The picker of earlier prompts, the newest first. `PromptQuery` says how one is found.

/// Which earlier prompt is to come back.
public struct RecallPicker: Hashable, Sendable {
  /// The rows and which of them is selected.
  public internal(set) var picker: Picker
  /// The prompts there were when it was opened, by the ids of their rows.
  private let prompts: [String: [DraftElement]]

  /// - Parameter query: what is looked for at first.
  init(_ recall: Recall, query: String) {
    var prompts: [String: [DraftElement]] = [:]
    var rows: [(item: PickerItem, letters: [UInt32])] = []
    var seen: [String: [[DraftElement]]] = [:]
    for (index, prompt) in zip(recall.prompts.indices, recall.prompts).reversed() {
      let head = recall.heads[index]
      // Somebody who writes "continue" forty times looks for it once.
      guard seen[head.title]?.contains(where: { $0.count == prompt.count && $0 == prompt }) != true
      else { continue }
      seen[head.title, default: []].append(prompt)
      let item = PickerItem(String(index), title: head.title)
      prompts[item.id] = prompt
      rows.append((item, head.letters))
    }
    self.prompts = prompts
    picker = Picker(prompts: rows)
    picker.type(query)
  }

  /// The selected prompt; nil where none is found.
  var selected: [DraftElement]? { picker.selected.flatMap { prompts[$0.id] } }
}

// The list of prompts that wait for the end of a reply, the next one first: they are moved in it, taken back
// and given up.

import Chat

/// Which of the prompts that wait is meant.
public struct WaitingPicker: Hashable, Sendable {
  /// Most graphemes of a prompt that its row shows and that are searched.
  static let titleLength = 200

  /// The rows and which of them is selected.
  public internal(set) var picker: Picker

  init(_ queue: [Prompt]) {
    picker = Picker(queue.map(Self.row))
  }

  /// Brings the rows up to date: prompts go out while somebody looks at the list. What is selected stays.
  mutating func follow(_ queue: [Prompt]) {
    let ids = queue.map { "\($0.number)" }
    guard picker.items.map(\.id) != ids else { return }
    let isMove = Set(picker.items.map(\.id)) == Set(ids)
    picker.show(queue.map(Self.row))
    // The one that was moved goes to its place in the list, and the list stays where it is.
    if isMove, let id = picker.selected?.id { picker.select(id: id) }
  }

  /// The `Prompt.number` of the selected row; nil where there is none.
  var selected: UInt32? { picker.selected.flatMap { UInt32($0.id) } }

  private static func row(_ prompt: Prompt) -> PickerItem {
    PickerItem("\(prompt.number)", title: prompt.line, details: prompt.remark.map { [$0] } ?? [])
  }
}

extension Prompt {
  /// What is attached and its first words, in one line.
  var line: String {
    (attachments.attachmentLabels + " " + text).prefix(WaitingPicker.titleLength).split(
      whereSeparator: \.isWhitespace
    )
    .joined(separator: " ")
  }

  /// What it is beside the next one of the conversation; nil where it is just that.
  var remark: String? {
    if inPlaceOf != nil { return "in place of an earlier one" }
    return racers.count > 1 ? "a race of \(racers.count)" : nil
  }
}

// Short lists to choose from, whose rows the app knows by itself.

import Chat

/// What one chooses, and the rows.
public struct ChoicePicker: Hashable, Sendable {
  public enum Subject: Hashable, Sendable {
    /// How much models are to think.
    case effort
  }

  public let subject: Subject
  public internal(set) var picker: Picker
  /// The id of the row that holds now.
  let marked: String

  /// How much models are to think, of which `effort` holds.
  static func efforts(now effort: ReasoningEffort?) -> ChoicePicker {
    let rows = EffortChoice.allCases.map { choice in
      PickerItem(choice.rawValue, details: choice == .standard ? ["as configured"] : [])
    }
    return ChoicePicker(subject: .effort, rows: rows, marked: EffortChoice(effort).rawValue)
  }

  init(subject: Subject, rows: [PickerItem], marked: String) {
    self.subject = subject
    self.marked = marked
    picker = Picker(rows)
    picker.select(id: marked)
  }
}

// The list of conversations: to go to one, to close one, to delete one and to bring it back.
//
// The one in view is first, and behind it those that were in view, the last one before the others: going
// back and forth between two takes the key and Enter. Behind them stand those that were closed, the last
// one first. This order is made when the list is opened. While it is open nothing moves: what changes is
// what the rows say, and a conversation that comes back is put on top.

import Chat

/// Which conversation is meant.
public struct ConversationPicker: Hashable, Sendable {
  /// The longest name in a row, in graphemes.
  static let nameLength = 200

  /// The rows, by the numbers of the conversations.
  public internal(set) var picker: Picker

  init(_ rows: [PickerItem], selecting id: ConversationID) {
    picker = Picker(rows)
    picker.select(id: String(id.number))
  }

  /// The conversation of the selected row; nil where none is found.
  var selected: ConversationID? { picker.selected.flatMap { ConversationPicker.id($0) } }

  /// The conversations in the order of their rows.
  var ids: [ConversationID] { picker.items.compactMap { ConversationPicker.id($0) } }

  private static func id(_ row: PickerItem) -> ConversationID? {
    UInt32(row.id).map { ConversationID($0) }
  }
}

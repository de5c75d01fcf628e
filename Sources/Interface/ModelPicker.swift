// The picker of models: who answers now, then chains and pools, then provider after provider, in the order
// in which they were first told of. Each tells its rows by itself, when it has them.

/// The models of one provider, as rows, and whether there may be more.
public struct ModelList: Hashable, Sendable {
  public enum State: Hashable, Sendable {
    /// The provider is being asked; the rows are those it told before.
    case looking
    case listed
    /// It told nothing, for this reason; the rows are those it told before.
    case failed(String)
  }

  /// Names the list among others, and goes before its later states.
  public let id: String
  /// The provider's name in front of people.
  public let name: String
  public let items: [PickerItem]
  public let state: State

  public init(id: String, name: String, items: [PickerItem], state: State) {
    self.id = id
    self.name = name
    self.items = items
    self.state = state
  }
}

/// Which model is to answer: the rows of all lists that have come.
public struct ModelPicker: Hashable, Sendable {
  /// The rows and which of them is selected.
  public internal(set) var picker: Picker
  private var lists: [ModelList] = []
  /// Who answers when the picker opens; on no list, perhaps.
  private let inUse: PickerItem?

  /// - Parameter inUse: the name of the model or route that answers; nil while none does.
  public init(inUse: String?) {
    self.inUse = inUse.map { PickerItem($0) }
    picker = Picker(self.inUse.map { [$0] } ?? [])
  }

  /// Takes over a list, in place of an earlier one of its id.
  public mutating func take(_ list: ModelList) {
    if let index = lists.firstIndex(where: { $0.id == list.id }) {
      let isSame = lists[index].items == list.items
      lists[index] = list
      if isSame { return }
    } else {
      lists.append(list)
    }
    let items = lists.flatMap(\.items)
    let first = items.first { $0.id == inUse?.id } ?? inUse
    // It counts once, and here: whatever comes stands behind it.
    picker.show([first].compactMap(\.self) + items)
  }

  /// What Enter asks for: the selected row, or the query where it finds none and may be a name.
  var choice: String? { picker.selected?.id ?? writtenName }

  /// The query as a name that is on no list.
  var writtenName: String? {
    let words = picker.query.split(whereSeparator: \.isWhitespace)
    guard picker.selected == nil, words.count == 1, let slash = words[0].firstIndex(of: "/"),
      slash > words[0].startIndex, words[0].last != "/"
    else { return nil }
    return String(words[0])
  }

  /// What is to be said of the lists: why some did not come, and who is still asked.
  var notes: [String] {
    var notes: [String] = []
    var looking: [String] = []
    for list in lists {
      switch list.state {
      case .looking: looking.append(list.name)
      case .failed(let reason): notes.append(reason)
      case .listed: break
      }
    }
    return (looking.isEmpty ? [] : ["\(looking.joined(separator: ", ")): looking …"]) + notes
  }
}

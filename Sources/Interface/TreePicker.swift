// The whole conversation as a tree, to choose a branch from: a row for each message.
//
//     ● You  What is blue?
//       ├ m  A colour.                             stopped  ‹1/2›
//       │ You  Which one?
//       │ m  That of the sky.
//     ● └ m  The colour of the sky.                         ‹2/2›
//     ● You  And red?
//
// What follows one another stands below one another and is not set in. Where several messages follow the same
// one, all but the last are set in with what is behind them, and behind the last one the tree goes on as before:
// so a conversation that was edited at every turn stays as narrow as one that never was. The order is that in
// which the messages came, and does not change with the branch that is chosen.

import Chat

/// Which message of the tree is to come into view.
public struct TreePicker: Hashable, Sendable {
  /// The rows and which of them is selected.
  public internal(set) var picker: Picker
  /// The messages of the rows.
  private var messages: [MessageID] = []
  /// Places of rows whose messages a stream may still change.
  private var live: [Int] = []
  private var shapeRevision: Int

  /// - Parameter reading: the message whose row is selected at first.
  init(_ conversation: Conversation, reading: MessageID?) {
    shapeRevision = conversation.shapeRevision
    picker = Picker(prompts: [])
    showRows(of: conversation)
    if let reading { picker.select(id: "\(reading)") }
  }

  /// The selected message; nil where none is found.
  var selected: MessageID? { picker.selectedPlace.map { messages[$0] } }

  /// Takes over what has come. The selected row stays selected, and where it is on the screen. Costs what the
  /// tree has messages where any were added, and else what is live.
  mutating func follow(_ conversation: Conversation) {
    guard shapeRevision == conversation.shapeRevision else {
      shapeRevision = conversation.shapeRevision
      return showRows(of: conversation)
    }
    for place in live {
      let message = conversation[messages[place]]
      guard let branch = picker.items[place].branch else { continue }
      picker.change(place, to: message.row(branch))
    }
    live.removeAll { conversation[messages[$0]].isSettled }
  }

  private mutating func showRows(of conversation: Conversation) {
    let path = Set(conversation.path)
    let branches = conversation.branches
    messages = branches.map(\.message)
    live = messages.indices.filter { !conversation[messages[$0]].isSettled }
    picker.put(
      branches.map { place in
        let message = conversation[place.message]
        return message.row(
          PickerItem.Branch(
            depth: place.depth, fork: place.fork, speaker: message.speaker, version: place.version,
            isChosen: path.contains(place.message)))
      })
  }
}

extension Conversation {
  typealias Branching = (
    message: MessageID, depth: Int, fork: PickerItem.Branch.Fork, version: String
  )

  /// All messages as the rows of a tree, from the top. Linear in their number.
  fileprivate var branches: [Branching] {
    var rows: [Branching] = []
    // What is still to come, the next one last.
    var open: [Branching] = []
    func add(_ children: [MessageID], depth: Int) {
      for (index, child) in children.enumerated().reversed() {
        let sibling = MessageLayout.Place.Sibling(number: index + 1, count: children.count)
        if children.count == 1 {
          open.append((child, depth, .alone, ""))
        } else {
          open.append((child, depth, index == children.count - 1 ? .last : .beside, sibling.sign))
        }
      }
    }
    add(children(of: nil), depth: 0)
    while let row = open.popLast() {
      rows.append(row)
      add(children(of: row.message), depth: row.depth + (row.fork == .beside ? 1 : 0))
    }
    return rows
  }
}

extension Message {
  /// How many Unicode scalars of a message are searched.
  private static let searchedLength = 512
  /// How many of them its row may show.
  private static let titleLength = 256

  fileprivate var speaker: String {
    switch role {
    case .user: "You"
    case .assistant: model?.name ?? "reply"
    case .system: "System prompt"
    case .tool: "Tool"
    }
  }

  fileprivate func row(_ branch: PickerItem.Branch) -> Picker.Row {
    let head = head
    let title = head.isEmpty ? wordsForNone : String(head.prefix(Message.titleLength))
    let item = PickerItem(
      "\(id)", title: title, details: [endingWord, branch.version], branch: branch)
    let searched = head.isEmpty ? title : String(head)
    let name = role == .assistant ? " \(speaker)" : ""
    return (item, FuzzyQuery.folded(searched + name, limit: 2 * Message.searchedLength))
  }

  /// The beginning of the text in one line, with one blank for each white space.
  private var head: String.UnicodeScalarView {
    var head = String.UnicodeScalarView()
    var count = 0
    var isBlank = true
    for part in parts where part.kind == .text {
      if !isBlank, count > 0 {
        head.append(" ")
        isBlank = true
        count += 1
      }
      for scalar in part.text.unicodeScalars {
        guard count < Message.searchedLength else { return head }
        let isSpace = scalar.properties.isWhitespace
        if !isSpace || !isBlank {
          head.append(isSpace ? " " : scalar)
          count += 1
        }
        isBlank = isSpace
      }
    }
    return head
  }

  private var wordsForNone: String {
    switch ending {
    case .failed(let failure): String(failure.message.prefix(Message.titleLength))
    case nil where role == .assistant: "(no words yet)"
    case nil where !parts.attachmentLabels.isEmpty: parts.attachmentLabels
    case .complete, .cancelled, .superseded, .interrupted, nil: "(no words)"
    }
  }

  private var endingWord: String {
    switch ending {
    case nil: role == .assistant ? "live" : ""
    case .complete(.stop), .complete(.toolCalls), .complete(.other): ""
    case .complete(.length), .complete(.contentFilter): "cut"
    case .complete(.refusal): "declined"
    case .cancelled: "stopped"
    case .superseded: "superseded"
    case .failed: "failed"
    case .interrupted: "interrupted"
    }
  }
}

// Where vi's way to edit is between two keys: writing, or in the middle of a command.
//
//     insert ── Esc ──▶ command ── d, c, y ──▶ … awaits a motion ── f, t … ──▶ … awaits a letter
//        ▲                 │  ▲                                                        │
//        └─ i a I A R s c ─┘  └───────────────── the command is carried out ───────────┘
//
// What the commands do stands in `Composer+Vi.swift`, where motions lead in `ViText.swift`.

/// The state of vi's way to edit.
public struct ViEditing: Hashable, Sendable {
  /// The highest count; more digits do not make it higher.
  static let countLimit = 1_000_000

  enum Mode: Hashable, Sendable {
    case insert(Insertion)
    case command(Pending)
  }

  /// What is being written, from the key that led here to the Esc that ends it.
  struct Insertion: Hashable, Sendable {
    /// How it began, as `.` does it again; nil at the start of a draft.
    var start: Start?
    /// What has been typed, as far as it is one piece.
    var typed: [DraftElement] = []
    /// How many steps could be undone before; what comes after them becomes one step.
    var undoDepth: Int?
    /// Where letters are written over others: what stood in the place of each, nil where nothing did.
    var overwritten: [DraftElement?] = []

    var isOverwriting: Bool { start == .replace }
  }

  enum Start: Hashable, Sendable {
    case before, after, atLineStart, atLineEnd
    /// Over what stands there.
    case replace
    /// In the place of what a motion goes over.
    case change(ViMotion, count: Int)
  }

  /// A command of which keys are still to come.
  struct Pending: Hashable, Sendable {
    /// What was typed of it, for the status line.
    var keys = ""
    var count: Int?
    var change: Operator?
    /// The count before the operator.
    var changeCount: Int?
    /// What the next letter is for.
    var awaited: Awaited?
  }

  enum Operator: Hashable, Sendable {
    case delete, change, yank

    /// Doubled, it takes the whole line.
    var key: Character {
      switch self {
      case .delete: "d"
      case .change: "c"
      case .yank: "y"
      }
    }
  }

  enum Awaited: Hashable, Sendable {
    case find(ViFind.Reach)
    case replacement
  }

  /// A command that `.` does again.
  enum Change: Hashable, Sendable {
    case insertion(Start, [DraftElement])
    case operation(Operator, ViMotion, count: Int)
    case deleteForward(count: Int)
    case deleteBackward(count: Int)
    case replace(Character, count: Int)
    case toggleCase(count: Int)
    case put(isAfter: Bool, count: Int)
  }

  var mode = Mode.insert(Insertion())
  var lastChange: Change?
  var lastFind: ViFind?
  /// The last text that was cut or copied as whole lines.
  var wholeLines: [DraftElement]?
  /// How many steps could be undone when the draft was left for the first time; `U` goes back to it.
  var revertDepth: Int?

  /// A new draft: it is written in, and what was typed of a command is forgotten.
  mutating func begin() {
    mode = .insert(Insertion())
    revertDepth = nil
  }

  /// What has been typed of a command; nil in insert mode.
  public var typedCommand: String? {
    switch mode {
    case .insert: nil
    case .command(let pending): pending.keys
    }
  }
}

// Scripts that nobody wrote: keys in any order, the same for the same seed.

import Support

struct RandomKeys {
  /// What the scripts may have in them beside plain letters and the keys.
  enum Kind: String, CaseIterable, Sendable {
    /// Marks, which Bash undoes without their letters.
    case marks
    /// Undo, of what is no mark.
    case undo
    /// Undo, and the keys that Patter leaves to the configuration.
    case bound
  }

  private static let texts = [
    "a", "b", "X", " ", "  ", "one", "two ", " three", "Four-five", "snake_case", "don't", ", ",
    "...", "(x)", "\"", "42", "a.b.c", "--all", "ü", "Straße ", "ÉTÉ", "日本", "語。", "　", "²",
    "מילה", "слово ", "🙂", "sixteen letters ",
  ]
  private static let marked = ["e\u{301}", "cafe\u{301} ", "o\u{302}\u{323}n", "и\u{306}"]
  private static let motions = [
    "<C-a>", "<C-e>", "<C-b>", "<C-f>", "<Left>", "<Right>", "<Home>", "<End>", "<A-b>", "<A-f>",
  ]
  private static let kills = ["<C-w>", "<A-BS>", "<A-d>", "<C-k>", "<C-u>"]
  private static let yanks = ["<C-y>", "<C-y>", "<A-y>", "<C-y><A-y>", "<C-y><A-y><A-y>"]
  // Ctrl-D only where something is under the cursor: on an empty line it ends Bash.
  private static let changes = ["<BS>", "<C-h>", "<Del>", "x<C-b><C-d>", "<C-t>", "<C-t>", "<A-l>"]
  private static let undos = ["<C-_>", "<C-_><C-_>", "<C-_><C-_><C-_>"]
  private static let bound = undos + ["<A-t>", "<A-t>", "<A-u>", "<A-c>"]

  private let kind: Kind
  private var random: Seeded

  init(_ kind: Kind, seed: UInt64) {
    self.kind = kind
    random = Seeded(state: seed)
  }

  mutating func scripts(_ count: Int) -> [KeyScript] {
    (1...count).map { KeyScript("\(kind) \($0)", script()) }
  }

  private mutating func script() -> String {
    (0..<Int.random(in: 2...24, using: &random)).map { _ in step() }.joined()
  }

  private mutating func step() -> String {
    let choices =
      switch Int.random(in: 0...9, using: &random) {
      case 0...2: Self.texts
      case 3...4: Self.motions
      case 5...6: Self.kills
      case 7: Self.yanks
      case 8: Self.changes
      default:
        switch kind {
        case .marks: Self.marked
        case .undo: Self.undos
        case .bound: Self.bound
        }
      }
    return choices[Int.random(in: 0..<choices.count, using: &random)]
  }
}

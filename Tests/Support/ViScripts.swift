// What keys of vi do, as Bash's readline says it: each line here was made by Bash 5.2 (`set -o vi`), and
// `ViReadlineTests` asks the Bash of this machine again.

/// A line, the keys that are pressed in command mode behind it, and what comes of them.
public struct ViScript: Hashable, Sendable, CustomStringConvertible {
  /// Typed first, in insert mode, which Esc leaves: the cursor is on the last letter.
  public let start: String
  /// `<Esc>` and `<BS>` are keys; everything else types itself.
  public let keys: String
  /// The line after one more Esc, with `mark` before the letter that the cursor is on.
  public let expected: String

  public static let mark: Character = "‸"

  init(_ start: String, _ keys: String, _ expected: String) {
    self.start = start
    self.keys = keys
    self.expected = expected
  }

  public var description: String { "\(start) ⟶ \(keys)" }

  public enum Key: Hashable, Sendable {
    case letter(Character)
    case escape, backspace
  }

  /// The keys of a script, one by one.
  public static func keys(_ written: String) -> [Key] {
    var keys: [Key] = []
    var rest = written[...]
    while let letter = rest.first {
      if rest.hasPrefix("<Esc>") {
        keys.append(.escape)
        rest = rest.dropFirst(5)
      } else if rest.hasPrefix("<BS>") {
        keys.append(.backspace)
        rest = rest.dropFirst(4)
      } else {
        keys.append(.letter(letter))
        rest = rest.dropFirst()
      }
    }
    return keys
  }
}

/// Scripts about one thing. What was cut goes on from one to the next, as from line to line.
public struct ViScriptTable: Hashable, Sendable, CustomStringConvertible {
  public let description: String
  public let scripts: [ViScript]

  private init(_ name: String, _ rows: [(String, String, String)]) {
    description = name
    scripts = rows.map { ViScript($0.0, $0.1, $0.2) }
  }

  public static let all = [
    letters, words, line, finding, brackets, deleting, lettersOut, changing, copying, putting,
    writingOver, inserting, again, undoing, counts, nothing,
  ]

  private static let letters = ViScriptTable(
    "letters",
    [
      ("abc", "h", "a‸bc"),
      ("abc", "hh", "‸abc"),
      ("abc", "5h", "‸abc"),
      ("abc", "0l", "a‸bc"),
      ("abc", "09l", "ab‸c"),
      ("abc", "0 ", "a‸bc"),
      ("abc def", "05|", "abc ‸def"),
      ("abc def", "99|", "abc de‸f"),
      ("abc def", "|", "‸abc def"),
      ("", "h", "‸"),
      ("", "l", "‸"),
      ("a日b", "hx", "a‸b"),
      ("héé", "hx", "h‸é"),
    ])

  private static let words = ViScriptTable(
    "words",
    [
      ("one two three", "0w", "one ‸two three"),
      ("one two three", "02w", "one two ‸three"),
      ("one two three", "09w", "one two thre‸e"),
      ("one, two", "0w", "one‸, two"),
      ("one, two", "0ww", "one, ‸two"),
      ("one, two", "0W", "one, ‸two"),
      ("one two", "w", "one tw‸o"),
      ("one   two", "0w", "one   ‸two"),
      ("a b c d", "03W", "a b c ‸d"),
      ("foo_bar baz", "0w", "foo_bar ‸baz"),
      ("foo.bar(baz)", "0www", "foo.bar‸(baz)"),
      ("one two three", "b", "one two ‸three"),
      ("one two three", "2b", "one ‸two three"),
      ("one two three", "9b", "‸one two three"),
      ("one two, three", "bb", "one two‸, three"),
      ("one two,three", "B", "one ‸two,three"),
      ("one two, three", "2B", "one ‸two, three"),
      ("  one", "b", "  ‸one"),
      ("  one", "0b", "‸  one"),
      ("one  two", "bb", "‸one  two"),
      ("a;b", "bb", "‸a;b"),
      ("one.two", "bb", "one‸.two"),
      ("one two three", "0e", "on‸e two three"),
      ("one two three", "02e", "one tw‸o three"),
      ("one two three", "0ee", "one tw‸o three"),
      ("one, two", "0e", "on‸e, two"),
      ("one, two", "0ee", "one‸, two"),
      ("one, two", "0E", "one‸, two"),
      ("one two", "0EE", "one tw‸o"),
      ("one", "0e", "on‸e"),
      ("one", "0ee", "on‸e"),
      ("a b", "0e", "a ‸b"),
      ("  one", "0e", "  on‸e"),
      ("one  ", "0e", "on‸e  "),
      ("one  ", "0ee", "one ‸ "),
      ("ab;cd ef", "0ee", "ab‸;cd ef"),
      ("ab;cd ef", "0E", "ab;c‸d ef"),
      ("ab;cd ef", "02E", "ab;cd e‸f"),
      ("ab  ;cd", "0w", "ab  ‸;cd"),
      ("x", "w", "‸x"),
      ("x", "b", "‸x"),
      ("x", "e", "‸x"),
      ("  ", "0w", " ‸ "),
      ("  ", "b", "‸  "),
      ("  ", "0e", " ‸ "),
      ("a1_b c", "0e", "a1_‸b c"),
    ])

  private static let line = ViScriptTable(
    "line",
    [
      ("  one two", "0", "‸  one two"),
      ("  one two", "^", "  ‸one two"),
      ("  one two", "0$", "  one tw‸o"),
      ("one", "^", "‸one"),
      ("   ", "0^", "  ‸ "),
      ("", "0", "‸"),
      ("", "$", "‸"),
      ("", "^", "‸"),
    ])

  private static let finding = ViScriptTable(
    "finding",
    [
      ("abcabc", "0fc", "ab‸cabc"),
      ("abcabc", "02fc", "abcab‸c"),
      ("abcabc", "05fc", "abcab‸c"),
      ("abcabc", "0fz", "‸abcabc"),
      ("abcabc", "0tc", "a‸bcabc"),
      ("abcabc", "02tc", "abca‸bc"),
      ("abcabc", "Fa", "abc‸abc"),
      ("abcabc", "2Fa", "‸abcabc"),
      ("abcabc", "Ta", "abca‸bc"),
      ("abcabc", "2Ta", "a‸bcabc"),
      ("abcabcabc", "0fc;", "abcab‸cabc"),
      ("abcabcabc", "0fc2;", "abcabcab‸c"),
      ("abcabcabc", "0fc;,", "ab‸cabcabc"),
      ("abcabcabc", "0fc;;,", "abcab‸cabc"),
      ("abcabcabc", "Fa;", "abc‸abcabc"),
      ("abcabcabc", "Fa;,", "abcabc‸abc"),
      ("abcabcabc", "0tc;", "a‸bcabcabc"),
      ("abcabcabc", "Ta;", "abcabca‸bc"),
      ("abcabcabc", "0ta,", "a‸bcabcabc"),
      ("a日b日c", "0f日", "a‸日b日c"),
      ("a b", "0f ", "a‸ b"),
      ("abc", "fa", "ab‸c"),
      ("abc", "Fz", "ab‸c"),
      ("abcabc", "0fcFa;", "‸abcabc"),
    ])

  private static let brackets = ViScriptTable(
    "brackets",
    [
      ("f(a[b]{c})", "0%", "f(a[b]{c}‸)"),
      ("f(a[b]{c})", "%", "f‸(a[b]{c})"),
      ("f(a[b]{c})", "0fa%", "f(a[b‸]{c})"),
      ("f(a[b]{c})", "0f{%", "f(a[b]{c‸})"),
      ("f(a[b]{c})", "0f]%", "f(a‸[b]{c})"),
      ("((a)", "0%", "‸((a)"),
      ("a)b", "0%", "‸a)b"),
      ("abc", "0%", "‸abc"),
      ("(a))", "$%", "(a)‸)"),
      ("(a)b", "%", "(a)‸b"),
    ])

  private static let deleting = ViScriptTable(
    "deleting",
    [
      ("one two three", "0dw", "‸two three"),
      ("one two three", "02dw", "‸three"),
      ("one two three", "0d2w", "‸three"),
      ("one two three one two three", "02d2w", "‸two three"),
      ("one two", "dw", "one t‸w"),
      ("one two", "bdw", "one‸ "),
      ("one, two", "0dw", "‸, two"),
      ("one, two", "0dW", "‸two"),
      ("one two", "0de", "‸ two"),
      ("one two", "0d2e", "‸"),
      ("one two", "dE", "one t‸w"),
      ("one two", "db", "one ‸o"),
      ("one two", "dB", "one ‸o"),
      ("one two three", "2db", "one ‸e"),
      ("one two", "bdb", "‸two"),
      ("one two", "0db", "‸one two"),
      ("one two", "0wd0", "‸two"),
      ("one two", "d0", "‸o"),
      ("one two", "hd$", "one ‸t"),
      ("  one two", "d^", "  ‸o"),
      ("  one two", "0d^", "‸one two"),
      ("abc", "0dl", "‸bc"),
      ("abc", "dl", "a‸b"),
      ("abc", "05dl", "‸"),
      ("abc", "0d ", "‸bc"),
      ("abc", "dh", "a‸c"),
      ("abc", "2dh", "‸c"),
      ("abc", "0dh", "‸abc"),
      ("abcabc", "0dfc", "‸abc"),
      ("abcabc", "0d2fc", "‸"),
      ("abcabc", "0dtc", "‸cabc"),
      ("abcabc", "dFb", "abca‸c"),
      ("abcabc", "dTa", "abca‸c"),
      ("abcabc", "0dfz", "‸abcabc"),
      ("abcabc", "0dtz", "‸abcabc"),
      ("abcabcabc", "0fcd;", "ab‸abc"),
      ("abcabcabc", "0fc;d,", "ab‸cabc"),
      ("f(a) b", "0d%", "‸ b"),
      ("f(a) b", "0f(d%", "f‸ b"),
      ("f(a) b", "0f)d%", "f‸) b"),
      ("one two", "dd", "‸"),
      ("", "dd", "‸"),
      ("one two", "0wD", "one‸ "),
      ("one two", "0D", "‸"),
      ("", "D", "‸"),
      ("one two", "03|d6|", "on‸wo"),
      ("one two", "d2|", "o‸o"),
      ("one two", "dz", "one tw‸o"),
      ("one two", "d<Esc>x", "one t‸w"),
      ("a;b", "0dw", "‸;b"),
      ("a", "dw", "‸"),
      ("a b ", "0wdw", "a‸ "),
      ("one two  ", "0wdw", "one‸ "),
      ("one  two", "0dw", "‸two"),
      ("one", "0d2w", "‸"),
      ("abc", "0d9w", "‸"),
    ])

  private static let lettersOut = ViScriptTable(
    "letters out",
    [
      ("abc", "x", "a‸b"),
      ("abc", "0x", "‸bc"),
      ("abc", "02x", "‸c"),
      ("abc", "09x", "‸"),
      ("abc", "xx", "‸a"),
      ("abc", "xxxx", "‸"),
      ("", "x", "‸"),
      ("abc", "X", "a‸c"),
      ("abc", "2X", "‸c"),
      ("abc", "9X", "‸c"),
      ("abc", "0X", "‸abc"),
      ("a日b", "0lx", "a‸b"),
      ("a日b", "X", "a‸b"),
    ])

  private static let changing = ViScriptTable(
    "changing",
    [
      ("one two three", "0cwX", "‸X two three"),
      ("one two three", "0c2wX", "‸X three"),
      ("one two three", "02cwX", "‸X three"),
      ("one two three", "0ceX", "‸X two three"),
      ("one two", "cwX", "one tw‸X"),
      ("one two", "0wcwX", "one ‸X"),
      ("one, two", "0cwX", "‸X, two"),
      ("one, two", "0cWX", "‸X two"),
      ("one   two", "0cwX", "‸X   two"),
      ("one   two", "03lcwX", "one‸X  two"),
      ("one  ", "0cwX", "‸X"),
      ("one two", "cbX", "one ‸Xo"),
      ("one two", "0cbX", "‸Xone two"),
      ("one two", "0wc0X", "‸Xtwo"),
      ("one two", "0wc$X", "one ‸X"),
      ("one two", "0wCX", "one ‸X"),
      ("one two", "ccX", "‸X"),
      ("one two", "SX", "‸X"),
      ("", "ccX", "‸X"),
      ("", "cwX", "‸X"),
      ("", "CX", "‸X"),
      ("", "sX", "‸X"),
      ("abc", "0sX", "‸Xbc"),
      ("abc", "02sX", "‸Xc"),
      ("abc", "sX", "ab‸X"),
      ("abc", "09sXY", "X‸Y"),
      ("abc", "0clX", "‸Xbc"),
      ("abc", "chX", "a‸Xc"),
      ("abc", "0chX", "‸Xabc"),
      ("abcabc", "0cfcX", "‸Xabc"),
      ("abcabc", "0ctcX", "‸Xcabc"),
      ("abcabc", "cFbX", "abca‸Xc"),
      ("abcabc", "cTbX", "abcab‸Xc"),
      ("f(a) b", "0f(c%X", "f‸X b"),
      ("abcabcabc", "0fcc;X", "ab‸Xabc"),
      ("a b", "0cwX", "‸X b"),
      ("a;", "0cwX", "‸X;"),
      ("one two", "0c2lX", "‸Xe two"),
      ("xab", "0ctaX", "‸Xab"),
      ("one two", "0wcwXY<BS>", "one ‸X"),
      ("  one", "c^X", "  ‸Xe"),
    ])

  private static let copying = ViScriptTable(
    "copying",
    [
      ("one two", "0ywP", "one‸ one two"),
      ("one two", "0ywp", "oone‸ ne two"),
      ("one two", "0yeP", "on‸eone two"),
      ("one two", "0wyb$p", "one twoone‸ "),
      ("one two", "yyP", "one twone tw‸oo"),
      ("one two", "0yyp", "oone tw‸one two"),
      ("one two", "0wYP", "one tw‸otwo"),
      ("one two", "0y$P", "one tw‸oone two"),
      ("one two", "0ylp", "o‸one two"),
      ("one two", "0y2wP", "one tw‸oone two"),
      ("one two", "0w2yb", "one ‸two"),
      ("f(a) b", "0f(y%P", "f(‸a(a) b"),
      ("f(a) b", "0f)y%P", "f(a(‸a) b"),
      ("abcabc", "0yfcP", "ab‸cabcabc"),
      ("abcabc", "0ytcP", "a‸babcabc"),
      ("one two", "0ywwy0p", "one tone‸ wo"),
    ])

  private static let putting = ViScriptTable(
    "putting",
    [
      ("one two", "0dwp", "tone‸ wo"),
      ("one two", "0dwP", "one‸ two"),
      ("one two", "0dw2p", "tone one‸ wo"),
      ("one two", "0dw3P", "one one one‸ two"),
      ("one two", "0dwhp", "tone‸ wo"),
      ("abc", "0xp", "b‸ac"),
      ("abc", "xp", "ab‸c"),
      ("abc", "xP", "a‸cb"),
      ("abc", "02xp", "ca‸b"),
      ("abc", "0Dp", "ab‸c"),
      ("abc", "0D2P", "abcab‸c"),
      ("abc", "ddp", "ab‸c"),
      ("one two three", "0dwdwp", "ttwo‸ hree"),
      ("one two", "0cwXY<Esc>p", "XYon‸e two"),
      ("ab cd", "0xwp", "b c‸ad"),
      ("abc", "0xxp", "c‸b"),
      ("a日b", "0xp", "日‸ab"),
    ])

  private static let writingOver = ViScriptTable(
    "writing over",
    [
      ("abc", "0rX", "‸Xbc"),
      ("abc", "rX", "ab‸X"),
      ("abc", "02rX", "X‸Xc"),
      ("abc", "09rX", "XX‸X"),
      ("", "rX", "‸"),
      ("abc", "0r<Esc>x", "‸bc"),
      ("a日b", "0lrü", "a‸üb"),
      ("abc", "0RXY", "X‸Yc"),
      ("abc", "0RXYZW", "XYZ‸W"),
      ("abc", "RXY", "abX‸Y"),
      ("", "RXY", "X‸Y"),
      ("abcdef", "0RXYZ<BS>", "X‸Ycdef"),
      ("abcdef", "0RXYZ<BS><BS><BS>", "‸abcdef"),
      ("abc", "RXY<BS><BS>", "a‸bc"),
      ("abc", "0~", "A‸bc"),
      ("aBc", "0~~~", "Ab‸C"),
      ("aBc", "03~", "Ab‸C"),
      ("aBc", "09~", "Ab‸C"),
      ("a-b", "03~", "A-‸B"),
      ("", "~", "‸"),
      ("äöü", "0~", "Ä‸öü"),
      ("ab", "~", "a‸B"),
      ("a1b", "0~~~", "A1‸B"),
    ])

  private static let inserting = ViScriptTable(
    "inserting",
    [
      ("abc", "iX", "ab‸Xc"),
      ("abc", "0iX", "‸Xabc"),
      ("abc", "aX", "abc‸X"),
      ("abc", "0aX", "a‸Xbc"),
      ("abc", "0AX", "abc‸X"),
      ("abc", "IX", "‸Xabc"),
      ("  abc", "IX", "‸X  abc"),
      ("", "iX", "‸X"),
      ("", "aX", "‸X"),
      ("", "AX", "‸X"),
      ("abc", "i<Esc>", "a‸bc"),
      ("abc", "0i<Esc>", "‸abc"),
      ("abc", "a<Esc>", "ab‸c"),
      ("abc", "ix<Esc>iy<Esc>", "ab‸yxc"),
      ("abc", "0llaX<Esc>hiY", "ab‸YcX"),
      ("abc", "0iX<Esc>lx", "X‸bc"),
    ])

  private static let again = ViScriptTable(
    "again",
    [
      ("abcdef", "0x.", "‸cdef"),
      ("abcdef", "0x3.", "‸ef"),
      ("abcdef", "02x.", "‸ef"),
      ("abcdef", "02x1.", "‸def"),
      ("one two three four", "0dw.", "‸three four"),
      ("one two three four", "0d2w.", "‸"),
      ("one two three four", "0dw2.", "‸four"),
      ("one two three", "0cwX<Esc>w.", "X X‸ three"),
      ("one two three", "0cwX<Esc>w.w.", "X X ‸X"),
      ("abc abc", "0sX<Esc>w.", "Xbc X‸bc"),
      ("one two", "0iX<Esc>w.", "Xone ‸Xtwo"),
      ("one two", "0aX<Esc>w.", "oXne t‸Xwo"),
      ("one two", "0AX<Esc>0.", "one twoX‸X"),
      ("one two", "IX<Esc>$.", "‸XXone two"),
      ("one two three", "0RXY<Esc>w.", "XYe X‸Yo three"),
      ("abcdef", "0rXl.", "X‸Xcdef"),
      ("abcdef", "02rX4|.", "XXcX‸Xf"),
      ("abcDEF", "0~.", "AB‸cDEF"),
      ("abcDEF", "02~.", "ABCd‸EF"),
      ("abc def", "0dw.p.", "defde‸f"),
      ("abcabcabc", "0dfc.", "‸abc"),
      ("one two three", "ddp", "one two thre‸e"),
      ("abc abc abc", "0wDu0.", "‸"),
      ("abcdef", "X.", "abc‸f"),
      ("abc", "0ylp.", "aa‸abc"),
      ("one two", "0cc12<Esc>.", "1‸2"),
      ("one two three", "0iab<Esc>3.", "aababa‸bbone two three"),
      ("a b c d e", "0dWdw.", "‸d e"),
    ])

  private static let undoing = ViScriptTable(
    "undoing",
    [
      ("one two", "0dwu", "one ‸two"),
      ("one two three", "0dwdwu", "two ‸three"),
      ("one two three", "0dwdwuu", "one ‸two three"),
      ("one two three", "0dwdw2u", "one ‸two three"),
      ("abc", "0xxxuu", "b‸c"),
      ("one two", "0cwXYZ<Esc>u", "one‸ two"),
      ("one two", "0wCXYZ<Esc>u", "one tw‸o"),
      ("abc", "0rXu", "a‸bc"),
      ("abc", "03rXu", "a‸bc"),
      ("abc", "iXYZ<Esc>u", "ab‸c"),
      ("abc", "0aXY<Esc>AZ<Esc>u", "aXYb‸c"),
      ("abc", "0aXY<Esc>AZ<Esc>uu", "a‸bc"),
      ("one two", "ddu", "one tw‸o"),
      ("one two", "0dwpu", "t‸wo"),
      ("one two three", "0dwdwxU", "‸one two three"),
      ("one two", "0cwX<Esc>wxU", "‸one two"),
      ("abc", "0RXY<Esc>u", "‸abc"),
      ("abc", "ccX<Esc>u", "ab‸c"),
      ("abc", "0sXY<Esc>u", "a‸bc"),
      ("abc", "0xu.", "a‸c"),
    ])

  private static let counts = ViScriptTable(
    "counts",
    [
      ("one two three four five six", "02d2w", "‸five six"),
      ("abcdefghijklmnop", "010l", "abcdefghij‸klmnop"),
      ("abcdefghijklmnop", "0d10l", "‸klmnop"),
      ("abcdefghijklmnop", "012x", "‸mnop"),
      ("abc", "01", "‸abc"),
      ("abc", "02<Esc>x", "‸bc"),
      ("abc", "3<Esc>x", "a‸b"),
    ])

  private static let nothing = ViScriptTable(
    "nothing",
    [
      ("abc", "zx", "a‸b"),
      ("abc", "Zx", "a‸b"),
      ("abc", "qx", "a‸b"),
      ("abc", "dqx", "a‸b"),
      ("abc", "gx", "a‸b"),
      ("abc", "dix", "a‸b"),
    ])
}

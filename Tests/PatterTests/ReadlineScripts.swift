// Keys that Bash and Patter both bind, and what they show. The kill ring is empty before the first row of
// each table and goes on from row to row, as it does from line to line.

import Testing

/// A table of scripts about one thing.
struct ReadlineTable: Hashable, Sendable, CustomTestStringConvertible {
  let name: String
  let rows: [KeyScript]

  private init(_ name: String, _ rows: KeyValuePairs<String, String>) {
    self.name = name
    self.rows = rows.map { KeyScript($0.key, $0.value) }
  }

  var testDescription: String { name }

  static let all = [
    moving, deleting, killing, joining, ring, undoing, undoingKills, transposing, words, letters,
    recalling,
  ]

  /// With keys that Patter leaves to the configuration.
  static let bound = [transposingWords, capitals]

  private static let moving = ReadlineTable(
    "moving",
    [
      "letters left and right": "abc<C-b><C-b>x<C-f>y",
      "arrows": "abc<Left><Left>x<Right>y",
      "no further left than the start": "ab<C-b><C-b><C-b>x",
      "no further right than the end": "ab<C-f><C-f>x",
      "start and end": "abc<C-a>x<C-e>y",
      "Home and End": "abc<Home>x<End>y",
      "words left, to their starts": "one two three<A-b><A-b>x",
      "words right, to their ends": "one two three<C-a><A-f><A-f>x",
      "from inside a word to its start": "one two<Left><A-b>x",
      "from inside a word to its end": "one two<C-a><Right><A-f>x",
      "from between words": "one   two<A-b><Left><A-b>x",
      "a word left at the start": "one<C-a><A-b>x",
      "a word right at the end": "one<A-f>x",
      "blanks at the end are passed": "one  <A-b>x",
      "blanks at the start are passed": "  one<C-a><A-f>x",
      "nothing but blanks": "   <A-b>x",
      "nothing but blanks, right": "   <C-a><A-f>x",
    ])

  private static let deleting = ReadlineTable(
    "deleting",
    [
      "before the cursor": "abc<Left><BS>",
      "before the cursor with Ctrl-H": "abc<Left><C-h>",
      "at the start nothing is before": "abc<C-a><BS>",
      "under the cursor": "abc<C-a><C-d>",
      "under the cursor with Delete": "abc<C-a><Del>",
      "at the end nothing is under": "abc<C-d>",
      "all of it, and then Backspace again": "abc<BS><BS><BS><BS>",
      "what is deleted is not killed": "abc<BS><C-y>",
      "a letter of several bytes": "aü日<BS><BS>",
      "a letter of several bytes under": "aü日b<C-a><Right><C-d><C-d>",
      "a letter goes with its mark": "xe\u{301}y<Left><BS>",
      "a letter goes with its mark, under": "xe\u{301}y<C-a><Right><C-d>",
    ])

  private static let killing = ReadlineTable(
    "killing",
    [
      "nothing to put back yet": "ab<C-y>",
      "to the end, and back": "one two<A-b><C-k>x<C-y>",
      "to the start, and back": "one two<A-b><C-u><C-e> <C-y>",
      "to the end, at the end": "one<C-k><C-y>",
      "to the start, at the start": "one<C-a><C-u><C-y>",
      "a word left, and back": "one two<A-BS>x<C-y>",
      "a word right, and back": "one two<C-a><A-d>x<C-y>",
      "a word right, at the end": "one<A-d><C-y>",
      "a word left, at the start": "one<C-a><A-BS><C-y>",
      "to a blank, at the start": "one<C-a><C-w><C-y>",
      "a word right from a blank takes the blank": "one two three<C-a><A-f><A-d>",
      "a word right from inside": "one two<C-a><Right><A-d>",
      "a word left from inside": "one two<Left><A-BS>",
      "Ctrl-W on a path": "cd /usr/local/bin<C-w>",
      "Alt-Backspace on a path": "cd /usr/local/bin<A-BS>",
      "Alt-Backspace twice on a path": "cd /usr/local/bin/<A-BS><A-BS>",
      "Ctrl-W on punctuation": "say \"hello, world!\"<C-w><C-w>",
      "Alt-Backspace on punctuation": "say \"hello, world!\"<A-BS><A-BS>",
      "Alt-D on punctuation": "say \"hello, world!\"<C-a><A-d><A-d>",
      "Ctrl-W takes the blanks behind": "one two   <C-w>",
      "Alt-Backspace takes the blanks behind": "one two   <A-BS>",
      "Ctrl-W inside a word": "one two<Left><C-w>",
      "Ctrl-W on nothing but blanks": "   <C-w>x",
      "Ctrl-W takes a hyphened word as one": "well-known fact-check<C-w>",
      "Alt-Backspace takes its half": "well-known fact-check<A-BS>",
      "an underscore parts words": "snake_case_name<A-BS>",
      "Alt-D takes up to an underscore": "snake_case_name<C-a><A-d>",
      "an option": "make -j8 --keep-going<C-w><C-y><A-BS>",
    ])

  private static let joining = ReadlineTable(
    "kills that join",
    [
      "two words left": "one two three<C-w><C-w><C-y>",
      "two words right": "one two three<C-a><A-d><A-d><C-e>|<C-y>",
      "left and right": "one two three four<A-b><A-b><C-w><C-k>|<C-y>",
      "right and left": "one two three four<A-b><A-b><A-d><C-u>|<C-y>",
      "all four kinds": "one two three four five<A-b><A-b><A-BS><A-d><C-w><C-k>|<C-y>",
      "a letter between parts them": "one two three<C-w>x<C-w><C-y>",
      "a move between parts them": "one two three<C-w><Left><C-w><C-y>",
      "a move that goes nowhere parts them": "one two three<C-w><C-e><C-w><C-y>",
      "a deletion parts them": "one two three<C-w><BS><C-w><C-y>",
      "undo parts them": "one two three<C-w><C-_><C-w><C-y>",
      "putting back parts them": "one two three<C-w><C-y><C-w><C-w><C-y>",
      "an empty Ctrl-K parts them": "one two three<C-w><C-k><C-w><C-y>",
      "an empty Ctrl-U parts them": "one two<C-a><A-d><C-u><A-d><C-y>",
      "an empty Alt-D parts them": "one two three<C-w><A-d><C-w><C-y>",
      "an empty Alt-Backspace parts them": "one two<C-a><A-d><A-BS><A-d><C-y>",
      "an empty Ctrl-W parts them": "one two<C-a><A-d><C-w><A-d><C-y>",
      "a yank-pop that cannot be does not": "one two three<C-w><A-y><C-w><C-y>",
      "a yank-pop that cannot be, twice": "one two three<C-w><A-y><A-y><C-k><C-w><C-y>",
      "the line before does not join": "one two<C-w>",
      "with this one": "three four<C-w><C-y><C-a><C-y>",
    ])

  private static let ring = ReadlineTable(
    "the kill ring",
    [
      "a yank-pop with nothing killed": "ab<A-y>c",
      "a yank-pop behind an empty yank": "ab<C-y><A-y>c",
      "one kill goes round to itself": "one<C-u><C-y><A-y><A-y>",
      "two kills": "two three<C-w>x<C-w><C-y><A-y>",
      "and round": "<C-y><A-y><A-y><A-y>",
      "a second yank is of the place popped to": "<C-y><A-y><C-y>",
      "the next line begins where the last stopped": "<C-y>",
      "a new kill begins at the newest": "new<C-u><C-y>",
      "no yank-pop behind a letter": "<C-y>x<A-y>",
      "no yank-pop behind a move": "<C-y><C-b><A-y>",
      "no yank-pop behind a yank-pop that failed": "x<A-y><A-y><C-y>",
      "no yank-pop behind a kill": "a b<C-w><A-y>",
      "no yank-pop behind undo": "<C-y><C-_><A-y>",
      "in the middle of a line": "a b<Left><C-y><A-y><A-y>",
      "eleven kills": "a<C-u>b<C-u>c<C-u>d<C-u>e<C-u>f<C-u>g<C-u>h<C-u>i<C-u>j<C-u>k<C-u>",
      "the newest": "<C-y>",
      "the oldest is the tenth":
        "<C-y><A-y><A-y><A-y><A-y><A-y><A-y><A-y><A-y><A-y>",
      "and behind it the newest":
        "<C-y><A-y><A-y>",
      "letters of several bytes": "日本 über<C-w>x<C-u><C-y><A-y>",
    ])

  private static let undoing = ReadlineTable(
    "undo",
    [
      "nothing to undo": "<C-_>x",
      "what was typed goes at once": "one two<C-_>",
      "twenty letters at a time": "abcdefghijklmnopqrstuvwxyz<C-_>",
      "and the rest": "abcdefghijklmnopqrstuvwxyz<C-_><C-_>",
      "forty-one letters": "abcdefghijklmnopqrstuvwxyzabcdefghijklmno<C-_>",
      "more than there is": "one<C-_><C-_><C-_>x",
      "one Backspace at a time": "one<BS><BS><C-_>",
      "and the letters before them": "one<BS><BS><C-_><C-_><C-_>x",
      "one Ctrl-D at a time": "one<C-a><C-d><C-d><C-_>",
      "the cursor goes to what comes back": "one two<C-a><C-d><C-e><C-_>x",
      "the cursor goes to what goes": "one<C-a>two<C-e><C-_>x",
      "typed at two places": "one<C-a>two<C-_>",
      "moving and coming back parts nothing": "one<Left><Right>two<C-_>",
      "typed in the middle": "one<Left>x<Right>y<C-_>",
      "and before": "one<Left>x<Right>y<C-_><C-_>",
      "a letter of several bytes begins anew": "aüb<C-_>",
      "and before it": "aüb<C-_><C-_>",
      "each of several bytes by itself": "日本語<C-_>",
      "twenty bytes, not letters": "üabcdefghijklmnopqrstuvwxyz<C-_>",
      "what was undone is gone": "one<C-_>two<C-_>x",
      "typed again after it": "one<BS><C-_>x<C-_>",
      "behind Backspace typing begins anew": "one<BS>x<C-_>",
      "behind a deletion under the cursor too": "one<Left><C-d>x<C-_>",
      "all of it, and typing on": "ab<BS><C-_><C-_>c",
      "no line reaches into the one before": "abc<BS><BS>",
      "as this shows": "<C-_><C-_><C-_>x",
    ])

  private static let undoingKills = ReadlineTable(
    "undo of kills and yanks",
    [
      "a kill to the end": "one two<A-b><C-k><C-_>x",
      "a kill to the start": "one two<A-b><C-u><C-_>x",
      "a word left": "one two<C-w><C-_>x",
      "a word left, Alt-Backspace": "one-two<A-BS><C-_>x",
      "a word right": "one two<C-a><A-d><C-_>x",
      "joined kills one at a time": "one two three<C-w><C-w><C-_>x",
      "all of them": "one two three<C-w><C-w><C-_><C-_>x",
      "an undone kill can be put back": "one two<C-w><C-_> <C-y>",
      "a yank": "one two<C-w><C-y><C-y><C-_>x",
      "a yank of one letter joins what was typed": "ab c<C-w>d<C-y><C-_>x",
      "typing joins a short yank": "ab<C-u><C-y>cd<C-_>x",
      "and not a long one": "abcdefghijklmnopqrstuvwxyz<C-u><C-y>cd<C-_>x",
      "a yank-pop is undone in two steps": "a<C-u>bb cc<C-u><C-y><A-y><C-_>x",
      "the second": "<C-y><A-y><C-_><C-_>x",
      "the third": "<C-y><A-y><C-_><C-_><C-_>x",
      "an empty kill is nothing to undo": "one<C-k><C-_>x",
      "an empty Ctrl-W neither": "one<C-a><C-w><C-u><C-_>x",
      "nor a yank-pop that failed": "one<A-y><C-_>x",
    ])

  private static let transposing = ReadlineTable(
    "Ctrl-T",
    [
      "at the end": "ab<C-t>",
      "at the end, again": "abc<C-t><C-t>",
      "in the middle": "abcd<Left><Left><C-t>x",
      "drags a letter along": "abcd<C-a><Right><C-t><C-t>x",
      "at the start": "ab<C-a><C-t>x",
      "with one letter": "a<C-t>x",
      "with one letter, from its start": "a<C-a><C-t>x",
      "with one letter of several bytes": "ü<C-t>x",
      "with nothing": "<C-t>x",
      "letters of several bytes": "aü日<C-t>x",
      "letters of several bytes in the middle": "aü日b<Left><C-t>x",
      "a letter with a mark": "ae\u{301}<C-t>x",
      "undone at once": "abcd<Left><Left><C-t><C-_>x",
      "undone at the end": "abc<C-t><C-_>x",
      "undone, and what was typed before": "abc<C-t><C-_><C-_>x",
      "and typed on": "abc<C-t>d<C-_>x",
      "parts kills": "one two three<C-w><C-t><C-w><C-y>",
    ])

  private static let words = ReadlineTable(
    "what a word is",
    [
      "digits": "abc123 45def<A-b>x",
      "punctuation alone": "one ... two<A-b><A-b>x",
      "an apostrophe": "don't<A-b>x",
      "an apostrophe, right": "don't<C-a><A-f>x",
      "a dot": "file.tar.gz<A-BS><A-BS>",
      "brackets": "f(x, y)<C-a><A-f><A-f>x",
      "umlauts": "schöne Grüße<A-b>x",
      "umlauts, right": "schöne Grüße<C-a><A-f>x",
      "Greek": "καλή μέρα<A-b><A-b><A-f>x",
      "Cyrillic": "добрый день<A-BS>",
      "Hebrew": "שלום עולם<A-b>x",
      "CJK is one word": "日本語 漢字<A-b>x",
      "CJK punctuation parts": "日本語。漢字<A-b>x",
      "a wide blank parts words": "日本　漢字<A-BS>",
      "and is no blank to Ctrl-W": "日本　漢字<C-w>",
      "nor is a blank that does not break": "one\u{A0}two<C-w>",
      "a tab in Alt-Backspace and Ctrl-W": "one\u{A0}two<A-BS><C-y><C-w>",
      "marks belong to their letter": "cafe\u{301} noir<C-a><A-f>x",
      "marks belong to their letter, left": "cafe\u{301} noi\u{308}r<A-b><A-BS>",
      "a superscript is none": "x² y²<A-b>x",
      "a half is none": "one ½ two<A-b><A-b>x",
      "Roman numerals are": "one Ⅳ two<A-b><A-b>x",
      "Arabic digits are": "one ١٢ two<A-b><A-b>x",
      "an emoji is none": "one 🙂 two<A-b><A-b>x",
      "an emoji, right": "one 🙂 two<C-a><A-f><A-f>x",
      "Korean": "한국어 단어<A-BS>",
      "a soft sign, killed": "семья<C-a><A-d>",
    ])

  private static let letters = ReadlineTable(
    "Alt-L",
    [
      "a word": "ONE TWO<C-a><A-l>x",
      "two words": "ONE TWO<C-a><A-l><A-l>x",
      "from inside": "ONE TWO<C-a><Right><A-l>x",
      "over blanks": "  ONE TWO<C-a><A-l>x",
      "at the end": "ONE<A-l>x",
      "umlauts": "SCHÖNE GRÜSSE<C-a><A-l><A-l>x",
      "Greek": "ΚΑΛΗ ΜΕΡΑ<C-a><A-l>x",
      "letters without case": "日本 ABC<C-a><A-l><A-l>x",
      "undone": "ONE TWO<C-a><A-l><C-_>x",
      "undone from inside": "ONE TWO<C-a><Right><A-l><C-_>x",
      "undone though nothing had changed": "one<C-a><A-l><C-_><C-_>x",
      "nothing to undo at the end": "ONE<A-l><C-_>x",
      "parts kills": "ONE TWO THREE<C-w><C-a><A-l><C-e><C-w><C-y>",
    ])

  /// The lines of this table are what its later rows recall. What Bash does with a line that was changed
  /// and left, or that another was recalled in place of, Patter does otherwise: it keeps both.
  private static let recalling = ReadlineTable(
    "recall",
    [
      "nothing to recall": "a<Up>b<Down>c",
      "the last line, with the cursor at its end": "<Up>x",
      "the one before": "<Up><Up>x",
      "no further up than the first": "<Up><Up><Up><Up><Up><Up>x",
      "no further down than the draft": "<Up><Down><Down>x",
      "the draft comes back": "draft<Up><Up><Down><Down>x",
      "with the cursor at its end": "draft<C-a><Up><Down>x",
      "a recalled line can be edited": "<Up><C-a><A-d>x<C-e>",
      "and stands as it was when recalled again": "<Up><Up>x",
      "what was changed in it is still there": "<Up>xyz<Down><Up>",
      "undo does not go back to the draft": "<Up><C-_>x",
      "nor from the draft to a recalled line": "one<Up><Down><C-_><C-_>x",
      "each line has its own undo": "one<Up><BS><BS><Down>two<Up><C-_>x<Down><C-_><Up>",
      "a kill can be put back in another line": "one two<C-w><Up><C-a><C-y>",
      "a recalled line parts kills": "one two three<C-w><Up><Down><C-w><C-y>",
    ])

  private static let transposingWords = ReadlineTable(
    "Alt-T",
    [
      "at the end": "one two<A-t>x",
      "between words": "one two three<C-a><A-f><A-t>x",
      "in a word": "one two three<A-b><Right><A-t>x",
      "at a word's start": "one two three<A-b><A-t>x",
      "with blanks at the end": "one two  <A-t>x",
      "with punctuation at the end": "one two!!<A-t>x",
      "over punctuation": "one, two<A-t>x",
      "from the start": "one two<C-a><A-t>x",
      "with one word": "one<A-t>x",
      "with one word, from its start": "one<C-a><A-t>x",
      "with nothing": "<A-t>x",
      "of different lengths": "a longer<A-t>x<A-t>y",
      "undone": "one two<A-t><C-_>x",
      "undone, and what was typed": "one two<A-t><C-_><C-_>x",
      "nothing to undo with one word": "one<A-t><C-_>x",
      "of several bytes": "schöne 日本<A-t>x",
    ])

  private static let capitals = ReadlineTable(
    "Alt-U and Alt-C",
    [
      "a word in capitals": "one two<C-a><A-u>x",
      "a capital": "one two<C-a><A-c>x",
      "a capital, and small letters": "oNE TWO<C-a><A-c><A-c>x",
      "a capital inside": "one two<C-a><Right><A-c>x",
      "a capital behind an apostrophe": "don't<C-a><A-c><A-c>x",
      "umlauts": "über öl<C-a><A-u><A-c>x",
      "a letter without a capital": "straße<C-a><A-u>x",
      "Greek": "καλή μέρα<C-a><A-u><A-c>x",
      "marks stay": "cafe\u{301}s<C-a><A-u>x",
      "undone": "one two<C-a><A-u><A-c><C-_>x",
      "nothing to undo at the end": "one<A-u><A-c><C-_>x",
      "parts kills": "one two<C-w><A-u><C-w><C-y>",
    ])
}

// What the screen can show, as texts to look at: Markdown with everything in it, and scripts that are
// wide, joined or written from the right.

extension Guide {
  /// Everything a model is likely to write.
  static let markdownSample = #"""
    This is a sample and nothing I thought up: what models write, as Patter shows it.

    # A heading

    Text may be *emphasised*, **strong**, ***both***, ~~struck out~~ or `code`. A \#
    [link](https://commonmark.org) has a place to go, and a line that is too long for the window is \#
    broken between words.

    ## Lists

    1. Boil the water
    2. Warm the pot
       - not the cup
       - a minute is enough
         - longer does no harm
    3. Wait *four* minutes

    - [x] tea
    - [ ] biscuits

    ## A quote

    > Programs must be written for people to read, and only incidentally for machines to execute.
    >
    > > Abelson and Sussman, *Structure and Interpretation of Computer Programs*

    ## A table

    | Tea        | Water | Minutes |
    |:-----------|:-----:|--------:|
    | Sencha     | 75 °C |     1.5 |
    | Darjeeling | 90 °C |       3 |
    | 普洱       | 98 °C |       4 |

    ## Code

    In Swift:

    ```swift
    /// The greatest common divisor, by Euclid's rule.
    func divisor(_ a: Int, _ b: Int) -> Int {
      b == 0 ? a : divisor(b, a % b)
    }

    print("\(divisor(1071, 462))")  // 21
    ```

    And in Python:

    ```python
    def words(path):
        """Counts how often each word stands in a file."""
        counts = {}
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                for word in line.lower().split():
                    counts[word] = counts.get(word, 0) + 1
        return counts
    ```

    ---

    That was a rule, and this is the end of the sample.
    """#

  /// Scripts and signs that take no cell, one, two, or run the other way. What is joined from several
  /// scalars is written as escapes, so that no editor puts them together.
  static let wideTextSample = """
    This is a sample of text that is not plain ASCII. What your terminal makes of it depends on its \
    fonts; Patter counts the cells.

    ## Wide

    - Chinese: 山重水复疑无路，柳暗花明又一村。
    - Japanese: 古池や蛙飛びこむ水の音
    - Korean: 가는 말이 고와야 오는 말이 곱다.
    - Full width and half width: ＰＡＴＴＥＲ and ﾊﾟﾀｰ

    Each of these rows is eight cells between the bars:

    ```text
    |12345678|
    |漢字かな|
    |한글 abc|
    |ＡＢＣＤ|
    |naïve   |
    ```

    ## Emoji

    - One scalar: 🌊 🐚 🦀 🐙
    - With a skin tone: 👋🏽 👍🏿
    - Joined: 👩\u{200D}🚀 👨\u{200D}👩\u{200D}👧 🏳\u{FE0F}\u{200D}🌈
    - Flags: 🇮🇸 🇯🇵 🇧🇷

    ## Combining marks

    - One letter, two spellings: caf\u{E9} and cafe\u{301}
    - Vietnamese: Tie\u{302}\u{301}ng Vie\u{323}\u{302}t
    - Thai: ภาษาไทย
    - Hindi: नमस्ते दुनिया

    ## Right to left

    - Hebrew: שלום עולם
    - Arabic: مرحبا بالعالم

    ## Signs

    ← ↑ → ↓ · ½ ⅔ · ∀x ∈ ℝ: ∃y · ┌─┬─┐ · ▁▂▃▄▅▆▇█ · ♔♕♖ · “quotes” ‘and’ «guillemets» …
    """
}

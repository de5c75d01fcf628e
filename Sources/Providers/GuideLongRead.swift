// A text that is long on purpose and pleasant to read, so that there is something to stop and to
// scroll through. It has what a long reply of a model has: sections, a list, a table, code, wide text.

extension Guide {
  /// Over 1,200 words on how the terminal came to be.
  static let longReadText = longReadBeginning + "\n\n" + longReadEnd

  private static let longReadBeginning = #"""
    # How the terminal learnt to talk

    You are reading this in a terminal: a grid of letters that a program fills while you watch. It \#
    looks like the plainest thing a computer can do. Yet nearly every key under your hands and every \#
    invisible sign behind these lines was settled long before there were computers to use them, by \#
    people who wanted to send a telegram faster, or to spare a motor some wear. This is the story of \#
    what they left behind in the machine.

    ## 1. Five keys and a steady hand

    In the 1870s Émile Baudot, an engineer of the French telegraph, grew tired of Morse's dots and \#
    dashes. A Morse letter is short or long depending on the letter, and a machine that is to print \#
    it must first find out where it ends. Baudot gave every letter the same length: five units, each \#
    either on or off. Five units make thirty-two signs, which is enough for an alphabet and a little \#
    more, and a shaft that turns evenly can tell them apart by nothing but time.

    His operators had a keyboard of five keys, two for the left hand and three for the right, and \#
    pressed each letter as a chord. The machine was shared by several of them, each of whom owned \#
    the line for a fraction of every turn, and it told them with a click when their moment had come. \#
    Whoever missed the click lost the letter. It must have been like playing a very patient organ \#
    for eight hours a day. The unit of signalling speed is called the *baud* to this day, and few \#
    who say it know that it was somebody's name.

    Thirty-two signs are not enough for letters, digits and punctuation together. So two of the \#
    signs were set aside to say: from here on, read everything as letters; from here on, read \#
    everything as figures. A receiver that missed one of them went on printing, quite happily and \#
    quite wrongly. It may have been the first mode in the history of the keyboard, and the \#
    first time that somebody typed a whole line in the wrong one.

    ## 2. Holes in paper

    Around 1901 Donald Murray, a New Zealander who had worked for newspapers, put a keyboard like \#
    that of a typewriter in front of the line. Now no operator needed to keep time: the keys punched \#
    holes into a paper tape, and the tape was sent at its own even speed. Murray thought as an \#
    engineer about the punch. He gave the most frequent letters the fewest holes, so that the \#
    needles lasted longer: E and T are one hole each.

    Between the wars a descendant of his code was agreed on by most of the world, and this is how the \#
    name of the program before you looks on such a tape. The small holes in the middle, here a dot, carry no \#
    meaning; a wheel with pins pulls the paper along by them.

    ```text
      12 . 345
    P -o . o-o
    A oo . ---
    T -- . --o
    T -- . --o
    E o- . ---
    R -o . -o-
    ```

    The tape is also where some of the odder signs come from:

    - **Null**, no holes at all, is blank tape: a leader to be threaded into the reader.
    - **Delete**, every hole punched, is what you did to a letter you regretted. Holes cannot be \#
    filled, but they can all be punched, and the reader skips a row that is full. When seven-bit \#
    codes came, the full row became number 127, and it still sits up there alone, far from all \#
    other control signs.
    - **Carriage return** and **line feed** are two signs because they are two movements: one takes \#
    the carriage back to the left, the other turns the paper up by a line. The way home was long, \#
    and a second sign gave the carriage some time to arrive. There are still computers on which \#
    each line of a file ends with both of them.

    ## 3. The machine in the corner

    In America a salt merchant named Joy Morton put his money on the inventions of Charles Krum, and \#
    from about 1910 their company made printing telegraphs that could be put into any office. In \#
    time the firm took the name of its product: Teletype. Newsrooms had rows of them. A bell rang \#
    when something important was coming, and the number of strokes said how important it was. The \#
    bell, too, became a sign of its own, and it has never left: number 7, the one that makes a \#
    terminal beep.

    Not everybody's language fits into thirty-two signs. In the 1870s the Chinese telegraph began to \#
    send four digits for each character, looked up in a printed book by a clerk at one end and \#
    looked up again by a clerk at the other. Good clerks knew thousands of them by heart:

    | Sent | Read | Meaning |
    |-----:|:----:|:--------|
    | 0022 | 中 | middle |
    | 2429 | 文 | writing |
    | 0207 | 信 | letter, trust |
    | 1873 | 息 | breath, news |

    Together these make 中文信息, information in Chinese. Take a number, look it up, get a character: \#
    that is exactly what your terminal did a moment ago to show it to you. Only the book has grown. \#
    It is called Unicode now, and it has room for the clerk as well: 🧑‍💼.
    """#

  private static let longReadEnd = #"""
    ## 4. Ten characters a second

    When computers learnt to serve many people at once, those people needed something to sit at, and \#
    there it stood, mass-produced and sturdy: the teletype. The Model 33 of 1963 was a cheap one, \#
    meant for light work, and so of course it was worked day and night in every computer room. It \#
    printed ten characters a second, in capitals only, and shook the table. It had a reader and a \#
    punch for paper tape on its left side, and it was among the first machines that spoke a brand \#
    new code of seven bits: ASCII.

    Ten characters a second change how you speak. The people who wrote Unix in the years around 1970 \#
    sat at such machines, and every word they had to type or to wait for was a word too many. So the \#
    command that copies is called `cp`, the one that lists is called `ls`, and a command that has \#
    succeeded says nothing at all. Their editor had one answer to everything that it did not \#
    understand:

    ```text
    ?
    ```

    It is a fine error message, if you have to wait for each letter of it. The name stayed as well: \#
    a program that asks the system which terminal it is talking to still asks for its `tty`, which \#
    is short for teletype.

    ## 5. The key that takes you out

    A keyboard that sends seven bits has a charming secret. The first thirty-two numbers are control \#
    signs and have no key of their own. But the letters lie just sixty-four places above them, so \#
    all that a control key has to do is to hold one wire down. A few lines of Swift show what it did:

    ```swift
    for key: Unicode.Scalar in ["C", "G", "J", "M", "["] {
      print("Ctrl-\(key) sends \(key.value & 0b1_1111)")
    }
    // Ctrl-C sends 3
    // Ctrl-G sends 7
    // Ctrl-J sends 10
    // Ctrl-M sends 13
    // Ctrl-[ sends 27
    ```

    Three meant *end of text*, which is why it ends programs. Seven is the bell. Ten and thirteen are \#
    the line feed and the carriage return, our two movements from the days of the carriage. And \#
    twenty-seven is the most interesting of all. Bob Bemer, who had seen dozens of codes that were \#
    too small and could not be extended, asked for one sign that would mean: *what follows is to be \#
    read differently*. He called it escape. It was a door in the wall of the code, left there for \#
    whoever might need to get out.

    For years hardly anybody went through it. Then the paper was replaced by glass. A screen can do \#
    what paper never could: go back, write over, erase. But there were no signs left for all those \#
    movements, and so everyone remembered the door. By 1978, when the VT100 appeared, there was a \#
    whole language behind it. Escape, bracket, two numbers and an H puts the cursor anywhere you \#
    like. Escape, bracket, 7, m turns black into white. Your terminal is being spoken to in that \#
    language right now, many times for each line of this text.

    The door opens in both directions. When you press an arrow key, the terminal has no sign for it \#
    either, so it sends escape, bracket and a letter. This is why a program that hears an escape \#
    cannot know at once what it has heard: it may be your finger on the key, or it may be the first \#
    third of an arrow. It has to wait a moment for the rest. Some programs wait for a whole second, \#
    and in them the key feels like stepping into wet sand. A fiftieth of a second is plenty.

    ## 6. What is left

    So here is what lies on your desk, in the order in which it was put there:

    1. A shift that changes what all keys mean, from Paris.
    2. A return that is not a new line, from a newspaper man who cared for his needles.
    3. A bell, from a room full of reporters.
    4. A delete that sits apart, from a strip of paper.
    5. Short words, from people who had to wait.
    6. An escape, from somebody who knew that every code is too small in the end.

    None of it was designed as a whole. It was handed on, like a kitchen in which every tenant has \#
    left one good knife. There are prettier ways to talk to a computer, and most of them are gone \#
    after ten years, while a program that printed its lines for a teletype in 1971 could print them \#
    here and now, between your status line and your prompt, and would only be surprised at how fast \#
    the paper moves.

    > The best thing about a grid of letters is that it leaves the pictures to you.

    And that is the end of the tape. If you have read down to here, nobody stopped me. You could \#
    send the same prompt again and try it this time.
    """#
}

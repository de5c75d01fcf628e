// The watcher of what leaves a terminal has to see what it watches for.

import Support
import Testing

@Suite struct `The vocabulary of the terminal` {
  private func faults(_ text: String) -> [String] {
    var vocabulary = TerminalVocabulary(rows: 24, columns: 80)
    vocabulary.read(text.utf8)
    return vocabulary.faults
  }

  @Test(arguments: [
    "\u{1B}[?1049h\u{1B}[22;0;0t\u{1B}[1;24r\u{1B}(B\u{1B}[m\u{1B}[4l\u{1B}[?7h\u{1B}[H\u{1B}[2J",
    "\u{1B}[24;80Hä日\u{1B}[1K\u{1B}[5b\u{1B}[38;5;200m\u{1B}[48;2;1;2;3m\u{1B}[0;1;4;7m\r\n\u{8}",
    "\u{1B}]11;?\u{1B}\\\u{1B}[?2026$p\u{1B}[?2026h\u{1B}[c\u{1B}[>1u\u{1B}[<u\u{1B}[>4;1m",
    "\u{1B}]52;c;aGk=\u{7}",
  ])
  func `has what curses and our own modes write`(text: String) {
    #expect(faults(text) == [])
  }

  @Test(arguments: [
    "\u{1B}]0;title\u{7}", "\u{1B}]2;title\u{1B}\\", "\u{1B}]8;;http://a\u{1B}\\",
    "\u{1B}Pq\u{1B}\\",
    "\u{1B}_Gx\u{1B}\\", "\u{1B}c", "\u{1B}#8", "\u{1B}(A", "\u{1B}[25;1H", "\u{1B}[1;25r",
    "\u{1B}[!p",
    "\u{1B}[31;77m", "\u{1B}[6n", "\u{1B}[?3h", "\u{1B}[2K", "\u{1B}[3J", "\u{7}", "\u{E}", "\u{0}",
    "\u{7F}", "\u{9B}", "\u{202E}", "\u{200B}", "\u{2028}", "\u{1B}[1\u{1B}", "\u{1B}[81G",
  ])
  func `has nothing else`(text: String) {
    #expect(!faults(text).isEmpty)
  }

  @Test func `reads bytes in any pieces and no broken character`() {
    var vocabulary = TerminalVocabulary(rows: 24, columns: 80)
    for byte in "\u{1B}[31m日\u{1B}]11;?\u{7}".utf8 { vocabulary.read([byte]) }
    #expect(vocabulary.faults == [])
    vocabulary.read([0xE6, 0x97, 0x41])
    vocabulary.read([0xFF])
    #expect(vocabulary.faults.count == 2)
  }
}

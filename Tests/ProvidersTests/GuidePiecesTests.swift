import Providers
import Testing

@Suite struct `The pieces of an answer` {
  @Test func `are words with the white space behind them`() {
    #expect(
      Guide.pieces(of: "One two,  three.\n\n- four") == [
        "One ", "two,  ", "three.\n\n", "- ", "four",
      ])
    #expect(Guide.pieces(of: "") == [])
    #expect(Guide.pieces(of: "  a") == ["  ", "a"])
  }

  @Test func `are one or two characters where there are no blanks`() {
    #expect(Guide.pieces(of: "a漢字かな b") == ["a", "漢字", "かな ", "b"])
    #expect(Guide.pieces(of: "안녕하 세요") == ["안녕", "하 ", "세요"])
  }

  @Test(arguments: GuideAsking.prompts)
  func `make the whole answer`(prompt: String) {
    let text = GuideAsking.answer([prompt])
    let pieces = Guide.pieces(of: text)
    #expect(Array(pieces.joined().utf8) == Array(text.utf8))
    #expect(!pieces.contains(""))
  }

  @Test(arguments: 1...200)
  func `make the whole of any text`(seed: UInt64) {
    let alphabet = Array(
      "ab 漢カ한\n\r\t\u{301}\u{200D}\u{FE0F}👩🇮🇸\u{0}éשＡ\u{3000}".unicodeScalars)
    var state = seed
    var text = String.UnicodeScalarView()
    for _ in 0..<60 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      text.append(alphabet[Int(state >> 33) % alphabet.count])
    }
    let pieces = Guide.pieces(of: String(text))
    #expect(Array(pieces.joined().unicodeScalars) == Array(text))
  }
}

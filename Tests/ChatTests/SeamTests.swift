// A continuation follows the text as if the text had never been cut, however the stream of it is cut.

import Chat
import Support
import Testing

/// A text, a stream behind it, and both as they are joined.
private struct Case: Sendable, CustomTestStringConvertible {
  let text: String
  let stream: String
  let joined: String

  init(_ text: String, _ stream: String, _ joined: String) {
    self.text = text
    self.stream = stream
    self.joined = joined
  }

  var testDescription: String { "\(text.suffix(30)) + \(stream.prefix(30))".debugDescription }
}

/// A text and the stream behind it, joined.
private func joined(_ text: String, _ deltas: [String]) -> String {
  var seam = Seam(after: text)
  var joined = text
  for delta in deltas { joined += seam.take(delta) }
  return joined + seam.finish()
}

private func scalars(_ text: String) -> [String] { text.unicodeScalars.map { String($0) } }

private let fox = "The quick brown fox jumps over the lazy"
private let essay =
  "Streams are cut for many reasons. A network breaks, a user has seen enough, a limit is reached"

struct `A continuation` {
  private static let goingOn = [
    Case(fox, " dog.", fox + " dog."),
    Case("It was a very", " very good day", "It was a very very good day"),
    Case("again and", " again and again", "again and again and again"),
    Case("wait", "... what", "wait... what"),
    Case("Wait", "... wait, no", "Wait... wait, no"),
    Case("f(", "...args)", "f(...args)"),
    Case("Missi", "ssippi", "Mississippi"),
    Case("0.333", "333", "0.333333"),
    Case("  }\n}\n", "}\n}\n", "  }\n}\n}\n}\n"),
    Case("a,b\n1,2,3\n1,2,3\n", "1,2,3\n1,2,3\n", "a,b\n1,2,3\n1,2,3\n1,2,3\n1,2,3\n"),
    Case("| --- |", " --- | --- |\n", "| --- | --- | --- |\n"),
    Case("x\n</div>\n", "</div>\n", "x\n</div>\n</div>\n"),
    Case("她笑了：哈哈哈", "哈哈哈！", "她笑了：哈哈哈哈哈哈！"),
    Case("It goes on.", "\n\nThe quick one", "It goes on.\n\nThe quick one"),
    Case("", "Continuing: x", "Continuing: x"), Case(" \n", "\n x", " \n\n x"),
    Case("The text", "", "The text"), Case("The text", "\n", "The text\n"),
  ]

  private static let whiteSpace = [
    Case("one\n", "\ntwo", "one\ntwo"), Case("one\n", "\n\ntwo", "one\n\ntwo"),
    Case("one\n\n", "\ntwo", "one\n\ntwo"), Case("one ", " two", "one two"),
    Case("one\n", "  - two", "one\n  - two"), Case("one\n", "\n  - two", "one\n  - two"),
    Case("one", "\ntwo", "one\ntwo"), Case("one\r\n", "\ntwo", "one\r\ntwo"),
    Case("one\n", "\r\ntwo", "one\ntwo"), Case("one\n  ", "\n    two", "one\n    two"),
  ]

  private static let overlapping = [
    Case(fox, "over the lazy dog.", fox + " dog."),
    Case(fox, "the lazy dog.", fox + " dog."), Case(fox, "lazy dog.", fox + " dog."),
    Case(fox, "\n\nfox jumps over the lazy dog.", fox + " dog."),
    Case(fox + " ", "the lazy dog.", fox + " dog."),
    Case(fox + "\n", "over the lazy\ndog.", fox + "\ndog."),
    Case(fox + "\n", "over the lazy\n\ndog.", fox + "\n\ndog."),
    Case(fox + "\n", "over the\nlazy dog.", fox + "\ndog."),
    Case("in the qui", "in the quick brown", "in the quick brown"),
    Case("in the qui", "quick brown", "in the quick brown"),
    Case("- one\n- t", "- two\n", "- one\n- two\n"),
    Case("func a() {\n  let b", "let before = 1", "func a() {\n  let before = 1"),
    Case("in a cafe", "in a cafe\u{301} now", "in a cafe\u{301} now"),
    Case("她说我们明天早上一起去公园", "我们明天早上一起去公园散步。", "她说我们明天早上一起去公园散步。"),
    Case("a b a b and a b a b", "a b a b and a b a b c", "a b a b and a b a b c"),
    Case("so the end, so the end", "so the end, so the end.", "so the end, so the end."),
    Case(fox, "over the lazy", fox),
  ]

  private static let startingOver = [
    Case(fox, fox + " dog.", fox + " dog."), Case("I", "I think", "I think"),
    Case("1, 2, 3", "1, 2, 3, 4", "1, 2, 3, 4"),
    Case("Hel", "Hello", "Hello"), Case(fox + "\n\n", fox + "\n\nNext", fox + "\n\nNext"),
    Case("\n\n" + fox, fox + " dog.", "\n\n" + fox + " dog."),
    Case(fox, "\n" + fox + " dog.", fox + " dog."),
    Case(
      essay, essay.dropLast(20) + "something else",
      essay + "\n\n" + essay.dropLast(20)
        + "something else"),
    Case(
      essay + ".\n", essay + ",\nat last.", essay + ".\n\n" + essay + ",\nat last."),
    Case(essay, "Streams are long.", essay + "Streams are long."),
    Case(essay, String(essay.dropLast(20)), essay),
  ]

  private static let introduced = [
    Case(fox, "Continuing: dog.", fox + " dog."),
    Case(fox, "Continuing:\n\ndog.", fox + " dog."),
    Case(fox + ".", "Continuing:\n\nNext.", fox + ".\n\nNext."),
    Case(fox, "**Continuing…**\n\nover the lazy dog.", fox + " dog."),
    Case(fox, "(continuing from where I left off)\nover the lazy dog.", fox + " dog."),
    Case(fox, "[Continued]\n\nlazy dog.", fox + " dog."),
    Case(fox, "Sure! Here's the rest of the story:\n\n" + fox + " dog.", fox + " dog."),
    Case(fox, "Sure, here’s the continuation: lazy dog.", fox + " dog."),
    Case(fox, "Picking up where I left off.\n\nthe lazy dog.", fox + " dog."),
    Case(fox, "…jumps over the lazy dog. And", fox + " dog. And"),
    Case(fox, "... jumps over the lazy dog.", fox + " dog."),
    Case("one\n", "Continuing:\n\n- two", "one\n\n- two"),
  ]

  private static let likeIntroduced = [
    Case("They are", " continuing: it", "They are continuing: it"),
    Case("They are", "\ncontinuing it", "They are\ncontinuing it"),
    Case("x\n", "Continuing education is", "x\nContinuing education is"),
    Case("x\n", "Sure, here it", "x\nSure, here it"),
    Case("x\n", "continue\n", "x\ncontinue\n"), Case("x\n", "continue: 1", "x\ncontinue: 1"),
    Case("x\n", "I will continue\n", "x\nI will continue\n"),
    Case("x\n", "The rest of the list is", "x\nThe rest of the list is"),
    Case("x\n", "Continuing:ly", "x\nContinuing:ly"), Case("x\n", "(continued", "x\n(continued"),
    Case("x\n", "Continuing:", "x\nContinuing:"), Case("x\n", "Continuing:\n", "x\nContinuing:\n"),
    Case("x\n", "....", "x\n...."), Case("x\n", "continuing) y", "x\ncontinuing) y"),
  ]

  private func hold(_ each: Case) {
    #expect(joined(each.text, scalars(each.stream)) == each.joined)
    let stream = each.stream.unicodeScalars
    for cut in stream.indices {
      let deltas = [String(stream[..<cut]), String(stream[cut...])]
      #expect(joined(each.text, deltas) == each.joined, "\(deltas)")
    }
    #expect(joined(each.text, [each.stream]) == each.joined)
  }

  @Test(arguments: goingOn) private func `that simply goes on is left alone`(_ each: Case) {
    #expect(each.joined == each.text + each.stream)
    hold(each)
  }

  @Test(arguments: whiteSpace)
  private func `shares white space with the text`(_ each: Case) { hold(each) }

  @Test(arguments: overlapping)
  private func `does not repeat the last words`(_ each: Case) { hold(each) }

  @Test(arguments: startingOver)
  private func `that starts over is heard where it brings something new`(_ each: Case) {
    hold(each)
  }

  @Test(arguments: introduced)
  private func `loses its preamble`(_ each: Case) { hold(each) }

  @Test(arguments: likeIntroduced)
  private func `that only begins like a preamble is left alone`(_ each: Case) {
    #expect(each.joined == each.text + each.stream)
    hold(each)
  }

  @Test func `gives a text that was cut anywhere, with its last words told again`() {
    var random = Seeded(state: 7)
    let words = [
      "alpha", "beta,", "gamma", "delta.", "epsilon\n\n", "zeta", "- eta\n", "naïve", "θ",
    ]
    for round in 0..<300 {
      // A number makes each word another, so that only one overlap is the longest.
      let whole = (0..<Int.random(in: 12...60, using: &random)).map { index in
        "\(["word", "term", "name"][index % 3])\(Character(UnicodeScalar(UInt8(97 + index % 26))))"
          + "\(index) \(words.randomElement(using: &random) ?? "")"
      }.joined(separator: " ")
      let all = Array(whole.unicodeScalars)
      let cut = Int.random(in: 80..<all.count, using: &random)
      let begins = all.indices.filter { place in
        place < cut - 16 && place > 0 && all[place - 1].properties.isWhitespace
          && !all[place].properties.isWhitespace
      }
      guard let begin = begins.randomElement(using: &random) else { continue }
      let text = string(all[..<cut])
      var deltas: [String] = []
      var place = begin
      while place < all.count {
        let next = min(all.count, place + Int.random(in: 1...12, using: &random))
        deltas.append(string(all[place..<next]))
        place = next
      }
      #expect(joined(text, deltas) == whole, "round \(round)")
    }
  }

  private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}

struct `A seam` {
  @Test func `holds nothing back of a stream that goes on`() {
    var seam = Seam(after: fox)
    #expect(seam.take(" d") == " d")
    #expect(seam.isClosed)
    #expect(seam.take("og over the lazy") == "og over the lazy")
    #expect(seam.finish() == "")
  }

  @Test func `holds back what may be repeated, and gives it at the first scalar that is not`() {
    var seam = Seam(after: fox)
    #expect(seam.take("over the li") == "over the li")
    #expect(seam.isClosed)
    seam = Seam(after: fox)
    #expect(seam.take("over the ") == "")
    #expect(!seam.isClosed)
    #expect(seam.finish() == "over the ")
    #expect(seam.isClosed)
    #expect(seam.finish() == "")
  }

  @Test func `is closed from the start behind nothing`() {
    #expect(Seam(after: "").isClosed)
    #expect(Seam(after: " \n").isClosed)
  }

  @Test func `does not hold white space back for ever`() {
    var seam = Seam(after: fox)
    var given = ""
    for _ in 0..<100 { given += seam.take(String(repeating: "\n", count: 100)) }
    #expect(seam.isClosed)
    #expect(given.unicodeScalars.count == 10_000)
  }

  @Test func `finds an overlap within 2,000 scalars of the end, and none further away`() {
    let words = (0..<2_000).map { "word\($0)" }.joined(separator: " ")
    let near = String(words.suffix(1_700).drop { $0 != " " }.dropFirst())
    #expect(joined(words, [near, " and on"]) == words + " and on")
    let far = String(words.suffix(2_400).drop { $0 != " " }.dropFirst())
    #expect(joined(words, [far, " and on"]) == words + far + " and on")
  }

  @Test func `follows a megabyte that is told again`() {
    let line = "There is a line that is told as often as it takes to make a long text of it.\n"
    let text = "First. " + String(repeating: line, count: 13_000) + "The last li"
    var seam = Seam(after: text)
    var given = ""
    var rest = (text + "ne.")[...]
    while !rest.isEmpty {
      given += seam.take(String(rest.prefix(1_000)))
      rest = rest.dropFirst(1_000)
    }
    #expect(given + seam.finish() == "ne.")
  }

  @Test func `gives as much as it took or leaves out a beginning, whatever comes`() {
    var random = Seeded(state: 11)
    let pieces = [
      "a", "b ", " ", "\n", "ab", "cafe", "\u{301}", "Continuing", ":", "...", "…", "(",
    ]
    func text(_ count: Int) -> [String] {
      (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }
    }
    for _ in 0..<2_000 {
      let before = text(Int.random(in: 0...12, using: &random)).joined()
      let deltas = text(Int.random(in: 0...16, using: &random))
      let given = joined(before, deltas)
      #expect(given == joined(before, scalars(deltas.joined())))
      let added = given.unicodeScalars.dropFirst(before.unicodeScalars.count)
      let tail = added.drop { $0.properties.isWhitespace }
      #expect(
        deltas.joined().unicodeScalars.reversed().starts(with: tail.reversed()),
        "\(before.debugDescription) + \(deltas)")
    }
  }
}

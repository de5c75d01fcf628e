import Testing

struct SwiftSourceTests {
  @Test(arguments: [
    ("import Chat", ["Chat"]),
    (
      "public import Chat\n  internal import Wire\nprivate import Glibc", ["Chat", "Wire", "Glibc"]
    ),
    ("@testable import Chat\n@preconcurrency import CCurl", ["Chat", "CCurl"]),
    ("@_exported import Chat; import Wire", ["Chat", "Wire"]),
    ("import struct Chat.Part\nimport func Glibc.read", ["Chat", "Glibc"]),
    ("import Foundation.NSString", ["Foundation"]),
    ("#if canImport(Glibc)\n  import Glibc\n#endif", ["Glibc"]),
    ("// import Chat\n/* import Wire /* import A */ import B */", []),
    ("let text = \"import Chat\"\nlet more = #\"\\\" import \"Wire\" \"#", []),
    ("let text = \"\"\"\n  import Chat\n  \"\"\"\nimport Wire", ["Wire"]),
    ("let text = \"\\(a(\"import Chat\")) import A\"\nimport Wire", ["Wire"]),
    ("let text = #\"\\(\"#\nimport Wire", ["Wire"]),
    ("func `says \"no`() {}\nimport Wire", ["Wire"]),
    ("let quote = /[\"]/\nimport Wire", ["Wire"]),
    ("let important = 1; reimport Chat; x.import(Chat)", []),
  ])
  func `reads imports and nothing else`(text: String, modules: [String]) {
    #expect(SwiftSource(text).imports == modules)
  }

  @Test func `keeps lines where they were`() {
    let text = "a /* b\nc */ d\n\"\"\"\ne\n\"\"\"\nf // g\nh"
    #expect(SwiftSource(text).code == "a     \n     d\n   \n \n   \nf     \nh")
  }

  @Test func `an end in the middle of anything is an end`() {
    for text in ["/* a", "\"a", "\"\"\"a", "`a", "#", "##\"", "\"\\", "\"\\(", "\"\\(a(\"", "/"] {
      #expect(SwiftSource(text).code.unicodeScalars.count == text.unicodeScalars.count)
    }
  }
}

// What a file holds is seen from its bytes.

import Testing

@testable import Patter

struct FileContentTests {
  private static let webP: [UInt8] = Array("RIFF".utf8) + [1, 2, 3, 4] + Array("WEBPVP8 ".utf8)

  @Test(
    arguments: [
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
      ([0xFF, 0xD8, 0xFF, 0xDB], "image/jpeg"), (Array("GIF87a".utf8), "image/gif"),
      (Array("GIF89a".utf8), "image/gif"), (webP, "image/webp"),
    ] as [([UInt8], String)])
  func `knows a picture by its first bytes`(bytes: [UInt8], mediaType: String) throws {
    #expect(try FileContent(bytes) == .picture(mediaType: mediaType))
    // A picture that is cut off in its signature is none.
    #expect(throws: (any Error).self) { try FileContent(Array(bytes.dropLast(8)) + [0]) }
  }

  @Test func `knows a PDF`() throws {
    #expect(try FileContent(Array("%PDF-1.7\n".utf8)) == .pdf)
  }

  @Test func `anything that is UTF-8 is text, without its byte order mark`() throws {
    let text = "\u{1B}[31mMünchen\t世界\u{C}\n"
    #expect(try FileText(Array(text.utf8)).text == text)
    #expect(try FileText([0xEF, 0xBB, 0xBF] + Array(text.utf8)).text == text)
    #expect(try FileText(Array(text.utf8)).isMended == false)
  }

  @Test func `text in another encoding is mended`() throws {
    let found = try FileText([0x4D, 0xFC, 0x6E, 0x0A])
    #expect(found.text == "M\u{FFFD}n\n")
    #expect(found.isMended)
  }

  @Test(
    arguments: [
      ([], .empty), ([0xFF, 0xFE, 0x41, 0x00], .utf16), ([0xFE, 0xFF, 0x00, 0x41], .utf16),
      ([0x41, 0x00, 0x41], .unknown), ([0xFC, 0x02, 0x41], .unknown), ([0xFC, 0x7F], .unknown),
      (Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WAVE".utf8), .unknown),
    ] as [([UInt8], FileContent.Fault)])
  func `refuses what it does not know`(bytes: [UInt8], fault: FileContent.Fault) {
    #expect(throws: fault) { try FileContent(bytes) }
  }
}

// A text with settings in front of it, as Markdown files have them: YAML between two lines of `---`, of
// which the first is the first of the file. A file that begins otherwise is all text.

public import Settings

/// A file that begins with settings and goes on with text.
public struct FrontMatter: Hashable, Sendable {
  /// Bytes of a file. A larger one is refused.
  public static let sizeLimitBytes = 256 << 10

  /// The settings, with their places in the whole file; an empty mapping where there are none.
  public let settings: Node
  /// What follows, without the empty lines around it; line ends are LF.
  public let text: String

  /// The file at `path`; nil when there is no such file.
  ///
  /// - Throws: why the file cannot be read, or what is wrong with it as a whole.
  public static func read(_ path: String) throws(SettingsError) -> FrontMatter? {
    // One byte more than allowed, so that a file which is too large is known.
    guard let bytes = try YAMLFile.contents(of: path, limit: sizeLimitBytes + 1) else { return nil }
    return try FrontMatter(bytes, file: path)
  }

  /// - Parameter file: the file's name as the user would write it, for messages.
  public init(_ bytes: [UInt8], file: String) throws(SettingsError) {
    guard bytes.count <= Self.sizeLimitBytes else {
      throw SettingsError(
        file: file, place: nil,
        message: "The file is larger than \(Self.sizeLimitBytes >> 10) KiB, which is the limit.")
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let content = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
    try YAMLDocument.checkEncoding(content, file: file)
    guard !content.contains(0) else {
      throw SettingsError(
        file: file, place: nil, message: "This is not text: it has NUL characters.")
    }
    let lines = String(decoding: content, as: UTF8.self)
      .split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    guard lines.first.map(Self.isFence) == true else {
      settings = Node(.mapping([]), at: Place(line: 1, column: 1))
      text = Self.text(lines[...])
      return
    }
    guard let end = lines.dropFirst().firstIndex(where: Self.isFence) else {
      throw SettingsError(
        file: file, place: Place(line: 1, column: 1),
        message: "The settings that begin here do not end; write --- in a line below them.")
    }
    // The fence leaves an empty line behind, so that each place is one of the whole file.
    let head = "\n" + lines[1..<end].joined(separator: "\n") + "\n"
    settings = try YAMLDocument.read(head, file: file)
    text = Self.text(lines[(end + 1)...])
  }

  /// Blanks behind a fence are not seen, and so they are none.
  private static func isFence(_ line: Substring) -> Bool {
    line.hasPrefix("---") && line.dropFirst(3).allSatisfy { $0 == " " || $0 == "\t" }
  }

  private static func text(_ lines: ArraySlice<Substring>) -> String {
    let isBlank = { (line: Substring) in line.allSatisfy(\.isWhitespace) }
    let rest = lines.drop(while: isBlank)
    let end = rest.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? rest.startIndex
    return rest[..<end].joined(separator: "\n")
  }
}

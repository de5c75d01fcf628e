import Chat
import Interface

/// Reads a trace, event by event. A value over the file's bytes: any bytes.
struct TraceReader {
  /// What a line behind the header turned out to be.
  enum Entry: Hashable {
    case event(AppEvent, Instant)
    /// The run ended in order.
    case end(digest: String)
  }

  /// What the run began with.
  let beginning: Beginning
  /// The version of the program that was recorded.
  let version: String
  /// Whether the last line broke off in the middle.
  private(set) var isCut = false

  private let bytes: [UInt8]
  private var place = 0
  private var line = 0
  private var isOver = false

  /// Reads the header.
  ///
  /// - Throws: when this is no trace, or one in a form that this Patter does not read.
  init(_ bytes: [UInt8]) throws(TraceFault) {
    self.bytes = bytes
    var place = 0
    let first = try TraceReader.nextLine(in: bytes, from: &place, number: 1)
    guard let first, first.isWhole else {
      throw TraceFault("the file ends within its first line; that is no trace")
    }
    do throws(TraceFault) {
      struct Form: Decodable { var format: Int }
      let format = try TraceText.decode(Form.self, from: first.bytes).format
      guard format == TraceLimit.format else {
        throw TraceFault(
          "this trace has the form \(format), and Patter \(Patter.version) reads the form "
            + "\(TraceLimit.format)")
      }
      let header = try TraceText.decode(TraceHeader.self, from: first.bytes)
      beginning = try header.beginning()
      version = header.patter
    } catch {
      throw TraceFault(error.message, line: 1)
    }
    self.place = place
    line = 1
  }

  /// The next entry; nil when there is none. A last line that is cut is none.
  ///
  /// - Throws: when a whole line is no entry. Nothing is to be read after that.
  mutating func next() throws(TraceFault) -> Entry? {
    line += 1
    guard let next = try TraceReader.nextLine(in: bytes, from: &place, number: line) else {
      return nil
    }
    do throws(TraceFault) {
      guard !isOver else { throw TraceFault("nothing may follow the end") }
      switch try TraceText.decode(TraceLine.self, from: next.bytes) {
      case .event(let event, let instant):
        return .event(try event.event(), try instant.instant())
      case .end(let digest):
        isOver = true
        return .end(digest: digest)
      }
    } catch {
      guard next.isWhole else {
        isCut = true
        return nil
      }
      throw TraceFault(error.message, line: line)
    }
  }

  /// The next line without its end, and whether it has one.
  private static func nextLine(
    in bytes: [UInt8], from place: inout Int, number: Int
  ) throws(TraceFault) -> (bytes: ArraySlice<UInt8>, isWhole: Bool)? {
    guard place < bytes.count else { return nil }
    let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n"))
    let line = bytes[place..<(end ?? bytes.count)]
    guard line.count <= TraceLimit.lineByteCount else {
      throw TraceFault(
        "this line is longer than the \(TraceLimit.lineByteCount >> 20) MiB that a line may have",
        line: number)
    }
    place = end.map { $0 + 1 } ?? bytes.count
    return (line, end != nil)
  }
}

// JSON from servers, read so that an odd member costs that member and nothing else.

import FoundationEssentials

enum JSONText {
  /// How many arrays and objects may lie within each other. What is deeper is no JSON to us: nobody's is, and
  /// the time that the decoder takes grows with more than the square of it.
  static let depthLimit = 128

  /// Decodes one JSON text; nil if it is none, or not of this shape.
  ///
  /// Its strings are mended first. The decoder looks at a string only when it is asked for, so a
  /// broken one would not be an error here but a member that is missing: a hole in the reply.
  static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) -> Value? {
    isTooDeep(bytes) ? nil : try? JSONDecoder().decode(type, from: Data(mendingStrings(in: bytes)))
  }

  /// The same of a piece of a reply: what it cuts in half is marked, and `ReplyRecord` joins it to the next.
  static func decodePiece<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) -> Value? {
    isTooDeep(bytes)
      ? nil
      : try? JSONDecoder().decode(type, from: Data(mendingStrings(in: bytes, marksHalves: true)))
  }

  private static func isTooDeep(_ json: [UInt8]) -> Bool {
    var depth = 0
    var isInString = false
    var isEscaped = false
    for byte in json {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        if depth > depthLimit { return true }
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
    }
    return false
  }

  /// The value as JSON, members in alphabetical order so that equal values give equal bytes.
  static func encode(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Only a number that is none can fail to encode, and all numbers here lie within limits.
    return (try? encoder.encode(value)).map(Array.init) ?? []
  }
}

extension KeyedDecodingContainer {
  /// The member if it is there and of this type; nil if it is absent, null or of another type.
  func lenient<Value: Decodable>(_ key: Key, as type: Value.Type = Value.self) -> Value? {
    try? decodeIfPresent(type, forKey: key)
  }

  /// The elements of this type; elements of another are passed over. Nil if it is no array.
  func lenientArray<Value: Decodable>(_ key: Key, of type: Value.Type = Value.self) -> [Value]? {
    lenient(key, as: [Lenient<Value>].self)?.compactMap(\.value)
  }
}

/// A value, or nil where something of another type stood.
struct Lenient<Value: Decodable>: Decodable {
  let value: Value?

  init(value: Value?) {
    self.value = value
  }

  init(from decoder: any Decoder) {
    value = try? Value(from: decoder)
  }
}

extension Lenient: Encodable where Value: Encodable {
  func encode(to encoder: any Encoder) throws {
    try value.encode(to: encoder)
  }
}

/// A count as servers write it: an integer, a float, a number in quotation marks. Clamped to
/// `0...limit`, so that sums of counts cannot overflow.
struct LenientCount: Decodable {
  static let limit = 1_000_000_000_000

  let value: Int

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      value = min(max(number, 0), Self.limit)
    } else if let number = try? container.decode(Double.self) {
      value = Self.clamped(number)
    } else {
      let text = try container.decode(String.self)
      guard let number = Double(text), !number.isNaN else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "no number")
      }
      value = Self.clamped(number)
    }
  }

  private static func clamped(_ number: Double) -> Int {
    Int(min(max(number, 0), Double(limit)))
  }
}

/// A word or a code that some servers write as text and others as a number.
struct LenientText: Decodable {
  let value: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      value = text
    } else if let number = try? container.decode(Int.self) {
      value = String(number)
    } else {
      value = String(try container.decode(Double.self))
    }
  }
}

/// Any JSON, for what is only shown: the arguments of a tool.
enum JSONValue: Codable {
  case null
  case flag(Bool)
  case whole(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Int.self) {
      self = .whole(number)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .string(text)
    } else if let values = try? container.decode([JSONValue].self) {
      self = .array(values)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .flag(let flag): try container.encode(flag)
    case .whole(let number): try container.encode(number)
    case .number(let number): try container.encode(number)
    case .string(let text): try container.encode(text)
    case .array(let values): try container.encode(values)
    case .object(let members): try container.encode(members)
    }
  }

  /// The value as JSON, members in alphabetical order.
  var text: String { String(decoding: JSONText.encode(self), as: UTF8.self) }
}

// As much of JSON Schema as the configuration's schema has, to hold both against each other.

import Settings

@testable import Patter

/// A JSON value.
indirect enum JSONValue: Hashable, Decodable {
  case null
  case truth(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let truth = try? value.decode(Bool.self) {
      self = .truth(truth)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: JSONValue].self))
    }
  }

  /// What an editor sees in a node: YAML's core schema, as far as Patter reads it.
  init(_ node: Node) {
    switch node.value {
    case .scalar(let text, isQuoted: true): self = .text(text)
    case .scalar("", _), .scalar("~", _), .scalar("null", _): self = .null
    case .scalar("true", _): self = .truth(true)
    case .scalar("false", _): self = .truth(false)
    case .scalar(let text, _): self = Double(text).map(JSONValue.number) ?? .text(text)
    case .sequence(let nodes): self = .list(nodes.map(JSONValue.init))
    case .mapping(let members):
      self = .object(
        Dictionary(members.map { ($0.name, JSONValue($0.value)) }, uniquingKeysWith: { $1 }))
    }
  }

  var object: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }
  var list: [JSONValue] { if case .list(let values) = self { values } else { [] } }
  var text: String? { if case .text(let text) = self { text } else { nil } }
  var number: Double? { if case .number(let number) = self { number } else { nil } }

  fileprivate var types: Set<String> {
    switch self {
    case .null: ["null"]
    case .truth: ["boolean"]
    case .number(let number): number.rounded() == number ? ["number", "integer"] : ["number"]
    case .text: ["string"]
    case .list: ["array"]
    case .object: ["object"]
    }
  }
}

/// A schema that values are held against.
struct JSONSchema {
  struct UnknownKeyword: Error { let keyword: String }

  let root: JSONValue

  /// Whether a value is as the schema wants it.
  func allows(_ value: JSONValue) throws -> Bool { try allows(value, root) }

  private func allows(_ value: JSONValue, _ schema: JSONValue) throws -> Bool {
    if case .truth(let isAllowed) = schema { return isAllowed }
    for (keyword, wanted) in schema.object {
      guard try holds(keyword, wanted, value, schema.object) else { return false }
    }
    return true
  }

  /// What stands under a name of `$defs`.
  func referred(_ reference: JSONValue) -> JSONValue {
    let name = reference.text?.split(separator: "/").last.map(String.init) ?? ""
    return root.object["$defs"]?.object[name] ?? .truth(false)
  }

  private func holds(
    _ keyword: String, _ wanted: JSONValue, _ value: JSONValue, _ schema: [String: JSONValue]
  ) throws -> Bool {
    switch keyword {
    case "$schema", "$defs", "title", "description": return true
    case "$ref": return try allows(value, referred(wanted))
    case "type":
      let types = wanted.text.map { [$0] } ?? wanted.list.compactMap(\.text)
      return !value.types.isDisjoint(with: types)
    case "enum": return wanted.list.contains(value)
    case "minimum": return value.number.map { $0 >= wanted.number ?? 0 } ?? true
    case "maximum": return value.number.map { $0 <= wanted.number ?? 0 } ?? true
    case "pattern":
      guard let text = value.text, let pattern = wanted.text else { return true }
      return try Regex(pattern).firstMatch(in: text) != nil
    case "items": return try value.list.allSatisfy { try allows($0, wanted) }
    case "minItems":
      if case .list(let values) = value { return Double(values.count) >= wanted.number ?? 0 }
      return true
    case "maxItems": return Double(value.list.count) <= wanted.number ?? 0
    case "maxProperties": return Double(value.object.count) <= wanted.number ?? 0
    case "required":
      guard case .object(let members) = value else { return true }
      return wanted.list.compactMap(\.text).allSatisfy { members[$0] != nil }
    case "anyOf": return try wanted.list.contains { try allows(value, $0) }
    case "propertyNames":
      return try value.object.keys.allSatisfy { try allows(.text($0), wanted) }
    case "properties":
      return try value.object.allSatisfy { name, member in
        try wanted.object[name].map { try allows(member, $0) } ?? true
      }
    case "additionalProperties":
      let known = schema["properties"]?.object ?? [:]
      return try value.object.allSatisfy { name, member in
        try known[name] != nil || allows(member, wanted)
      }
    default: throw UnknownKeyword(keyword: keyword)
    }
  }
}

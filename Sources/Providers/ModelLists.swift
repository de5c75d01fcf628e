// The lists of models that outlast the program, and their form in a file:
//
//     {"version":1,"lists":[{"provider":"openai","address":"https://api.openai.com/v1",
//       "listed":1763700000123,"models":[{"name":"gpt-4o","window":128000,"input":2.5,"output":10}]}]}
//
// No key and no header is in it, and no list of an address that may hold a key. The address parts the lists: what
// another server told under the same provider's name is not shown for this one. What is read is foreign text: a file
// of another form is no file, and what is no model is left out.

import Chat

/// Lists of models by provider and address.
public struct ModelLists: Hashable, Sendable {
  /// Whose list it is.
  struct Key: Hashable, Sendable {
    let provider: String
    let address: String

    init(provider: String, address: String) {
      self.provider = provider
      self.address = address
    }

    init(_ source: ModelSource) {
      self.init(provider: source.provider, address: source.address)
    }

    /// Letters and digits in a row that may be an id, and no word that says where.
    private static let longestWord = 16

    /// Whether a piece of the path may be a key, as gateways have them: it begins like one, or is a long run of
    /// letters and digits.
    fileprivate var mayHoldKey: Bool {
      if maskingSecrets(in: address, key: nil) != address { return true }
      let pieces = address.split(separator: "/").dropFirst(2)
      return pieces.contains { piece in
        beginsLikeKey(piece)
          || piece.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.contains {
            $0.count > Self.longestWord
          }
      }
    }
  }

  /// A list and its time.
  struct List: Hashable, Sendable {
    let models: [ListedModel]
    /// Since 1970.
    let listedMilliseconds: Int64

    init(_ models: [ListedModel], listedMilliseconds: Int64) {
      self.models = models
      self.listedMilliseconds = listedMilliseconds
    }
  }

  /// The longest file, in bytes. The oldest lists are left out where it would be longer.
  public static let fileLimitBytes = 8 * 1024 * 1024
  /// The most lists; the oldest are left out.
  static let listLimit = 64
  /// The form of the file.
  private static let version = 1
  /// Milliseconds since 1970 in which a list can have been told: some 30,000 years.
  private static let times: ClosedRange<Int64> = 0...1_000_000_000_000_000

  private var lists: [Key: List] = [:]

  public init() {}

  subscript(key: Key) -> List? {
    get { lists[key] }
    set { lists[key] = newValue }
  }

  // MARK: - The file

  /// Reads a file; nil for one that is broken or of another form.
  public init?(file bytes: [UInt8]) {
    guard bytes.count <= Self.fileLimitBytes,
      let file = JSONText.decode(File.self, from: bytes), file.version == Self.version
    else { return nil }
    for list in file.lists.compactMap(\.value).prefix(Self.listLimit) {
      guard Self.times.contains(list.listed),
        let page = ModelPage(list.models.map { $0.value?.model }), !page.models.isEmpty
      else { continue }
      lists[Key(provider: list.provider, address: list.address)] = List(
        page.models, listedMilliseconds: list.listed)
    }
  }

  /// The bytes of a file that hold as much as may be.
  public var file: [UInt8] { file(limitBytes: Self.fileLimitBytes) }

  func file(limitBytes: Int) -> [UInt8] {
    // The newest first; of equally old ones in an order of their own, so that equal values give equal bytes.
    var kept = lists.filter { !$0.key.mayHoldKey }.map { File.List($0, $1) }.sorted { left, right in
      (right.listed, left.provider, left.address) < (left.listed, right.provider, right.address)
    }.prefix(Self.listLimit)
    while true {
      let bytes = JSONText.encode(
        File(version: Self.version, lists: kept.map(Lenient.init(value:))))
      if bytes.count <= limitBytes || kept.isEmpty { return bytes }
      kept.removeLast()
    }
  }

  private struct File: Codable {
    let version: Int
    let lists: [Lenient<List>]

    struct List: Codable {
      let provider: String
      let address: String
      let listed: Int64
      let models: [Lenient<Model>]

      init(_ key: Key, _ list: ModelLists.List) {
        provider = key.provider
        address = key.address
        listed = list.listedMilliseconds
        models = list.models.map { Lenient(value: Model($0)) }
      }
    }
  }

  private struct Model: Codable {
    let name: String
    let title: String?
    let window: Int?
    let reply: Int?
    let input: Double?
    let output: Double?
    let cached: Double?
    let promptLimit: Int?

    init(_ model: ListedModel) {
      name = model.name
      title = model.title
      window = model.windowTokens
      reply = model.replyTokens
      input = model.price?.input
      output = model.price?.output
      cached = model.price?.cachedInput
      promptLimit = model.price?.promptLimit
    }

    var model: ListedModel {
      var price: Price?
      if let input, let output {
        price = Price(
          input: input, output: output, cachedInput: cached, promptLimit: promptLimit)
      }
      return ListedModel(
        name, title: title, windowTokens: window, replyTokens: reply, price: price)
    }
  }
}

import Chat
import Testing

@testable import Providers

struct `The file of lists` {
  private static let own = ModelLists.Key(provider: "p", address: "http://h/v1")

  private func lists(_ models: [ListedModel], _ key: ModelLists.Key = Self.own) -> ModelLists {
    var lists = ModelLists()
    lists[key] = ModelLists.List(models, listedMilliseconds: 1_763_700_000_123)
    return lists
  }

  private func read(_ text: String) -> ModelLists? { ModelLists(file: Array(text.utf8)) }

  @Test func `comes back as it was`() {
    let lists = lists([
      ListedModel("plain"),
      ListedModel(
        "whole", title: "W", windowTokens: 8192, replyTokens: 1024,
        price: Price(input: 0.15, output: 0.6, cachedInput: 0.075, promptLimit: 272_000)),
    ])
    #expect(ModelLists(file: lists.file) == lists)
  }

  @Test func `has a form that stays`() {
    let model = ListedModel("m", windowTokens: 1, price: Price(input: 2, output: 3))
    #expect(
      String(decoding: lists([model]).file, as: UTF8.self)
        == #"{"lists":[{"address":"http://h/v1","listed":1763700000123,"models":"#
        + #"[{"input":2,"name":"m","output":3,"window":1}],"provider":"p"}],"version":1}"#)
  }

  @Test(arguments: [
    "", "{", "[]", "null", #"{"version":2,"lists":[]}"#, #"{"lists":[]}"#,
    #"{"version":1}"#, #"{"version":"1","lists":[]}"#,
  ])
  func `is none where it is broken or of another form`(text: String) {
    #expect(read(text) == nil)
  }

  @Test(arguments: [
    #""listed":-1,"models":[{"name":"m"}]"#,
    #""listed":9000000000000000000,"models":[{"name":"m"}]"#,
    #""listed":1,"models":[]"#, #""listed":1,"models":[{"name":"a\nb"}]"#, #""listed":1"#,
    #""listed":1,"models":7"#,
  ])
  func `loses a list that cannot be`(members: String) {
    let file = #"{"version":1,"lists":[{"provider":"p","address":"a",\#(members)}]}"#
    #expect(read(file) == ModelLists())
  }

  @Test func `loses a model that cannot be, and no other`() throws {
    let models = #"[{"name":""},7,{"name":"m","window":-1,"input":-1,"output":0}]"#
    let file =
      #"{"version":1,"lists":[{"provider":"p","address":"http://h/v1","listed":1,"models":\#(models)}]}"#
    #expect(try #require(read(file))[Self.own]?.models == [ListedModel("m")])
  }

  @Test func `is not read where it is too long`() {
    let file = lists([ListedModel("m")]).file
    let blanks = [UInt8](repeating: 0x20, count: ModelLists.fileLimitBytes)
    #expect(ModelLists(file: file + blanks) == nil)
  }

  @Test func `leaves out the oldest where it would be too long`() throws {
    var lists = ModelLists()
    for number in 0..<4 {
      lists[.init(provider: "p\(number)", address: "a")] = ModelLists.List(
        [ListedModel(String(repeating: "m", count: 200))], listedMilliseconds: Int64(number))
    }
    let file = lists.file(limitBytes: lists.file.count - 1)
    let back = try #require(ModelLists(file: file))
    let kept = (0..<4).filter { back[.init(provider: "p\($0)", address: "a")] != nil }
    #expect(kept == [1, 2, 3])
    #expect(ModelLists(file: lists.file(limitBytes: 0)) == ModelLists())
  }

  @Test func `holds so many lists and no more`() throws {
    var lists = ModelLists()
    for number in 0..<100 {
      lists[.init(provider: "p", address: "\(number)")] = ModelLists.List(
        [ListedModel("m")], listedMilliseconds: Int64(number))
    }
    let back = try #require(ModelLists(file: lists.file))
    #expect(back[.init(provider: "p", address: "99")] != nil)
    #expect(back[.init(provider: "p", address: "0")] == nil)
  }

  @Test(arguments: [
    "https://gate.test/sk-planted-1234/v1", "https://gate.test/0123456789abcdef0123/v1",
    "https://gate.test/gsk_planted/v1", "https://gate.test/sk_planted/v1",
    "https://gate.test/v1/hf_planted", "https://gate.test/v1/abcdefghijklmnopq",
  ])
  func `holds no list of an address that may hold a key`(address: String) {
    let key = ModelLists.Key(provider: "p", address: address)
    #expect(ModelLists(file: lists([ListedModel("m")], key).file) == ModelLists())
  }

  @Test(arguments: [
    "https://gate.test/openai/deployments/v1beta", "https://averylonghostname0123456789.test/v1",
    "https://gate.test/compatible-mode/v1",
  ])
  func `holds the list of any other address`(address: String) {
    let key = ModelLists.Key(provider: "p", address: address)
    #expect(ModelLists(file: lists([ListedModel("m")], key).file)?[key] != nil)
  }

  @Test func `holds no key and no header`() throws {
    let source = ModelSource(try endpoint("openai", key: "sk-secret"))
    let file = String(
      decoding: lists([ListedModel("m")], ModelLists.Key(source)).file, as: UTF8.self)
    #expect(file.contains("api.openai.com"))
    #expect(!file.contains("secret"))
  }
}

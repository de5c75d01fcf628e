// The README shows the questions of the first run as the program asks them.

import Chat
import Interface
import Support
import Terminal
import Testing
import Wire

@testable import Patter
@testable import Providers

struct ReadmeSetupTests {
  private let readme: String
  private var app: App
  private var desk: SetupDesk

  init() throws {
    let path = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/README.md"
    let bytes = try #require(try SmallFile.bytes(path))
    readme = String(decoding: bytes, as: UTF8.self)
    let ids = MessageIDSource(seed: MessageID(high: 1, low: 1))
    app = App(
      chats: Conversations(ChatStore(route: Route(ModelFinder.guide), messageIDs: ids)),
      answering: .looking)
    app.handle(
      .modelFound(Route(ModelFinder.guide), place: "built in, no model", welcome: "No model."),
      at: Self.later(0))
    desk = try Self.desk()
  }

  /// Nobody lives in this home, so nothing is configured there.
  private static func desk(_ variables: [String: String] = [:]) throws -> SetupDesk {
    let environment = variables.merging(["HOME": "/nobody/at/home"]) { $1 }
    let arguments = try Arguments([])
    return SetupDesk(
      arguments: arguments, environment: environment,
      start: Preparation(arguments, environment: environment))
  }

  private static func later(_ milliseconds: Int64) -> Instant {
    Instant(uptimeNanoseconds: 0).advanced(byMilliseconds: milliseconds)
  }

  private mutating func tell(_ event: SetupEvent, at milliseconds: Int64 = 0) {
    app.handle(.setup(event), at: Self.later(milliseconds))
  }

  private mutating func press(_ name: String) throws -> [AppEffect] {
    let key = try #require(KeyPress(name))
    return app.handle(.input(.key(key)), at: Self.later(0)).effects
  }

  private mutating func type(_ text: String) {
    for character in text {
      app.handle(.input(.key(KeyPress(.character(character)))), at: Self.later(0))
    }
  }

  /// Expects that these rows of the screen stand between two fences.
  private func expectShown(
    _ range: Range<Int>, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var view = ScreenView(widths: WidthTable { _ in 1 })
    let frame = view.draw(
      app, theme: .standard(for: .dark), size: Size(rows: 24, columns: 80), at: Self.later(0)
    ).frame
    let rows = frame.rows[range].map { row in
      var text = String(String.UnicodeScalarView(row.compactMap { Unicode.Scalar($0.base) }))
      while text.last == " " { text.removeLast() }
      return text
    }
    let picture = rows.joined(separator: "\n")
    #expect(
      readme.contains("```\n\(picture)\n```\n"), "\(picture)", sourceLocation: sourceLocation)
  }

  @Test mutating func `shows who can be chosen where nothing is there`() {
    tell(.offered)
    tell(.providers(desk.offers(found: []), isLooking: false))
    expectShown(0..<9)
  }

  @Test mutating func `shows what comes first where something is`() throws {
    desk = try Self.desk(["ANTHROPIC_API_KEY": "k"])
    let row = try #require(ProviderTable.standard["ollama"])
    let server = FoundServer(
      endpoint: try row.endpoint(), models: ["a", "b", "c"].map { ListedModel($0) },
      model: ModelID(provider: "ollama", name: "a"))
    type("/setup")
    _ = try press("enter")
    tell(.providers(desk.offers(found: [server]), isLooking: false))
    expectShown(6..<9)
  }

  @Test mutating func `shows how a key is refused, a model tried, and what is written`() throws {
    tell(.offered)
    tell(.providers(desk.offers(found: []), isLooking: false))
    type("mistral")
    _ = try press("enter")
    desk.keyField.apply(.type(String(repeating: "k", count: 47) + "wxyz"))
    func write(_ run: inout Self) throws -> SetupTrial? {
      let told = run.desk.keyField.told(in: run.desk.environment)
      run.tell(.keyWritten(told.shape, fault: told.fault))
      for case .setup(.listModels(let trial)) in try run.press("enter") { return trial }
      return nil
    }
    let trial = try #require(try write(&self))
    let wording = FailureWording(endpoint: try desk.endpoint(of: trial), model: nil)
    let refusal = wording.response(
      HTTPResponseHead(status: 401, headers: []), body: Array(#"{"detail":"Unauthorized"}"#.utf8),
      at: Self.later(0))
    tell(.modelsFailed(refusal.message, isKeyRefused: true))
    expectShown(0..<8)

    _ = try #require(try write(&self))
    tell(.models([PickerItem("large"), PickerItem("small")]))
    _ = try press("enter")
    _ = try press("enter")
    tell(.answered(.started(model: "large")), at: 100)
    tell(.answered(.text("Hello! I am glad that you are here.")), at: 400)
    tell(.answered(.usage(Usage(outputTokens: 30))), at: 1_400)
    tell(.answered(.completed(.stop)), at: 1_400)
    expectShown(0..<9)

    for case .setup(.plan(let trial, let model)) in try press("enter") {
      tell(.planned(try desk.plan(trial, model: model)))
    }
    expectShown(0..<10)
  }
}

// The screen that connects a model: a title, and below it a list to choose from, a field or a text.

import Chat
import Terminal

/// One question as lines.
struct SetupView {
  /// With fewer rows than this nothing is said that the keys do not need.
  private static let leastIntroductionRows = 14
  /// With fewer rows than this a list has no title above it …
  fileprivate static let leastListRows = 4
  /// … and with fewer than this the sentence in the place of one has none.
  fileprivate static let leastSentenceRows = 8

  /// What stands above a list; where there is none, all but the hint.
  private(set) var lines: [TextLine] = []
  /// What the keys do, below a text; it is seen however long that is.
  private(set) var hint: [TextLine] = []
  /// Whether an empty row is between, where there is room for it.
  private(set) var isHintApart = false
  /// The first row of what is to be written, which a screen without room for all begins with.
  private(set) var firstRow = 0
  /// Where the cursor stands in the field; nil where there is none.
  private(set) var cursor: Position?

  private let setup: Setup
  private let keys: KeyMap
  private let hasModel: Bool
  private let now: Instant
  private let columns: Int
  private let wrap: TextWrap
  private let theme: Theme

  /// - Parameter hasModel: whether a model answers already, and not the guide.
  init(
    _ setup: Setup, _ keys: KeyMap, hasModel: Bool, at now: Instant, rows: Int, columns: Int,
    wrap: TextWrap,
    theme: Theme
  ) {
    self.setup = setup
    self.keys = keys
    self.hasModel = hasModel
    self.now = now
    self.columns = columns
    self.wrap = wrap
    self.theme = theme
    let isRoomy = rows >= SetupView.leastIntroductionRows
    lines = text(title, .overlayTitle)
    if isRoomy {
      lines.append(.empty)
      if let introduction { lines += text(introduction, .overlay) + [.empty] }
    } else if setup.step == .test, case .ready = setup.test, let introduction {
      // What is sent is said on every screen.
      lines += text(introduction, .overlay)
    }
    switch setup.step {
    case .provider, .model: break
    case .address: field("Address", shown: setup.address, note: "")
    case .key: keyField()
    case .test:
      lines += test
      hint = testHint.map { text($0, .overlay) } ?? []
    case .save:
      addPlan()
      hint = planHint.map { text($0, .overlay) } ?? []
    }
    if setup.step == .test, case .done = setup.test { isHintApart = true }
  }

  private func text(_ words: String, _ face: Face, indentation: Int = 0) -> [TextLine] {
    let blanks = TextRun(String(repeating: " ", count: indentation), theme.style(for: .overlay))
    return wrap.lines(
      [TextRun(words, theme.style(for: face))], columns: max(1, columns - indentation)
    ).map { TextLine([blanks] + $0.runs) }
  }

  private func name(_ action: Action) -> String { keys.name(of: action) ?? "the key" }

  private var provider: String { setup.offer?.name ?? "" }

  // MARK: - Above

  private var title: String {
    switch setup.step {
    case .provider: "Connect a model"
    case .address: "\(provider): its address"
    case .key: "\(provider): the key"
    case .model: "\(provider): a model"
    case .test: "Try \(setup.model)"
    case .save: "Save \(setup.model)"
    }
  }

  private var introduction: String? {
    switch setup.step {
    case .provider:
      "Who is to answer? Nothing is sent or written before you say so. "
        + "\(name(.cancel)) goes on \(hasModel ? "as before" : "with the guide, which is built in")."
    case .address:
      "An address such as http://127.0.0.1:8080/v1, of this machine or another one."
    case .key:
      "Paste the key, or write $NAME for a variable that holds it. It is shown as dots, stands in "
        + "no trace, and is written to a file of its own only when you save."
    case .model: nil
    case .test:
      "“\(Setup.prompt)” is what it is asked. Where replies are paid for, this one costs a "
        + "fraction of a cent."
    case .save: nil
    }
  }

  /// What the lists say around their rows.
  var words: PickerView.Words {
    switch setup.step {
    case .provider:
      let notes = [setup.fault, setup.isLooking ? "This machine: looking …" : nil].compactMap(
        \.self)
      return PickerView.Words(
        title: "Provider",
        nothing: "None has these letters. \(name(.cancel)) goes on without.",
        notes: notes.isEmpty ? nil : notes, marked: nil, leastTitleColumns: 12)
    case .model, .address, .key, .test, .save:
      return PickerView.Words(
        title: "Model", nothing: nothing, notes: modelNotes, marked: nil)
    }
  }

  private var nothing: String {
    if let written = setup.writtenModel {
      return "None is listed by this name. \(name(.send)) asks \(written)."
    }
    switch setup.listing {
    case .failed(let sentence):
      return sentence
        + "\n\nTo go on without a list, write the name of a model and press \(name(.send)); "
        + "\(name(.send)) alone asks again."
    case .listed where setup.models.items.isEmpty:
      return "No models are listed. Write the name of one and press \(name(.send))."
    case .idle, .asked, .listed: return ""
    }
  }

  private var modelNotes: [String] {
    if let fault = setup.fault { return [fault] }
    switch setup.listing {
    case .asked(let since): return ["Its models are asked for … \(seconds(since))"]
    case .failed(let sentence) where !setup.models.query.isEmpty: return [sentence]
    case .idle, .listed, .failed: return []
    }
  }

  private func seconds(_ since: Instant) -> String {
    DetailsWords.duration(seconds: max(0, now.milliseconds(since: since) / 1000))
  }

  // MARK: - Fields

  private mutating func keyField() {
    switch setup.key {
    case .empty:
      field("Key", shown: "", note: setup.offer?.variable.map { "or $\($0)" } ?? "")
    case .variable(let variable, let isSet):
      field("Key", shown: "$\(variable)", note: isSet ? "is set" : "")
    case .hidden(let count, let end):
      // As many dots as there is room for say no more than the number.
      let dots = String(repeating: "•", count: min(max(0, count - end.count), 24))
      field("Key", shown: dots + end, note: "\(count) \(count == 1 ? "character" : "characters")")
    }
  }

  /// A line to write in, with the cursor at its end, and below it what is wrong with it.
  private mutating func field(_ title: String, shown: String, note: String) {
    let head = "\(title) › "
    let room = max(1, columns - wrap.cells.width(of: head) - 1)
    var end = shown[...]
    while wrap.cells.width(of: String(end)) > room { end.removeFirst() }
    cursor = Position(
      row: lines.count, column: wrap.cells.width(of: head) + wrap.cells.width(of: String(end)))
    var line = TextLine([
      TextRun(head, theme.style(for: .overlayTitle)),
      TextRun(String(end), theme.style(for: .overlay)),
    ])
    let gap = "   "
    if !note.isEmpty,
      wrap.cells.width(of: head + end + gap + note) <= columns
    {
      line.append(gap + note, style: theme.style(for: .overlayBorder))
    }
    lines.append(line)
    if let fault = setup.fault { lines += text(fault, .error) }
  }

  // MARK: - The test and what is saved

  private var test: [TextLine] {
    let end = setup.reply.count < Setup.replyLimit ? "" : " …"
    let reply = setup.reply.isEmpty ? [] : text(setup.reply + end, .overlay, indentation: 2)
    switch setup.test {
    case .ready: return []
    case .asked(let since):
      return text("Waiting for the first token … \(seconds(since))", .overlay)
    case .answering(_, let first):
      return reply.isEmpty ? text("It thinks … \(seconds(first))", .overlay) : reply
    case .done: return reply + text(setup.speed ?? "", .overlayBorder, indentation: 2)
    case .failed(let sentence): return reply + text(sentence, .error)
    }
  }

  private var testHint: String? {
    switch setup.test {
    case .ready: "\(name(.send)) sends it, S goes on without, \(name(.cancel)) goes back."
    case .asked, .answering: nil
    case .done: "\(name(.send)) goes on, R sends it again."
    case .failed: "\(name(.send)) tries again, S goes on without, \(name(.cancel)) goes back."
    }
  }

  private mutating func addPlan() {
    guard let plan = setup.plan else { return }
    var hasFault = false
    if case .failed(let sentence) = setup.saving {
      lines += text(sentence, .error)
      hasFault = true
    }
    if let refusal = plan.refusal {
      lines += text(refusal, .error)
      hasFault = true
    }
    for (index, file) in plan.files.enumerated() {
      lines += text(file.path, .key)
      if index == 0, !hasFault { firstRow = lines.count }
      lines += file.lines.flatMap { text($0, .overlay, indentation: 2) }
    }
    lines += plan.notes.flatMap { text($0, .overlay) }
  }

  private var planHint: String? {
    setup.plan.map { plan in
      plan.refusal == nil
        ? "\(name(.send)) writes this, \(name(.cancel)) goes back."
        : "Nothing is written. \(name(.send)) closes this, \(name(.cancel)) goes back."
    }
  }
}

extension ScreenView {
  func draw(
    _ setup: Setup, _ app: App, theme: Theme, in region: Region, of frame: inout Frame,
    at now: Instant
  ) -> DrawnOverlay {
    let view = SetupView(
      setup, app.keys, hasModel: app.hasModel, at: now, rows: region.rows.count,
      columns: region.limit, wrap: wrap,
      theme: theme)
    guard setup.isPicking else {
      let viewport = setup.isTextMoved ? setup.viewport : nil
      let shown = draw(
        view, setup.step == .save ? viewport : setup.viewport, in: region, of: &frame)
      let cursor = view.cursor.map {
        Position(
          row: region.rows.lowerBound + $0.row - shown.top, column: region.column + $0.column)
      }
      return (shown, nil, cursor.flatMap { region.rows.contains($0.row) ? $0 : nil })
    }
    var below = region
    // A list that has no room below the title is more use than the title.
    let picker = setup.step == .provider ? setup.providers : setup.models
    let least = picker.items.isEmpty ? SetupView.leastSentenceRows : SetupView.leastListRows
    let head =
      region.rows.count < least ? [] : Array(view.lines.prefix(region.rows.count - 3))
    put(head, in: region, of: &frame)
    below.rows = (region.rows.lowerBound + head.count)..<region.rows.upperBound
    return draw(picker, view.words, theme: theme, in: below, of: &frame)
  }

  /// A text with the hint behind it, or, where both have no room, the text scrolled above the hint.
  ///
  /// - Parameter viewport: nil for where the text begins by itself.
  private func draw(
    _ view: SetupView, _ viewport: Viewport?, in region: Region, of frame: inout Frame
  ) -> Viewport.Rows {
    let whole = view.lines + (view.isHintApart ? [.empty] : []) + view.hint
    guard whole.count > region.rows.count, !view.hint.isEmpty else {
      return draw(whole, viewport ?? .atTop, in: region, of: &frame)
    }
    // A row of the text is left, so that it can be scrolled through.
    let hint = view.hint.prefix(max(1, region.rows.count - 1))
    var (text, below) = (region, region)
    let end = max(region.rows.lowerBound, region.rows.upperBound - hint.count)
    text.rows = region.rows.lowerBound..<end
    below.rows = end..<region.rows.upperBound
    put(hint, in: below, of: &frame)
    return draw(view.lines, viewport ?? .begins(at: view.firstRow), in: text, of: &frame)
  }
}

extension App {
  /// Whether a model answers, and not the guide, which alone has a welcome of its own.
  fileprivate var hasModel: Bool {
    switch answering {
    case .ready: welcome == nil
    case .looking, .missing: false
    }
  }
}

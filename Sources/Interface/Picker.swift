// A list to choose from, whatever is on it: a line to type in, the rows that suit it, one of them
// selected. Rows may arrive while somebody chooses; the selected one stays where it is on the screen.

/// One row of a picker.
public struct PickerItem: Hashable, Sendable {
  /// What is chosen with the row. Of rows with the same id the first counts.
  public let id: String
  /// What is shown and searched.
  public let title: String
  /// Columns behind the title.
  public let details: [String]
  /// Where it stands in a tree; nil in a list.
  public let branch: Branch?

  public init(
    _ id: String, title: String? = nil, details: [String] = [], branch: Branch? = nil
  ) {
    self.id = id
    self.title = title ?? id
    self.details = details
    self.branch = branch
  }

  /// The place of a row in a tree, whose branches are drawn while nothing is searched.
  public struct Branch: Hashable, Sendable {
    /// Whether others stand in the same place of the tree.
    public enum Fork: Hashable, Sendable {
      case alone
      /// One that others come after.
      case beside
      /// The last one; what is behind it is not set in.
      case last
    }

    /// How many branches around it go on below.
    public var depth: Int
    public var fork: Fork
    /// What stands before the title and is not searched.
    public var speaker: String
    /// Which one it is of those in the same place; empty where it is alone.
    public var version: String
    /// Whether it is on the way that is chosen.
    public var isChosen: Bool
  }
}

/// Rows, a query, a selection.
public struct Picker: Hashable, Sendable {
  /// How rows are found: by letters of their titles, the best first, or by words of a text.
  private enum Finder: Hashable {
    case names(FuzzyQuery)
    case prompts(PromptQuery)

    /// One of the same kind for another text.
    func looking(for text: String) -> Finder {
      switch self {
      case .names: .names(FuzzyQuery(text))
      case .prompts: .prompts(PromptQuery(text))
      }
    }

    var isEmpty: Bool {
      switch self {
      case .names(let query): query.isEmpty
      case .prompts(let query): query.isEmpty
      }
    }

    func narrows(_ earlier: Finder) -> Bool {
      switch (self, earlier) {
      case (.names(let query), .names(let earlier)): query.narrows(earlier)
      case (.prompts(let query), .prompts(let earlier)): query.narrows(earlier)
      case (.names, .prompts), (.prompts, .names): false
      }
    }

    func score(_ letters: [UInt32], comparisons: inout Int) -> Int? {
      switch self {
      case .names(let query): query.score(letters, comparisons: &comparisons)
      case .prompts(let query): query.score(letters, comparisons: &comparisons)
      }
    }

    func places(in letters: [UInt32]) -> [Int] {
      switch self {
      case .names(let query): query.places(in: letters)
      case .prompts(let query): query.places(in: letters)
      }
    }
  }

  /// A row, and what of it is searched, as it is compared.
  typealias Row = (item: PickerItem, letters: [UInt32])

  /// The longest query, in graphemes; what is typed past it is left out.
  static let queryLimit = 256

  /// All rows, in the order in which they are shown while nothing is searched.
  public private(set) var items: [PickerItem] = []
  /// What was typed.
  public private(set) var query = ""
  /// The rows that suit the query, the best first, as places in `items`.
  private(set) var found: [Int] = []
  /// The selected row as a place in `found`; 0 where there is none.
  private(set) var selection = 0
  /// The longest text of each column of details, in graphemes.
  private(set) var detailWidths: [Int] = []
  /// The longest title beside details, in Unicode scalars.
  private(set) var titleLength = 0
  /// How many letters the last search looked at.
  private(set) var comparisonCount = 0

  /// What of each row is searched, as it is compared.
  private var titles: [[UInt32]] = []
  private var search = Finder.names(FuzzyQuery(""))
  /// The first visible row and how many there are, as last drawn.
  private var top = 0
  private var visibleRows = 0

  public init(_ items: [PickerItem] = []) {
    show(items)
  }

  /// Rows that are found by the words of longer texts, of which the titles are the beginnings.
  init(prompts: [Row]) {
    search = .prompts(PromptQuery(""))
    put(prompts)
  }

  /// The row that is chosen by Enter.
  public var selected: PickerItem? { selectedPlace.map { items[$0] } }

  /// Its place in `items`.
  var selectedPlace: Int? { found.isEmpty ? nil : found[selection] }

  /// Whether rows are left out, or stand in another order, because of the query.
  var isSearching: Bool { !search.isEmpty }

  /// Selects the row of this id; nothing changes where there is none.
  mutating func select(id: String) {
    guard let row = found.firstIndex(where: { items[$0].id == id }) else { return }
    moveSelection(to: row, keepingPlace: false)
  }

  // MARK: - Rows

  /// Takes these rows in place of those there were. The selected one stays where it is.
  public mutating func show(_ items: [PickerItem]) {
    var seen: Set<String> = []
    put(
      items.filter { seen.insert($0.id).inserted }.map { ($0, FuzzyQuery.folded($0.title)) })
  }

  /// The same for rows of which each id comes once.
  mutating func put(_ rows: [Row]) {
    let id = selected?.id
    items = rows.map(\.item)
    titles = rows.map(\.letters)
    titleLength = zip(self.items, titles).reduce(0) { longest, row in
      row.0.details.isEmpty ? longest : max(longest, row.1.count)
    }
    detailWidths = []
    for item in items { widen(for: item) }
    find(among: Array(self.items.indices))
    let row = found.firstIndex { self.items[$0].id == id }
    moveSelection(to: row ?? min(selection, max(0, found.count - 1)), keepingPlace: true)
  }

  /// Takes another row in the place of one of `items`. Nothing moves: whether it still suits the query, and
  /// how well, is seen with the next letter.
  mutating func change(_ place: Int, to row: Row) {
    items[place] = row.item
    titles[place] = row.letters
    widen(for: row.item)
  }

  private mutating func widen(for item: PickerItem) {
    for (column, detail) in item.details.enumerated() {
      if column == detailWidths.count { detailWidths.append(0) }
      detailWidths[column] = max(detailWidths[column], detail.count)
    }
  }

  // MARK: - Searching

  /// Puts text behind the query. The row that suits it best is selected.
  public mutating func type(_ text: String) {
    let line = text.prefix { !$0.isNewline }
    change(query + line.prefix(max(0, Self.queryLimit - query.count)))
  }

  /// Takes the last letter of the query away.
  public mutating func deleteBackward() { change(String(query.dropLast())) }

  /// Takes the last word of the query away.
  public mutating func deleteWordBackward() {
    var rest = Substring(query)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    while let last = rest.last, !last.isWhitespace { rest.removeLast() }
    change(String(rest))
  }

  /// Takes the whole query away.
  public mutating func deleteQuery() { change("") }

  private mutating func change(_ text: String) {
    guard text != query else { return }
    let id = selected?.id
    query = text
    let earlier = search
    search = earlier.looking(for: text)
    guard search != earlier else { return }
    // Who adds a letter finds what was found, or less.
    find(among: search.narrows(earlier) ? found : Array(items.indices))
    let row = search.isEmpty ? found.firstIndex { items[$0].id == id } : 0
    moveSelection(to: row ?? 0, keepingPlace: false)
  }

  private mutating func find(among places: [Int]) {
    comparisonCount = 0
    guard !search.isEmpty else {
      found = Array(items.indices)
      return
    }
    let scores = places.compactMap { place in
      search.score(titles[place], comparisons: &comparisonCount).map { (place: place, score: $0) }
    }
    found = scores.sorted { ($1.score, $0.place) < ($0.score, $1.place) }.map(\.place)
  }

  /// The letters of a row's title that the query found, as places of its Unicode scalars; those behind the
  /// title's end are in what the row does not show.
  func matches(inRow row: Int) -> [Int] { search.places(in: titles[found[row]]) }

  // MARK: - Moving

  /// Selects the row so many further down; negative is up.
  public mutating func move(by rows: Int) {
    let last = max(0, found.count - 1)
    // Far is as good as the end; so no sum can be too large.
    let step = min(max(rows, -found.count), found.count)
    moveSelection(to: min(max(0, selection + step), last), keepingPlace: false)
  }

  /// The row of the list that stands in a row of those in view; nil where none does.
  func row(visibleRow: Int) -> Int? {
    let window = window(rows: visibleRows)
    guard visibleRow >= 0, visibleRow < window.count else { return nil }
    return window.lowerBound + visibleRow
  }

  /// A page is what is visible but for one row, so that the eye finds its place again.
  public var pageRows: Int { max(1, visibleRows - 1) }

  public mutating func moveToStart() { move(by: -found.count) }
  public mutating func moveToEnd() { move(by: found.count) }

  private mutating func moveSelection(to row: Int, keepingPlace: Bool) {
    if keepingPlace { top = max(0, top + row - selection) } else { fill(visibleRows) }
    selection = row
    top = window(rows: visibleRows).lowerBound
  }

  /// Leaves no row empty below the last one. Rows that go leave some: the selected one stays.
  private mutating func fill(_ rows: Int) { top = min(top, max(0, found.count - rows)) }

  // MARK: - In view

  /// The rows that are in view where there is room for so many, as places in `found`; the selected one is
  /// among them.
  func window(rows: Int) -> Range<Int> {
    guard rows > 0 else { return 0..<0 }
    // A list that nobody has seen yet opens with the selected row in its middle.
    let wanted = visibleRows == 0 ? selection - rows / 2 : top
    var first = max(0, visibleRows == 0 ? min(wanted, found.count - rows) : wanted)
    if selection < first { first = selection }
    if selection >= first + rows { first = selection - rows + 1 }
    return first..<min(found.count, first + rows)
  }

  /// Takes over how many rows were drawn.
  mutating func measured(_ rows: Viewport.Rows) {
    top = window(rows: rows.visible).lowerBound
    if visibleRows != rows.visible { fill(rows.visible) }
    visibleRows = rows.visible
  }
}

public import Chat

/// Which rows of the transcript are visible: stuck to the end, or staying where somebody reads.
///
/// The reducer knows no frame; whoever draws reports how many rows there are (`measured`). While held,
/// what is in view stays as it is however much arrives at the end.
public struct Viewport: Hashable, Sendable {
  public enum Mode: Hashable, Sendable {
    /// The end of the transcript is in view.
    case follow
    /// This row of the transcript is the first in view.
    case hold(top: Int)
    /// This place is to come into view. The next frame says in which row it is.
    case seek(Target)
  }

  /// A place to go to.
  public enum Target: Hashable, Sendable {
    case message(MessageID)
    case hit(SearchHit)
    /// What has been folded or opened by a row that is to stay at this row of the screen.
    case fold(Fold, row: Int)
    /// What was in view before the search that is open now.
    case beforeSearch
  }

  public private(set) var mode: Mode = .follow
  /// Rows of the whole transcript, and rows of the screen for it, as last drawn.
  public private(set) var contentRows = 0
  public private(set) var visibleRows = 0

  public init() {}

  /// One that begins with the first row.
  public static let atTop: Viewport = {
    var viewport = Viewport()
    viewport.mode = .hold(top: 0)
    return viewport
  }()

  /// One that begins with this row.
  static func begins(at row: Int) -> Viewport {
    var viewport = Viewport()
    viewport.mode = .hold(top: row)
    return viewport
  }

  /// The first visible row, as far as it is known.
  public var top: Int {
    switch mode {
    case .follow, .seek: lastTop
    case .hold(let top): min(top, lastTop)
    }
  }

  private var lastTop: Int { max(0, contentRows - visibleRows) }

  /// The row that is held in view first, whatever was drawn last; 0 while none is.
  var heldRow: Int {
    switch mode {
    case .follow, .seek: 0
    case .hold(let top): top
    }
  }

  /// Moves by rows, negative towards the start. Reaching the end follows again.
  public mutating func scroll(by rows: Int) {
    let target = min(max(0, top + rows), lastTop)
    if target == lastTop {
      if rows > 0 { mode = .follow }
    } else {
      mode = .hold(top: target)
    }
  }

  /// A page is what is visible but for two rows, so that the eye finds its place again.
  public var pageRows: Int { max(1, visibleRows - 2) }

  public mutating func scrollToTop() { scroll(by: -top) }
  public mutating func follow() { mode = .follow }
  /// Stays where it is, as far as there is more than is in view.
  public mutating func hold() {
    if mode == .follow, contentRows > visibleRows { mode = .hold(top: top) }
  }
  /// Brings a place into view.
  public mutating func seek(_ target: Target) { mode = .seek(target) }

  /// What was drawn.
  public struct Rows: Hashable, Sendable {
    /// Rows of the whole.
    public var content: Int
    /// Rows of the screen for it.
    public var visible: Int
    /// The row that is first in view.
    public var top: Int
    /// Rows up to the last that was ever in view.
    public var seen: Int

    /// Rows below the last visible one.
    var below: Int { max(0, content - visible - top) }
    /// Rows that have come and were not in view yet.
    var unseen: Int { max(0, content - seen) }

    /// - Parameter seen: all of them by default.
    public init(content: Int, visible: Int, top: Int, seen: Int? = nil) {
      self.content = content
      self.visible = visible
      self.top = top
      self.seen = seen ?? content
    }
  }

  /// Takes over what was drawn. Where everything is in view there is nothing to hold.
  public mutating func measured(_ rows: Rows) {
    contentRows = rows.content
    visibleRows = rows.visible
    switch mode {
    case .follow:
      break
    case .hold:
      mode = rows.content <= rows.visible ? .follow : .hold(top: rows.top)
    case .seek(.hit):
      // Also at the end: what comes would push the hit out of view.
      mode = rows.content <= rows.visible ? .follow : .hold(top: rows.top)
    case .seek(.message), .seek(.fold), .seek(.beforeSearch):
      mode = rows.top >= lastTop ? .follow : .hold(top: rows.top)
    }
  }
}

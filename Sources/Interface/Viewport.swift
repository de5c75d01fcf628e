/// Which rows of the transcript are visible: stuck to the end, or staying where somebody reads.
///
/// The reducer knows no frame; whoever draws reports how many rows there are (`measured`). While held,
/// the first visible row keeps its number however much arrives at the end.
public struct Viewport: Hashable, Sendable {
  public enum Mode: Hashable, Sendable {
    /// The end of the transcript is in view.
    case follow
    /// This row of the transcript is the first in view.
    case hold(top: Int)
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

  /// The first visible row.
  public var top: Int {
    switch mode {
    case .follow: max(0, contentRows - visibleRows)
    case .hold(let top): min(top, max(0, contentRows - visibleRows))
    }
  }

  /// The row that is held in view first, whatever was drawn last; 0 while following.
  var heldRow: Int {
    switch mode {
    case .follow: 0
    case .hold(let top): top
    }
  }

  /// Moves by rows, negative towards the start. Reaching the end follows again.
  public mutating func scroll(by rows: Int) {
    let last = max(0, contentRows - visibleRows)
    let target = min(max(0, top + rows), last)
    if target == last {
      if rows > 0 { mode = .follow }
    } else {
      mode = .hold(top: target)
    }
  }

  /// A page is what is visible but for two rows, so that the eye finds its place again.
  public var pageRows: Int { max(1, visibleRows - 2) }

  public mutating func scrollToTop() { scroll(by: -top) }
  public mutating func follow() { mode = .follow }

  /// What was drawn.
  public struct Rows: Hashable, Sendable {
    /// Rows of the whole.
    public var content: Int
    /// Rows of the screen for it.
    public var visible: Int
    /// The row that is first in view.
    public var top: Int

    /// Rows below the last visible one.
    var below: Int { max(0, content - visible - top) }

    public init(content: Int, visible: Int, top: Int) {
      self.content = content
      self.visible = visible
      self.top = top
    }
  }

  /// Takes over what was drawn. Where everything is in view there is nothing to hold.
  public mutating func measured(_ rows: Rows) {
    contentRows = rows.content
    visibleRows = rows.visible
    guard case .hold = mode else { return }
    mode = rows.content <= rows.visible ? .follow : .hold(top: rows.top)
  }
}

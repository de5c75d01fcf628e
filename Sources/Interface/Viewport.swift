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

  /// The first visible row.
  public var top: Int {
    switch mode {
    case .follow: max(0, contentRows - visibleRows)
    case .hold(let top): min(top, max(0, contentRows - visibleRows))
    }
  }

  /// Rows below the last visible one.
  public var rowsBelow: Int { max(0, contentRows - visibleRows - top) }

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

  /// What was drawn: the rows there are, and where the row that was first in view stands now.
  public mutating func measured(contentRows: Int, visibleRows: Int, top: Int) {
    self.contentRows = contentRows
    self.visibleRows = visibleRows
    if case .hold = mode { mode = .hold(top: top) }
  }
}

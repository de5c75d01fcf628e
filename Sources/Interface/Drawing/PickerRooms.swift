// Where the list of a picker and what is said of its selected row stand.

/// How the middle of a picker is shared out.
struct PickerRooms {
  enum Preview: Hashable {
    /// Small screens have none.
    case none
    /// So many rows below the list and a line that parts both.
    case below(rows: Int)
    /// So many columns to the right of the list and its border.
    case beside(columns: Int)
  }

  static let border = " │ "
  private static let borderColumns = 3
  /// The list has this many columns for marks and names before something stands beside it, and its details …
  private static let leastNameColumns = 50
  /// … and that has as many as these. A line of a prompt is hard to read in fewer.
  private static let leastPreviewColumns = 45
  /// The widest that is said beside the list: longer lines tire the eye.
  private static let mostPreviewColumns = ScreenView.widestText
  /// In fewer rows beside the list there is no room for what is worth it.
  private static let leastBesideRows = 3

  let listRows: Int
  let listColumns: Int
  let preview: Preview

  /// - Parameters:
  ///   - rows: for the list and what is said of its selected row.
  ///   - detailColumns: what stands behind names in the list.
  init(rows: Int, columns: Int, detailColumns: Int, preview: PickerView.Preview?) {
    let listColumns = Self.leastNameColumns + detailColumns
    let beside = columns - listColumns - Self.borderColumns
    if preview != nil, rows >= Self.leastBesideRows, beside >= Self.leastPreviewColumns {
      // What neither needs is shared.
      let spare = beside - Self.leastPreviewColumns
      let previewColumns = min(Self.leastPreviewColumns + spare / 2, Self.mostPreviewColumns)
      listRows = rows
      self.listColumns = columns - previewColumns - Self.borderColumns
      self.preview = .beside(columns: previewColumns)
    } else if let preview, case let below = min(preview.mostRows, rows - 1 - preview.leastListRows),
      below > 0
    {
      listRows = rows - 1 - below
      self.listColumns = columns
      self.preview = .below(rows: below)
    } else {
      listRows = rows
      self.listColumns = columns
      self.preview = .none
    }
  }
}

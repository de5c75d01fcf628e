// The picker of themes. The row that is selected is drawn with at once, and what is drawn with counts only
// when it is chosen: whichever way the picker closes otherwise, the theme from before is back.

/// The themes there are, as rows, and which of them is in use.
public struct ThemeList: Hashable, Sendable {
  /// A row's id is what `/theme` takes for it.
  public let items: [PickerItem]
  /// The id of the theme in use; on the list or, where it was named by its path, not.
  public let inUse: String

  public init(items: [PickerItem], inUse: String) {
    self.items = items
    self.inUse = inUse
  }
}

/// Which theme is to be drawn with.
public struct ThemePicker: Hashable, Sendable {
  /// The rows and which of them is selected.
  public internal(set) var picker = Picker()
  /// The theme that is in use while others are looked at; nil until the list has come.
  private(set) var inUse: String?

  /// Takes over the list. The theme in use is selected as long as nobody has chosen another row.
  public mutating func take(_ list: ThemeList) {
    inUse = list.inUse
    if picker.selected == nil { picker.show([PickerItem(list.inUse)]) }
    let isListed = list.items.contains { $0.id == list.inUse }
    picker.show((isListed ? [] : [PickerItem(list.inUse)]) + list.items)
  }

  /// The theme to be looked at in place of the one in use; nil where that is the selected one, or none is.
  public var previewed: String? {
    guard let id = picker.selected?.id, id != inUse else { return nil }
    return id
  }
}

/// How the keys of the composer edit: as readline's emacs mode does, or as its vi mode.
public enum EditingStyle: String, Hashable, Sendable, CaseIterable {
  case emacs, vi
}

/// Something that a terminal tells about itself, asked or not.
public enum TerminalReport: Hashable, Sendable {
  /// The colour behind the text. Each channel goes from 0 to 65,535, however many digits were sent.
  case background(red: UInt16, green: UInt16, blue: UInt16)
  /// Whether it can hold an update back until it is whole (mode 2026).
  case synchronizedOutput(isSupported: Bool)
  /// What it can do, as the numbers of DA1; 52 says that it takes text for the clipboard.
  case attributes([Int])
  /// Whether it is set to dark or to light colours: told when the user changes that (mode 2031).
  case appearance(isDark: Bool)
  /// Which of kitty's keyboard forms are on, as the sum of their flags. Only who knows them tells it.
  case keyboardForms(flags: Int)
}

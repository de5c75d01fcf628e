/// A verb the user can ask for with a key.
public enum Action: Hashable, Sendable, CaseIterable {
  // The reply
  case send
  case cancel
  case interrupt
  case retry
  case nextModel
  case pickModel
  // The transcript
  case attempts
  case thoughts
  case details
  case messageUp
  case messageDown
  case pageUp
  case pageDown
  case top
  case end
  case search
  case copy
  case mouse
  case bare
  // The draft
  case newline
  case left
  case right
  case wordLeft
  case wordRight
  case lineStart
  case lineEnd
  case previous
  case next
  case deleteBackward
  case deleteForward
  case deleteWordBackward
  case deleteWordForward
  case killToEnd
  case killToStart
  case yank
  // The program
  case help
  case redraw
  case suspend
}

// Everything that a theme can colour. To add a role: a case here, its row below, and a use; every theme
// keeps working, because what a theme does not name looks like its fallback.

public import Terminal

/// A role on the screen that can be coloured. `text` comes first; a fallback stands before those that
/// fall back on it, so that styles are resolved in one walk.
public enum Face: Int, CaseIterable, Hashable, Sendable {
  case text
  case muted, emphasis, strong, heading, link
  case code, codeBlock
  /// What a piece of a block of code is, where its language is known.
  case codeComment, codeKeyword, codeType, codeFunction, codeConstant, codeString, codeNumber
  case codeAttribute, codeVariable, codeProperty, codeTag
  case codeInserted, codeDeleted, codeMeta, codeHeading
  case quote, listMarker, rule, tableBorder
  /// The user's own words, and the sign in front of them.
  case prompt, promptMarker
  /// The name of the model above its reply.
  case replyMarker
  case thinking
  /// The row of tokens, times and cost below a reply.
  case details
  /// The line below a reply that was stopped or superseded.
  case mark
  case error, notice
  case status, statusModel, statusLive, statusHint
  /// What is soon used up.
  case statusWarning
  case composer, composerPlaceholder
  /// What stands in the draft for a long paste.
  case composerFold
  case selection
  case overlay, overlayBorder, overlayTitle
  /// A key's name in help.
  case key
  /// The letters of a row that were searched.
  case match

  /// The name in a theme's file.
  public var name: String { row.name }

  /// The face whose looks count where a theme says nothing about this one; nil for `text` alone.
  public var fallback: Face? { row.fallback }

  /// The attributes that tell this face apart where a theme says nothing about it, or where there are
  /// no colours; nil: those of the fallback.
  public var attributes: Style.Attributes? { row.attributes }

  private var row: (name: String, fallback: Face?, attributes: Style.Attributes?) {
    switch self {
    case .text: ("text", nil, [])
    case .muted: ("muted", .text, [.dim])
    case .emphasis: ("emphasis", .text, [.italic])
    case .strong: ("strong", .text, [.bold])
    case .heading: ("heading", .strong, nil)
    case .link: ("link", .text, [.underline])
    case .code: ("code", .text, nil)
    case .codeBlock: ("code-block", .code, nil)
    case .codeComment: ("code-comment", .codeBlock, [.dim])
    case .codeKeyword: ("code-keyword", .codeBlock, [.bold])
    case .codeType: ("code-type", .codeBlock, nil)
    case .codeFunction: ("code-function", .codeBlock, nil)
    case .codeConstant: ("code-constant", .codeBlock, nil)
    case .codeString: ("code-string", .codeBlock, nil)
    case .codeNumber: ("code-number", .codeConstant, nil)
    case .codeAttribute: ("code-attribute", .codeConstant, nil)
    case .codeVariable: ("code-variable", .codeBlock, nil)
    case .codeProperty: ("code-property", .codeBlock, nil)
    case .codeTag: ("code-tag", .codeKeyword, nil)
    case .codeInserted: ("code-inserted", .codeString, [.bold])
    case .codeDeleted: ("code-deleted", .codeBlock, [.dim])
    case .codeMeta: ("code-meta", .codeComment, nil)
    case .codeHeading: ("code-heading", .codeKeyword, nil)
    case .quote: ("quote", .emphasis, nil)
    case .listMarker: ("list-marker", .muted, nil)
    case .rule: ("rule", .muted, nil)
    case .tableBorder: ("table-border", .rule, nil)
    case .prompt: ("prompt", .text, [.bold])
    case .promptMarker: ("prompt-marker", .prompt, [.bold])
    case .replyMarker: ("reply-marker", .muted, nil)
    case .thinking: ("thinking", .muted, nil)
    case .details: ("details", .muted, nil)
    case .mark: ("mark", .muted, nil)
    case .error: ("error", .text, [.bold])
    case .notice: ("notice", .text, nil)
    case .status: ("status", .text, [.reverse])
    case .statusModel: ("status-model", .status, [.bold, .reverse])
    case .statusLive: ("status-live", .status, nil)
    case .statusHint: ("status-hint", .status, nil)
    case .statusWarning: ("status-warning", .status, [.bold, .reverse])
    case .composer: ("composer", .text, nil)
    case .composerPlaceholder: ("composer-placeholder", .muted, nil)
    case .composerFold: ("composer-fold", .composer, [.bold])
    case .selection: ("selection", .text, [.reverse])
    case .overlay: ("overlay", .text, nil)
    case .overlayBorder: ("overlay-border", .overlay, nil)
    case .overlayTitle: ("overlay-title", .overlay, [.bold])
    case .key: ("key", .overlay, [.bold])
    case .match: ("match", .key, [.bold, .underline])
    }
  }
}

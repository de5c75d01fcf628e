public import Chat
public import Terminal

/// Something that happened, as the whole program sees it.
public enum AppEvent: Hashable, Sendable {
  /// The person at the terminal did something.
  case input(TerminalInput)
  /// A prompt that was not written here: the command line's.
  case prompt(String)
  /// Something came from a stream, active or stale.
  case stream(StreamID, StreamEvent)
  /// A message of a conversation is on disk.
  case saved(ConversationID, MessageID)
  /// It could not be saved; the sentence says why.
  case saveFailed(ConversationID, MessageID, reason: String)
  /// The question who answers is settled; `place` says where it runs, in the user's words, and `welcome`
  /// what an empty page says instead of both.
  case modelFound(Route, place: String, welcome: String? = nil)
  /// No model answers; the sentence says why and what to do.
  case modelMissing(String)
  /// The model that was named cannot be asked; the sentence says why. What answered before stays.
  case modelRefused(String)
  /// The models that are to race, in answer to `findRacers`.
  case racersFound([ModelID])
  /// What one provider has, in answer to `listModels`: at once as far as it is known, and again when its list
  /// has come or has failed to.
  case modelsListed(ModelList)
  /// The themes there are, in answer to `listThemes`.
  case themesListed(ThemeList)
  /// What is known of a model that may answer. It may come after the model has, and again when more is known.
  case described(ModelID, ModelFacts)
  /// The draft as the editor left it, in answer to `openEditor`.
  case edited(String)
  /// Something the user should know, from outside the conversation.
  case notice(Notice)
  /// A frame was laid out.
  case laidOut(ScreenView.Layout)
  /// The deadline that `App.deadline` named has come.
  case clock
  /// The program is asked to end (SIGTERM, SIGHUP).
  case terminate
  /// The presets or snippets there are, in answer to `listOwnTexts`.
  case ownTextsListed(OwnTextList)
  /// A preset that is to be taken for the conversation in view; `place` says where its model runs, nil
  /// where it names none. The program may begin with one, and then each further conversation does.
  case presetRead(Preset, place: String?, isFirst: Bool = false)
  /// The text of a snippet, in answer to `useSnippet`.
  case snippetRead(String)
  /// Something happened to the screen that connects a model.
  case setup(SetupEvent)
  /// The user has decided something else than before: the configuration was saved.
  case configured(AppSettings)
  /// Something was told of files, in answer to `AppEffect.files`, or by the command line.
  case files(FileNews)
  /// Where a route runs now that was found before; nil where it cannot be asked as things are configured. Who is
  /// asked in which conversation stays.
  case placed(Route, place: String?)
}

/// Something the program asks of the world, carried out in order.
public enum AppEffect: Hashable, Sendable {
  case chat(ChatEffect)
  /// Find a model: the one named, or whichever answers when nil. Answered by `modelFound`; when there is
  /// none, by `modelRefused` for a named one and by `modelMissing` otherwise.
  case findModel(String?)
  /// Find all models of these names; a chain or a pool stands for those that are in it. Answered by
  /// `racersFound`, or, where one of them cannot be asked, by `modelRefused`. Who answers stays.
  case findRacers([String])
  /// Tell which models there are. Answered by a `modelsListed` for each provider, chains and pools among
  /// them, and by later ones as lists come.
  case listModels
  /// Tell which themes there are. Answered by `themesListed`.
  case listThemes
  /// Draw in this theme and keep the one in use; nil draws in that again. Where there is something wrong
  /// with it, answered by a `notice`.
  case previewTheme(String?)
  /// Draw in the theme of this name or path from now on. Answered by a `notice`.
  case useTheme(String)
  /// Put a text onto the clipboard, by every way there is; `what` names it, as in "of code". Answered by a
  /// `notice` of what was really done.
  case copy(String, what: String)
  /// Have this draft written in the user's editor, which gets the terminal meanwhile. Answered by `edited`,
  /// or by a `notice` of what went wrong.
  case openEditor(String)
  /// Ring the terminal's bell.
  case ring
  /// Have the terminal show a sentence to whoever does not look at it.
  case notify(String)
  /// Hear the mouse, or leave it to the terminal.
  case captureMouse(Bool)
  /// Draw every cell of the terminal anew.
  case redraw
  /// Give the terminal back and stop until the shell continues us.
  case suspend
  case quit
  /// Tell which presets or snippets there are now. Answered by `ownTextsListed`.
  case listOwnTexts(OwnTextKind)
  /// Read the preset of this name and find its model. Answered by `presetRead`, and by a `notice` of what
  /// is wrong with it; where nothing can be taken of it, by that or by `modelRefused` alone.
  case usePreset(String)
  /// Read the snippet of this name. Answered by `snippetRead` or by a `notice` of what is wrong with it, or
  /// by both.
  case useSnippet(String)
  /// What the screen that connects a model asks for.
  case setup(SetupEffect)
  /// Look at files, or read them.
  case files(FileRequest)
}

/// How soon what an event changed is to be seen.
public enum Paint: Int, Hashable, Sendable, Comparable {
  /// Nothing to see has changed.
  case never
  /// With the next frame; deltas may share one.
  case soon
  /// In this pass.
  case now

  public static func < (left: Paint, right: Paint) -> Bool { left.rawValue < right.rawValue }
}

/// A sentence shown above the composer until the next key.
public struct Notice: Hashable, Sendable {
  public enum Kind: Hashable, Sendable, CaseIterable {
    case plain
    case error
  }

  public var kind: Kind
  public var text: String

  public init(_ text: String, kind: Kind = .plain) {
    self.kind = kind
    self.text = text
  }
}

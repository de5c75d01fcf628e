// What may lie over the transcript. `App+Pickers.swift` has the keys of the lists among them,
// `Drawing/ScreenView+Overlays.swift` the rows.

import Terminal

extension App {
  /// What lies over the transcript; one at a time.
  public enum Overlay: Hashable, Sendable {
    /// Keys and commands, and which rows of them are in view.
    case help(Viewport)
    /// What became of each stream.
    case trace(Viewport)
    /// What the conversation took.
    case usage(Viewport)
    /// The models to choose from.
    case models(ModelPicker)
    /// The themes to choose from, below the transcript.
    case themes(ThemePicker)
    /// A short list to choose from, below the transcript.
    case choices(ChoicePicker)
    /// The earlier prompts to choose from, below the transcript.
    case recall(RecallPicker)
    /// The prompts that wait, below the transcript.
    case waiting(WaitingPicker)
    /// The prompts of the page, of which one is edited, below the transcript.
    case prompts(PromptPicker)
    /// All messages, and how they follow one another.
    case tree(TreePicker)
    /// The conversations to choose from, below the transcript.
    case conversations(ConversationPicker)
    /// A question, below the transcript.
    case confirm(Confirmation)
    /// The presets or the snippets to choose from, below the transcript.
    case ownTexts(OwnTextPicker)
    /// The questions that connect a model.
    case setup(Setup)

    /// Moves what is in view by rows, negative towards the start.
    mutating func scroll(by rows: Int) {
      move({ $0.scroll(by: rows) }, { $0.move(by: rows) })
    }

    /// Takes over what was drawn.
    mutating func measured(_ rows: Viewport.Rows) {
      if case .setup(var setup) = self {
        setup.measured(rows)
        self = .setup(setup)
      } else {
        move({ $0.measured(rows) }, { $0.measured(rows) })
      }
    }

    /// Does what suits a page that is read, or a list that one chooses from.
    mutating func move(
      _ page: (inout Viewport) -> Void, _ list: (inout Picker) -> Void
    ) {
      switch self {
      case .help(var viewport):
        page(&viewport)
        self = .help(viewport)
      case .trace(var viewport):
        page(&viewport)
        self = .trace(viewport)
      case .usage(var viewport):
        page(&viewport)
        self = .usage(viewport)
      case .models(var models):
        list(&models.picker)
        self = .models(models)
      case .themes(var themes):
        list(&themes.picker)
        self = .themes(themes)
      case .choices(var choices):
        list(&choices.picker)
        self = .choices(choices)
      case .recall(var recall):
        list(&recall.picker)
        self = .recall(recall)
      case .waiting(var waiting):
        list(&waiting.picker)
        self = .waiting(waiting)
      case .prompts(var prompts):
        list(&prompts.picker)
        self = .prompts(prompts)
      case .tree(var tree):
        list(&tree.picker)
        self = .tree(tree)
      case .conversations(var conversations):
        list(&conversations.picker)
        self = .conversations(conversations)
      case .confirm:
        break
      case .ownTexts(var texts):
        list(&texts.picker)
        self = .ownTexts(texts)
      case .setup(var setup):
        setup.move(page, list)
        self = .setup(setup)
      }
    }
  }
}

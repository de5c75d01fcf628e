// A preset is taken for the conversation in view, and taken away again. It is read when it is asked for, so
// that what was saved last counts; what is wrong with its file is told, and then nothing changes.

public import Chat

extension App {
  /// Asks for a preset, for its picker, or takes the one away that is in force.
  mutating func preset(_ name: String, at now: Instant) -> [AppEffect] {
    switch name {
    case "": return openOwnTexts(.preset)
    case OwnTextPicker.noPreset: return takePresetAway(at: now)
    default: return [.usePreset(name)]
    }
  }

  private mutating func takePresetAway(at now: Instant) -> [AppEffect] {
    guard let preset = store.preset else {
      notice = Notice("No preset is in force here; /preset NAME takes one.")
      return []
    }
    let route = store.route
    let effects = chat(.usePreset(nil), at: now)
    notice = Notice(
      "Preset \(preset.name) is gone; from the next prompt on it is as configured.")
    // Where the one runs that is asked again is not known here any more.
    return effects + (store.route == route ? [] : [.findModel(store.route.name)])
  }

  /// Takes a preset that was read.
  ///
  /// - Parameters:
  ///   - place: where its model runs; nil where it names none.
  ///   - isFirst: whether the program began with it, so that each further conversation does.
  mutating func take(
    _ preset: Preset, place: String?, isFirst: Bool, at now: Instant
  ) -> [AppEffect] {
    if isFirst {
      chats.firstPreset = preset
    } else {
      notice = Notice("Preset \(preset.name): \(preset.summary); from the next prompt on.")
    }
    guard let route = preset.route, let place else { return chat(.usePreset(preset), at: now) }
    // Where nobody was found yet, nobody looks any more either.
    if case .ready = answering {} else { chats.routeAll(to: route) }
    var effects = chat(.usePreset(preset), at: now)
    answering = .ready(place: place)
    places[route] = place
    welcome = nil
    if let prompt = heldPrompt {
      heldPrompt = nil
      effects += send(prompt, at: now)
    }
    return effects
  }
}

extension Preset {
  /// The name as far as there is room for it on a line that says much else.
  var shortName: String { name.count > 20 ? name.prefix(19) + "…" : name }

  /// What it says, in a few words.
  public var summary: String {
    var words = [route.map { "asks \($0.name)" }].compactMap(\.self) + options.words
    if let sendPolicy {
      switch sendPolicy {
      case .replace: words.append("a prompt replaces a live reply")
      case .queue: words.append("a prompt waits for a live reply")
      case .block: words.append("no prompt while a reply is live")
      }
    }
    if let cutReplyPolicy {
      switch cutReplyPolicy {
      case .keep: words.append("cut replies are kept")
      case .drop: words.append("cut replies are left out")
      case .note: words.append("cut replies are noted")
      }
    }
    if systemPrompt != nil { words.append("a system prompt") }
    return words.isEmpty ? "nothing that differs" : words.joined(separator: ", ")
  }
}

extension ReplyOptions {
  /// What is asked, as it is written in a file, one after another.
  public var words: [String] {
    [
      maxTokens.map { "maxTokens \($0)" }, temperature.map { "temperature \($0)" },
      topP.map { "topP \($0)" }, stop.isEmpty ? nil : "\(stop.count) stop",
      seed.map { "seed \($0)" }, effort.map { "effort \($0)" },
    ].compactMap(\.self)
  }
}

// Presets and snippets, as far as they are the loop's affair: their files, and who is behind a preset's
// model.

import Chat
import Interface

extension RunLoop {
  func preset(_ name: String) -> [AppEvent] {
    do {
      let read = try start.ownTexts.preset(name)
      let events = take(read.value)
      let isTaken = events.contains { if case .presetRead = $0 { true } else { false } }
      guard isTaken, var notice = Notice(read.errors) else {
        return events + told(Notice(read.errors))
      }
      notice.text += "\nThe rest of preset \(read.value.value.name) counts from the next prompt on."
      return events + [.notice(notice)]
    } catch {
      return [.notice(Notice(error.message, kind: .error))]
    }
  }

  /// Finds who is behind a preset's model, and has the app take both. Where nobody is, nothing of it is taken.
  ///
  /// - Parameter isFirst: whether the conversations begin with it.
  func take(_ written: WrittenPreset, isFirst: Bool = false) -> [AppEvent] {
    guard let model = written.model else {
      return [.presetRead(written.value, place: nil, isFirst: isFirst)]
    }
    let name = written.value.name
    return streams.find(named: model).map(\.appEvent).map { event in
      if case .modelRefused(let reason) = event {
        return .modelRefused("The preset “\(name)” is not taken. \(reason)")
      }
      guard case .modelFound(let route, let place, welcome: _) = event else { return event }
      var preset = written.value
      preset.route = route
      return .presetRead(preset, place: place, isFirst: isFirst)
    }
  }

  func snippet(_ name: String) -> [AppEvent] {
    do {
      let read = try start.ownTexts.snippet(name)
      return [.snippetRead(read.value.text)] + told(Notice(read.errors))
    } catch {
      return [.notice(Notice(error.message, kind: .error))]
    }
  }

  private func told(_ notice: Notice?) -> [AppEvent] { notice.map { [.notice($0)] } ?? [] }
}

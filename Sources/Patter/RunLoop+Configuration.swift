// The configuration, saved while the program runs. Everything of it can be taken over at once: streams that are
// live go on, drafts and conversations stay. What is wrong is told as at the start, and the rest counts; a file
// that is no YAML at all changes nothing.

import Chat
import CursesTerminal
import Interface
import Settings

extension RunLoop {
  /// The configuration's file was saved, or one that it takes a key from.
  func hearConfiguration(at now: Instant) {
    guard let change = configurationWatch.take() else { return }
    let next = Preparation(start.arguments, environment: start.environment)
    switch (next.fileState, change) {
    case (.missing, _):
      // Some programs take a file away before they write it anew: what comes then takes the sentence away.
      guard start.fileState != .missing, !isConfigurationGone else { break }
      isConfigurationGone = true
      isConfigurationBroken = true
      handle(
        .notice(
          Notice(
            "\(next.fileName) is gone. What counted before still does until the next start.",
            kind: .error)), at: now)
    case (.broken, _):
      isConfigurationGone = false
      isConfigurationBroken = true
      if let notice = Notice(next.errors, changes: nil) { handle(.notice(notice), at: now) }
    case (.read, .written): adopt(next, at: now)
    // A file of a key was taken away.
    case (.read, .removed): break
    }
  }

  /// Goes on as another reading of the configuration says.
  func adopt(_ next: Preparation, at now: Instant) {
    let last = start
    start = next
    setupDesk.start = next
    configurationWatch.watch(next.files)
    let route = app.value.store.route
    let names = next.configuration.changes(from: last.configuration)
    let told = last.exposures.map(\.message)
    var faults =
      next.errors + next.warnings + next.exposures.filter { !told.contains($0.message) }
    if !names.isEmpty {
      if next.configuration.theme != last.configuration.theme {
        faults += theme.follow(next.configuration.theme)
        themeWatch.watch(theme.files)
      }
      // The streams first: the app may have somebody looked for at once.
      let events = streams.adopt(
        next.finder, next.directory, guide: next.guide, limits: next.configuration.limits, at: now)
      for event in events { handle(event.appEvent, at: now) }
      handle(.configured(AppSettings(next.configuration)), at: now)
      tellPlaces(at: now)
      screen.isFocusTold = app.value.notify.way != .off
      pacing.want(.now)
    }
    let wasWrong = isConfigurationBroken || !(last.errors + last.warnings).isEmpty
    isConfigurationBroken = false
    isConfigurationGone = false
    let isMended = faults.isEmpty && wasWrong
    let changes = ConfigurationChanges(
      file: next.fileName, names: names, isMended: isMended,
      isModelLookedFor: app.value.answering == .looking || app.value.store.route != route)
    if let notice = Notice(faults, changes: changes) { handle(.notice(notice), at: now) }
  }

  /// Tells the app where those run now whom its conversations ask: the status line says so before anything is
  /// sent, whichever conversation comes into view. A place that nobody knew after the last save may be known again.
  private func tellPlaces(at now: Instant) {
    let known = app.value.places
    for route in app.value.chats.routes.union(known.keys).sorted(by: { $0.name < $1.name }) {
      let place = streams.place(of: route)
      if place != known[route] { handle(.placed(route, place: place), at: now) }
    }
  }
}

import Chat
import Interface

/// The app, and a trace of all that it is told if one is wanted. The loop has no other way to it.
struct RecordedApp {
  private(set) var value: App
  private var recorder: TraceRecorder?

  init(_ app: App, recorder: TraceRecorder? = nil) {
    value = app
    self.recorder = recorder
  }

  /// Notes an event and has it handled. Where it cannot be noted the trace is over, and the chat is not.
  @discardableResult
  mutating func handle(_ event: AppEvent, at now: Instant) -> App.Response {
    do {
      try recorder?.record(event, at: now)
      return value.handle(event, at: now)
    } catch {
      recorder = nil
      var response = value.handle(event, at: now)
      value.handle(.notice(Notice(error.message, kind: .error)), at: now)
      response.paint = .now
      return response
    }
  }

  /// Ends the trace with the state that the run came to. Nil, or what kept it from being written.
  mutating func endTrace() -> TraceFault? {
    defer { recorder = nil }
    do {
      try recorder?.end(FinalState(value))
      return nil
    } catch {
      return error
    }
  }
}

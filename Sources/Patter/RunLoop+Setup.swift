// The loop's part in connecting a model: keys are kept from the app and its trace, trials are made, and what was
// chosen is written and taken over.

import Chat
import Interface
import Providers
import Terminal

extension RunLoop {
  /// Hears an input that belongs to the field for a key; false for any other, which the app hears.
  func keepsForKeyField(_ input: TerminalInput, at now: Instant) -> Bool {
    guard let edit = app.value.keyEdit(for: input) else { return false }
    if edit == .discard {
      handle(.setup(.pastedEarly), at: now)
      return true
    }
    setupDesk.keyField.apply(edit)
    let told = setupDesk.keyField.told(in: setupDesk.environment)
    handle(.setup(.keyWritten(told.shape, fault: told.fault)), at: now)
    return true
  }

  /// Begins with the questions where nobody answers but the guide.
  func offerSetup(after finding: AppEvent, at now: Instant) {
    guard isSetupDue, case .modelFound(let route, place: _, welcome: _) = finding else { return }
    isSetupDue = false
    if route.models == [ModelFinder.guide] { handle(.setup(.offered), at: now) }
  }

  /// Tells the app what has come of a look-up.
  func hearTrial(at now: Instant) {
    guard let finding = streams.takeTrialFinding() else { return }
    handle(.setup(setupDesk.event(of: finding)), at: now)
  }

  func act(_ effect: SetupEffect, at now: Instant) -> [AppEvent] {
    do throws(SetupDesk.Refusal) {
      return try carryOut(effect, at: now).map(AppEvent.setup)
    } catch {
      return [.setup(.refused(error.message))]
    }
  }

  private func carryOut(
    _ effect: SetupEffect, at now: Instant
  ) throws(SetupDesk.Refusal) -> [SetupEvent] {
    switch effect {
    case .lookAround:
      guard setupDesk.looksAround else {
        return [.providers(setupDesk.offers(found: []), isLooking: false)]
      }
      streams.lookAround(setupDesk.start.providers, at: now)
      return [.providers(setupDesk.offers(found: nil), isLooking: true)]
    case .listModels(let trial):
      streams.listModels(of: try setupDesk.endpoint(of: trial), at: now)
      return []
    case .test(let trial, let model, let prompt):
      let endpoint = try setupDesk.endpoint(of: trial)
      streams.test(
        setupDesk.outgoing(prompt, to: model, of: endpoint), at: endpoint, at: now)
      return []
    case .plan(let trial, let model):
      return [.planned(try setupDesk.plan(trial, model: model))]
    case .save(let trial, let model):
      do throws(SetupDesk.Refusal) {
        let name = try setupDesk.model(trial, named: model)
        let sentence = try setupDesk.save(trial, model: model)
        takeOver(name, at: now)
        return [.saved(sentence)]
      } catch {
        return [.saveFailed(error.message)]
      }
    case .stop:
      streams.stopTrial(at: now)
      return []
    case .end:
      streams.stopTrial(at: now)
      setupDesk.keyField.forget()
      return []
    }
  }

  /// Reads the configuration that was written, and asks its model from now on.
  private func takeOver(_ model: ModelID, at now: Instant) {
    adopt(Preparation(start.arguments, environment: start.environment), at: now)
    for event in streams.find(named: model.description) { handle(event.appEvent, at: now) }
  }
}

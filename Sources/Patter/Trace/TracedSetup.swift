// The screen that connects a model, in a trace. Of a key only its length is written, and nothing at all of what
// was pasted where it does not belong.

import Chat
import Interface
import Settings

/// What happened to the screen that connects a model. What a tried prompt is answered stands among the events of
/// streams, as that of a stream of `Streams.trialConversation`.
enum TracedSetup: Hashable, Codable {
  case offered
  case providers(offers: [TracedOffer], isLooking: Bool)
  /// `count` of a key, or the variable's name.
  case key(count: Int, variable: String?, isSet: Bool?, fault: String?)
  case pastedEarly
  case refused(reason: String)
  case models(items: [TracedItem])
  case modelsFailed(reason: String, isKeyRefused: Bool, isUnreachable: Bool?)
  case planned(files: [TracedFile], notes: [String], refusal: String?)
  case saved(text: String)
  case saveFailed(reason: String)
}

/// Somebody who may answer.
struct TracedOffer: Hashable, Codable {
  var id: String
  var name: String
  var detail: String
  var isReady: Bool
  var needsKey: Bool
  var variable: String?
  var address: String
  var asksAddress: Bool
}

/// A file that would be written. Its lines are shown to who may have to write them himself; of an address that is one
/// of the user's own a trace has no piece that may be a key.
struct TracedFile: Hashable, Codable {
  var path: String
  var lines: [String]
}

extension TracedFile {
  init(_ file: SetupPlan.File) {
    path = file.path
    lines = file.lines.map(Self.traced)
  }

  private static func traced(_ line: String) -> String {
    guard let name = line.firstRange(of: "baseURL: ") else { return line }
    return line[..<name.upperBound] + withoutKeys(inAddress: String(line[name.upperBound...]))
  }
}

extension TracedEvent {
  init(_ event: SetupEvent) {
    switch event {
    case .answered(let event):
      self.init(.stream(StreamID(Streams.trialConversation, attempt: 1), event))
    case .offered: self = .setup(event: .offered)
    case .providers(let offers, let isLooking):
      self = .setup(
        event: .providers(offers: offers.map(TracedOffer.init), isLooking: isLooking))
    case .keyWritten(.empty, let fault):
      self = .setup(event: .key(count: 0, variable: nil, isSet: nil, fault: fault))
    case .keyWritten(.variable(let name, let isSet), let fault):
      self = .setup(event: .key(count: 0, variable: name, isSet: isSet, fault: fault))
    case .keyWritten(.hidden(let count, end: _), let fault):
      self = .setup(event: .key(count: count, variable: nil, isSet: nil, fault: fault))
    case .pastedEarly: self = .setup(event: .pastedEarly)
    case .refused(let reason): self = .setup(event: .refused(reason: reason))
    case .models(let items): self = .setup(event: .models(items: items.map(TracedItem.init)))
    case .modelsFailed(let reason, let isKeyRefused, let isUnreachable):
      self = .setup(
        event: .modelsFailed(
          reason: reason, isKeyRefused: isKeyRefused, isUnreachable: isUnreachable ? true : nil))
    case .planned(let plan):
      self = .setup(
        event: .planned(
          files: plan.files.map { TracedFile($0) },
          notes: plan.notes, refusal: plan.refusal))
    case .saved(let text): self = .setup(event: .saved(text: text))
    case .saveFailed(let reason): self = .setup(event: .saveFailed(reason: reason))
    }
  }
}

extension TracedSetup {
  /// - Throws: when a number is none that is ever written.
  func event() throws(TraceFault) -> SetupEvent {
    switch self {
    case .offered: return .offered
    case .providers(let offers, let isLooking):
      return .providers(offers.map(\.offer), isLooking: isLooking)
    case .key(let count, let variable, let isSet, let fault):
      guard TraceLimit.counts.contains(count) else {
        throw TraceFault("“count” is not of its kind")
      }
      if let variable {
        return .keyWritten(.variable(variable, isSet: isSet ?? false), fault: fault)
      }
      return .keyWritten(count == 0 ? .empty : .hidden(count: count, end: ""), fault: fault)
    case .pastedEarly: return .pastedEarly
    case .refused(let reason): return .refused(reason)
    case .models(let items): return .models(items.map(\.item))
    case .modelsFailed(let reason, let isKeyRefused, let isUnreachable):
      return .modelsFailed(
        reason, isKeyRefused: isKeyRefused, isUnreachable: isUnreachable ?? false)
    case .planned(let files, let notes, let refusal):
      return .planned(
        SetupPlan(
          files: files.map { SetupPlan.File(path: $0.path, lines: $0.lines) }, notes: notes,
          refusal: refusal))
    case .saved(let text): return .saved(text)
    case .saveFailed(let reason): return .saveFailed(reason)
    }
  }
}

extension TracedOffer {
  init(_ offer: SetupOffer) {
    id = offer.id
    name = offer.name
    detail = offer.detail
    isReady = offer.isReady
    needsKey = offer.needsKey
    variable = offer.variable
    address = offer.address
    asksAddress = offer.asksAddress
  }

  var offer: SetupOffer {
    SetupOffer(
      id: id, name: name, detail: detail, isReady: isReady, needsKey: needsKey,
      variable: variable, address: address, asksAddress: asksAddress)
  }
}

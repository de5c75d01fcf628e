// What the examination of the providers came to, in findings.

import Chat
import Interface
import Providers
import Settings

extension DoctorReport {
  /// Notes each provider, and who would answer.
  ///
  /// - Parameters:
  ///   - wanted: the models of the route that is configured; empty where none is.
  ///   - configured: ids of the providers that the configuration's file names.
  mutating func note(
    _ subjects: [ProviderExam.Subject], wanted: [ModelID], table: ProviderTable,
    configured: Set<String>
  ) {
    let present = subjects.filter { !$0.isAbsent }
    for subject in present {
      let advice = ProviderAdvice(
        subject, row: table[subject.provider], isConfigured: configured.contains(subject.provider))
      findings += Self.findings(subject, advice)
      if let endpoint = subject.source?.endpoint, let sentence = endpoint.keySentence {
        note(
          .providers, subject.provider, endpoint.isInTheClear ? .hint : .ok, sentence,
          mend: endpoint.isInTheClear ? Self.line(encrypting: endpoint) : nil)
      }
    }
    model = Self.answering(present, wanted: wanted)?.description
    if wanted.contains(ModelFinder.guide) {
      model = ModelFinder.guide.description
      note(
        .providers, "guide", .hint, "The built-in guide answers, which is no model.", mend: "/setup"
      )
    } else if present.isEmpty {
      note(
        .providers, "none", .fault,
        "No provider is configured, and no server was found on this machine.",
        mend: "patter, and in it /setup")
    }
  }

  /// Who would answer a chat: of those who are wanted the first that does, or else whoever the first
  /// provider that is configured has, or else the first that was found.
  private static func answering(
    _ subjects: [ProviderExam.Subject], wanted: [ModelID]
  ) -> ModelID? {
    let asked = subjects.flatMap(\.asked)
    func answers(_ one: ProviderExam.Asked) -> Bool {
      if case .success = one.outcome { return true }
      return false
    }
    guard wanted.isEmpty else {
      return wanted.first { model in asked.contains { $0.model == model && answers($0) } }
    }
    let candidates = subjects.filter { $0.source?.isGuess == false }.prefix(1)
    return (candidates.isEmpty ? subjects[...] : candidates).flatMap(\.asked).first(
      where: answers)?.model
  }

  /// The line that has a server asked by https.
  private static func line(encrypting endpoint: Endpoint) -> String {
    switch endpoint.addressOrigin {
    case .variable(let name): "export \(name)=https://\(endpoint.serverName)/…"
    case .configuration, .own: "patter config, and https:// in its baseURL"
    }
  }

  private static func findings(
    _ subject: ProviderExam.Subject, _ advice: ProviderAdvice
  ) -> [Finding] {
    var findings: [Finding] = []
    let hasAnswered = subject.asked.contains { asked in
      if case .success = asked.outcome { return true }
      return false
    }
    if let failure = subject.failure {
      findings.append(
        Finding(
          area: .providers, subject: subject.provider,
          verdict: hasAnswered ? .hint : .fault, sentence: failure.sentence,
          mend: advice.line(for: failure.step), times: subject.times))
    } else if subject.asked.isEmpty {
      findings.append(
        Finding(
          area: .providers, subject: subject.provider, verdict: .hint,
          sentence: "\(subject.name) answers; it knows its models by names that you gave.",
          mend: "patter -m \(subject.provider)/NAME", times: subject.times))
    }
    for asked in subject.asked {
      switch asked.outcome {
      case .success(let microseconds):
        let times = subject.failure == nil ? subject.times : []
        let count = subject.modelCount
        let list = count == 0 ? "" : ", of \(grouped(count)) model\(count == 1 ? "" : "s")"
        findings.append(
          Finding(
            area: .providers, subject: subject.provider, verdict: .ok,
            sentence: "\(asked.model) answers\(list).",
            times: times + [Time(step: .firstToken, microseconds: microseconds)]))
      case .failure(let failure):
        findings.append(
          Finding(
            area: .providers, subject: subject.provider, verdict: .fault,
            sentence: failure.sentence, mend: advice.line(for: failure.step, asked.model),
            times: subject.failure == nil ? subject.times : []))
      case nil:
        preconditionFailure("all that is asked is settled before it is told")
      }
    }
    return findings
  }
}

/// The lines that mend what is wrong with a provider.
private struct ProviderAdvice {
  private let subject: ProviderExam.Subject
  private let row: Provider?
  private let isConfigured: Bool

  init(_ subject: ProviderExam.Subject, row: Provider?, isConfigured: Bool) {
    self.subject = subject
    self.row = row
    self.isConfigured = isConfigured
  }

  func line(for step: ProviderExam.Step, _ model: ModelID? = nil) -> String {
    switch step {
    case .settings, .key:
      return key
    case .name:
      return "getent hosts \(host)"
    case .connect:
      guard let endpoint = subject.source?.endpoint, endpoint.isLoopback else {
        return "curl -sv \(address) -o /dev/null"
      }
      if let advice = row?.server?.startAdvice, !advice.isEmpty { return advice }
      switch endpoint.addressOrigin {
      // What listens there may be a tunnel, or nothing that a line could start.
      case .configuration: return "patter config"
      case .variable, .own: return "start the server at \(endpoint.serverName)"
      }
    case .handshake:
      return "date; curl -sv \(address) -o /dev/null"
    case .list, .model:
      return "patter models \(subject.provider)"
    case .firstToken:
      return "patter -p -m \(model?.description ?? "\(subject.provider)/NAME") hi"
    }
  }

  private var key: String {
    if isConfigured { return "patter config" }
    let variables = row?.server?.variables
    return (variables?.key ?? variables?.baseURL).map { "export \($0)=…" } ?? "patter config"
  }

  private var host: String {
    guard let authority = subject.source?.endpoint?.authority else { return "HOST" }
    let end = authority.lastIndex(of: ":") ?? authority.endIndex
    return String(authority[..<end])
  }

  /// The address may hold a password, so only scheme, host and port of it are told.
  private var address: String {
    guard let endpoint = subject.source?.endpoint else { return "ADDRESS" }
    let scheme = endpoint.baseURL.prefix { $0 != ":" }
    return "\(scheme)://\(endpoint.authority)/"
  }
}

// What was chosen goes into config.yaml, and a key that was pasted into a file of its own beside it.

import Chat
import Glibc
import Interface
import Providers
import Settings

extension SetupDesk {
  /// The members that tell a key; one of them counts.
  private static let keyMembers = ["apiKey", "apiKeyFile", "apiKeyCommand"]

  /// What saving would do. Never throws for what stands in the file: that is said in the plan.
  func plan(_ trial: SetupTrial, model: String) throws(Refusal) -> SetupPlan {
    let sheet = try sheet(trial, model: model)
    var plan = SetupPlan(
      files: [SetupPlan.File(path: shown(sheet.path), lines: sheet.lines)], notes: sheet.notes)
    if let keyPath = sheet.keyPath {
      plan.files.append(
        SetupPlan.File(path: shown(keyPath), lines: [Self.words(onKeyAt: keyPath)]))
    }
    do {
      _ = try writing(sheet)
    } catch {
      plan.files.removeLast(plan.files.count - 1)
      plan.refusal = error.message + " These lines are to be written there:"
    }
    return plan
  }

  /// Writes all of it: the key first, so that no configuration ever names a file that is not there. The answer
  /// is a sentence.
  func save(_ trial: SetupTrial, model: String) throws(Refusal) -> String {
    let sheet = try sheet(trial, model: model)
    let text = try writing(sheet)
    var undo: (() -> Void)?
    do {
      if let keyPath = sheet.keyPath {
        guard let key = keyField.key(in: environment) else {
          throw Refusal(message: "Paste the key once more.")
        }
        let before = try? SmallFile.bytes(keyPath)
        try PrivateFile.write(Array("\(key)\n".utf8), to: keyPath)
        undo = {
          guard let before else {
            unlink(keyPath)
            return
          }
          try? PrivateFile.write(before, to: keyPath)
        }
      }
      try PrivateFile.write(Array(text.utf8), to: sheet.path)
    } catch let fault as PrivateFile.Fault {
      undo?()
      throw Refusal(message: "\(fault.message) Nothing was changed.")
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      throw Refusal(message: "\(error)")
    }
    return "\(sheet.model) is asked from now on. It is written in \(shown(sheet.path))."
  }

  private static func words(onKeyAt path: String) -> String {
    "the key, for you alone to read"
      + (Glibc.access(path, F_OK) == 0 ? ", in place of the one there" : "")
  }

  /// The model that a trial is about, as `PROVIDER/NAME`.
  func model(_ trial: SetupTrial, named name: String) throws(Refusal) -> ModelID {
    ModelID(provider: try access(for: trial).provider.id, name: name)
  }

  // MARK: -

  private struct Sheet {
    var model: ModelID
    var path: String
    var members: [(name: String, value: String)]
    var keyPath: String?
    var notes: [String]

    /// The members as they would be written into an empty file.
    var lines: [String] {
      var lines = ConfigurationEdit.block(["model"], model.description)
      for (index, member) in members.enumerated() {
        let path = ["providers", model.provider, member.name]
        lines += ConfigurationEdit.block(path, member.value).dropFirst(index == 0 ? 0 : 2)
      }
      return lines
    }
  }

  private func sheet(_ trial: SetupTrial, model name: String) throws(Refusal) -> Sheet {
    guard let path = Configuration.path(environment: environment),
      let slash = path.lastIndex(of: "/")
    else {
      throw Refusal(message: "There is no home to write into: HOME is not set.")
    }
    let access = try access(for: trial)
    try checkMeant(trial, access.provider.id)
    let named = environment["PATTER_MODEL"]?.trimmed.isEmpty == false ? ["PATTER_MODEL"] : []
    var sheet = Sheet(
      model: ModelID(provider: access.provider.id, name: name), path: path,
      members: access.members,
      notes: (named + access.strongerVariables).map { variable in
        "\(variable) is set and goes before what is written here: unset it."
      })
    if let exposure = try? endpoint(of: trial).exposure {
      sheet.notes.append("The address \(exposure)")
    }
    if trial.key == .written {
      // Beside the file that names it: another configuration has keys of its own.
      let keyPath = "\(path[..<slash])/keys/\(access.provider.id)"
      sheet.keyPath = keyPath
      sheet.members.append(("apiKeyFile", shown(keyPath)))
    }
    return sheet
  }

  /// Refuses to write an address beside a key or headers that were written for another one.
  private func checkMeant(_ trial: SetupTrial, _ provider: String) throws(Refusal) {
    guard let address = trial.address,
      let written = start.configuration.providerSettings[provider], written.baseURL != address,
      written.key != nil && trial.key == .known || !written.headers.isEmpty
    else { return }
    throw Refusal(
      message:
        "The configuration has a key or headers for \(provider) that are meant for another address. "
        + "Write 'baseURL: \(withoutKeys(inAddress: address))' there yourself if they may go to this one."
    )
  }

  /// The configuration with what is to be written.
  private func writing(_ sheet: Sheet) throws(Refusal) -> String {
    let old: [UInt8]
    do {
      old = try SmallFile.bytes(sheet.path) ?? []
    } catch {
      throw Refusal(message: error.message)
    }
    guard let before = String(validating: old, as: UTF8.self) else {
      throw Refusal(message: "\(shown(sheet.path)) is not UTF-8 text.")
    }
    var text = ConfigurationEdit(before, file: shown(sheet.path))
    let isKeyed = sheet.members.contains { SetupDesk.keyMembers.contains($0.name) }
    do {
      try text.set(
        model: sheet.model.description, of: sheet.model.provider, sheet.members,
        inPlaceOf: isKeyed ? SetupDesk.keyMembers : [])
    } catch {
      throw Refusal(message: error.message)
    }
    return text.whole
  }

  /// A path as people write it, with `~` for the home.
  private func shown(_ path: String) -> String {
    guard let home = environment["HOME"], home.hasPrefix("/"), home != "/",
      path.hasPrefix("\(home)/")
    else { return path }
    return "~" + path.dropFirst(home.count)
  }
}

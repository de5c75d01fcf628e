// The command line goes before the environment, and that before the configuration.

import Chat
import Providers

extension Configuration {
  /// Takes over what the command line says.
  mutating func take(_ arguments: Arguments) {
    if let model = arguments.model { self.model = model }
    if let preset = arguments.preset { self.preset = preset }
    if let theme = arguments.theme { self.theme = .one(theme) }
    if let prompt = arguments.systemPrompt {
      systemPrompt = prompt.allSatisfy(\.isWhitespace) ? nil : prompt
    }
    options = arguments.options.over(options)
    // What is written for a model goes before what is written for all, and the command line before both.
    modelOptions = modelOptions.mapValues { arguments.options.over($0) }
    if let idle = arguments.printing.idleTimeoutMilliseconds {
      limits.silenceMilliseconds = idle
      limits.progressMilliseconds = idle
    }
  }

  /// The variable that names a model or a route, as `-m` does.
  static let modelVariable = "PATTER_MODEL"
  /// The variable that names a theme, as `--theme` does.
  static let themeVariable = "PATTER_THEME"
}

extension Configuration.Reading {
  /// Takes over what the environment says, and then what the command line does.
  mutating func take(_ arguments: Arguments, environment: [String: String]) {
    if let model = Configuration.named(by: Configuration.modelVariable, in: environment) {
      value.model = model
      origins.note("model", from: Configuration.modelVariable)
    }
    if let theme = Configuration.named(by: Configuration.themeVariable, in: environment) {
      value.theme = .one(theme)
      origins.note("theme", from: Configuration.themeVariable)
    }
    value.take(arguments)
    if arguments.model != nil { origins.note("model", from: "-m") }
    if arguments.preset != nil { origins.note("preset", from: "--preset") }
    if arguments.theme != nil { origins.note("theme", from: "--theme") }
    if arguments.systemPrompt != nil { origins.note("system", from: "-s") }
    if arguments.options.maxTokens != nil { noteOption("maxTokens", from: "--max-tokens") }
    if arguments.options.temperature != nil { noteOption("temperature", from: "--temperature") }
    if arguments.printing.idleTimeoutMilliseconds != nil {
      origins.note("idle.silence", from: "--idle-timeout")
      origins.note("idle.progress", from: "--idle-timeout")
    }
  }

  private mutating func noteOption(_ name: String, from option: String) {
    origins.note("options.\(name)", from: option)
    for model in value.modelOptions.keys { origins.note("models.\(model).\(name)", from: option) }
  }
}

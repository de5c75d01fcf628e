// The command line goes before the configuration.

import Chat
import Providers

extension Configuration {
  /// Takes over what the command line says of replies.
  mutating func take(_ arguments: Arguments) {
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
}

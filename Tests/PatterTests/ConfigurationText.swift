// Configurations from their text, for tests.

import Chat
import Providers
import Settings
import Testing
import YAMLDocuments

@testable import Patter

/// Reads a configuration on a machine with three themes. Errors are told without the file's name.
func read(configuration yaml: String) throws -> (value: Configuration, errors: [String]) {
  let document = try YAMLDocument.read(yaml, file: "")
  let reading = Configuration.read(
    document, file: "", providers: .standard, themes: ["nord", "patter-dark", "patter-light"])
  return (reading.value, reading.errors.map { String($0.description.dropFirst()) })
}

func model(_ name: String) throws -> ModelID { try #require(ModelID(name)) }

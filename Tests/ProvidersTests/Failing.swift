// Ways to make a stream fail, for the tests of what a failure says and means.

import Chat
import Testing
import Wire

@testable import Providers

/// The key of every endpoint here, unless a test has its own.
let ownKey = "sk-proj-AbCdEf123456"

/// The one failure of a stream on which this happens.
func failure(
  _ provider: String = "openai", at url: String? = nil, key: String? = ownKey,
  model: String = "openai/gpt-x", _ events: TransferEvent...
) throws -> StreamFailure {
  var stream = OneStream(try endpoint(provider, at: url, key: key), outgoing(model))
  var output = RegistryOutput()
  for event in events where output.failure == nil {
    let part = stream.feed(event)
    output.events += part.events
    output.effects += part.effects
  }
  #expect(output.streamEvents.endCount == 1)
  return try #require(output.failure)
}

/// The failure of a response with this status and JSON body.
func refused(
  _ status: Int, _ body: String, provider: String = "openai", at url: String? = nil,
  key: String? = ownKey, model: String = "openai/gpt-x", headers: [HTTPHeader] = []
) throws -> StreamFailure {
  try failure(
    provider, at: url, key: key, model: model, head(status, "application/json", headers),
    bytes(body), .ended(nil))
}

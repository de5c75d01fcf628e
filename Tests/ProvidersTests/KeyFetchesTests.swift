// Keys for lists of models that somebody asked for: each program is run once, and none is waited for in vain.

import Chat
import Testing
import Wire

@testable import Providers

struct `Keys fetched for lists` {
  private var fetches: KeyFetches
  private let sources: [ModelSource]

  init() throws {
    sources = ProviderTable.standard.modelSources(
      environment: ["PATTER_DISCOVER": "0", "MISTRAL_API_KEY": "k"],
      settings: [
        "openai": ProviderSetting(key: .command(["pass", "one"])),
        "groq": ProviderSetting(key: .command(["pass", "two"])),
        "xai": ProviderSetting(key: .command(["pass", "one"])),
      ])
    fetches = KeyFetches(for: sources, at: time(0))
  }

  private func key(of provider: String) -> Secret? {
    sources.first { $0.provider == provider }.flatMap { fetches.completing($0).endpoint?.key }
  }

  @Test mutating func `run each program once, and none where the key is known`() {
    #expect(
      fetches.beginning == [
        .spawn(.lookup(0), ChildCommand(["pass", "one"])),
        .spawn(.lookup(1), ChildCommand(["pass", "two"])),
      ])
    fetches.receive(.output(Array("k-1\n".utf8)), from: .lookup(0))
    fetches.receive(.ended(.exited(0)), from: .lookup(0))
    #expect(fetches.isWaiting)
    #expect(["openai", "groq", "xai"].map(key) == [Secret("k-1"), nil, Secret("k-1")])
    #expect(key(of: "mistral") == Secret("k"))
  }

  @Test mutating func `leave out whom no key was told for, with the reason`() throws {
    fetches.receive(.ended(.exited(1)), from: .lookup(1))
    let groq = try #require(sources.first { $0.provider == "groq" })
    let fault = try #require(fetches.completing(groq).fault)
    #expect(fault.hasPrefix("Groq was not asked: the command that tells its key (pass) failed"))
    var catalog = ModelCatalog(userAgent: agent)
    #expect(catalog.refresh(fetches.completing(groq), at: time(0)) == [])
    #expect(catalog[fetches.completing(groq)].failure == fault)
  }

  @Test mutating func `are given up after two minutes`() throws {
    #expect(fetches.advance(to: time(119_999)) == [])
    #expect(fetches.deadline == time(120_000))
    #expect(fetches.advance(to: time(120_000)) == [.kill(.lookup(0)), .kill(.lookup(1))])
    #expect(!fetches.isWaiting)
    let groq = try #require(sources.first { $0.provider == "groq" })
    #expect(fetches.completing(groq).fault?.contains("took longer than 120 s") == true)
  }
}

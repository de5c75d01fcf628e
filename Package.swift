// swift-tools-version: 6.2
// One row for each room of the house; `Sources/README.md` is the map and `Tests/TidyTests` holds the fences.

import PackageDescription

let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func room(_ name: String, uses dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: house)
}

func tests(_ name: String, uses dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: house)
}

/// A C library as Debian packages it. The module map names what to link: asking pkg-config as well
/// would print warnings on every build (swift-package-manager#10549).
func library(_ name: String, apt package: String, path: String? = nil) -> Target {
  .systemLibrary(name: name, path: path, providers: [.apt([package])])
}

let package = Package(
  name: "patter",
  products: [
    .executable(name: "patter", targets: ["Patter"]),
    // Preloaded by tests, so it has to be a file of its own.
    .library(name: "HungResolver", type: .dynamic, targets: ["HungResolver"]),
  ],
  targets: [
    // Ground: values that know no other room.
    room("Chat"),
    room("Wire"),
    room("Terminal"),
    room("Settings"),
    room("Highlighting", uses: ["Settings"]),
    room("Markdown", uses: ["CMD4C"]),

    // Middle: what the values mean.
    room("Providers", uses: ["Chat", "Wire"]),
    room("Interface", uses: ["Chat", "Terminal", "Markdown", "Highlighting", "Settings"]),

    // Edges: one room for each thing of the outside world.
    room("CursesTerminal", uses: ["Terminal", "CNcurses", "CLinux"]),
    room("CurlTransport", uses: ["Wire", "CCurl"]),
    room("ChildProcesses", uses: ["Wire", "CLinux"]),
    room("YAMLDocuments", uses: ["Settings", "CYAML"]),

    // Top: wires everything, decides nothing.
    .executableTarget(
      name: "Patter",
      dependencies: [
        "Chat", "Wire", "Terminal", "Settings", "Highlighting", "Providers", "Interface",
        "ChildProcesses", "CursesTerminal", "CurlTransport", "YAMLDocuments", "CLinux",
      ],
      swiftSettings: house),

    library("CNcurses", apt: "libncursesw5-dev"),
    library("CCurl", apt: "libcurl4-openssl-dev"),
    library("CMD4C", apt: "libmd4c-dev"),
    library("CYAML", apt: "libyaml-dev"),
    library("CLinux", apt: "libc6-dev"),

    // Tests, and what only they use.
    .target(
      name: "Support", dependencies: ["CVTerm"], path: "Tests/Support", swiftSettings: house),
    .target(name: "HungResolver", path: "Tests/HungResolver", publicHeadersPath: "."),
    library("CVTerm", apt: "libvterm-dev", path: "Tests/CVTerm"),
    tests("ChatTests", uses: ["Chat", "Support"]),
    tests("WireTests", uses: ["Wire"]),
    tests("TerminalTests", uses: ["Terminal", "Support"]),
    tests("SettingsTests", uses: ["Settings"]),
    tests("MarkdownTests", uses: ["Markdown", "Support"]),
    tests("HighlightingTests", uses: ["Highlighting", "Settings", "YAMLDocuments", "Support"]),
    tests("ProvidersTests", uses: ["Providers", "Chat", "Wire", "Support"]),
    .testTarget(
      name: "InterfaceTests",
      dependencies: [
        "Interface", "Chat", "Terminal", "Markdown", "Highlighting", "Settings", "YAMLDocuments",
        "Support",
      ],
      exclude: ["Pictures"], swiftSettings: house),
    tests("ThemeTests", uses: ["Interface", "Terminal", "Settings", "Support", "YAMLDocuments"]),
    tests("CursesTerminalTests", uses: ["CursesTerminal", "Terminal", "Support", "CLinux"]),
    tests("LoopbackTests", uses: ["Support"]),
    tests(
      "CurlTransportTests", uses: ["CurlTransport", "Wire", "Support", "LoopbackTests", "CLinux"]),
    tests(
      "FaultTests",
      uses: ["Providers", "CurlTransport", "Wire", "Chat", "Support", "LoopbackTests"]),
    tests(
      "ChildProcessesTests", uses: ["ChildProcesses", "CurlTransport", "Wire", "Support", "CLinux"]),
    tests("YAMLDocumentsTests", uses: ["YAMLDocuments", "Settings"]),
    tests("Simulation", uses: ["Chat"]),
    tests(
      "PatterTests",
      uses: [
        "Patter", "Support", "LoopbackTests", "Chat", "CurlTransport", "Interface", "Providers",
        "Settings", "Terminal", "Wire", "YAMLDocuments",
      ]),
    .target(
      name: "Fuzzing",
      dependencies: ["Support", "Chat", "Providers", "Settings", "Wire", "YAMLDocuments"],
      path: "Tests/Fuzzing", swiftSettings: house),
    tests("FuzzingTests", uses: ["Fuzzing", "Support"]),
    tests("SupportTests", uses: ["Support"]),
    tests("TidyTests", uses: []),

    // Measurements: what Patter needs, beside a C program that needs next to nothing.
    .executableTarget(
      name: "Bench",
      dependencies: ["Support", "Chat", "Interface", "Providers", "Terminal", "Wire", "CLinux"],
      path: "Tests/Bench",
      swiftSettings: house),
    // Pictures of it in a real terminal, for the README.
    .executableTarget(
      name: "Screenshots", dependencies: ["Support"], path: "Tests/Screenshots",
      swiftSettings: house),
    // A walk through all of it, which leaves the screens as text.
    .executableTarget(
      name: "Tour", dependencies: ["Support"], path: "Tests/Tour", swiftSettings: house),
    tests("TourTests", uses: ["Tour", "Patter", "Support", "LoopbackTests"]),
    .executableTarget(
      name: "Floor", path: "Tests/Floor",
      linkerSettings: ["ncursesw", "tinfo", "curl"].map { .linkedLibrary($0) }),
  ]
)

// Its `main` is libFuzzer's, so it links in a build with `--sanitize=fuzzer` and in no other.
if Context.environment["PATTER_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzz", dependencies: ["Fuzzing"], path: "Tests/Fuzz",
      swiftSettings: house + [.unsafeFlags(["-parse-as-library"])]))
}

import Support

extension Measurement {
  /// From the call that starts the program to the moment one can type, as seen at the terminal.
  static func startup(repeatCount: Int) -> Measurement {
    Measurement(
      name: "start to ready", unit: .milliseconds, repeatCount: repeatCount,
      contenders: Program.allCases.map { program in
        Contender(name: program.rawValue) {
          let running = try program.start(home: TestHome())
          return Double(MonotonicClock.nanoseconds - running.startNanoseconds) / 1e6
        }
      })
  }
}

// `patter -p` beside `curl -N`, which does the least that can be done: the request that it is given, and the
// body as it comes. Both write to /dev/null.

import Glibc
import Support

extension Measurement {
  /// From the call that starts the program to its request at the server, and what a reply of so many deltas
  /// in this dialect costs.
  static func pipe(_ dialect: ScriptedDialect, _ count: Int) -> Measurement {
    Measurement(
      figures: [
        Figure(name: "curl -N, patter -p by \(dialect): start to request", unit: .milliseconds),
        Figure(name: "the same: processor for a reply of \(count) deltas", unit: .milliseconds),
        Figure(name: "the same: memory", unit: .mebibytes),
      ],
      programs: [.curl, .patter], roundCount: 5
    ) { program in
      // Without a length and without chunks: the body ends with the connection.
      let head =
        "HTTP/1.1 200 OK\r\nContent-Type: \(dialect.contentType)\r\nConnection: close\r\n\r\n"
      let deltas = (0..<count).map { dialect.delta(Decoding.text($0)) }.bodyText
      let reply = Array((head + deltas).utf8)
      let end = Array(dialect.end.bodyText.utf8)
      return {
        let run = try PipeRun(program, dialect)
        try run.wait("the request") { run.server.requestCount > 0 }
        let connection = try run.server.newest()
        connection.send(reply)
        try run.wait("the deltas") { connection.isFlushed }
        let memory = processStatus("VmHWM:", of: run.processID) / 1024
        connection.send(end)
        try run.wait("the last word") { connection.isFlushed }
        connection.hangUp()
        try run.wait("the end") { run.usage != nil }
        guard let usage = run.usage else { return [[], [], []] }
        let times = [usage.ru_utime, usage.ru_stime]
        let processor = times.reduce(0) { $0 + Double($1.tv_sec) * 1e3 + Double($1.tv_usec) / 1e3 }
        return [
          [milliseconds(connection.requestSeen - run.startNanoseconds)], [processor],
          [memory],
        ]
      }
    }
  }
}

/// One run of a program that asks one prompt, and the server it asks.
private final class PipeRun {
  let server: RigServer
  let startNanoseconds: Int64
  private let home: TestHome
  let processID: pid_t
  private let processDescriptor: Int32
  /// What the run has cost; nil while it goes on.
  private(set) var usage: rusage?

  init(_ program: Program, _ dialect: ScriptedDialect) throws {
    home = try TestHome()
    server = try RigServer()
    let (path, arguments, variables) = program.pipedInvocation(dialect, port: server.port)
    let environment = home.environment.merging(variables) { $1 }
    let directory = home.path
    startNanoseconds = MonotonicClock.nanoseconds
    processID = try Processors.apart {
      try SilentProgram.start(path, arguments, environment: environment, directory: directory)
    }
    processDescriptor = try SilentProgram.descriptor(of: processID)
  }

  deinit {
    if usage == nil {
      kill(processID, SIGKILL)
      waitpid(processID, nil, 0)
    }
    close(processDescriptor)
  }

  func wait(_ what: String, _ condition: () -> Bool) throws {
    let deadline = MonotonicClock.nanoseconds + Rig.patienceNanoseconds
    while !condition() {
      guard MonotonicClock.nanoseconds < deadline else {
        throw HarnessError("waited in vain for \(what)")
      }
      var waits = [pollfd(fd: processDescriptor, events: Int16(POLLIN), revents: 0)] + server.waits
      guard poll(&waits, UInt(waits.count), 1_000) >= 0 || errno == EINTR else {
        throw HarnessError(call: "poll")
      }
      if waits[0].revents != 0 {
        var (status, usage) = (Int32(0), rusage())
        guard wait4(processID, &status, 0, &usage) == processID else {
          throw HarnessError(call: "wait4")
        }
        guard status == 0 else { throw HarnessError("the program ended with status \(status)") }
        self.usage = usage
      }
      try server.take(waits[1...])
    }
  }
}

extension Program {
  /// How it asks a server that speaks this dialect, on standard output.
  fileprivate func pipedInvocation(
    _ dialect: ScriptedDialect, port: UInt16
  ) -> (path: String, arguments: [String], variables: [String: String]) {
    switch self {
    case .patter:
      (
        BuiltProgram.path(rawValue), ["-p", "-m", "\(dialect)/test", "go"],
        dialect.variables(port: port).merging([dialect.keyVariable: "none"]) { $1 }
      )
    case .floor, .curl:
      (
        "/usr/bin/curl",
        [
          "-sN", "-H", "Content-Type: application/json", "-d", #"{"model":"m","stream":true}"#,
          "http://127.0.0.1:\(port)\(dialect.chatPath)",
        ], [:]
      )
    }
  }
}

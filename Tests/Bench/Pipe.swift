// `patter -p` beside `curl -N`, which does the least that can be done: the request that it is given, and the
// body as it comes. Both write to /dev/null.

import Glibc
import Support

extension Measurement {
  /// From the call that starts the program to its request at the server, and what a reply of so many deltas
  /// costs.
  static func pipe(_ count: Int) -> Measurement {
    Measurement(
      figures: [
        Figure(name: "curl -N, patter -p: start to request", unit: .milliseconds),
        Figure(name: "the same: processor for a reply of \(count) deltas", unit: .milliseconds),
        Figure(name: "the same: memory", unit: .mebibytes),
      ],
      programs: [.curl, .patter], roundCount: 5
    ) { program in
      let reply = Reply.head + Reply.deltas(0..<count)
      return {
        let run = try PipeRun(program)
        try run.wait("the request") { run.server.requestCount > 0 }
        let connection = try run.server.newest()
        connection.send(reply)
        try run.wait("the deltas") { connection.isFlushed }
        let memory = processStatus("VmHWM:", of: run.processID) / 1024
        connection.send(Reply.end)
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

  init(_ program: Program) throws {
    home = try TestHome()
    server = try RigServer()
    let (path, arguments, variables) = program.pipedInvocation(port: server.port)
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
  fileprivate func pipedInvocation(
    port: UInt16
  ) -> (path: String, arguments: [String], variables: [String: String]) {
    let (arguments, variables) = invocation(port: port)
    switch self {
    case .floor: return (BuiltProgram.path(rawValue), arguments, variables)
    case .patter: return (BuiltProgram.path(rawValue), ["-p"] + arguments + ["go"], variables)
    case .curl: return ("/usr/bin/curl", arguments, variables)
    }
  }
}

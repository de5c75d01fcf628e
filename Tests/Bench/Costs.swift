// What a running program has cost so far, as the kernel counts it.

import Glibc

extension Rig {
  /// Processor time of all its threads, user and kernel mode, to the nanosecond where /proc has ticks.
  var processorNanoseconds: Int64 {
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(processID, &clock) == 0, clock_gettime(clock, &time) == 0 else {
      return 0
    }
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Memory it holds now, in MiB, with the pages of its file that it has touched.
  var residentMebibytes: Double { processStatus("VmRSS:", of: processID) / 1024 }

  /// How often its first thread gave up the processor or was taken off it.
  var contextSwitchCount: Double {
    processStatus("voluntary_ctxt_switches:", of: processID)
      + processStatus("nonvoluntary_ctxt_switches:", of: processID)
  }
}

/// A number of /proc/PID/status; NaN when there is none.
func processStatus(_ name: String, of processID: pid_t) -> Double {
  let descriptor = open("/proc/\(processID)/status", O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return .nan }
  defer { close(descriptor) }
  var bytes = [UInt8](repeating: 0, count: 8192)
  let count = read(descriptor, &bytes, bytes.count)
  for line in String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n") {
    let words = line.split { $0 == "\t" || $0 == " " }
    if words.count > 1, words[0] == name { return Double(words[1]) ?? .nan }
  }
  return .nan
}

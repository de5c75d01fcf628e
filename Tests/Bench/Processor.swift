import Glibc
import Support

/// What this process has used.
enum Processor {
  static var nanoseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Has the kernel count anew how much memory was held at the most (proc_pid_clear_refs(5)).
  static func forgetPeak() throws {
    let descriptor = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
    defer { close(descriptor) }
    guard write(descriptor, "5", 1) == 1 else { throw HarnessError(call: "clear_refs") }
  }
}

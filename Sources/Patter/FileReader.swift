// What the app asks of files, answered on a thread of its own: whoever touches a network mount whose server is gone
// waits for it, and that may hold neither keys nor replies.
//
//   ask ──▶ the last question and the last folder ──▶ a thread ──▶ answers, and a byte in a pipe ──▶ take
//
// The app listens to its last question alone, so an earlier one that was not begun is dropped. The thread ends when
// nothing is left to be done. `stop` leaves it to what it waits for, and what is asked next gets another one; when
// Patter ends, it ends with it. What a thread and the loop share is `Locked`; all else is theirs alone.

import CLinux
import Glibc
import Interface

/// Looks at files and reads them. Lives on the loop's thread and does not wait, but for a moment where it is told
/// to.
final class FileReader {
  /// So many threads may be left to what they wait for; from then on the last one is waited for.
  static let leftLimit = 8

  /// What one question came to.
  struct Answer: Hashable, Sendable {
    let request: FileRequest
    let news: [FileNews]
  }

  private let carryOut: @Sendable (FileRequest) -> [FileNews]
  private let outbox = FileOutbox()
  private var worker: FileWorker
  /// Those that were left to what they wait for.
  private var left: [FileWorker] = []

  /// - Parameter carryOut: answers a question on a thread, and may take as long as it likes.
  init(_ carryOut: @escaping @Sendable (FileRequest) -> [FileNews]) {
    self.carryOut = carryOut
    worker = FileWorker(outbox, carryOut)
  }

  /// Readable when there are answers; nil where the system has no pipe to give, and all is done at once.
  var descriptor: Int32? { outbox.descriptor }

  /// Has a question answered. True where nothing else is to be done before.
  func ask(_ request: FileRequest) -> Bool {
    let (isNext, needsThread) = worker.put(request)
    if needsThread, outbox.descriptor == nil || !worker.start() { worker.run() }
    return isNext
  }

  /// Forgets the last question, and what is under way: nobody waits for it any more.
  func stop() {
    left.removeAll { !$0.isBusy }
    guard worker.isBusy, left.count < FileReader.leftLimit else { return worker.forgetQuestion() }
    worker.leave()
    left.append(worker)
    worker = FileWorker(outbox, carryOut)
  }

  /// The answers that have come.
  ///
  /// - Parameter milliseconds: how long the first of them is waited for.
  func take(waitingMilliseconds milliseconds: Int32 = 0) -> [Answer] {
    if milliseconds > 0, let descriptor = outbox.descriptor {
      var awaited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&awaited, 1, milliseconds)
    }
    return outbox.take()
  }
}

/// Answers on their way from threads to the loop.
private final class FileOutbox: Sendable {
  private let answers = Locked<[FileReader.Answer]>([])
  /// Both ends of a pipe; -1 where there is none.
  private let reading: Int32
  private let writing: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    _ = pipe2(&ends, O_CLOEXEC | O_NONBLOCK)
    (reading, writing) = (ends[0], ends[1])
  }

  deinit {
    guard reading >= 0 else { return }
    close(reading)
    close(writing)
  }

  var descriptor: Int32? { reading < 0 ? nil : reading }

  /// The byte is written and read with the answers in hand, so that one is never there without the other.
  func post(_ answer: FileReader.Answer) {
    answers.withLock { answers in
      answers.append(answer)
      // A pipe that is full is readable as well.
      if writing >= 0 { _ = write(writing, [1], 1) }
    }
  }

  func take() -> [FileReader.Answer] {
    answers.withLock { answers in
      var bytes = [UInt8](repeating: 0, count: 64)
      while reading >= 0, read(reading, &bytes, bytes.count) > 0 {}
      defer { answers = [] }
      return answers
    }
  }
}

/// One thread, as long as there is something to be done, and what it is to do.
private final class FileWorker: Sendable {
  private struct State {
    var question: FileRequest?
    var folder: FileRequest?
    /// Whether a question was begun, and not answered.
    var isBusy = false
    /// Whether there is a thread, or is to be one.
    var hasThread = false
    var isLeft = false
  }

  private let state = Locked(State())
  private let outbox: FileOutbox
  private let carryOut: @Sendable (FileRequest) -> [FileNews]

  init(_ outbox: FileOutbox, _ carryOut: @escaping @Sendable (FileRequest) -> [FileNews]) {
    self.outbox = outbox
    self.carryOut = carryOut
  }

  /// Whether a question was begun, and not answered.
  var isBusy: Bool { state.withLock(\.isBusy) }

  /// Has this done, in place of what of its kind was not begun. The answer is whether nothing else is to be done
  /// before, and whether there is no thread for it.
  func put(_ request: FileRequest) -> (isNext: Bool, needsThread: Bool) {
    state.withLock { state in
      let isNext = !state.isBusy && state.question == nil && state.folder == nil
      switch request {
      case .list: state.folder = request
      case .inspect, .read: state.question = request
      case .stop: return (false, false)
      }
      defer { state.hasThread = true }
      return (isNext, !state.hasThread)
    }
  }

  func forgetQuestion() {
    state.withLock { $0.question = nil }
  }

  /// Does nothing more behind what is under way, of which nobody is told.
  func leave() {
    state.withLock { state in
      (state.question, state.folder) = (nil, nil)
      state.isLeft = true
    }
  }

  /// Works on a thread, which nobody waits for. False where the system has none to give.
  func start() -> Bool {
    let work = Unmanaged.passRetained(self)
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let code = pthread_create(&thread, &attributes, runFileWorker, work.toOpaque())
    if code != 0 { work.release() }
    return code == 0
  }

  /// Works until nothing is left to be done.
  func run() {
    while let request = next() {
      let answer = FileReader.Answer(request: request, news: carryOut(request))
      state.withLock { state in
        state.isBusy = false
        if !state.isLeft { outbox.post(answer) }
      }
    }
  }

  private func next() -> FileRequest? {
    state.withLock { state in
      let request = state.question ?? state.folder
      if state.question != nil { state.question = nil } else { state.folder = nil }
      state.isBusy = request != nil
      if request == nil { state.hasThread = false }
      return request
    }
  }
}

private func runFileWorker(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context { Unmanaged<FileWorker>.fromOpaque(context).takeRetainedValue().run() }
  return nil
}

// What the app asks of files, answered on threads of their own: whoever touches a network mount whose server is gone
// waits for it, and that may hold neither keys nor replies, nor other files.
//
//   ask ──▶ a worker for questions, one for folders ──▶ answers, and a byte in a pipe ──▶ take
//
// The app listens to its last question and to its last folder alone. A worker that is still at an earlier one is left
// to it and what it says is dropped; another one takes its place. A thread ends when nothing is left to be done, and
// all of them with Patter. What a thread and the loop share is `Locked`; all else is theirs alone.

import CLinux
import Glibc
import Interface

/// Looks at files and reads them. Lives on the loop's thread and does not wait, but for a moment where it is told
/// to.
final class FileReader {
  /// So many threads may be left to what they wait for; then nothing more is read until one of them comes back.
  static let leftLimit = 8
  private static let refusal =
    "\(leftLimit) files do not answer already; no other one is looked at until one of them does."

  /// What one question came to.
  struct Answer: Hashable, Sendable {
    let request: FileRequest
    let news: [FileNews]
  }

  private let carryOut: @Sendable (FileRequest) -> [FileNews]
  private let outbox = FileOutbox()
  private var questions: FileWorker
  private var folders: FileWorker
  /// Those that were left to what they wait for.
  private var left: [FileWorker] = []

  /// - Parameter carryOut: answers a question on a thread, and may take as long as it likes.
  init(_ carryOut: @escaping @Sendable (FileRequest) -> [FileNews]) {
    self.carryOut = carryOut
    questions = FileWorker(outbox, carryOut)
    folders = FileWorker(outbox, carryOut)
  }

  /// Readable when there are answers; nil where the system has no pipe to give, and all is done at once.
  var descriptor: Int32? { outbox.descriptor }

  /// Whether a thread is at a file, whoever waits for it. One that waits for a network mount cannot be stopped.
  var isBusy: Bool { ([questions, folders] + left).contains(where: \.isBusy) }

  /// Has a question answered, in place of the one before.
  func ask(_ request: FileRequest) {
    switch request {
    case .list: hand(request, to: \.folders)
    case .inspect, .read: hand(request, to: \.questions)
    case .stop: stop()
    }
  }

  /// Forgets the last question: nobody waits for it any more.
  func stop() {
    questions.forget()
    _ = leave(\.questions)
  }

  private func hand(
    _ request: FileRequest, to kind: ReferenceWritableKeyPath<FileReader, FileWorker>
  ) {
    guard leave(kind) else {
      return outbox.post(Answer(request: request, news: request.refused(Self.refusal)))
    }
    let worker = self[keyPath: kind]
    if worker.put(request), outbox.descriptor == nil || !worker.start() { worker.run() }
  }

  /// Leaves a worker that is at something, and has another one take its place; false where as many are left as may
  /// be.
  private func leave(_ kind: ReferenceWritableKeyPath<FileReader, FileWorker>) -> Bool {
    left.removeAll { !$0.isBusy }
    let worker = self[keyPath: kind]
    guard worker.isBusy else { return true }
    worker.leave()
    guard left.count < FileReader.leftLimit else { return false }
    left.append(worker)
    self[keyPath: kind] = FileWorker(outbox, carryOut)
    return true
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
    var request: FileRequest?
    /// Whether a request was begun, and not answered.
    var isBusy = false
    /// Whether there is a thread, or is to be one.
    var hasThread = false
    /// Whether nobody is told of what is under way.
    var isLeft = false
  }

  private let state = Locked(State())
  private let outbox: FileOutbox
  private let carryOut: @Sendable (FileRequest) -> [FileNews]

  init(_ outbox: FileOutbox, _ carryOut: @escaping @Sendable (FileRequest) -> [FileNews]) {
    self.outbox = outbox
    self.carryOut = carryOut
  }

  /// Whether a request was begun, and not answered.
  var isBusy: Bool { state.withLock(\.isBusy) }

  /// Has this done, in place of what was not begun. The answer is whether there is no thread for it.
  func put(_ request: FileRequest) -> Bool {
    state.withLock { state in
      state.request = request
      defer { state.hasThread = true }
      return !state.hasThread
    }
  }

  func forget() {
    state.withLock { $0.request = nil }
  }

  /// Does nothing more behind what is under way, of which nobody is told.
  func leave() {
    state.withLock { state in
      state.request = nil
      state.isLeft = state.isBusy
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
        state.isLeft = false
      }
    }
  }

  private func next() -> FileRequest? {
    state.withLock { state in
      let request = state.request
      state.request = nil
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

// The kernel queues what happens in a folder before the call that did it returns: nothing is waited for. The
// end of writing is when nobody has the file open any more, so that `save` has another process write.

import Glibc
import Support
import Testing

@testable import Patter

@Suite struct `A watch over files` {
  private let home: TestHome
  private let watch = FileWatch()

  init() throws {
    home = try TestHome()
    try save("old", to: "themes/mine.yaml")
    watch.watch([path("themes/mine.yaml")])
  }

  private func path(_ name: String) -> String { "\(home.path)/\(name)" }

  /// Writes a file, in a folder that is made where it is missing.
  private func save(_ text: String, to name: String) throws {
    let folders = name.split(separator: "/").dropLast()
    for count in folders.indices { mkdir(path(folders[...count].joined(separator: "/")), 0o700) }
    try home.save(text, to: name)
  }

  /// Whether a sleep would end.
  private var isReadable: Bool { isReadable(withinMilliseconds: 0) }

  private func isReadable(withinMilliseconds milliseconds: Int32) -> Bool {
    guard let descriptor = watch.descriptor else { return false }
    var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&wait, 1, milliseconds) == 1
  }

  @Test func `tells of a save, once`() throws {
    #expect(!isReadable)
    try save("new", to: "themes/mine.yaml")
    #expect(isReadable)
    #expect(watch.take() == .written)
    #expect(watch.take() == nil)
    #expect(!isReadable)
  }

  @Test func `tells of another file in the place of the old one, and of the next`() throws {
    for _ in 0..<2 {
      try save("new", to: "themes/draft")
      #expect(watch.take() == nil)
      #expect(rename(path("themes/draft"), path("themes/mine.yaml")) == 0)
      #expect(watch.take() == .written)
    }
  }

  @Test func `tells of one that is taken away, but not if it is there again`() throws {
    unlink(path("themes/mine.yaml"))
    #expect(watch.take() == .removed)
    try save("new", to: "themes/mine.yaml")
    unlink(path("themes/mine.yaml"))
    try save("new", to: "themes/mine.yaml")
    #expect(watch.take() == .written)
  }

  @Test func `tells nothing of a file that is created and not yet written`() throws {
    unlink(path("themes/mine.yaml"))
    _ = watch.take()
    let descriptor = open(path("themes/mine.yaml"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    #expect(watch.take() == nil)
    close(descriptor)
    // A child of another test may have it open until it has become its program.
    #expect(isReadable(withinMilliseconds: Int32(TerminalProgram.patienceSeconds * 1000)))
    #expect(watch.take() == .written)
  }

  @Test func `tells of a link in the place of the file`() throws {
    try save("new", to: "dotfiles/mine.yaml")
    unlink(path("themes/mine.yaml"))
    _ = watch.take()
    #expect(symlink(path("dotfiles/mine.yaml"), path("themes/mine.yaml")) == 0)
    #expect(watch.take() == .written)
  }

  @Test func `tells of a save behind a link, also where a whole folder is one`() throws {
    #expect(symlink(path("themes"), path("linked")) == 0)
    #expect(symlink(path("themes/mine.yaml"), path("alone.yaml")) == 0)
    for name in ["linked/mine.yaml", "alone.yaml"] {
      watch.watch([path(name)])
      try save("new", to: "themes/mine.yaml")
      #expect(watch.take() == .written)
    }
  }

  @Test func `tells nothing of other files, and forgets those it no longer watches`() throws {
    try save("new", to: "themes/other.yaml")
    #expect(watch.take() == nil)
    watch.watch([path("themes/other.yaml")])
    try save("new", to: "themes/mine.yaml")
    #expect(watch.take() == nil)
    try save("new", to: "themes/other.yaml")
    #expect(watch.take() == .written)
  }

  @Test func `with nothing to watch there is nothing to wait for`() {
    watch.watch([])
    #expect(watch.descriptor == nil)
    #expect(watch.take() == nil)
  }

  @Test func `a folder that is made anew is watched when it is asked for again`() throws {
    unlink(path("themes/mine.yaml"))
    #expect(rmdir(path("themes")) == 0)
    #expect(watch.take() == .removed)
    watch.watch([path("themes/mine.yaml")])
    try save("new", to: "themes/mine.yaml")
    watch.watch([path("themes/mine.yaml")])
    try save("newer", to: "themes/mine.yaml")
    #expect(watch.take() == .written)
  }

  @Test func `tells of a file in folders that are made later, one after another`() throws {
    watch.watch([path("config/patter/config.yaml")])
    #expect(watch.take() == nil)
    mkdir(path("config"), 0o700)
    #expect(watch.take() == nil)
    mkdir(path("config/patter"), 0o700)
    #expect(watch.take() == nil)
    try save("new", to: "config/patter/config.yaml")
    #expect(watch.take() == .written)
    #expect(watch.take() == nil)
  }

  @Test func `tells of a file that was written with its folders before anybody looked`() throws {
    watch.watch([path("config/patter/config.yaml")])
    try save("new", to: "config/patter/config.yaml")
    #expect(isReadable)
    #expect(watch.take() == .written)
    #expect(watch.take() == nil)
    try save("newer", to: "config/patter/config.yaml")
    #expect(watch.take() == .written)
  }

  @Test func `a folder that is put in the place of another is watched by itself`() throws {
    unlink(path("themes/mine.yaml"))
    #expect(rmdir(path("themes")) == 0)
    #expect(watch.take() == .removed)
    try save("new", to: "others/mine.yaml")
    #expect(rename(path("others"), path("themes")) == 0)
    #expect(watch.take() == .written)
    try save("newer", to: "themes/mine.yaml")
    #expect(watch.take() == .written)
  }

  @Test func `a folder that is not there does no harm`() {
    watch.watch([path("nowhere/mine.yaml"), "", "/", "mine.yaml"])
    #expect(watch.take() == nil)
  }
}

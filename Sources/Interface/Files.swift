// What the app asks of files, and what it is told of them. It opens none itself. An answer may come late, or never:
// until then keys do what they do.

public import Chat

/// What is asked of the file system.
public enum FileRequest: Hashable, Sendable {
  /// Tell what is in this folder, written with a slash at its end; an empty one is the working directory. Answered
  /// by `listed`.
  case list(folder: String)
  /// Tell what these files are, and what speaks against sending them to these models. Answered by `inspected` with
  /// the same number.
  case inspect(Int, [String], for: [ModelID])
  /// Read these files whole. Answered by a `read` for each, with the same number.
  case read(Int, [String], for: [ModelID])
  /// Nobody waits for the last question any more, nor for what is under way.
  case stop
}

/// What is told of the file system.
public enum FileNews: Hashable, Sendable {
  case listed(FolderListing)
  /// What each of the files is, in their order.
  case inspected(Int, [FileFinding])
  /// What is in the file of this place among those that were asked for.
  case read(Int, place: Int, FileReading)
  /// The command line names files: they are attached, and with a prompt they go out at once.
  case given([String], prompt: String?)
}

/// What a folder holds.
public struct FolderListing: Hashable, Sendable {
  /// More entries are not told.
  public static let limit = 10_000

  /// As it was asked for.
  public var folder: String
  /// Names of folders and of files, in any order.
  public var folders: [String]
  public var files: [String]

  public init(_ folder: String, folders: [String] = [], files: [String] = []) {
    self.folder = folder
    self.folders = folders
    self.files = files
  }
}

/// What is found at a path.
public enum FileFinding: Hashable, Sendable {
  /// A file that can be attached; `remark` is a sentence on why the model may not take it.
  case file(FileFacts, remark: String?)
  /// Nothing.
  case missing
  case folder
  /// Something that cannot be attached; the sentence says why.
  case refused(String)
}

/// What came of reading a file.
public enum FileReading: Hashable, Sendable {
  /// `remark` is a sentence for the user.
  case part(Part, FileFacts, remark: String?)
  /// The sentence says why it cannot be sent.
  case refused(String)
}

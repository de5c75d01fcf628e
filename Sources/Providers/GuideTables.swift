/// What the guide knows about the program, as plain values.
///
/// The executable fills it from the tables that the program itself uses, so that the guide cannot say
/// anything about a key or a command that is not so.
public struct GuideTables: Hashable, Sendable {
  /// One thing and what there is to say about it.
  public struct Row: Hashable, Sendable {
    /// How the thing is written, exactly as it is typed. Several ways are parted by commas or blanks:
    /// `Alt-R, F5`. A command has its slash and what may follow: `/model PROVIDER/NAME`.
    public var name: String
    /// One sentence or less, in Markdown.
    public var help: String
    /// What to type in a shell, one command in each line; shown as code.
    public var commandLines: [String]

    public init(name: String, help: String, commandLines: [String] = []) {
      self.name = name
      self.help = help
      self.commandLines = commandLines
    }
  }

  /// The keys and what they do.
  public var keys: [Row]
  /// The slash commands.
  public var commands: [Row]
  /// The providers by the name on the screen, and how each is connected.
  public var providers: [Row]
  /// Where things live: paths, options, environment variables.
  public var places: [Row]
  /// The program's version, for example `0.1.0`.
  public var version: String

  public init(
    keys: [Row], commands: [Row], providers: [Row], places: [Row], version: String
  ) {
    self.keys = keys
    self.commands = commands
    self.providers = providers
    self.places = places
    self.version = version
  }
}

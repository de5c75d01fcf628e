// What journeys call the languages of a scripted server.

import Support

/// A provider by its id on the command line, and how its server talks.
typealias Dialect = ScriptedDialect

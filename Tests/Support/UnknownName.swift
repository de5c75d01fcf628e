// A machine that is nowhere, known without asking the network.

/// A host name that cannot be: no resolver asks the network for one with so long a part (RFC 1035,
/// section 2.3.4), so that the answer is there at once, whatever name server there is.
public enum UnknownName {
  public static let text = String(repeating: "nosuch", count: 11) + ".invalid"
}

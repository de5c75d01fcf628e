import CYAML

/// The library that reads YAML.
public enum YAMLLibrary {
  /// Its version as it tells it.
  public static var version: String { String(cString: yaml_get_version_string()) }
}

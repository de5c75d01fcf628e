import Settings
import Testing

@Suite struct SettingsFolderTests {
  @Test(arguments: [
    (["HOME": "/home/ada"], "/home/ada/.config/patter"),
    (["HOME": "/home/ada", "XDG_CONFIG_HOME": "/config"], "/config/patter"),
    (["XDG_CONFIG_HOME": "/config"], "/config/patter"),
    (["HOME": "/home/ada", "XDG_CONFIG_HOME": ""], "/home/ada/.config/patter"),
    (["HOME": "/home/ada", "XDG_CONFIG_HOME": "config"], "/home/ada/.config/patter"),
    (["HOME": "ada", "XDG_CONFIG_HOME": "config"], nil),
    (["HOME": ""], nil),
    ([:], nil),
  ])
  func `takes absolute paths only`(environment: [String: String], folder: String?) {
    #expect(settingsFolder(environment: environment) == folder)
  }

  @Test(arguments: [
    (["HOME": "/home/ada"], "/home/ada/.cache/patter"),
    (["HOME": "/home/ada", "XDG_CACHE_HOME": "/cache"], "/cache/patter"),
    (["HOME": "/home/ada", "XDG_CACHE_HOME": "cache"], "/home/ada/.cache/patter"),
    ([:], nil),
  ])
  func `what can be fetched again lies elsewhere`(environment: [String: String], folder: String?) {
    #expect(cacheFolder(environment: environment) == folder)
  }
}

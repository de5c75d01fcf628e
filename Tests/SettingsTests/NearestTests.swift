import Settings
import Testing

@Suite struct NearestTests {
  @Test(arguments: [
    ("forground", "foreground"), ("foregruond", "foreground"), ("Foreground", "foreground"),
    ("backround", "background"), ("italics", "italic"), ("blod", "bold"), ("unerline", "underline"),
  ])
  func `finds the word that was meant`(wanted: String, near: String) {
    let words = ["foreground", "background", "bold", "italic", "underline"]
    #expect(nearest(to: wanted, among: words) == near)
  }

  @Test(arguments: ["colour", "x", "", "groundfore", "dim"])
  func `finds nothing where nothing is near`(wanted: String) {
    #expect(nearest(to: wanted, among: ["foreground", "background", "bold", "italic"]) == nil)
  }

  @Test func `takes a beginning for the one word that begins so`() {
    #expect(nearest(to: "gru", among: ["gruvbox-dark", "nord"]) == "gruvbox-dark")
    #expect(nearest(to: "gru", among: ["gruvbox-dark", "gruvbox-light"]) == nil)
    #expect(nearest(to: "g", among: ["gruvbox-dark", "nord"]) == nil)
  }

  @Test func `counts a swap of neighbours once`() {
    #expect(nearest(to: "nrod", among: ["grid", "nord"]) == "nord")
  }

  @Test func `takes the first of words that are equally near`() {
    #expect(nearest(to: "bat", among: ["cat", "hat"]) == "cat")
  }

  @Test func `does not compare what is longer than its limit`() {
    let long = String(repeating: "a", count: nearestWordLimit)
    #expect(nearest(to: long, among: [long + "b", long]) == long)
    #expect(nearest(to: long + "a", among: [long]) == nil)
  }
}

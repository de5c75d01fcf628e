import Interface
import Testing

@Suite struct FaceTests {
  @Test func `every face falls back on one before it, and only text on none`() {
    for face in Face.allCases {
      if let fallback = face.fallback {
        #expect(fallback.rawValue < face.rawValue)
      } else {
        #expect(face == .text)
      }
    }
  }

  @Test func `no two faces have one name`() {
    #expect(Set(Face.allCases.map(\.name)).count == Face.allCases.count)
  }

  @Test func `a raw value is the place in the list`() {
    #expect(Face.allCases.map(\.rawValue) == Array(0..<Face.allCases.count))
  }
}

// libFuzzer's way in; `make fuzz` builds it with the fuzzer's own `main`.

import Fuzzing
import Glibc

/// Lays the seeds into the first directory that is named, and the words behind `-dict=`.
@_cdecl("LLVMFuzzerInitialize")
public func prepare(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>
) -> CInt {
  let words = (1..<Int(count.pointee)).compactMap { index in
    arguments.pointee?[index].map { String(cString: $0) }
  }
  for word in words {
    if word.hasPrefix("-dict=") {
      let lines = FuzzSeeds.words.map { word in
        "\""
          + word.utf8.map { byte in
            "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
          }.joined() + "\"\n"
      }
      keep(Array(lines.joined().utf8), at: String(word.dropFirst(6)))
    }
  }
  if let directory = words.first(where: { !$0.hasPrefix("-") }) {
    for (number, input) in FuzzSeeds.inputs.enumerated() {
      keep(input, at: "\(directory)/seed-\(number)")
    }
  }
  return 0
}

/// One input.
@_cdecl("LLVMFuzzerTestOneInput")
public func take(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    try FuzzedInput(Array(UnsafeBufferPointer(start: bytes, count: count)))?.run()
  } catch {
    fatalError("\(error)")
  }
  return 0
}

private func keep(_ bytes: [UInt8], at path: String) {
  guard let file = fopen(path, "w") else { fatalError("\(path) cannot be written") }
  fwrite(bytes, 1, bytes.count, file)
  fclose(file)
}

// The doctor's report as text and as JSON.

import Testing

@testable import Patter

@Suite struct DoctorReportTests {
  private var report: DoctorReport {
    var report = DoctorReport()
    report.note(.terminal, "TERM", .ok, "xterm.")
    report.note(
      .terminal, "colours", .hint, "None, of all there are.", mend: "export TERM=xterm-256color")
    report.findings.append(
      .init(
        area: .providers, subject: "x", verdict: .ok, sentence: "x/y answers.",
        times: [
          .init(step: .name, microseconds: 999), .init(step: .handshake, microseconds: 1_000),
          .init(step: .firstToken, microseconds: 12_345_678),
        ]))
    report.model = "x/y"
    return report
  }

  @Test func `stands in columns below its areas`() {
    #expect(
      report.text(columns: nil) == """
        Terminal
          ✓ TERM     xterm.
          ! colours  None, of all there are.
                     → export TERM=xterm-256color

        Providers
          ✓ x  x/y answers.
               DNS under 1 ms · TLS 1 ms · first token 12 s

        A chat would work: x/y answers.

        """)
  }

  @Test func `breaks sentences to fit, and no line that is to be typed`() {
    let lines = report.text(columns: 34).split(separator: "\n")
    #expect(lines[2] == "  ! colours  None, of all there")
    #expect(lines[3] == "             are.")
    #expect(lines[4] == "             → export TERM=xterm-256color")
  }

  @Test func `says what others say without what a terminal obeys`() {
    var report = DoctorReport()
    report.note(.providers, "x", .fault, "\u{1B}[2Jgone\u{202E}", mend: "a\u{07}b")
    #expect(
      !report.text(columns: 40).unicodeScalars.contains {
        $0 == "\u{1B}" || $0 == "\u{07}" || $0 == "\u{202E}"
      })
    #expect(report.json.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
  }

  @Test func `works where somebody answers and can be seen`() {
    var report = report
    #expect(report.works)
    report.note(.configuration, "config.yaml", .fault, "x")
    report.note(.providers, "z", .fault, "x")
    #expect(report.works)
    report.note(.locale, "characters", .fault, "x")
    #expect(!report.works)
    report.findings.removeLast()
    report.model = nil
    #expect(!report.works)
  }

  @Test func `is one line of JSON`() {
    #expect(
      report.json == #"{"works":true,"model":"x/y","findings":["#
        + #"{"area":"terminal","subject":"TERM","verdict":"ok","sentence":"xterm."},"#
        + #"{"area":"terminal","subject":"colours","verdict":"hint","#
        + #""sentence":"None, of all there are.","mend":"export TERM=xterm-256color"},"#
        + #"{"area":"providers","subject":"x","verdict":"ok","sentence":"x/y answers.","#
        + #""name_microseconds":999,"handshake_microseconds":1000,"#
        + #""first_token_microseconds":12345678}]}"# + "\n")
  }
}

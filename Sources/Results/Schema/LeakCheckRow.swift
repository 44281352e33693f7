/// One of several leak checks in a row.
package struct LeakCheckRow: Codable, Equatable, Sendable {
    /// The system that was checked.
    package var system: String
    /// The answer.
    package var verdict: LeakReport.Verdict
    /// The answer in a sentence, with figures.
    package var sentence: String
    /// Growth of a cycle beyond the control's, in bytes; absent where it was not measured.
    package var bytesPerCycle: Double?
    /// The most that a cycle may grow, in bytes.
    package var toleranceBytesPerCycle: Double
    /// What the growth goes with; absent where none was found.
    package var growsPer: String?
    /// How long the check took, in seconds.
    package var elapsedSeconds: Double

    /// Makes the row of a check.
    package init(_ report: LeakReport, system: String, elapsedSeconds: Double) {
        self.system = system
        verdict = report.verdict
        sentence = report.sentence
        bytesPerCycle = report.bytesPerCycle
        toleranceBytesPerCycle = report.toleranceBytesPerCycle
        growsPer = report.growsPer
        self.elapsedSeconds = elapsedSeconds
    }

    private enum CodingKeys: String, CodingKey {
        case system
        case verdict
        case sentence
        case bytesPerCycle = "bytes_per_cycle"
        case toleranceBytesPerCycle = "tolerance_bytes_per_cycle"
        case growsPer = "grows_per"
        case elapsedSeconds = "elapsed_s"
    }
}

import HarnessCore
import LoadEngine
import Results
import Testing

@testable import RunControl

/// Thresholds of a profile that name their level.
struct ProfileGateTests {
    private static func gates(_ thresholds: String) throws -> [Gate] {
        let text = """
            {"name": "p", "phases": [{"name": "main", "shape": "max", "count": 1}], "thresholds": \(thresholds)}
            """
        let profile = try ProfileDocument(parsing: text, source: "p").profile()
        return try Gate.gates(profile.thresholds, ofProfile: profile.name)
    }

    @Test func aLimitMayBeAWarning() throws {
        let gates = try Self.gates(
            #"{"lost": "== 0", "rss_peak_bytes": {"budget": "< 1MB", "level": "warn"}, "dropped": {"budget": "== 0"}}"#
        )
        #expect(gates.map(\.metric.name) == ["lost", "rss_peak_bytes", "dropped"])
        #expect(gates.map(\.level) == [.error, .warn, .error])
        #expect(gates[1].limit?.value == 1_000_000)
    }

    @Test(
        "Mistakes are named with their place",
        arguments: [
            (#"{"lost": {"budget": "== 0", "level": "wran"}}"#, "thresholds.lost.level", "did you mean \"warn\"?"),
            (#"{"lost": {"budget": "0"}}"#, "thresholds.lost", "does not begin with a comparison"),
            (#"{"lost": {"level": "warn"}}"#, "thresholds.lost", "has no \"budget\""),
            (#"{"lost": {"budget": "== 0", "levle": "warn"}}"#, "thresholds.lost", "unknown key \"levle\""),
            (#"{"lost": 0}"#, "thresholds.lost", "string"),
        ]
    )
    func mistakes(thresholds: String, place: String, words: String) {
        let error = #expect(throws: (any Error).self) { try Self.gates(thresholds) }
        let text = error.map { "\($0)" } ?? ""
        #expect(text.contains(place) && text.contains(words), "\(text)")
    }
}

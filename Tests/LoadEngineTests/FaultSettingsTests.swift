import HarnessCore
import Testing

@testable import LoadEngine

/// The key `faults` of a profile.
struct FaultSettingsTests {
    private func document(_ faults: String) throws -> ProfileDocument {
        let text = """
            {"name": "p", "phases": [
              {"name": "up", "shape": "constant", "rate": "10/s", "duration": "1s"},
              {"name": "few", "shape": "constant", "rate": "10/s", "count": 5}
            ]\(faults.isEmpty ? "" : ", \"faults\": \(faults)")}
            """
        return try ProfileDocument(parsing: text, source: "p")
    }

    @Test func faultsAreNoPartOfThePlan() throws {
        let without = try document("").profile()
        let with = try document(#"[{"kind": "close", "phase": "up", "at": "100ms"}, "delay=1ms"]"#).profile()
        #expect(without.faults.isEmpty)
        #expect(with.faults.map(\.text) == ["close,at=100ms,phase=up", "delay=1ms"])
        #expect(try with.makePlan() == without.makePlan())
        #expect(try with.makePlan().hash == without.makePlan().hash)
    }

    @Test func faultsCanBeSetAndRemovedFromOutside() throws {
        var overrides = ProfileOverrides()
        overrides.set = ["faults=status=503,p=0.5,phase=few;delay=2ms"]
        let set = try document("").applying(overrides, origin: .flag)
        #expect(try set.profile().faults.count == 2)
        #expect(set.effectiveConfiguration.contains { $0.key == "faults" && $0.origin == .flag })
        overrides.set = ["faults="]
        #expect(try document(#""close""#).applying(overrides, origin: .flag).profile().faults.isEmpty)
    }

    @Test(arguments: [
        (#""refuse""#, "would never end"), (#""refuse,phase=few""#, "would never end"),
        (#""close,phase=upp""#, "did you mean \"up\"?"), (#"[{"status": 99}]"#, "faults[0].status: 99 is out of range"),
        (#"[3]"#, "faults[0]"),
    ])
    func mistakesAreNamed(_ faults: String, _ part: String) throws {
        let error = try #require(throws: ProfileError.self) { try document(faults).profile() }
        #expect(error.message.contains(part), "\(error.message)")
    }

    @Test func nobodyListensForAsLongAsThePhaseLasts() throws {
        #expect(try document(#""refuse,phase=up""#).profile().faults.map(\.action) == [.refuse])
    }
}

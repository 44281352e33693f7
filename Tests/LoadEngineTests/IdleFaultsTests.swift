import Testing

@testable import LoadEngine

/// Faults of a profile that will not strike.
struct IdleFaultsTests {
    private static func warnings(
        _ fault: String,
        system: String = "telemetry",
        phases: String = #"{"name": "m", "shape": "constant", "rate": "9/s", "duration": "10s"}"#
    ) throws -> [String] {
        let text = #"{"name": "p", "system": {"name": "\#(system)"}, "faults": "\#(fault)", "phases": [\#(phases)]}"#
        let profile = try ProfileDocument(parsing: text, source: "p").profile()
        return profile.idleFaults(in: try profile.makePlan())
    }

    @Test(arguments: [
        ("status=503,at=10m", "after the start of the run, planned to last 10"),
        ("status=503,at=11s,phase=m", "after the start of phase m"),
        ("status=503,path=/v1/metrics", "the workload sends logs only"),
    ])
    func whatCannotHappenIsNamed(fault: String, reason: String) throws {
        let warnings = try Self.warnings(fault)
        #expect(warnings.count == 1 && warnings[0].contains(reason), "\(warnings)")
        #expect(warnings[0].hasPrefix("the fault \"status=503,"))
    }

    @Test func aSystemThatSendsNothingMeetsNoFault() throws {
        #expect(try Self.warnings("status=503", system: "null").first?.contains("sends nothing") == true)
    }

    @Test(arguments: ["status=503", "status=503,at=9s", "status=503,path=/v1/logs", "status=503,at=5s,phase=m"])
    func whatCanHappenIsNot(fault: String) throws {
        #expect(try Self.warnings(fault) == [])
    }

    /// How long it takes is the system's affair: nobody can know.
    @Test func nothingIsSaidOfAnOpenEnd() throws {
        #expect(try Self.warnings("status=503,at=1h", phases: #"{"name": "m", "shape": "max", "count": 9}"#) == [])
    }
}

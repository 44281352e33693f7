/// What has to be equal on both sides of a comparison: the experiment, and the machine it took place on.
///
/// The SDK is not part of it: it is what is compared.
package enum Fingerprint {
    /// The fields in which two sets of results of one profile differ, the blocking ones first.
    ///
    /// Each side has a set of values for every field; the sides match where the sets are equal. What only one side says
    /// is a difference: it cannot be shown that nothing differs.
    package static func differences(
        profile: String,
        baseline: [RunResult],
        candidate: [RunResult]
    ) -> [FingerprintDifference] {
        fields.compactMap { field in
            let (first, second) = (values(field, baseline), values(field, candidate))
            guard first != second else { return nil }
            return FingerprintDifference(
                profile: profile,
                field: field.name,
                baseline: first.isEmpty ? nil : first.joined(separator: ", "),
                candidate: second.isEmpty ? nil : second.joined(separator: ", "),
                severity: field.severity
            )
        }
    }

    /// The fingerprint of one result: every field that it says something of, by name.
    package static func fields(of result: RunResult) -> [String: String] {
        fields.reduce(into: [:]) { $0[$1.name] = $1.read(result) }
    }

    private struct Field: Sendable {
        let name: String
        let severity: FingerprintDifference.Severity
        let read: @Sendable (RunResult) -> String?
    }

    private static let fields = [
        Field(name: "schema_version", severity: .blocking) {
            // Minor versions only add fields.
            $0.schemaVersion.split(separator: ".").first.map(String.init)
        },
        Field(name: "plan", severity: .blocking) { $0.plan.identity },
        Field(name: "latency_basis", severity: .blocking) { $0.plan.latencyBasis },
        Field(name: "architecture", severity: .blocking) { $0.environment.architecture },
        Field(name: "build_configuration", severity: .blocking) { $0.environment.buildConfiguration },
        Field(name: "cpu_model", severity: .demoting) { $0.environment.cpuModel },
        Field(name: "cores", severity: .demoting) { $0.environment.cores.map { "\($0)" } },
        Field(name: "kernel", severity: .demoting) { $0.environment.kernel },
        Field(name: "libc", severity: .demoting) { $0.environment.libc },
        Field(name: "allocator", severity: .demoting) { $0.environment.allocator },
        Field(name: "swift_version", severity: .demoting) { $0.environment.swiftVersion },
        Field(name: "memory_limit_bytes", severity: .demoting) { $0.environment.memoryLimitBytes.map { "\($0)" } },
    ]

    private static func values(_ field: Field, _ results: [RunResult]) -> [String] {
        Set(results.compactMap(field.read)).sorted()
    }
}

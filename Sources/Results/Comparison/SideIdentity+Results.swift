extension SideIdentity {
    /// What the baseline of a request consists of.
    init(baselinesOf request: ComparisonRequest) {
        self.init(results: request.baselines.map(\.result), measured: request.pairs.map(\.result.baseline))
    }

    /// What the candidate of a request consists of.
    init(candidatesOf request: ComparisonRequest) {
        self.init(results: request.candidates.map(\.result), measured: request.pairs.map(\.result.candidate))
    }

    private init(results: [RunResult], measured: [PairedResult.Measured]) {
        let all = results + measured.map(\.result)
        self.init(
            profiles: Self.unique(all.map(\.profile)),
            systems: Self.unique(all.map { Self.name(of: $0.system) }),
            commits: Self.unique(all.compactMap { Self.commit(of: $0.environment) }),
            workers: Self.unique(measured.map(\.worker)),
            settings: Self.unique(measured.flatMap(\.settings)),
            files: all.count,
            repetitions: all.reduce(0) { $0 + $1.repetitions.count }
        )
    }

    private static func name(of system: SystemIdentity) -> String {
        let sdk = [system.sdkName, system.sdkVersion].compactMap(\.self).joined(separator: " ")
        return sdk.isEmpty ? system.name : "\(system.name) (\(sdk))"
    }

    private static func commit(of environment: RunEnvironment) -> String? {
        environment.gitCommit.map { $0 + (environment.gitDirty == true ? "+" : "") }
    }

    private static func unique<Value: Equatable>(_ values: [Value]) -> [Value] {
        values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

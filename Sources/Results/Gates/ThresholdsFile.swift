package import HarnessCore

/// The limits of a gate, as a file holds them.
///
/// ```json
/// {
///   "version": 1,
///   "gates": [
///     {"profile": "sustained", "metric": "flush_latency.p95", "phase": "main", "budget": "<= 250ms",
///      "level": "error", "on_missing": "error"}
///   ]
/// }
/// ```
///
/// Comments are allowed, unknown keys are not.
package struct ThresholdsFile: Sendable {
    /// The gates in the order of the file, those at level `off` included.
    package var gates: [Gate]

    /// The version of the format that this build reads.
    package static let version = 1

    /// Reads a file; throws when it is missing, or wrong in any way.
    package init(path: String) throws(ResultFileError) {
        let bytes = try FileAccess.read(path)
        do {
            try self.init(parsing: StrictJSON.parse(utf8: bytes))
        } catch {
            throw ResultFileError(path: "\(path):", reason: "\(error)")
        }
    }

    /// Reads a document.
    package init(parsing document: JSONValue) throws(StrictJSONError) {
        let reader = try JSONReader(document, named: "thresholds file")
        let version = try reader.integer("version", in: 0...Int.max)
        guard version == Self.version else {
            throw reader.error("version", "is not the version that this tool reads", hint: "expected \(Self.version)")
        }
        _ = try reader.optionalString("description")
        gates = []
        for entry in try reader.objects("gates") {
            let gate = try Self.gate(entry)
            guard !gates.contains(where: { $0.isSameRule(as: gate) }) else {
                throw StrictJSONError(path: gate.path, reason: "repeats an earlier gate")
            }
            gates.append(gate)
        }
        guard !gates.isEmpty else {
            throw reader.error("gates", "is empty", hint: "a gate without rules passes anything")
        }
        try reader.finish()
    }

    private static func gate(_ entry: JSONReader) throws(StrictJSONError) -> Gate {
        let gate = try Gate(
            profile: entry.nonEmptyString("profile"),
            metric: entry.string("metric"),
            phase: entry.optionalString("phase"),
            budget: entry.string("budget"),
            level: entry.optionalChoice("level") ?? .error,
            onMissing: entry.optionalChoice("on_missing") ?? .error,
            source: .thresholds,
            path: entry.path,
            metricPath: entry.path(of: "metric"),
            budgetPath: entry.path(of: "budget")
        )
        _ = try entry.optionalString("reason")
        try entry.finish()
        return gate
    }
}

extension Gate {
    fileprivate func isSameRule(as other: Gate) -> Bool {
        profile == other.profile && metric.name == other.metric.name && phase == other.phase && limit == other.limit
    }
}

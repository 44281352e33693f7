package import HarnessCore

/// The limits of a gate, as a file holds them.
///
/// ```json
/// {
///   "version": 1,
///   "gates": [
///     {"id": "sustained.flush", "profile": "sustained", "metric": "flush_latency.p95", "phase": "main",
///      "budget": "<= 250ms", "regression": {"max_relative": "10%", "min_absolute": "1ms"},
///      "level": "error", "on_missing": "error"}
///   ],
///   "waivers": [{"gate": "sustained.flush", "until": "2026-12-01", "reason": "the new exporter, issue 12"}]
/// }
/// ```
///
/// Comments are allowed, unknown keys are not. `results/thresholds.schema.json` describes the format.
package struct ThresholdsFile: Sendable {
    /// The gates in the order of the file, those at level `off` included.
    package var gates: [Gate]
    /// The failures that are known and put up with.
    package var waivers: [Waiver]

    /// The version of the format that this build reads.
    package static let version = 1

    /// Reads a file; throws when it is missing, or wrong in any way.
    package init(path: String) throws(ResultFileError) {
        try self.init(contents: FileAccess.read(path), path: path)
    }

    /// The bytes of a file, to be read and to be recognised later; throws when it is missing.
    package static func contents(of path: String) throws(ResultFileError) -> [UInt8] {
        try FileAccess.read(path)
    }

    /// Reads the contents of a file; `path` is what errors call it.
    package init(contents: [UInt8], path: String) throws(ResultFileError) {
        do {
            try self.init(parsing: StrictJSON.parse(utf8: contents))
        } catch {
            throw ResultFileError(path: "\(path):", reason: "\(error)")
        }
        for (index, line) in zip(gates.indices, JSONElementLines.lines(of: "gates", in: contents)) {
            gates[index].line = line
        }
    }

    /// Reads a document.
    package init(parsing document: JSONValue) throws(StrictJSONError) {
        let reader = try JSONReader(document, named: "thresholds file")
        let version = try reader.integer("version", in: 0...Int.max)
        guard version == Self.version else {
            throw reader.error("version", "is not the version that this tool reads", hint: "expected \(Self.version)")
        }
        _ = try reader.optionalString("$schema")
        _ = try reader.optionalString("description")
        gates = []
        for entry in try reader.objects("gates") {
            let gate = try Gate(entry)
            if let id = gate.id, let earlier = gates.first(where: { $0.id == id }) {
                throw StrictJSONError(
                    path: "\(gate.path).id",
                    value: JSONValue.quoted(id),
                    reason: "is the id of \(earlier.path) already",
                    hint: "every gate has an id of its own"
                )
            }
            guard !gates.contains(where: { $0.isSameRule(as: gate) }) else {
                throw StrictJSONError(path: gate.path, reason: "repeats an earlier gate")
            }
            gates.append(gate)
        }
        guard !gates.isEmpty else {
            throw reader.error("gates", "is empty", hint: "a gate without rules passes anything")
        }
        waivers = []
        for entry in reader.has("waivers") ? try reader.objects("waivers") : [] {
            waivers.append(try Waiver(entry, gates: gates))
        }
        try reader.finish()
    }
}

extension Gate {
    /// Reads a gate of a thresholds file.
    fileprivate init(_ entry: JSONReader) throws(StrictJSONError) {
        let metric = try MetricCatalogue.metric(named: entry.string("metric"), at: entry.path(of: "metric"))
        var limit: Limit?
        if let budget = try entry.optionalString("budget") {
            limit = try Gate.limit(budget, on: metric, path: entry.path(of: "budget"))
        }
        var regression: RegressionLimit?
        if let reader = try entry.optionalObject("regression") {
            regression = try RegressionLimit(reader, metric: metric)
        }
        let level: GateLevel = try entry.optionalChoice("level") ?? .error
        if regression != nil { try metric.checkComparability(level: level, path: entry.path(of: "regression")) }
        let id = try entry.optionalString("id")
        if id == "" { throw entry.error("id", "is empty") }
        let profile = try entry.nonEmptyString("profile")
        let phase = try entry.optionalString("phase")
        let onMissing: MissingPolicy = try entry.optionalChoice("on_missing") ?? .error
        _ = try entry.optionalString("reason")
        try entry.finish()
        guard limit != nil || regression != nil else {
            throw StrictJSONError(
                path: entry.path,
                reason: "limits nothing",
                hint: "give \"budget\", \"regression\" or both"
            )
        }
        self.init(
            id: id,
            profile: profile,
            metric: metric,
            phase: phase,
            limit: limit,
            regression: regression,
            level: level,
            onMissing: onMissing,
            source: .thresholds,
            path: entry.path
        )
    }

    fileprivate func isSameRule(as other: Gate) -> Bool {
        profile == other.profile && metric.name == other.metric.name && phase == other.phase && limit == other.limit
            && regression == other.regression
    }
}

import HTTP

extension TelemetryConfiguration {
    /// Checks what the program said, each field by itself.
    ///
    /// Endpoints, and sizes that depend on each other, are checked when they are resolved.
    ///
    /// - Throws: `TelemetryConfigurationError` naming the first field that cannot be used.
    func validate() throws(TelemetryConfigurationError) {
        try check("projectName", projectName, "names no program; pass its name") { !$0.allSatisfy(\.isWhitespace) }
        try checkPositive("queueByteLimit", queueByteLimit, "pass a number of bytes")
        try check("compressionThreshold", compressionThreshold, "is negative; pass zero to compress everything") {
            $0 >= 0
        }
        try checkBatching()
        try checkExport()
        try checkRetry()
        try checkPositive("metricInterval", metricInterval)
        try checkPositive("metricTimeout", metricTimeout)
        try checkLimits()
        try checkSampler(sampler)
        try check(
            "overflow",
            overflow.map { _ in "wait" },
            "cannot be used with exportMode manual: a full queue would wait for a flush that may never come"
        ) { _ in overflow != .wait || exportMode != .manual }
    }

    private func checkBatching() throws(TelemetryConfigurationError) {
        try checkPositive("batchSize", batchSize, "pass 1 or more")
        try checkPositive("queueLimit", queueLimit, "pass 1 or more")
        try checkPositive("flushInterval", flushInterval)
        for (name, batching) in [("spanBatching", spanBatching), ("logBatching", logBatching)] {
            try checkPositive("\(name).batchSize", batching.batchSize, "pass 1 or more")
            try checkPositive("\(name).queueLimit", batching.queueLimit, "pass 1 or more")
            try checkPositive("\(name).flushInterval", batching.flushInterval)
            try checkPositive("\(name).exportTimeout", batching.exportTimeout)
        }
    }

    private func checkExport() throws(TelemetryConfigurationError) {
        try checkPositive("requestTimeout", requestTimeout)
        try checkHeaders("headers", headers)
        for (name, export) in [("traces", traces), ("metrics", metrics), ("logs", logs)] {
            try checkPositive("\(name).requestTimeout", export.requestTimeout)
            try checkHeaders("\(name).headers", export.headers)
        }
    }

    private func checkHeaders(_ field: String, _ headers: [String: String]?) throws(TelemetryConfigurationError) {
        for (name, value) in (headers ?? [:]).sorted(by: { $0.key < $1.key }) {
            try check(field, name, "is not the name of a header; use letters, digits and dashes") {
                HTTPHeaders.isValidName($0)
            }
            // The value may be a secret: the message names the header.
            try check(field, name, "has a value that no header can carry; leave out line breaks") { _ in
                HTTPHeaders.isValidValue(value)
            }
        }
    }

    private func checkRetry() throws(TelemetryConfigurationError) {
        try checkPositive("retry.initialBackoff", retry.initialBackoff)
        try check(
            "retry.maximumBackoff",
            retry.maximumBackoff,
            "is shorter than retry.initialBackoff, \(retry.initialBackoff)"
        ) { $0 >= retry.initialBackoff }
        try check("retry.maximumElapsed", retry.maximumElapsed, "is negative; pass zero to retry nothing") {
            $0 >= .zero
        }
    }

    private func checkLimits() throws(TelemetryConfigurationError) {
        let values = [
            ("attributes", limits.attributes), ("attributeValueLength", limits.attributeValueLength),
            ("events", limits.events), ("links", limits.links), ("attributesPerEvent", limits.attributesPerEvent),
            ("attributesPerLink", limits.attributesPerLink), ("logBodyLength", limits.logBodyLength),
            ("errorMessageLength", limits.errorMessageLength),
        ]
        for (name, value) in values {
            try check("limits.\(name)", value, "is negative; pass zero or more") { $0 >= 0 }
        }
    }

    private func checkSampler(_ sampler: Sampler?) throws(TelemetryConfigurationError) {
        switch sampler {
        case .traceIDRatio(let ratio)?:
            try check("sampler", ratio, "is not a share of the traces; pass a number from 0 to 1") {
                (0...1).contains($0)
            }
        case .parentBased(let root)?: try checkSampler(root)
        case .alwaysOn?, .alwaysOff?, nil: break
        }
    }

    private func checkPositive<Value: Comparable & AdditiveArithmetic & CustomStringConvertible>(
        _ field: String,
        _ value: Value?,
        _ remedy: String = "pass a duration"
    ) throws(TelemetryConfigurationError) {
        try check(field, value, "is not positive; \(remedy)") { $0 > .zero }
    }

    private func check<Value: CustomStringConvertible>(
        _ field: String,
        _ value: Value?,
        _ reason: String,
        _ isGood: (Value) -> Bool
    ) throws(TelemetryConfigurationError) {
        guard let value, !isGood(value) else { return }
        throw TelemetryConfigurationError(field: field, value: value.description, reason: reason)
    }
}

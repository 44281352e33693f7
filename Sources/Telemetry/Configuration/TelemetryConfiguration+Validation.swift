import HTTP

extension TelemetryConfiguration {
    /// Checks every setting and resolves the endpoint.
    ///
    /// - Returns: The receiver's address with the path that logs are posted to.
    /// - Throws: `TelemetryConfigurationError` naming the first field that cannot be used.
    func validate() throws(TelemetryConfigurationError) -> HTTPEndpoint {
        try check(
            !projectName.allSatisfy(\.isWhitespace),
            "projectName",
            projectName,
            "names no program; pass its name"
        )
        try check(batchSize > 0, "batchSize", batchSize, "is not positive; pass 1 or more")
        try check(queueLimit > 0, "queueLimit", queueLimit, "is not positive; pass 1 or more")
        try check(
            batchSize <= queueLimit,
            "batchSize",
            batchSize,
            "is larger than queueLimit, \(queueLimit): no batch could ever fill; lower it or raise queueLimit"
        )
        try check(queueByteLimit > 0, "queueByteLimit", queueByteLimit, "is not positive; pass a number of bytes")
        try check(flushInterval > .zero, "flushInterval", flushInterval, "is not positive; pass a duration")
        try check(requestTimeout > .zero, "requestTimeout", requestTimeout, "is not positive; pass a duration")
        try check(
            retry.initialBackoff > .zero,
            "retry.initialBackoff",
            retry.initialBackoff,
            "is not positive; pass a duration"
        )
        try check(
            retry.maximumBackoff >= retry.initialBackoff,
            "retry.maximumBackoff",
            retry.maximumBackoff,
            "is shorter than retry.initialBackoff, \(retry.initialBackoff)"
        )
        try check(
            retry.maximumElapsed >= .zero,
            "retry.maximumElapsed",
            retry.maximumElapsed,
            "is negative; pass zero to retry nothing"
        )
        try check(
            overflow == .dropNewest || exportMode == .automatic,
            "overflow",
            "wait",
            "cannot be used with exportMode manual: a full queue would wait for a flush that may never come"
        )
        return try resolveEndpoint()
    }

    private func resolveEndpoint() throws(TelemetryConfigurationError) -> HTTPEndpoint {
        do {
            return try HTTPEndpoint(parsing: endpoint)
        } catch {
            throw TelemetryConfigurationError(
                field: "endpoint",
                value: endpoint,
                reason: "is not an address to send to: \(error); pass http://host:port"
            )
        }
    }

    private func check(
        _ condition: Bool,
        _ field: String,
        _ value: some CustomStringConvertible,
        _ reason: String
    ) throws(TelemetryConfigurationError) {
        guard condition else {
            throw TelemetryConfigurationError(field: field, value: value.description, reason: reason)
        }
    }
}

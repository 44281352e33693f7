// The calls test `isEnabled` before anything else, inlined into the program, and take their attributes as autoclosures:
// a disabled client does not even build them.

extension Telemetry {
    /// Records that something happened.
    ///
    /// - Parameters:
    ///   - name: The event's name, of low cardinality, such as `order.created`.
    ///   - attributes: What there is to say of it.
    /// - Returns: Whether the event was accepted; the reason why not is counted in `status`.
    @inlinable
    @discardableResult
    public func trackEvent(_ name: String, _ attributes: @autoclosure () -> Attributes = [:]) -> Bool {
        guard isEnabled else { return false }
        return attributes().withSlice { recordEvent(name, $0) }
    }

    /// Records a message for people to read.
    ///
    /// - Parameters:
    ///   - message: What to say; beyond `limits.logBodyLength` characters, 1,000 by default, it is cut.
    ///   - severity: How severe it is.
    ///   - attributes: What else there is to say.
    /// - Returns: Whether the record was accepted; the reason why not is counted in `status`.
    @inlinable
    @discardableResult
    public func trackLog(
        _ message: @autoclosure () -> String,
        severity: Severity = .info,
        _ attributes: @autoclosure () -> Attributes = [:]
    ) -> Bool {
        guard isEnabled else { return false }
        return attributes().withSlice { recordLog(message(), severity, $0) }
    }

    /// Records an error, as an event named `exception` of severity `error`.
    ///
    /// - Parameters:
    ///   - error: What was thrown: sent as `exception.type` and `exception.message`, the message cut at
    ///     `limits.errorMessageLength` characters, 500 by default.
    ///   - attributes: What else there is to say, such as `exception.stacktrace`.
    /// - Returns: Whether the record was accepted; the reason why not is counted in `status`.
    @inlinable
    @discardableResult
    public func trackError(_ error: any Error, _ attributes: @autoclosure () -> Attributes = [:]) -> Bool {
        guard isEnabled else { return false }
        return recordError(error, attributes())
    }

    @usableFromInline
    func recordEvent(_ name: String, _ attributes: AttributeSlice) -> Bool {
        unmanagedLogs?._withUnsafeGuaranteedRef { $0.event(name, attributes) } ?? false
    }

    @usableFromInline
    func recordLog(_ message: String, _ severity: Severity, _ attributes: AttributeSlice) -> Bool {
        unmanagedLogs?._withUnsafeGuaranteedRef { $0.log(message, severity, attributes) } ?? false
    }

    @usableFromInline
    func recordError(_ error: any Error, _ attributes: Attributes) -> Bool {
        unmanagedLogs?._withUnsafeGuaranteedRef { $0.error(error, attributes) } ?? false
    }
}

/// What came of a request, whether it was valid or not.
internal struct TakenRequest {
    /// Logs, spans or metrics in it; metrics only where violations are looked for.
    internal var items = 0
    /// How often it broke OTLP's rules.
    internal var violations: UInt64 = 0
    /// The run of its first resource.
    internal var run: RunLedger?
}

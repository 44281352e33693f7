package import LoadEngine
package import Telemetry

/// What our own workers host.
package enum HostedSystems {
    /// The systems that a profile can choose: our SDK, one that does nothing, and either behind a planted defect.
    ///
    /// - Parameter secureTransport: What speaks to an `https://` endpoint; without it the SDK refuses one.
    /// - Returns: One factory a system, for `WorkerMain.run(systems:)`.
    package static func factories(secureTransport: SecureTransportFactory? = nil) -> [SystemFactory] {
        let real = TelemetrySDKSystem.factory(secureTransport: secureTransport)
        return [real, NullSystem.factory, FaultySystems.factory(over: [real, NullSystem.factory])]
    }
}

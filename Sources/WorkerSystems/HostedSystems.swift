package import LoadEngine
package import Telemetry

/// What our own workers host.
package enum HostedSystems {
    /// The systems that a profile can choose: our SDK, and one that does nothing.
    ///
    /// - Parameter secureTransport: What speaks to an `https://` endpoint; without it the SDK refuses one.
    /// - Returns: One factory a system, for `WorkerMain.run(systems:)`.
    package static func factories(secureTransport: SecureTransportFactory? = nil) -> [SystemFactory] {
        [TelemetrySDKSystem.factory(secureTransport: secureTransport), NullSystem.factory]
    }
}

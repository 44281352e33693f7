extension TelemetryStatus {
    /// Whether a client records anything, and why.
    public struct Enablement: Sendable, Equatable, CustomStringConvertible {
        /// What decided.
        public enum Reason: Sendable, Equatable {
            /// `TelemetryConfiguration.isEnabled`.
            case explicit
            /// This environment variable, `OTEL_SDK_DISABLED` or `TELEMETRY_ENABLED`.
            case environment(String)
            /// The opt-out file at this path.
            case optOutFile(String)
            /// This variable, which continuous integration sets.
            case continuousIntegration(String)
            /// Nothing: clients are enabled.
            case byDefault
        }

        /// Whether anything is recorded.
        public var isEnabled: Bool
        /// What decided.
        public var reason: Reason

        /// A decision with its reason.
        public init(isEnabled: Bool, reason: Reason) {
            self.isEnabled = isEnabled
            self.reason = reason
        }

        /// Such as `disabled because CI is set; set isEnabled or TELEMETRY_ENABLED=true to record all the same`.
        public var description: String {
            let state = isEnabled ? "enabled" : "disabled"
            let remedy = "set isEnabled or TELEMETRY_ENABLED=true to record all the same"
            return switch reason {
            case .explicit: "\(state) by the program"
            case .environment(let variable): "\(state) by the environment variable \(variable)"
            case .optOutFile(let path): "\(state) because the opt-out file \(path) exists; \(remedy)"
            case .continuousIntegration(let variable): "\(state) because \(variable) is set; \(remedy)"
            case .byDefault: "\(state) by default"
            }
        }
    }
}

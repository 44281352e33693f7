/// The shapes as profiles name them.
enum ShapeName: String, CaseIterable {
    case constant
    case ramp
    case step
    case spike
    case burst
    case soak
    case max
    case idle
    /// Becomes a `constant` one for each rate that is tried, before the phase is read.
    case search

    /// The keys that describe the load of the shape.
    var keys: [String] {
        switch self {
        case .constant:
            ["rate", "duration", "count"] + Self.keysOfRates + Self.keysOfOpenModel + Self.keysOfLoad
                + Self.keysOfCycles
        case .ramp: ["from", "stages"] + Self.keysOfRates + Self.keysOfOpenModel + Self.keysOfLoad
        case .step:
            ["from", "to", "steps", "duration", "rates", "every"] + Self.keysOfRates + Self.keysOfOpenModel
                + Self.keysOfLoad
        case .spike:
            ["rate", "peak", "at", "for", "duration"] + Self.keysOfRates + Self.keysOfOpenModel + Self.keysOfLoad
        case .burst:
            ["size", "every", "duration", "count"] + Self.keysOfOpenModel + Self.keysOfLoad + Self.keysOfCycles
        case .soak: ["rate", "duration"] + Self.keysOfRates + Self.keysOfOpenModel + Self.keysOfLoad
        case .max: ["duration", "count", "timed_every", "think_time"] + Self.keysOfLoad + Self.keysOfCycles
        case .idle: ["duration"]
        case .search: SearchSettings.keys + ["duration"] + Self.keysOfRates + Self.keysOfOpenModel + Self.keysOfLoad
        }
    }

    private static let keysOfRates = ["arrivals"]
    private static let keysOfOpenModel = ["catch_up", "grace"]
    private static let keysOfLoad = ["flush_every", "flush_interval"]
    private static let keysOfCycles = ["cycles", "fresh_threads", "sessions"]

    /// The keys that the other shapes have and this one has not.
    var foreignKeys: [String] {
        Self.allCases.flatMap(\.keys).filter { !keys.contains($0) }
    }

    /// Whether the rate changes within the phase.
    var isCurve: Bool { self == .ramp || self == .step || self == .spike }
}

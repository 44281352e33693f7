package import HarnessCore

/// How a run ended.
package enum RunOutcome: String, Codable, Sendable, CaseIterable {
    /// The whole plan was carried out.
    case completed
    /// The user stopped it; what was done until then is in the result.
    case interrupted
    /// The worker, the sink or the harness failed.
    case failed
}

/// What a run is worth.
package enum RunVerdict: String, Codable, Sendable, CaseIterable {
    /// Every limit that was judged holds.
    case pass
    /// A limit is broken, or a metric that a limit needs is missing.
    case fail
    /// The figures cannot be trusted; ``RunValidity/reasons`` say why.
    case invalid
    /// There was nothing to judge.
    case noVerdict = "no_verdict"
    /// The user stopped the run before its end.
    case interrupted
    /// The worker, the sink or the harness failed.
    case error

    /// The status with which a tool reports this verdict.
    package var exitStatus: ExitStatus {
        switch self {
        case .pass: .pass
        case .fail: .gateFailed
        case .invalid, .noVerdict: .noVerdict
        case .interrupted: .interrupted
        case .error: .internalError
        }
    }
}

/// Whether a sink proved what arrived.
package enum DeliveryEvidence: String, Codable, Sendable, CaseIterable {
    /// The sink's ledger was read and every item accounted for.
    case verified
    /// No ledger was read: nothing is known about what arrived.
    ///
    /// The run's warnings say why, in one that begins with ``unverifiedWarning``.
    case unverified
    /// The system was not meant to deliver anything: it was disabled, or discards by design.
    case notApplicable = "not_applicable"

    /// How the warning begins that says why delivery is unverified; a colon and the reason follow.
    package static let unverifiedWarning = "delivery unverified"
}

/// Whether the figures of a run can be trusted.
package struct RunValidity: Codable, Equatable, Sendable {
    /// Whether nothing spoilt the run.
    package var isValid: Bool
    /// What spoilt it, each a sentence with numbers.
    package var reasons: [String]
    /// Every condition that could be looked at, with its limit; absent from results of tools that looked at none.
    package var checks: [ValidityCheck]?

    /// Makes the value from its parts.
    package init(
        isValid: Bool = true,
        reasons: [String] = [],
        checks: [ValidityCheck]? = nil
    ) {
        self.isValid = isValid
        self.reasons = reasons
        self.checks = checks
    }

    private enum CodingKeys: String, CodingKey {
        case isValid = "valid"
        case reasons
        case checks
    }
}

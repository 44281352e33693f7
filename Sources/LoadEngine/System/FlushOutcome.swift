/// How a flush or a shutdown ended.
public enum FlushOutcome: Sendable, Equatable {
    /// Everything that was accepted before the call has been acknowledged.
    case success
    /// Something could not be delivered, and why.
    case failure(String)
    /// The time given did not suffice.
    case timedOut
}

extension FlushOutcome: Codable {
    private enum CodingKeys: String, CodingKey {
        case status
        case reason
    }

    private enum Status: String, Codable {
        case success
        case failure
        case timedOut = "timed_out"
    }

    /// Reads `{"status": "success" | "failure" | "timed_out", "reason": …}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Status.self, forKey: .status) {
        case .success: self = .success
        case .failure: self = .failure(try container.decode(String.self, forKey: .reason))
        case .timedOut: self = .timedOut
        }
    }

    /// Writes `{"status": "success" | "failure" | "timed_out", "reason": …}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .success:
            try container.encode(Status.success, forKey: .status)
        case .failure(let reason):
            try container.encode(Status.failure, forKey: .status)
            try container.encode(reason, forKey: .reason)
        case .timedOut:
            try container.encode(Status.timedOut, forKey: .status)
        }
    }
}

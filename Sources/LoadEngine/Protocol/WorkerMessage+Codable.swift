extension WorkerMessage: Codable {
    private enum CodingKeys: String, CodingKey {
        case type
    }

    private enum Kind: String, Codable {
        case ready
        case interval
        case checkpoint
        case finished
        case failed
    }

    /// Reads an object whose `type` says which message it is.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Kind.self, forKey: .type) {
        case .ready: self = .ready(try Ready(from: decoder))
        case .interval: self = .interval(try Interval(from: decoder))
        case .checkpoint: self = .checkpoint(try Checkpoint(from: decoder))
        case .finished: self = .finished(try Finished(from: decoder))
        case .failed: self = .failed(try Failed(from: decoder))
        }
    }

    /// Writes an object whose `type` says which message it is.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .ready(let content):
            try container.encode(Kind.ready, forKey: .type)
            try content.encode(to: encoder)
        case .interval(let content):
            try container.encode(Kind.interval, forKey: .type)
            try content.encode(to: encoder)
        case .checkpoint(let content):
            try container.encode(Kind.checkpoint, forKey: .type)
            try content.encode(to: encoder)
        case .finished(let content):
            try container.encode(Kind.finished, forKey: .type)
            try content.encode(to: encoder)
        case .failed(let content):
            try container.encode(Kind.failed, forKey: .type)
            try content.encode(to: encoder)
        }
    }
}

import FoundationEssentials
import Results

extension RunLogRecord: Codable {
    private enum CodingKeys: String, CodingKey {
        case type
    }

    private enum Kind: String, Codable {
        case header
        case calibration
        case repetition
        case phase
        case interval
        case memory
        case checkpoint
        case repetitionEnd = "repetition_end"
        case note
        case failed
        case end
    }

    /// Reads an object whose `type` says what it is.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Kind.self, forKey: .type) {
        case .header: self = .header(try Header(from: decoder))
        case .calibration: self = .calibration(try Calibration(from: decoder))
        case .repetition: self = .repetition(try RepetitionStart(from: decoder))
        case .phase: self = .phase(try PhaseStart(from: decoder))
        case .interval: self = .interval(try Interval(from: decoder))
        case .memory: self = .memory(try Memory(from: decoder))
        case .checkpoint: self = .checkpoint(try PhaseEnd(from: decoder))
        case .repetitionEnd: self = .repetitionEnd(try Repetition(from: decoder))
        case .note: self = .note(try Note(from: decoder))
        case .failed: self = .failed(try Failure(from: decoder))
        case .end: self = .end(try RunResult(from: decoder))
        }
    }

    /// Writes an object whose `type` says what it is.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        let (kind, content): (Kind, any Encodable) =
            switch self {
            case .header(let content): (.header, content)
            case .calibration(let content): (.calibration, content)
            case .repetition(let content): (.repetition, content)
            case .phase(let content): (.phase, content)
            case .interval(let content): (.interval, content)
            case .memory(let content): (.memory, content)
            case .checkpoint(let content): (.checkpoint, content)
            case .repetitionEnd(let content): (.repetitionEnd, content)
            case .note(let content): (.note, content)
            case .failed(let content): (.failed, content)
            case .end(let content): (.end, content)
            }
        try container.encode(kind, forKey: .type)
        try content.encode(to: encoder)
    }

    /// The record as one line with its line break.
    func line() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self)) + [0x0A]
    }
}

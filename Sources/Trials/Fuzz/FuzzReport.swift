package import HarnessCore

/// What came of spoilt requests.
package struct FuzzReport: Codable, Sendable, Equatable {
    /// Version of the form.
    package private(set) var reportVersion = 1
    /// How it was called.
    package var command: [String] = []
    /// What all requests follow from.
    package var seed: UInt64
    /// Requests sent.
    package var requests: UInt64 = 0
    /// Messages with a spoilt head, each on a connection of its own.
    package var spoiltHeads: UInt64 = 0
    /// Answers by status.
    package var answers: [Int: UInt64] = [:]
    /// What was wrong, with the request that it was wrong with; the first hundred.
    package var problems: [String] = []
    /// Bytes in use in the process, in tenths of the run from its start; empty where the allocator does not say.
    package var heapBytes: [UInt64] = []
    /// How long it took, in seconds.
    package var seconds = 0.0

    /// Nothing was sent yet.
    package init(seed: UInt64) {
        self.seed = seed
    }

    /// The status that the tool ends with.
    package var exitStatus: ExitStatus {
        problems.isEmpty ? requests > 0 ? .pass : .noVerdict : .gateFailed
    }

    /// Notes what is wrong, unless there is too much already.
    mutating func note(_ problem: String) {
        if problems.count < 100 { problems.append(problem) }
    }

    private enum CodingKeys: String, CodingKey {
        case reportVersion = "report_version"
        case command, seed, requests, answers, problems
        case spoiltHeads = "spoilt_heads"
        case heapBytes = "heap_bytes"
        case seconds = "duration_s"
    }
}

import FoundationEssentials
import Platform

/// The protocol lines that come on standard input.
struct StandardInput: WorkerInput {
    private let reader = LineReader(descriptor: StandardStreams.input)

    func nextLine() throws -> [UInt8]? {
        switch try reader.next(deadline: .max) {
        case .line(let line): line
        case .endOfFile, .timedOut: nil
        }
    }
}

/// Standard output as it was when the process began, kept for protocol lines alone.
struct StandardOutput: WorkerOutput {
    private let descriptor: Int32

    /// Takes standard output over: what anything else in the process prints goes to standard error from now on.
    ///
    /// - Throws: when the descriptors cannot be changed.
    init() throws(SystemError) {
        descriptor = try StandardStreams.divertOutput()
    }

    func write(_ line: Data) throws {
        try StandardStreams.write(Array(line), to: descriptor)
    }
}

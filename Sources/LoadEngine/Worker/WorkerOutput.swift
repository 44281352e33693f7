package import FoundationEssentials
import Platform

/// Where a worker's protocol lines go.
package protocol WorkerOutput: Sendable {
    /// Writes one line as a whole; lines of several threads never mix.
    ///
    /// - Parameter line: the line with its line feed.
    /// - Throws: when nobody reads any more.
    func write(_ line: Data) throws
}

/// Where a worker's protocol lines come from.
package protocol WorkerInput {
    /// Waits for the next line.
    ///
    /// - Returns: the line without its line feed, or nil at the end of the input.
    /// - Throws: when the input cannot be read, or a line is too long.
    func nextLine() throws -> [UInt8]?
}

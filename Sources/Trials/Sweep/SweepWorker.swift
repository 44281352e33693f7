import FoundationEssentials
import Platform

/// The child process of a sweep: carries out cases one after the other and writes a line of JSON for each.
package enum SweepWorker {
    /// The word by which a program becomes a worker.
    package static let word = "sweep-worker"

    /// The arguments for some cases.
    static func arguments(seed: UInt64, cases: Range<Int>) -> [String] {
        [word, "\(seed)", "\(cases.lowerBound)", "\(cases.count)"]
    }

    /// Carries out the cases that the arguments name.
    ///
    /// - Parameter arguments: Those behind the program's name, as the supervisor made them.
    /// - Throws: What keeps a case from beginning; `SystemError` when nobody reads the outcomes.
    package static func run(_ arguments: [String]) throws {
        guard arguments.count == 4, let seed = UInt64(arguments[1]), let first = Int(arguments[2]),
            let count = Int(arguments[3])
        else { throw Misuse() }
        for number in first..<first + count {
            let outcome = try SweepCase(SweepPlan(seed: seed, number: number)).carryOut()
            let line = Array(try JSONEncoder().encode(outcome)) + [UInt8(ascii: "\n")]
            try StandardStreams.write(line, to: StandardStreams.output)
        }
    }

    /// The arguments are not those of a worker.
    private struct Misuse: Error, CustomStringConvertible {
        let description = "usage: \(word) SEED FIRST COUNT; it is started by 'bench sweep'"
    }
}

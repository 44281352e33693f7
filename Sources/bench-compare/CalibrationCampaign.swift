import FoundationEssentials
import HarnessCore
import Platform
import Results

/// Calls `bench ab --confirm` for one comparison after another, and judges what it writes.
struct CalibrationCampaign {
    /// What went wrong with a call.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// What is measured, and how.
    let plan: GateCalibration.Plan
    /// How long the main phase lasts, as `bench` reads it; nil for as long as the profile says.
    let duration: String?

    /// The kinds of comparisons in the order in which they are made; nil for a build against itself.
    func order(same: Int, slowed: [Double], each: Int) -> [Double?] {
        var kinds = [Double?](repeating: nil, count: same)
        for slowdown in slowed { kinds += [Double?](repeating: slowdown, count: each) }
        // A golden-ratio sequence spreads each kind evenly over the whole time, and the seed turns it.
        let turn = Double(plan.seed % 1000) / 1000
        let places = kinds.indices.map {
            (turn + Double($0) * 0.618_033_988_749_894_9).truncatingRemainder(dividingBy: 1)
        }
        return kinds.indices.sorted { places[$0] < places[$1] }.map { kinds[$0] }
    }

    /// Makes one comparison.
    ///
    /// - Parameters:
    ///   - number: of the comparison; its seed follows from it, and with it which side begins.
    ///   - slowdown: by how much the candidate's calls are slowed, in percent; nil for none.
    /// - Returns: the comparison, and the machine.
    /// - Throws: ``Failure`` where `bench` writes no paired result.
    func compare(
        number: Int,
        slowdown: Double?
    ) throws -> (comparison: GateCalibration.Comparison, environment: RunEnvironment) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "calibrate-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let thresholds = "\(folder)/thresholds.json"
        try Data(limits.utf8).write(to: URL(filePath: thresholds))
        let started = MonotonicClock.now()
        try bench(arguments(number: number, slowdown: slowdown, thresholds: thresholds, folder: "\(folder)/out"))
        let seconds = Double(MonotonicClock.now() - started) / 1e9
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/out")) ?? []
        guard let name = files.first(where: { $0.hasPrefix("ab-") && $0.hasSuffix(".json") }),
            case .paired(let paired) = try ResultDocument.read("\(folder)/out/\(name)")
        else { throw Failure(description: "bench ab wrote no paired result") }
        var request = ComparisonRequest(today: String(Date().formatted(.iso8601).prefix(10)))
        request.pairs = [(name, paired)]
        request.thresholds = (
            ThresholdsIdentity(path: thresholds, sha256: SHA256.hexadecimalDigest(of: Array(limits.utf8))),
            try ThresholdsFile(path: thresholds)
        )
        let report = try ComparisonReport(judging: request)
        return (
            GateCalibration.Comparison(report, slowdownPercent: slowdown, seconds: seconds),
            paired.candidate.result.environment
        )
    }

    /// The limits that are tried, as a thresholds file.
    private var limits: String {
        let gates = plan.metrics.map { metric in
            #"{"id": "\#(metric)", "profile": "*", "metric": "\#(metric)", "regression": {"max_relative": \#(plan.limit)}}"#
        }
        return #"{"version": 1, "gates": [\#(gates.joined(separator: ", "))]}"#
    }

    private func arguments(number: Int, slowdown: Double?, thresholds: String, folder: String) -> [String] {
        var words = [
            "ab", "--profile", plan.profile, "--pairs", "\(plan.pairs)", "--confirm",
            "--confirm-pairs", "\(plan.freshPairs)", "--thresholds", thresholds, "--out", folder, "--quiet", "--seed",
            "\(plan.seed + UInt64(number) + 1)",
        ]
        if let duration { words += ["--duration", duration] }
        if let slowdown {
            // The same wrapper on both sides: what it costs by itself is no slowdown.
            words += ["--baseline-set", "system.name=faulty:slow=0.0001%"]
            words += ["--candidate-set", "system.name=faulty:slow=\(slowdown)%"]
        }
        return words
    }

    /// Runs `bench`; a status that only judges the comparison is no failure.
    private func bench(_ arguments: [String]) throws {
        let child = try ChildProcess.start(
            executable: try ExecutablePath.sibling("bench"),
            arguments: arguments,
            standardInput: .null,
            standardOutput: .null
        )
        var words: [String] = []
        if let descriptor = child.standardError {
            let reader = LineReader(descriptor: descriptor)
            while case .line(let line) = try reader.next(deadline: .max) {
                words = words.suffix(9) + [String(decoding: line, as: UTF8.self)]
            }
        }
        let judging: [ExitStatus] = [.pass, .gateFailed, .noVerdict, .notComparable]
        guard let exit = child.wait(deadline: .max), case .status(let status) = exit,
            judging.contains(where: { $0.rawValue == status })
        else {
            let text = words.isEmpty ? "it says nothing" : words.joined(separator: "\n")
            throw Failure(description: "bench \(arguments.joined(separator: " ")) failed: \(text)")
        }
    }
}

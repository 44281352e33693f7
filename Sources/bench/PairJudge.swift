import Foundation
import HarnessCore
import Platform
import Results
import RunControl

/// Judges pairs by the limits on changes of a thresholds file, for `bench ab --confirm`.
struct PairJudge {
    private let identity: ThresholdsIdentity
    private let file: ThresholdsFile

    /// Reads the limits, before minutes of load.
    ///
    /// - Parameters:
    ///   - path: the thresholds file.
    ///   - profile: the name of the profile that is run.
    /// - Throws: `RunError` of usage if the file is wrong, or if no gate in it limits a change of the profile.
    init(path: String, profile: String) throws(RunError) {
        do {
            let contents = [UInt8](try Data(contentsOf: URL(filePath: path)))
            identity = ThresholdsIdentity(path: path, sha256: SHA256.hexadecimalDigest(of: contents))
            file = try ThresholdsFile(contents: contents, path: path)
        } catch let error as ResultFileError {
            throw .usage(error.description)
        } catch {
            throw .usage("\(path) cannot be read; name the limits with --thresholds")
        }
        let gates = file.gates.filter { Glob.matches(profile, pattern: $0.profile) && $0.regression != nil }
        guard gates.contains(where: { $0.level == .error || $0.level == .warn }) else {
            throw .usage(
                "no gate of \(path) limits a change of the profile \(profile), so there is nothing to confirm; "
                    + "give one a \"regression\", or leave --confirm out"
            )
        }
    }

    /// Judges pairs, fresh ones included.
    ///
    /// - Parameters:
    ///   - paired: what was measured.
    ///   - path: its file.
    /// - Returns: the same that `bench-compare` says of the file.
    /// - Throws: `ResultFileError` where the limits that a side carries cannot be understood.
    func report(on paired: PairedResult, path: String) throws -> ComparisonReport {
        var request = ComparisonRequest(today: String(Date().formatted(.iso8601).prefix(10)))
        request.pairs = [(path, paired)]
        request.thresholds = (identity, file)
        request.allowsUnselected = true
        return try ComparisonReport(judging: request)
    }

    /// The judgement in a few lines: every gate on a change, the worst first, and the line of the verdict.
    static func text(_ report: ComparisonReport, width: Int, painter: TextPainter) -> String {
        var lines: [String] = []
        for row in report.rows where row.kind == .regression {
            let style: TextStyle = row.verdict.isFailure ? .bad : (row.verdict.isDoubt ? .caution : .good)
            let fresh = row.effect?.isConfirmation == true ? ", on fresh pairs" : ""
            lines.append(painter.paint(row.verdict.phrase, style) + " \(row.gate ?? row.metric)\(fresh)")
            lines += TextWrap.lines(row.reason, width: width - 4).map { "    " + $0 }
        }
        lines += (report.problems + report.notes).flatMap { TextWrap.lines("note: \($0)", width: width) }
        return lines.joined(separator: "\n") + "\n\n\(report.verdictLine)\n"
    }
}

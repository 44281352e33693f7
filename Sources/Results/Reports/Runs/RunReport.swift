/// What a report shows of one result, of two, or of several: the one model that text, Markdown and HTML are made from.
package struct RunReport: Sendable {
    /// A result with the file that it is from.
    package struct Subject: Sendable {
        /// What it is called in the report: `baseline`, `candidate`, or its file.
        package var name: String
        /// The file.
        package var path: String
        /// The result.
        package var result: RunResult
    }

    /// How results are shown together.
    package enum Form: Sendable, Equatable {
        /// One run by itself.
        case run
        /// The second against the first.
        case comparison
        /// The course of each metric from run to run.
        case trend
    }

    /// How the results are shown.
    package let form: Form
    /// The results: a baseline and its candidate as they were given, a history by the time of its runs.
    package let subjects: [Subject]
    /// How the second stands to the first; only of a comparison.
    package let comparison: ComparisonReport?
    /// The plots, in their order.
    package let plots: [Plot]
    /// What is shown in tables, in their order; what belongs to one plot is in ``Plot/table(limit:)``.
    package let tables: [ReportTable]

    /// Makes a report.
    ///
    /// - Parameters:
    ///   - files: the results, at least one.
    ///   - today: the day in UTC, `2026-11-21`: waivers end on one.
    /// - Throws: when the thresholds that a result carries cannot be understood.
    package init(_ files: [(path: String, result: RunResult)], today: String) throws(ResultFileError) {
        precondition(!files.isEmpty, "a report is of a result")
        switch files.count {
        case 1:
            form = .run
            subjects = [Subject(name: files[0].result.profile, path: files[0].path, result: files[0].result)]
            comparison = nil
            plots = RunPlots(files[0].result).plots
            tables = RunTables(files[0].result).tables
        case 2:
            form = .comparison
            subjects = zip(["baseline", "candidate"], files).map { name, file in
                Subject(name: name, path: file.path, result: file.result)
            }
            let report = try Self.compare(files[0], files[1], today)
            comparison = report
            plots = PlotOverlay(subjects, isComparable: Self.areComparable(files.map(\.result), report)).plots
            tables = [report.table]
        default:
            form = .trend
            let sorted = files.sorted { ($0.result.startedAt, $0.path) < ($1.result.startedAt, $1.path) }
            subjects = sorted.map { Subject(name: $0.path, path: $0.path, result: $0.result) }
            comparison = nil
            let trend = TrendPlots(subjects)
            plots = trend.plots
            tables = trend.tables
        }
    }

    /// Whether two results are of unequal experiments: then no change is one.
    package var isUncomparable: Bool {
        comparison.map { !Self.areComparable(subjects.map(\.result), $0) } ?? false
    }

    /// A broken budget makes the verdict another, and the sides no more alike.
    private static func areComparable(_ results: [RunResult], _ comparison: ComparisonReport) -> Bool {
        comparison.verdict != .notComparable && !comparison.differences.contains { $0.severity == .blocking }
            && Set(results.map(\.profile)).count == 1
    }

    /// Whose plots over time are missing and why, in a sentence; nil where everybody has some.
    package var missingCourse: String? {
        guard form != .trend else { return nil }
        let missing = subjects.filter { RunWindows($0.result) == nil && $0.result.leak == nil }
        guard !missing.isEmpty else { return nil }
        let names = form == .run ? "This result" : missing.map(\.name).joined(separator: " and ")
        return
            "\(names): no course over time, as an older bench or a run of less than a second leaves it, so most plots over "
            + "time are missing."
    }

    /// What is left out of the report and why, in sentences.
    package var omissions: [String] {
        guard isUncomparable else { return [] }
        return [
            "The results are not of equal experiments: there are no changes in percent and no ratios, and lines in one plot "
                + "show each side for itself."
        ]
    }

    private static func compare(
        _ baseline: (path: String, result: RunResult),
        _ candidate: (path: String, result: RunResult),
        _ today: String
    ) throws(ResultFileError) -> ComparisonReport {
        var request = ComparisonRequest(today: today)
        request.baselines = [baseline]
        request.candidates = [candidate]
        var report = try ComparisonReport(judging: request)
        for profile in report.profilesWithShifts.sorted() {
            report.addShifts(profile: profile, baseline: [baseline.result], candidate: [candidate.result])
        }
        return report
    }
}
